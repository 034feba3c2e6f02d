"""What scans bring about: who is where, how many, who entered first, and what a person must settle.

For rows that the server decided itself it writes the one step they are. For rows that arrive late, or take something back,
the stays of that guest in that zone are derived anew from the whole log, so that the order of arrival does not matter.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from summitry.foundation.bus import announce
from summitry.gates.actions.deriving import Steps, count, derive
from summitry.gates.actions.incidents import GATES, Incidents
from summitry.gates.enums import Channel, Decision, Direction, IncidentKind, Reason, ScanKind
from summitry.gates.events import FirstEntry, GuestsEntered
from summitry.gates.models import Entry, Presence, Scan
from summitry.gates.queries.known import Known, Pair

AT_ONCE = dt.timedelta(seconds=60)
DISAGREEMENT = {
    Reason.REVOKED: IncidentKind.REVOKED,
    Reason.SUPERSEDED: IncidentKind.REVOKED,
    Reason.GONE: IncidentKind.REVOKED,
    Reason.NO_ZONE: IncidentKind.NO_ACCESS,
    Reason.NOT_NOW: IncidentKind.NO_ACCESS,
    Reason.INSIDE: IncidentKind.SAME_BADGE,
    Reason.ONCE: IncidentKind.SAME_BADGE,
    Reason.FULL: IncidentKind.CAPACITY,
    Reason.QUOTA: IncidentKind.QUOTA,
}
"""What it is when a gate let somebody in of whom the server says that it should not have."""
OF_ZONE = frozenset({Reason.FULL, Reason.QUOTA})


class Where(NamedTuple):
    """The scan that let somebody in who is inside already: when and at which gate."""

    since: dt.datetime
    gate: int


@dataclass(slots=True)
class _Step:
    """What one guest's own passages through the gates of one zone change."""

    begun: Presence | None = None
    ended: list[tuple[int, dt.datetime]] = field(default_factory=list)
    entry: Entry | None = None

    @property
    def counts(self) -> Steps:
        begun = int(self.begun is not None)
        return Steps(begun - len(self.ended), begun, int(self.entry is not None))


class Effects:
    """Collects what follows from rows looked at one by one, and writes it at the end in few statements.

    `past` are the ids of rows that were decided before they came here.
    """

    def __init__(self, known: Known, now: dt.datetime) -> None:
        self.known = known
        self.now = now
        self.scans: list[Scan] = []
        self.past: set[uuid.UUID] = set()
        self.first: list[FirstEntry] = []
        self.incidents = Incidents(known.setup, now)
        self.where: dict[uuid.UUID, Where] = {}
        self._steps: defaultdict[Pair, _Step] = defaultdict(_Step)
        self._anew: set[Pair] = set()
        self._evidence: dict[uuid.UUID, uuid.UUID] = {}

    def compare(self, scan: Scan) -> None:
        """Open incidents where the gate and the server disagree, or where one badge is in two places."""
        reason = Reason(scan.verdict_reason)
        admitted = scan.decision == Decision.ADMIT
        if reason is Reason.UNKNOWN:
            self.incidents.open(IncidentKind.UNKNOWN, scan, scan.digest)
        if scan.kind == ScanKind.EXCEPTION and admitted:
            self.incidents.open(IncidentKind.EXCEPTION, scan, str(scan.id))
        elif admitted and scan.verdict == Decision.REFUSE and reason in DISAGREEMENT:
            self.incidents.open(
                DISAGREEMENT[reason], scan, "zone" if reason in OF_ZONE else str(scan.guest_id)
            )
        if scan.guest_id is None or scan.direction != Direction.IN:
            return
        inside = self.known.inside.get((scan.guest_id, scan.zone_id))
        if inside is not None and inside.scan is not None:
            self._evidence[scan.id] = inside.scan
        if admitted:
            self._compare_places(scan)

    def _compare_places(self, scan: Scan) -> None:
        setup = self.known.setup
        for zone, seen in self.known.seen.get(scan.guest_id or 0, {}).items():
            least = setup.seconds_between(zone, scan.zone_id) if zone in setup.zones else 0
            if least and abs((scan.at - seen).total_seconds()) < least:
                self.incidents.open(IncidentKind.TRAVEL, scan, str(scan.guest_id))

    def passed(self, scan: Scan) -> bool:
        """Take note that a guest passed; return whether it was her first entry into the zone."""
        pair = (scan.guest_id or 0, scan.zone_id)
        is_first = scan.direction == Direction.IN and pair not in self.known.entered
        if is_first:
            self.first.append(FirstEntry(*pair, scan.at))
        if scan.id in self.past:
            self._anew.add(pair)
        if scan.direction == Direction.OUT:
            self._leave(pair, scan)
        elif pair not in self.known.inside:
            self._enter(pair, scan, is_first=is_first)
        return is_first

    def undone(self, scan: Scan) -> None:
        """Take note that a row was taken back."""
        if scan.guest_id is not None:
            pair = scan.guest_id, scan.zone_id
            self._anew.add(pair)
            self.known.leave(pair, scan.at)

    def _enter(self, pair: Pair, scan: Scan, *, is_first: bool) -> None:
        guest, zone = pair
        step, setup = self._steps[pair], self.known.setup
        if is_first:
            step.entry = Entry(guest_id=guest, zone_id=zone, at=scan.at, scan=scan.id)
        forgotten = self.known.forgotten.pop(pair, None)
        if forgotten is not None and forgotten.pk is not None:
            step.ended.append((forgotten.pk, setup.end_of(setup.day_of(forgotten.since))))
        if step.begun is not None:
            self._anew.add(pair)  # came, went and came back in one upload
        step.begun = Presence(
            edition_id=scan.edition_id,
            guest_id=guest,
            channel=Channel.ON_SITE,
            zone_id=zone,
            delegation_id=self.known.lines[guest].facts.get("delegation"),
            from_at=scan.at,
            evidence=str(scan.id),
        )
        self.known.enter(pair, scan.at, scan.id)

    def _leave(self, pair: Pair, scan: Scan) -> None:
        inside = self.known.inside.get(pair)
        self.known.leave(pair, scan.at)
        if inside is None:
            return
        if inside.pk is None:
            self._anew.add(pair)  # came and went in one upload
        else:
            self._steps[pair].ended.append((inside.pk, max(scan.at, inside.since)))

    def write(self) -> None:
        """Write everything that was collected. Announces GuestsEntered and IncidentOpened."""
        Scan.objects.bulk_create(self.scans)
        steps = {pair: step for pair, step in self._steps.items() if pair not in self._anew}
        entries = [step.entry for step in steps.values() if step.entry is not None]
        begun = [step.begun for step in steps.values() if step.begun is not None]
        for pk, until in (one for step in steps.values() for one in step.ended):
            Presence.objects.filter(pk=pk, until_at=None).update(until_at=until)
        Entry.objects.bulk_create(entries)
        Presence.objects.bulk_create(begun)
        counts: defaultdict[int, list[Steps]] = defaultdict(list)
        for pair, step in steps.items():
            counts[pair[1]].append(step.counts)
        for guest, zone in sorted(self._anew):
            delegation = (
                self.known.lines[guest].facts.get("delegation") if guest in self.known.lines else None
            )
            counts[zone].append(derive(self.known.setup, guest, zone, delegation, self.now))
        for zone in sorted(counts):
            count(zone, Steps(*map(sum, zip(*counts[zone], strict=True))))
        if self._evidence:
            self._look_at_evidence()
        self.incidents.write()
        if self.first:
            edition_id = self.known.setup.edition_id
            announce(GuestsEntered(by=GATES, edition_id=edition_id, entries=tuple(self.first)))

    def _look_at_evidence(self) -> None:
        """Find out where those who are inside already were let in; another gate a moment ago is for a person to look at."""
        rows = Scan.objects.filter(pk__in=set(self._evidence.values()))
        let_in = {pk: Where(at, gate) for pk, at, gate in rows.values_list("pk", "at", "gate_id")}
        for scan in self.scans:
            evidence = self._evidence.get(scan.id)
            where = let_in.get(evidence) if evidence else None
            if where is None or evidence is None:
                continue
            self.where[scan.id] = where
            elsewhere = where.gate != scan.gate_id
            at_once = abs(scan.at - where.since) < AT_ONCE
            if elsewhere and (scan.verdict_reason == Reason.INSIDE or at_once):
                self.incidents.open(IncidentKind.SAME_BADGE, scan, str(scan.guest_id))
            self.incidents.join(IncidentKind.SAME_BADGE, scan, str(scan.guest_id), evidence)
