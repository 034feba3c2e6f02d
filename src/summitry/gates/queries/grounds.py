"""The grounds on one page: zones with their gates, rules and counts."""

from __future__ import annotations

from collections import Counter as Counted
from collections.abc import Mapping
from dataclasses import dataclass, field

from summitry.editions.models import Edition
from summitry.gates.enums import DeviceState
from summitry.gates.models import AccessRule, Counter, Device, Gate, RosterLine, Zone


@dataclass(slots=True)
class ZoneLine:
    """A zone with what belongs to it; `depth` is how many zones lie around it."""

    zone: Zone
    depth: int
    inside: int = 0
    people: int = 0
    gates: list[Gate] = field(default_factory=list)
    rules: list[AccessRule] = field(default_factory=list)

    @property
    def places(self) -> int | None:
        """How many it holds, by a supervisor's leave included."""
        return None if self.zone.capacity is None else self.zone.capacity + self.zone.emergency

    @property
    def percent(self) -> int:
        """How full it is, from 0 to 100."""
        return min(100, round(100 * self.inside / self.places)) if self.places else 0

    @property
    def is_full(self) -> bool:
        """Whether nobody else should come in."""
        return self.places is not None and self.inside >= self.places


def zone_lines(edition: Edition) -> list[ZoneLine]:
    """Return all zones of an edition, each after the zone around it, in four statements."""
    zones = list(Zone.objects.filter(edition=edition).select_related("parent", "room"))
    counters = {row.pk: row for row in Counter.objects.filter(zone__edition=edition)}
    lines = {}
    for zone, depth in _in_order(zones):
        counter = counters.get(zone.pk)
        inside, people = (max(0, counter.inside), counter.people) if counter else (0, 0)
        lines[zone.pk] = ZoneLine(zone, depth, inside, people)
    for gate in Gate.objects.filter(edition=edition):
        lines[gate.zone_id].gates.append(gate)
    for rule in AccessRule.objects.filter(edition=edition).select_related("category"):
        lines[rule.zone_id].rules.append(rule)
    return list(lines.values())


def devices_at_work(edition: Edition) -> int:
    """Return how many devices may scan."""
    return Device.objects.filter(edition=edition, state=DeviceState.ENROLLED).count()


def _in_order(zones: list[Zone]) -> list[tuple[Zone, int]]:
    found: list[tuple[Zone, int]] = []

    def walk(parent: int | None, depth: int) -> None:
        for zone in zones:
            if zone.parent_id == parent:
                found.append((zone, depth))
                walk(zone.pk, depth + 1)

    walk(None, 0)
    return found


def allowed_in(edition: Edition) -> Mapping[int, int]:
    """Return how many accredited guests may enter each zone at some time (one query)."""
    tables = RosterLine.objects.filter(edition=edition, is_gone=False).values_list("access", flat=True)
    return Counted(zone for access in tables.iterator() for zone in {cell[0] for cell in access})
