"""Deriving the stays of one guest in one zone from the log of scans, and writing what differs from what is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from summitry.gates.enums import Channel, Decision, ScanKind
from summitry.gates.models import Entry, Presence, Scan
from summitry.gates.queries.presence import Passed, Stay, stays
from summitry.gates.queries.setup import Setup

COUNT = "UPDATE gates_counter SET inside = inside + %s, visits = visits + %s, people = people + %s WHERE zone_id = %s"
"""Every scan does this: as text it costs a tenth of what it takes to be put together. Each zone has its row from the start."""


class Steps(NamedTuple):
    """By how much the counts of a zone change."""

    inside: int = 0
    visits: int = 0
    people: int = 0


def derive(setup: Setup, guest: int, zone: int, delegation: int | None, now: datetime) -> Steps:
    """Make entry and presences of a guest in a zone what the log says; return by how much the counts change."""
    found = stays_of(setup, guest, zone, now)
    people = _derive_entry(guest, zone, found)
    present = list(
        Presence.objects.filter(guest=guest, zone=zone, channel=Channel.ON_SITE).values_list(
            "pk", "from_at", "until_at"
        )
    )
    was = {(from_at, until_at): pk for pk, from_at, until_at in present}
    new = [stay for stay in found if (stay.from_at, stay.until_at) not in was]
    kept = {(stay.from_at, stay.until_at) for stay in found}
    Presence.objects.filter(pk__in=[pk for times, pk in was.items() if times not in kept]).delete()
    Presence.objects.bulk_create(
        Presence(
            edition_id=setup.edition_id,
            guest_id=guest,
            zone_id=zone,
            delegation_id=delegation,
            from_at=stay.from_at,
            until_at=stay.until_at,
            evidence=str(stay.scan),
        )
        for stay in new
    )
    inside = sum(stay.until_at is None for stay in found) - sum(until is None for _pk, _at, until in present)
    return Steps(inside, len(found) - len(present), people)


def stays_of(setup: Setup, guest: int, zone: int, now: datetime) -> list[Stay]:
    """Return the stays of a guest in a zone by the whole log, without what was taken back."""
    log = Scan.objects.filter(guest=guest, zone=zone)
    undone = set(log.filter(kind=ScanKind.UNDO).values_list("undoes", flat=True))
    rows = log.filter(decision=Decision.ADMIT).exclude(kind=ScanKind.UNDO)
    passed = [
        Passed(pk, at, direction)
        for pk, at, direction in rows.values_list("pk", "at", "direction")
        if pk not in undone
    ]
    return stays(passed, lambda at: setup.end_of(setup.day_of(at)), now)


def count(zone: int, steps: Steps) -> None:
    """Change the counts of a zone."""
    if any(steps):
        with connection.cursor() as cursor:
            cursor.execute(COUNT, [*steps, zone])


def _derive_entry(guest: int, zone: int, found: Sequence[Stay]) -> int:
    entry = Entry.objects.filter(guest=guest, zone=zone).first()
    if not found:
        if entry is not None:
            entry.delete()
        return 0 if entry is None else -1
    first = found[0]
    if entry is None:
        Entry.objects.create(guest_id=guest, zone_id=zone, at=first.from_at, scan=first.scan)
    elif entry.at != first.from_at:
        Entry.objects.filter(pk=entry.pk).update(at=first.from_at, scan=first.scan)
    return 1 if entry is None else 0
