"""What is known of the guests in an upload before its rows are looked at: badges, lines, who is inside, who was before.

Loaded in a few queries however many rows there are, and kept up to date while they are looked at one by one.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count

from summitry.gates.enums import Channel
from summitry.gates.models import Allotment, Counter, Presence, RosterLine, Scan
from summitry.gates.queries.rows import Row, uuid_of
from summitry.gates.queries.setup import Setup
from summitry.gates.queries.statements import badges_by

Pair = tuple[int, int]
"""A guest and a zone."""


class Badge(NamedTuple):
    """A badge by its digest."""

    credential: int
    guest: int
    state: str


class LineFacts(NamedTuple):
    """What the roster says about a guest."""

    facts: dict[str, Any]
    access: list[list[int]]
    is_gone: bool


class Stored(NamedTuple):
    """A row that is in the log already."""

    device: int
    guest: int | None
    gate: int
    zone: int
    decision: str
    verdict: str
    verdict_reason: str
    is_first: bool


class Inside(NamedTuple):
    """Since when somebody is in a zone, by which scan."""

    since: dt.datetime
    scan: uuid.UUID | None
    pk: int | None


@dataclass(slots=True)
class Known:
    """All of it, for the rows of one edition. `forgotten` are stays of former days that nothing has ended yet."""

    setup: Setup
    stored: dict[uuid.UUID, Stored] = field(default_factory=dict)
    badges: dict[str, Badge] = field(default_factory=dict)
    lines: dict[int, LineFacts] = field(default_factory=dict)
    inside: dict[Pair, Inside] = field(default_factory=dict)
    forgotten: dict[Pair, Inside] = field(default_factory=dict)
    seen: dict[int, dict[int, dt.datetime]] = field(default_factory=dict)
    entered: set[Pair] = field(default_factory=set)
    counts: dict[int, int] = field(default_factory=dict)
    delegates: dict[Pair, int] = field(default_factory=dict)

    def places_left(self, zone: int) -> int | None:
        """Return how many more a zone holds; None is no limit."""
        places = self.setup.zones[zone].places
        return None if places is None else places - self.counts.get(zone, 0)

    def passes_left(self, zone: int, delegation: int | None) -> int | None:
        """Return how many more of a delegation may enter a zone; None is no limit."""
        passes = self.setup.zones[zone].passes.get(delegation or 0)
        return None if passes is None else passes - self.delegates.get((delegation or 0, zone), 0)

    def enter(self, pair: Pair, at: dt.datetime, scan: uuid.UUID) -> None:
        """Take note that a guest is in a zone now."""
        guest, zone = pair
        self.inside[pair] = Inside(at, scan, None)
        self.entered.add(pair)
        self.seen.setdefault(guest, {})[zone] = at
        self._count(pair, 1)

    def leave(self, pair: Pair, at: dt.datetime) -> None:
        """Take note that a guest has left a zone."""
        guest, zone = pair
        if self.inside.pop(pair, None) is not None:
            self._count(pair, -1)
        self.seen.setdefault(guest, {})[zone] = at

    def _count(self, pair: Pair, step: int) -> None:
        guest, zone = pair
        self.counts[zone] = self.counts.get(zone, 0) + step
        delegation = self.lines[guest].facts.get("delegation") or 0
        self.delegates[delegation, zone] = self.delegates.get((delegation, zone), 0) + step


def known_for(
    setup: Setup, rows: Sequence[Row], zones: Collection[int], now: dt.datetime, *, look_twice: bool = False
) -> Known:
    """Load what is known for `rows` at the gates of some zones of one edition.

    On PostgreSQL the guests, and what is left of limited zones, are held until the transaction ends. Whether rows that were
    just scanned are in the log already is only asked to `look_twice`: the log itself refuses the same id a second time.
    """
    known = Known(setup)
    ids = [row.id for row in rows if row.is_past or look_twice] + [row.undoes for row in rows if row.undoes]
    if ids:
        fields = (
            "device_id",
            "guest_id",
            "gate_id",
            "zone_id",
            "decision",
            "verdict",
            "verdict_reason",
            "is_first",
        )
        for pk, *facts in Scan.objects.filter(pk__in=ids, edition=setup.edition_id).values_list(
            "pk", *fields
        ):
            known.stored[pk] = Stored(*facts)
    _load_badges(known, {row.digest for row in rows if row.digest})
    guests = {row.guest for row in rows if row.guest is not None and not row.digest}
    guests |= {one.guest for one in known.stored.values() if one.guest is not None}
    _load_lines(known, guests - known.lines.keys())
    if known.lines:
        _load_places(known, now)
    _load_limits(known, zones)
    return known


def _load_badges(known: Known, digests: Collection[str]) -> None:
    for row in badges_by(known.setup.edition_id, digests):
        known.badges[row.digest] = Badge(row.credential, row.guest, row.state)
        if row.facts is not None:
            known.lines[row.guest] = LineFacts(row.facts, row.access, row.is_gone)


def _load_lines(known: Known, guests: Collection[int]) -> None:
    if guests:
        lines = RosterLine.objects.filter(pk__in=guests, edition=known.setup.edition_id)
        for pk, *line in lines.values_list("pk", "facts", "access", "is_gone"):
            known.lines[pk] = LineFacts(*line)


def _load_places(known: Known, now: dt.datetime) -> None:
    if connection.vendor == "postgresql":
        held = RosterLine.objects.filter(pk__in=known.lines).order_by("pk").select_for_update(no_key=True)
        list(held.values_list("pk"))
    today = known.setup.day_of(now)
    present = Presence.objects.filter(guest__in=known.lines, channel=Channel.ON_SITE).order_by("from_at")
    fields = ("pk", "guest_id", "zone_id", "from_at", "until_at", "evidence")
    for pk, guest, zone, from_at, until_at, evidence in present.values_list(*fields):
        known.entered.add((guest, zone))
        known.seen.setdefault(guest, {})[zone] = until_at or from_at
        if until_at is None:
            stays = known.inside if known.setup.day_of(from_at) == today else known.forgotten
            stays[guest, zone] = Inside(from_at, uuid_of(evidence), pk)


def _load_limits(known: Known, zone_ids: Collection[int]) -> None:
    zones = [known.setup.zones[pk] for pk in zone_ids]
    limited = sorted(zone.pk for zone in zones if zone.places is not None)
    if limited:
        held = Counter.objects.filter(pk__in=limited).order_by("pk")
        if connection.vendor == "postgresql":
            held = held.select_for_update(no_key=True)
        known.counts.update(held.values_list("pk", "inside"))
    shared = sorted(zone.pk for zone in zones if zone.passes)
    if shared:
        if connection.vendor == "postgresql":
            allotted = Allotment.objects.filter(zone__in=shared).order_by("pk")
            list(allotted.select_for_update(no_key=True).values_list("pk"))
        inside = Presence.objects.filter(zone__in=shared, until_at=None, delegation_id__isnull=False)
        counted = inside.values_list("delegation_id", "zone_id").annotate(number=Count("pk")).order_by()
        known.delegates.update({(delegation, zone): number for delegation, zone, number in counted})
