"""Planning is for guests who come: asked inside the transaction, because somebody may be lost at this very moment."""

from __future__ import annotations

from collections.abc import Iterable

from summitry.guests.enums import GONE
from summitry.guests.models import Guest
from summitry.protocol.errors import NotComing


def require_coming(guests: Iterable[Guest]) -> None:
    """Raise NotComing, naming the first of `guests` who does not come any more.

    Called inside `recording`, as every move of a guest is: until the transaction ends, none of them is lost.
    """
    people = list(guests)
    gone = set(
        Guest.objects.filter(pk__in={guest.pk for guest in people}, state__in=GONE).values_list(
            "pk", flat=True
        )
    )
    for guest in people:
        if guest.pk in gone:
            raise NotComing(guest=guest)
