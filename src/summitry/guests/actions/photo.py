"""A guest's photo: as her category asks for it, taken in again without where and when it was made."""

from __future__ import annotations

from functools import partial

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from summitry.foundation.access import Actor, policy_for
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import InvalidInput
from summitry.foundation.files import store_file
from summitry.foundation.files.store import IMAGES, Purpose
from summitry.foundation.models import StoredFile
from summitry.guests.actions.application import check_may_fill_in
from summitry.guests.enums import GONE, Rule, Step
from summitry.guests.errors import StepClosed
from summitry.guests.events import GuestsChanged
from summitry.guests.models import Guest
from summitry.guests.queries.questions import open_steps

PHOTO = Purpose("guest_photo", IMAGES, 15_000_000)
LEAST_WIDTH, LEAST_HEIGHT = 300, 400


def set_photo(guest: Guest, upload: UploadedFile[bytes], *, by: Actor) -> Guest:
    """Keep a picture as the guest's photo; the former one goes. Announces GuestsChanged.

    Raises InvalidInput (`photo`), OnlyHerself, and StepClosed where her application is no longer open to her.
    """
    _check(guest, by)
    if guest.category.photo == Rule.NEVER:
        raise InvalidInput(fields={"photo": [_("No photo is asked of guests of this category.")]})
    try:
        stored = store_file(upload, PHOTO, by=by, edition_id=guest.edition_id)
    except InvalidInput as refusal:
        raise InvalidInput(fields={"photo": [str(refusal)]}) from refusal
    try:
        _check_size(stored)
        _put(guest, stored, by, "guests.guest.photo_set")
    except BaseException:
        stored.content.delete(save=False)
        StoredFile.objects.filter(pk=stored.pk).delete()
        raise
    return guest


def remove_photo(guest: Guest, *, by: Actor) -> Guest:
    """Take the photo away. Announces GuestsChanged. Raises like `set_photo`."""
    _check(guest, by)
    if guest.photo_id is not None:
        _put(guest, None, by, "guests.guest.photo_removed")
    return guest


def may_change_photo(guest: Guest, by: Actor) -> bool:
    """Return whether the photo can be changed by her, or by those who assign, in her present state."""
    if policy_for(Guest).may(by, "assign", guest):
        return guest.state not in GONE
    steps = open_steps(guest)
    return Step.APPLICATION in steps or (bool(steps) and guest.photo_id is None)


def _check(guest: Guest, by: Actor) -> None:
    check_may_fill_in(guest, by)
    if not may_change_photo(guest, by):
        raise StepClosed


def _check_size(stored: StoredFile) -> None:
    width, height = stored.width or 0, stored.height or 0
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        text = _("The picture is too small to be printed: at least %(width)d × %(height)d pixels are needed.")
        words = text % {"width": LEAST_WIDTH, "height": LEAST_HEIGHT}
        raise InvalidInput(fields={"photo": [words]})
    if width > height:
        raise InvalidInput(fields={"photo": [_("Please hand in an upright picture: it is wider than high.")]})


def _put(guest: Guest, stored: StoredFile | None, by: Actor, audit: str) -> None:
    with recording():
        present = Guest.objects.select_for_update(no_key=True).get(pk=guest.pk)
        former = StoredFile.objects.filter(pk=present.photo_id).first() if present.photo_id else None
        Guest.objects.filter(pk=guest.pk).update(photo=stored)
        guest.photo = stored
        record(audit, by=by, obj=guest)
        announce(GuestsChanged(by=by, edition_id=guest.edition_id, guest_ids=(guest.pk,)))
        if former is not None:
            former.delete()
            transaction.on_commit(partial(former.content.delete, save=False), robust=True)
