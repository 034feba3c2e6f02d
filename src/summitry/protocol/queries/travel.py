"""The arrival board: journeys of a day by the host's clock, with who receives and who drives."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet

from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import Actor, within
from summitry.foundation.errors import NotFound
from summitry.guests.enums import GONE
from summitry.protocol.enums import LEG, Direction, LegState
from summitry.protocol.models import Greeting, Leg, Rider, Transfer
from summitry.protocol.queries.people import Who, whos

DAYS_AROUND = 3
"""How many days before and after the edition its board has."""
SOON = dt.timedelta(hours=24)
"""A ride within this time of a journey is taken for hers."""


@dataclass(frozen=True, slots=True)
class LegLine:
    """A journey as the board shows it. `at` is the time at the host's end, `away_at` at the other, in its own zone."""

    leg: Leg
    who: Who
    at: dt.datetime | None
    away_at: dt.datetime | None
    away_zone: ZoneInfo | None
    is_late: bool
    greeters: tuple[Greeting, ...]
    ride: Transfer | None
    steps: tuple[LegState, ...]


@dataclass(frozen=True, slots=True)
class RideLine:
    """A ride with how many places are taken."""

    transfer: Transfer
    taken: int

    @property
    def free(self) -> int:
        """How many places are left."""
        return self.transfer.vehicle.seats - self.taken


def host_time(leg: Leg) -> dt.datetime | None:
    """Return when a journey is at the host's end: the new time of a delay, else the planned one."""
    planned = leg.arrives_at if leg.direction == Direction.ARRIVAL else leg.departs_at
    return leg.expected_at or planned


def away_time(leg: Leg) -> dt.datetime | None:
    """Return when a journey is at its other end."""
    return leg.departs_at if leg.direction == Direction.ARRIVAL else leg.arrives_at


def board_days(edition: Edition) -> list[dt.date]:
    """Return the days that a board has: those of the edition and some around it."""
    first = edition.starts_on - dt.timedelta(days=DAYS_AROUND)
    count = (edition.ends_on - edition.starts_on).days + 1 + 2 * DAYS_AROUND
    return [first + dt.timedelta(days=n) for n in range(count)]


def legs_of_day(actor: Actor, edition: Edition, direction: str, day: dt.date) -> list[LegLine]:
    """Return the journeys of one day at the host's end, in the order of time, for who works on them."""
    start = dt.datetime.combine(day, dt.time(), edition.zone)
    span = (start, start + dt.timedelta(days=1))
    planned = "arrives_at" if direction == Direction.ARRIVAL else "departs_at"
    at_host = Q(expected_at__gte=span[0], expected_at__lt=span[1]) | Q(
        expected_at=None, **{f"{planned}__gte": span[0], f"{planned}__lt": span[1]}
    )
    rows = within(actor, legs_of(edition)).filter(at_host, direction=direction)
    return leg_lines(edition, rows.select_related("station"))


def legs_of(edition: Edition) -> QuerySet[Leg]:
    """Return the journeys of guests who come, and those cancelled by who does not."""
    return Leg.objects.filter(guest__edition=edition).exclude(guest__state__in=GONE, state=LegState.EXPECTED)


def leg_lines(edition: Edition, rows: Iterable[Leg]) -> list[LegLine]:
    """Return journeys with their people, greeters and rides, in the order of time; seven statements besides theirs."""
    legs = list(rows)
    ids = {leg.guest_id for leg in legs}
    people = whos(edition, ids)
    greetings: dict[int, list[Greeting]] = defaultdict(list)
    for greeting in Greeting.objects.filter(guest__in=ids):
        greetings[greeting.guest_id].append(greeting)
    rides: dict[int, list[Transfer]] = defaultdict(list)
    riders = Rider.objects.filter(guest__in=ids).select_related(
        "transfer__vehicle", "transfer__from_station", "transfer__to_station"
    )
    for rider in riders.order_by("transfer__starts_at", "pk"):
        rides[rider.guest_id].append(rider.transfer)
    now = clock.now()
    lines = [
        LegLine(
            leg,
            people[leg.guest_id],
            at := host_time(leg),
            away_time(leg),
            ZoneInfo(leg.away_zone) if leg.away_zone else None,
            leg.state == LegState.EXPECTED and at is not None and at < now,
            tuple(one for one in greetings[leg.guest_id] if _near(one.at, at)),
            _ride(leg, at, rides[leg.guest_id]),
            tuple(step for step in LegState if LEG.allows(leg.state, step)),
        )
        for leg in legs
        if leg.guest_id in people
    ]
    latest = dt.datetime.max.replace(tzinfo=dt.UTC)
    return sorted(lines, key=lambda line: (line.at or latest, line.leg.pk))


def rides_of(edition: Edition, actor: Actor) -> QuerySet[Transfer]:
    """Return the rides of an edition with how many places are taken (`taken`)."""
    rows = within(actor, Transfer.objects.filter(edition=edition))
    return rows.select_related("vehicle", "from_station", "to_station").annotate(taken=Count("riders"))


def leg_at_work(actor: Actor, edition: Edition, pk: int) -> Leg:
    """Return a journey that `actor` works on. Raises NotFound for any other."""
    rows = Leg.objects.filter(guest__edition=edition, pk=pk).select_related(
        "guest__edition", "guest__person", "station"
    )
    leg = within(actor, rows).first()
    if leg is None:
        raise NotFound
    return leg


def _ride(leg: Leg, at: dt.datetime | None, rides: list[Transfer]) -> Transfer | None:
    """Return the first ride after an arrival, or the last one before a departure."""
    if at is None:
        return None
    if leg.direction == Direction.ARRIVAL:
        return next((ride for ride in rides if at <= ride.starts_at < at + SOON), None)
    return next((ride for ride in reversed(rides) if at - SOON < ride.starts_at <= at), None)


def _near(one: dt.datetime, other: dt.datetime | None) -> bool:
    return other is not None and abs(one - other) < SOON
