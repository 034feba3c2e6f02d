"""How full hotels are, night by night."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from summitry.editions.models import Edition
from summitry.foundation.access import Actor, within
from summitry.guests.enums import GONE
from summitry.protocol.models import Allotment, Stay


@dataclass(frozen=True, slots=True)
class Night:
    """One night of an allotment."""

    day: dt.date
    taken: int
    held: int

    @property
    def percent(self) -> int:
        """How full it is."""
        return min(100, round(100 * self.taken / self.held)) if self.held else 100 * bool(self.taken)


@dataclass(frozen=True, slots=True)
class AllotmentLine:
    """What a hotel holds of one class, and each night of it."""

    allotment: Allotment
    nights: tuple[Night, ...]
    to_cancel: int

    @property
    def fullest(self) -> Night | None:
        """The fullest night."""
        return max(self.nights, key=lambda night: night.percent, default=None)


def allotments_of(edition: Edition, actor: Actor) -> list[AllotmentLine]:
    """Return all allotments with their nights, with two statements; stays of guests who do not come are to be cancelled."""
    held = within(actor, Allotment.objects.filter(hotel__edition=edition)).select_related("hotel")
    taken: dict[tuple[int, dt.date], int] = defaultdict(int)
    to_cancel: dict[int, int] = defaultdict(int)
    stays = Stay.objects.filter(guest__edition=edition).values_list(
        "allotment_id", "arrives_on", "leaves_on", "shares", "guest__state"
    )
    for allotment_id, arrives_on, leaves_on, shares, state in stays:
        if state in GONE:
            to_cancel[allotment_id] += 1
        elif not shares:
            for n in range((leaves_on - arrives_on).days):
                taken[allotment_id, arrives_on + dt.timedelta(days=n)] += 1
    return [
        AllotmentLine(
            one,
            tuple(
                Night(day := one.since + dt.timedelta(days=n), taken[one.pk, day], one.rooms)
                for n in range((one.until - one.since).days)
            ),
            to_cancel[one.pk],
        )
        for one in held
    ]
