"""What the verdict asks about an edition's gates and zones. It changes rarely: it is kept until the roster's revision does."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.core.cache import cache

from summitry.editions.models import Edition, Walk
from summitry.gates.models import Allotment, Gate, Zone

NIGHT = dt.timedelta(hours=4)
"""When a day ends at the gates: whoever is inside at four in the morning has gone home, whatever no gate has seen."""
KEPT = 3600


@dataclass(frozen=True, slots=True)
class GateFacts:
    """A gate."""

    pk: int
    zone: int
    name: str
    kind: str
    direction: str


@dataclass(frozen=True, slots=True)
class ZoneFacts:
    """A zone, with the zones around it; `places` is how many it holds, by a supervisor's leave included."""

    pk: int
    again: str
    places: int | None
    around: frozenset[int]
    building: int | None
    passes: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Setup:
    """All gates and zones of an edition, by id, and the minutes on foot between buildings."""

    edition_id: int
    zone_info: ZoneInfo
    gates: dict[int, GateFacts]
    zones: dict[int, ZoneFacts]
    walks: dict[tuple[int, int], int]

    def day_of(self, at: dt.datetime) -> dt.date:
        """Return the day of the gates to which an instant belongs."""
        return (at.astimezone(self.zone_info) - NIGHT).date()

    def end_of(self, day: dt.date) -> dt.datetime:
        """Return the instant at which a day of the gates ends."""
        return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), self.zone_info) + NIGHT

    def seconds_between(self, one: int, other: int) -> int:
        """Return the least time in which anybody gets from one zone into another; nothing where one lies in the other."""
        first, second = self.zones[one], self.zones[other]
        if one == other or one in second.around or other in first.around:
            return 0
        if first.building is None or second.building is None:
            return 0
        pair = min(first.building, second.building), max(first.building, second.building)
        return self.walks.get(pair, 0) * 30


def setup_of(edition_id: int, revision: int) -> Setup:
    """Return the gates and zones of an edition as they are at a revision of its roster."""
    key = f"gates.setup.{edition_id}.{revision}"
    found: Setup | None = cache.get(key)
    if found is None:
        found = load_setup(edition_id)
        cache.set(key, found, KEPT)
    return found


def load_setup(edition_id: int) -> Setup:
    """Read the gates and zones of an edition."""
    zones = list(Zone.objects.filter(edition=edition_id).select_related("room"))
    parents = {zone.pk: zone.parent_id for zone in zones}
    passes: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for zone, delegation, places in Allotment.objects.filter(
        zone__edition=edition_id, zone__by_delegation=True
    ).values_list("zone_id", "delegation_id", "places"):
        passes[zone][delegation] = places
    facts = ("pk", "zone_id", "name", "kind", "direction")
    return Setup(
        edition_id=edition_id,
        zone_info=Edition.objects.only("zone_name").get(pk=edition_id).zone,
        gates={
            row[0]: GateFacts(*row) for row in Gate.objects.filter(edition=edition_id).values_list(*facts)
        },
        zones={zone.pk: _facts(zone, parents, passes.get(zone.pk, {})) for zone in zones},
        walks={
            (first, second): minutes
            for first, second, minutes in Walk.objects.filter(first__venue__edition=edition_id).values_list(
                "first_id", "second_id", "minutes"
            )
        },
    )


def _facts(zone: Zone, parents: dict[int, int | None], passes: dict[int, int]) -> ZoneFacts:
    around: list[int] = []
    above = parents.get(zone.pk)
    while above is not None and above not in around:
        around.append(above)
        above = parents.get(above)
    return ZoneFacts(
        pk=zone.pk,
        again=zone.again,
        places=None if zone.capacity is None else zone.capacity + zone.emergency,
        around=frozenset(around),
        building=zone.room.building_id if zone.room else None,
        passes=passes,
    )
