"""Shredding what was kept of guests: when the time of its purpose is over, when consent ends, or when one is erased."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet

from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import Actor, require, system
from summitry.foundation.audit import record, recording
from summitry.foundation.files.shredding import shred_files
from summitry.foundation.jobs import job
from summitry.foundation.models import StoredFile
from summitry.guests.enums import FieldKind
from summitry.guests.errors import WindowClosed
from summitry.guests.models import Answer, Guest, Purpose, RetentionRun, VisaLetter
from summitry.guests.queries.keeping import holds_anything, is_over, keeps, letters_of


@dataclass(slots=True)
class Shredded:
    """How much went."""

    answers: int = 0
    files: int = 0
    photos: int = 0
    letters: int = 0


def shred_purpose(purpose: Purpose, *, by: Actor) -> RetentionRun:
    """Shred everything that was kept for a purpose, of all guests, and record how much it was. Raises WindowClosed too early."""
    require(by, "run", RetentionRun(edition=purpose.edition))
    if not is_over(purpose):
        raise WindowClosed
    return _shredded_run(purpose, by)


@job(retries=0)
def shred_what_is_over() -> None:
    """Each day: shred what was kept for purposes whose days after the edition's end are over."""
    ended = Edition.objects.filter(ends_on__lt=clock.now().date())
    for purpose in Purpose.objects.filter(edition__in=ended).select_related("edition"):
        if is_over(purpose) and holds_anything(purpose):
            _shredded_run(purpose, system("retention"))


def shred_answers(guest: Guest, purpose: Purpose | None = None) -> Shredded:
    """Shred what one guest answered, for one purpose or at all, as part of an action that has asked for permission."""
    rows = Answer.objects.filter(guest=guest)
    return _shred(rows.filter(field__purpose=purpose) if purpose else rows)


def shred_guest(guest: Guest) -> Shredded:
    """Shred all answers, files, the photo and what visa letters say of one guest."""
    with transaction.atomic():
        gone = shred_answers(guest)
        gone.photos = _shred_photos(Q(pk=guest.pk))
        gone.letters = VisaLetter.objects.filter(guest=guest, shredded_at=None).update(
            sealed="", shown_name="", shredded_at=clock.now()
        )
    return gone


def _shredded_run(purpose: Purpose, by: Actor) -> RetentionRun:
    with recording():
        gone = _shred(Answer.objects.filter(field__purpose=purpose))
        if keeps(purpose, FieldKind.PHOTO):
            gone.photos = _shred_photos(Q(edition=purpose.edition_id))
        if keeps(purpose, FieldKind.IDENTITY):
            gone.letters = letters_of(purpose.edition_id).update(sealed="", shredded_at=clock.now())
        return _note(purpose.edition, purpose, gone, by)


def note_erasure(guest: Guest, gone: Shredded, *, by: Actor) -> RetentionRun:
    """Keep how much was shredded of one guest."""
    return _note(guest.edition, None, gone, by)


def _note(edition: Edition, purpose: Purpose | None, gone: Shredded, by: Actor) -> RetentionRun:
    run = RetentionRun.objects.create(
        edition=edition,
        purpose=purpose,
        answers=gone.answers,
        files=gone.files,
        photos=gone.photos,
        letters=gone.letters,
        actor_label=by.label,
        at=clock.now(),
    )
    count = gone.answers + gone.photos + gone.letters
    record("guests.data.shredded", by=by, obj=run, count=count, purpose=str(purpose or ""))
    return run


def _shred(answers: QuerySet[Answer]) -> Shredded:
    files = list(StoredFile.objects.filter(pk__in=answers.exclude(file=None).values("file")))
    count, _by_model = answers.delete()
    return Shredded(answers=count, files=shred_files(files))


def _shred_photos(who: Q) -> int:
    photos = list(
        StoredFile.objects.filter(pk__in=Guest.objects.filter(who).exclude(photo=None).values("photo"))
    )
    return shred_files(photos)
