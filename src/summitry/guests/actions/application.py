"""Applications: answers saved as they come, and handed in when nothing is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from summitry.foundation import clock
from summitry.foundation.access import Actor, Scope, policy_for, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import InvalidInput, TransitionRefused
from summitry.foundation.files import store_file
from summitry.foundation.files.store import IMAGES
from summitry.foundation.files.store import Purpose as FilePurpose
from summitry.foundation.models import StoredFile
from summitry.guests.actions.consent import give_consent
from summitry.guests.actions.moving import move
from summitry.guests.enums import GONE, FieldKind, GuestState, Step
from summitry.guests.errors import OnlyHerself, StepClosed
from summitry.guests.events import ApplicationChanged
from summitry.guests.models import Answer, Guest
from summitry.guests.permissions import SELF
from summitry.guests.queries.answer_values import Refused, Setting, parsed
from summitry.guests.queries.answers import sealed_value
from summitry.guests.queries.consents import ledger
from summitry.guests.queries.questions import Question, applicable, missing_in, open_steps, questions_for

FILE = FilePurpose("guest_file", ("application/pdf", *IMAGES), 10_000_000)
BEGUN = frozenset({GuestState.INVITED, GuestState.NOMINATED})
HANDED_IN_FROM = BEGUN | {GuestState.APPLYING, GuestState.INCOMPLETE}
CLEARED = object()
"""What takes a sealed answer or a file back; an empty value leaves these as they are, as nobody is shown them again."""


class _New(NamedTuple):
    """An answer to be written: a plain value, a sealed one, or a file."""

    value: Any
    file: StoredFile | None


@dataclass(frozen=True, slots=True)
class Agreed:
    """The purposes to which a guest consents with her answers: by address, the digest of the words that she read."""

    lang: str
    purposes: Mapping[str, str]


def save_answers(
    guest: Guest,
    values: Mapping[str, Any],
    *,
    by: Actor,
    seen: Mapping[str, str] | None = None,
    agreed: Agreed | None = None,
) -> frozenset[str]:
    """Write what was answered to the questions that are open now, by field address; return which answers changed.

    It need not be complete. `seen` holds the marks of the answers as whoever fills in saw them: what somebody else
    changed meanwhile is refused beside its field. An answer whose question is no longer asked goes. What needs consent is
    kept only where the guest has given it, before or with these answers (`agreed`). The first answers begin the
    application. Announces ApplicationChanged; the log says how many, as who was asked what is nobody else’s.
    Raises InvalidInput by field address, OnlyHerself, StepClosed.
    """
    check_may_fill_in(guest, by)
    kept: list[StoredFile] = []
    try:
        with recording():
            present = (
                Guest.objects.select_for_update(no_key=True, of=("self",))
                .select_related("edition", "category", "person")
                .get(pk=guest.pk)
            )
            questions = _open_questions(present, by)
            new = _checked(present, questions, values, seen or {}, by, kept)
            _check_consent(present, questions, new, agreed, by)
            _store(present, questions, new)
            changed = frozenset(new)
            if changed:
                record("guests.application.saved", by=by, obj=present, count=len(changed))
                announce(
                    ApplicationChanged(
                        by=by,
                        edition_id=present.edition_id,
                        guest_id=present.pk,
                        fields=tuple(sorted(changed)),
                    )
                )
            if present.state in BEGUN:
                move(present, GuestState.APPLYING, by=by)
    except BaseException:
        for file in kept:
            file.content.delete(save=False)
        raise
    guest.state, guest.state_since = present.state, present.state_since
    return changed


def submit_application(guest: Guest, *, by: Actor) -> Guest:
    """Hand the application in, where nothing is missing; it goes on to the first step that its category has.

    Raises InvalidInput by field address, OnlyHerself, TransitionRefused. Announces GuestMoved.
    """
    check_may_fill_in(guest, by)
    with recording():
        if guest.state not in HANDED_IN_FROM:
            raise TransitionRefused
        gaps = missing_in(guest, open_steps(guest))
        if gaps:
            raise InvalidInput(fields={slug: [sentence] for slug, sentence in gaps.items()})
        move(guest, GuestState.SUBMITTED, by=by)
        # What follows where her category has no check of completeness, `handlers_deciding` has done by now.
        guest.refresh_from_db(fields=["state", "state_since"])
    return guest


def check_may_fill_in(guest: Guest, by: Actor) -> None:
    """Raise PermissionRefused unless `by` may complete; OnlyHerself where the category lets nobody do it for the guest."""
    require(by, "complete", guest)
    herself = by.is_system or by.holds(SELF, scope=Scope("guest", guest.pk))
    if not (herself or guest.category.on_behalf):
        raise OnlyHerself


def _open_questions(guest: Guest, by: Actor) -> list[Question]:
    """Return what can be answered now: by the guest what her state opens, by those who assign all that is asked of her."""
    steps = open_steps(guest)
    if policy_for(Guest).may(by, "assign", guest) and guest.state not in GONE:
        steps |= frozenset(Step)
    if not steps:
        raise StepClosed
    return questions_for(guest, steps)


def _checked(
    guest: Guest,
    questions: list[Question],
    values: Mapping[str, Any],
    seen: Mapping[str, str],
    by: Actor,
    kept: list[StoredFile],
) -> dict[str, _New | None]:
    """Return what differs from what stands there, None where an answer goes. Raises InvalidInput by field address."""
    asked = {one.slug: one for one in questions}
    errors = {slug: [_("This is not asked at the moment.")] for slug in values if slug not in asked}
    new: dict[str, _New | None] = {}
    for slug, one in asked.items():
        if slug not in values or one.field.kind == FieldKind.PHOTO:
            continue
        try:
            found = _read(one, values[slug], guest, by, kept)
        except (Refused, InvalidInput) as refusal:
            errors[slug] = [str(refusal)]
            continue
        if found is _SAME:
            continue
        if slug in seen and seen[slug] != one.given.mark:
            errors[slug] = [
                _("Somebody else changed this meanwhile. Please look, and save again to keep yours.")
            ]
        new[slug] = found if isinstance(found, _New) else None
    if errors:
        raise InvalidInput(fields=errors)
    plain = {slug: one.given.value for slug, one in asked.items()}
    plain |= {slug: each.value if each else None for slug, each in new.items()}
    standing = {one.slug for one in applicable(questions, plain)}
    new |= dict.fromkeys(asked.keys() - standing)
    return {slug: each for slug, each in new.items() if each or asked[slug].given}


def _check_consent(
    guest: Guest,
    questions: list[Question],
    new: Mapping[str, _New | None],
    agreed: Agreed | None,
    by: Actor,
) -> None:
    """Give the consents that go with these answers; refuse an answer for a purpose to which the guest has not consented."""
    needing = [one for one in questions if new.get(one.slug) and one.field.purpose.needs_consent]
    if not needing:
        return
    lines = ledger(guest)
    errors = {}
    for one in needing:
        purpose = one.field.purpose
        line = lines.get(purpose.pk)
        if line is not None and line.is_given:
            continue
        if agreed is None or purpose.slug not in agreed.purposes:
            errors[one.slug] = [
                _("We keep this only with the guest’s consent. Please agree, or leave it empty.")
            ]
        else:
            seen = agreed.purposes[purpose.slug]
            lines[purpose.pk] = give_consent(guest, purpose, by=by, lang=agreed.lang, seen=seen)
    if errors:
        raise InvalidInput(fields=errors)


_SAME = object()


def _read(one: Question, raw: Any, guest: Guest, by: Actor, kept: list[StoredFile]) -> _New | object | None:
    """Return the answer that `raw` means, None for none, _SAME where it stands there already."""
    is_hidden = one.given.is_sealed or one.given.file_id is not None
    if raw is CLEARED:
        return None if is_hidden else _SAME
    if one.field.kind == FieldKind.FILE:
        if not raw:
            return _SAME
        if not isinstance(raw, UploadedFile):
            raise Refused(_("Please choose a file."))
        file = store_file(raw, FILE, by=by, edition_id=guest.edition_id)
        kept.append(file)
        return _New(None, file)
    value = parsed(one.field, raw, Setting(guest.edition.zone, guest.edition.ends_on))
    if value is None:
        return _SAME if is_hidden or not one.given else None
    return _SAME if not is_hidden and value == one.given.value else _New(value, None)


def _store(guest: Guest, questions: list[Question], new: Mapping[str, _New | None]) -> None:
    changed = {one.slug: one for one in questions if one.slug in new}
    files = [one.given.file_id for one in changed.values() if one.given.file_id]
    old = list(StoredFile.objects.filter(pk__in=files))
    gone = [one.field.pk for slug, one in changed.items() if new[slug] is None]
    Answer.objects.filter(guest=guest, field__in=gone).delete()
    now = clock.now()
    rows = []
    for slug, one in changed.items():
        each = new[slug]
        if each is None:
            continue
        is_sealed = one.field.purpose.sealed and each.file is None
        rows.append(
            Answer(
                guest=guest,
                field=one.field,
                value=None if is_sealed else each.value,
                sealed=sealed_value(each.value) if is_sealed else "",
                file=each.file,
                changed_at=now,
            )
        )
    Answer.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["guest", "field"],
        update_fields=["value", "sealed", "file", "changed_at"],
    )
    for file in old:
        file.delete()
        transaction.on_commit(partial(file.content.delete, save=False), robust=True)
