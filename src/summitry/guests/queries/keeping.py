"""Until when what guests gave is kept, and whether anything of it is left."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from summitry.foundation import clock
from summitry.guests.enums import FieldKind
from summitry.guests.models import Answer, Field, Guest, Purpose, VisaLetter

INSIDE_LOOKS = frozenset({"guests.screening.sent"})
"""Looks of which no guest is told: of screening, nothing leaves the house, not even how long its lists are."""
_looks = ["guests.guest.unsealed", "guests.visa.issued", "guests.visa.opened", "guests.data.exported"]


def register_look(action: str) -> None:
    """Declare, when the application starts, that entries of the log with this action tell of a look at what is sealed."""
    if action not in _looks:
        _looks.append(action)


def looks_told() -> tuple[str, ...]:
    """Return the actions of the log that tell a guest of a look at what is sealed."""
    return tuple(_looks)


def kept_until(purpose: Purpose) -> dt.date:
    """Return the last day on which what is kept for a purpose may still be there."""
    return purpose.edition.ends_on + dt.timedelta(days=purpose.keep_days)


def is_over(purpose: Purpose) -> bool:
    """Return whether the days of a purpose are over, by the host city's clock."""
    return kept_until(purpose) < clock.now().astimezone(purpose.edition.zone).date()


def holds_anything(purpose: Purpose) -> bool:
    """Return whether anything is left that was kept for a purpose."""
    return (
        Answer.objects.filter(field__purpose=purpose).exists()
        or (keeps(purpose, FieldKind.PHOTO) and photos_of(purpose.edition_id).exists())
        or (keeps(purpose, FieldKind.IDENTITY) and letters_of(purpose.edition_id).exists())
    )


def keeps(purpose: Purpose, kind: str) -> bool:
    """Return whether something of this kind is asked for a purpose: with it go photos, or what visa letters say."""
    return Field.objects.filter(purpose=purpose, kind=kind).exists()


def photos_of(edition_id: int) -> QuerySet[Guest]:
    """Return the guests of an edition who have a photo."""
    return Guest.objects.filter(edition=edition_id).exclude(photo=None)


def letters_of(edition_id: int) -> QuerySet[VisaLetter]:
    """Return the visa letters of an edition that still say something of a passport."""
    return VisaLetter.objects.filter(edition=edition_id, shredded_at=None)
