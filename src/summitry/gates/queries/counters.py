"""How many are where at this moment: for the wall, the devices and the console. A few rows, however many guests there are."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count

from summitry.foundation import clock
from summitry.gates.enums import Decision, Direction
from summitry.gates.models import Counter, Entry, Scan, Zone

RECENT = dt.timedelta(minutes=15)


def counters_of(edition_id: int) -> dict[str, Any]:
    """Return the counts of each zone, the recent entries at each gate, and how many people ever entered."""
    now = clock.now()
    counts = {row.pk: row for row in Counter.objects.filter(zone__edition=edition_id)}
    recent = Scan.objects.filter(
        edition=edition_id, server_at__gt=now - RECENT, decision=Decision.ADMIT, direction=Direction.IN
    )
    return {
        "now": now,
        "zones": [_counts(zone, counts.get(zone.pk) or Counter(zone=zone)) for zone in _zones(edition_id)],
        "gates": dict(recent.values_list("gate").annotate(number=Count("pk")).order_by()),
        "entered": Entry.objects.filter(zone__edition=edition_id).values("guest").distinct().count(),
    }


def _zones(edition_id: int) -> list[Zone]:
    return list(Zone.objects.filter(edition=edition_id))


def _counts(zone: Zone, counter: Counter) -> dict[str, Any]:
    return {
        "id": zone.pk,
        "name": str(zone.name),
        "inside": max(0, counter.inside),
        "people": counter.people,
        "visits": counter.visits,
        "capacity": None if zone.capacity is None else zone.capacity + zone.emergency,
    }
