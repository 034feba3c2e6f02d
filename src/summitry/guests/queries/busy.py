"""When guests are busy: what rooms above know of their days, and their own accepted meetings.

A room registers what it knows: the sessions that somebody speaks in or has starred, journeys, dinners.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from summitry.editions.models import Edition
from summitry.guests.enums import MeetingState
from summitry.guests.models import DiaryEntry, Guest

MINUTES = 30
FIRST_HOUR, LAST_HOUR = 9, 18


class Busy(NamedTuple):
    """A time in which a guest has something else."""

    guest_id: int
    starts_at: dt.datetime
    ends_at: dt.datetime


BusyMaker = Callable[[Edition, Sequence[Guest]], Iterable[Busy]]
_makers: dict[str, BusyMaker] = {}


def register_busy(make: BusyMaker) -> None:
    """Let `make` say when guests of an edition are busy. Twice is once."""
    _makers[f"{make.__module__}.{make.__qualname__}"] = make


def busy_of(edition: Edition, guests: Sequence[Guest]) -> list[Busy]:
    """Return all times in which these guests are busy."""
    entries = DiaryEntry.objects.filter(guest__in=guests, meeting__state=MeetingState.ACCEPTED)
    own = [Busy(*row) for row in entries.values_list("guest_id", "starts_at", "meeting__ends_at")]
    return own + [one for make in _makers.values() for one in make(edition, guests)]


def slots_of(edition: Edition) -> list[dt.datetime]:
    """Return the beginnings of all slots of an edition: half hours by day, by the host city's clock."""
    steps = range(FIRST_HOUR * 60, LAST_HOUR * 60, MINUTES)
    return [
        dt.datetime.combine(day, dt.time(minute // 60, minute % 60), edition.zone)
        for day in edition.days
        for minute in steps
    ]


def free_slots(edition: Edition, guests: Sequence[Guest], now: dt.datetime) -> list[dt.datetime]:
    """Return the slots to come in which none of these guests is busy."""
    taken = busy_of(edition, guests)
    return [slot for slot in slots_of(edition) if slot > now and is_free(slot, taken)]


def is_free(slot: dt.datetime, taken: Iterable[Busy]) -> bool:
    """Return whether nothing overlaps a slot."""
    end = slot + dt.timedelta(minutes=MINUTES)
    return not any(one.starts_at < end and slot < one.ends_at for one in taken)
