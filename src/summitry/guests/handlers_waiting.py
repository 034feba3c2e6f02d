"""When a place becomes free, whoever has waited longest comes next."""

from __future__ import annotations

from summitry.foundation.bus import subscribe
from summitry.guests.actions.waiting_list import admit_from
from summitry.guests.enums import HOLDS_SEAT, GuestState
from summitry.guests.events import GuestMoved
from summitry.guests.models import Guest


def fill_place(event: GuestMoved) -> None:
    """Let the place of somebody who no longer comes be given on, where anybody waits for one."""
    if event.was not in HOLDS_SEAT or event.now in HOLDS_SEAT:
        return
    category = Guest.objects.filter(pk=event.guest_id).values_list("category_id", flat=True).first()
    waiting = Guest.objects.filter(category=category, delegation=None, state=GuestState.WAITING)
    if category is not None and waiting.exists():
        admit_from.enqueue(category)


def connect() -> None:
    """Listen to the steps of guests; the job is part of their transaction."""
    subscribe(GuestMoved, fill_place, inside=True)
