"""Taking in scans: every row is kept, each once; the server says what it thinks, and opens incidents where gates disagree.

One upload or many at once cost the same few statements and one commit: the door for devices hands over together what came
in together. Nothing here ever changes a scan.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction

from summitry.foundation import clock
from summitry.gates.actions.effects import Effects
from summitry.gates.enums import Decision, Direction, IncidentKind, Reason, ScanKind
from summitry.gates.models import Scan
from summitry.gates.queries.known import Badge, Known, Stored, known_for
from summitry.gates.queries.rows import BadRow, Row
from summitry.gates.queries.setup import GateFacts, Setup, setup_of
from summitry.gates.queries.verdict import Asked, Verdict, decide

ATTEMPTS = 4
AT_GATE = uuid.UUID("7b0f6f0c-5f0e-4f8e-9a53-3d0a5e6f1c11")
"""Under this name a device's own decision is kept where the server had decided about the same row, unheard."""
WORST_SKEW_MS = 120_000
DECIDED_THERE = frozenset({ScanKind.EXCEPTION, ScanKind.WALK_IN})


class Sender(NamedTuple):
    """The device that sends, with the present revision of its edition's roster."""

    device: int
    edition: int
    gate: int
    revision: int
    rule_version: int


@dataclass(frozen=True, slots=True)
class Upload:
    """What one device sent at once, and by how many milliseconds its clock is ahead of ours."""

    sender: Sender
    rows: Sequence[Row | BadRow]
    skew_ms: int = 0


@dataclass(slots=True)
class Taken:
    """What became of one row."""

    id: uuid.UUID | None
    verdict: str
    reason: str
    is_first: bool = False
    guest: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    incident: int | None = None
    since: dt.datetime | None = None
    at_gate: str = ""
    fields: tuple[str, ...] = ()


def take(uploads: Sequence[Upload]) -> list[list[Taken]]:
    """Keep all rows of `uploads` and return what became of each, in their order, in one transaction per edition.

    Rows that are in the log already are answered as they were. Where another process took in the same row or guest at the
    same moment, the whole is looked at once more.
    """
    answers: dict[int, list[Taken]] = {}
    editions = dict.fromkeys(upload.sender.edition for upload in uploads)
    for edition in editions:
        numbers = [n for n, upload in enumerate(uploads) if upload.sender.edition == edition]
        taken = _taken([uploads[n] for n in numbers])
        answers.update(zip(numbers, taken, strict=True))
    return [answers[n] for n in range(len(uploads))]


def _taken(uploads: Sequence[Upload]) -> list[list[Taken]]:
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with transaction.atomic():
                return _Taking(uploads, look_twice=attempt > 1).run()
        except IntegrityError:
            if attempt == ATTEMPTS:
                raise
    raise AssertionError("unreachable")


class _Taking:
    """The work on the uploads of one edition, in one transaction."""

    def __init__(self, uploads: Sequence[Upload], *, look_twice: bool) -> None:
        self.uploads = uploads
        self.now = clock.now()
        newest = max(uploads, key=lambda upload: upload.sender.revision).sender
        self.setup: Setup = setup_of(newest.edition, newest.revision)
        rows = [row for upload in uploads for row in upload.rows if isinstance(row, Row)]
        gates = {row.gate for row in rows} | {upload.sender.gate for upload in uploads}
        zones = {self.setup.gates[gate].zone for gate in gates if gate in self.setup.gates}
        self.known: Known = known_for(self.setup, rows, zones, self.now, look_twice=look_twice)
        self.effects = Effects(self.known, self.now)

    def run(self) -> list[list[Taken]]:
        answers = [self._take_all(upload) for upload in self.uploads]
        self.effects.write()
        for taken in (one for answer in answers for one in answer):
            if taken.id is not None:
                taken.incident = self.effects.incidents.of_scan(taken.id)
                where = self.effects.where.get(taken.id)
                if where is not None:
                    taken.since, taken.at_gate = where.since, self.setup.gates[where.gate].name
        return answers

    def _take_all(self, upload: Upload) -> list[Taken]:
        before = len(self.effects.scans)
        taken = [self._take(upload, row) for row in upload.rows]
        late = [scan for scan in self.effects.scans[before:] if scan.id in self.effects.past]
        if late and abs(upload.skew_ms) > WORST_SKEW_MS and not clock.is_rehearsal():
            self.effects.incidents.open(IncidentKind.CLOCK, late[0], str(upload.sender.device))
        return taken

    def _take(self, upload: Upload, row: Row | BadRow) -> Taken:
        if isinstance(row, BadRow):
            return self._take_bad(upload, row)
        stored = self.known.stored.get(row.id)
        if stored is None:
            return self._take_new(upload, row)
        if stored.device != upload.sender.device:
            return Taken(row.id, Decision.REFUSE, Reason.BAD_ROW, fields=("id",))
        if row.is_past and row.decision and row.decision != stored.decision:
            own = Row(**{**_fields(row), "id": uuid.uuid5(AT_GATE, str(row.id))})
            if own.id not in self.known.stored:
                self._take_new(upload, own)
        return self._again(row.id, stored)

    def _again(self, row_id: uuid.UUID, stored: Stored) -> Taken:
        self.effects.incidents.look_up(row_id)
        return Taken(
            row_id,
            stored.verdict,
            stored.verdict_reason,
            stored.is_first,
            stored.guest,
            self._facts(stored.guest),
        )

    def _take_bad(self, upload: Upload, row: BadRow) -> Taken:
        if row.id is not None and row.id not in self.known.stored:
            gate = self.setup.gates[upload.sender.gate]
            verdict = Verdict(Decision.REFUSE, Reason.BAD_ROW)
            scan = self._scan(upload, _blank(row), gate, None, verdict)
            scan.note = row.sent
            self._keep(scan)
        return Taken(row.id, Decision.REFUSE, Reason.BAD_ROW, fields=row.fields)

    def _take_new(self, upload: Upload, row: Row) -> Taken:
        if row.kind == ScanKind.UNDO:
            return self._undo(upload, row)
        gate = self.setup.gates.get(row.gate or upload.sender.gate)
        badge = self.known.badges.get(row.digest)
        guest = badge.guest if badge else (None if row.digest else row.guest)
        guest = guest if guest in self.known.lines else None
        if gate is None:
            gate = self.setup.gates[upload.sender.gate]
            verdict = Verdict(Decision.REFUSE, Reason.GATE)
        else:
            at = self._when(upload, row)
            verdict = decide(self._asked(row, badge, guest, gate, at))
        scan = self._scan(upload, row, gate, guest, verdict)
        scan.credential_id = badge.credential if badge else None
        taken = Taken(row.id, verdict.decision, verdict.reason, guest=guest, facts=self._facts(guest))
        self.effects.compare(scan)
        if scan.decision == Decision.ADMIT and guest is not None:
            scan.is_first = taken.is_first = self.effects.passed(scan)
        self._keep(scan)
        return taken

    def _asked(
        self, row: Row, badge: Badge | None, guest: int | None, gate: GateFacts, at: dt.datetime
    ) -> Asked:
        line = self.known.lines.get(guest or 0)
        if line is None:
            return Asked(
                "" if badge is None else badge.state, badge is not None, (), gate.zone, "", row.direction, 0
            )
        delegation = line.facts.get("delegation")
        return Asked(
            state=badge.state if badge else "active",
            is_gone=line.is_gone,
            access=line.access,
            zone=gate.zone,
            again=self.setup.zones[gate.zone].again,
            direction=row.direction,
            at=int(at.timestamp()),
            inside=(guest, gate.zone) in self.known.inside,
            entered=(guest, gate.zone) in self.known.entered,
            places=self.known.places_left(gate.zone),
            passes=self.known.passes_left(gate.zone, delegation),
        )

    def _undo(self, upload: Upload, row: Row) -> Taken:
        target = self.known.stored.get(row.undoes) if row.undoes else None
        gate = self.setup.gates[upload.sender.gate]
        found = target is not None and target.device == upload.sender.device
        verdict = Verdict(Decision.REFUSE, Reason.UNDONE if found else Reason.NOTHING)
        guest = target.guest if target is not None and found else None
        scan = self._scan(upload, row, gate, guest, verdict)
        if target is not None and found:
            scan.gate_id, scan.zone_id = target.gate, target.zone
            self.effects.undone(scan)
        self._keep(scan)
        return Taken(row.id, verdict.decision, verdict.reason, guest=guest, facts=self._facts(guest))

    def _scan(self, upload: Upload, row: Row, gate: GateFacts, guest: int | None, verdict: Verdict) -> Scan:
        is_ours = not row.is_past and row.kind not in DECIDED_THERE
        if row.is_past:
            self.effects.past.add(row.id)
        decision = verdict.decision if is_ours or not row.decision else row.decision
        reason = verdict.reason if is_ours or not row.reason else row.reason
        return Scan(
            id=row.id,
            edition_id=upload.sender.edition,
            device_id=upload.sender.device,
            seq=row.seq,
            device_at=row.at,
            server_at=self.now,
            at=self._when(upload, row),
            digest=row.digest,
            guest_id=guest,
            gate_id=gate.pk,
            zone_id=gate.zone,
            direction=row.direction,
            kind=row.kind,
            decision=decision,
            reason=reason,
            verdict=verdict.decision,
            verdict_reason=verdict.reason,
            rule_version=row.rule_version,
            offline=row.offline,
            undoes=row.undoes,
            note=row.note,
            by=row.by,
        )

    def _when(self, upload: Upload, row: Row) -> dt.datetime:
        """Return when it happened: now for whoever waits for the answer, else the device's time, corrected."""
        if row.at is None or not row.is_past:
            return self.now
        return min(self.now, row.at - dt.timedelta(milliseconds=upload.skew_ms))

    def _keep(self, scan: Scan) -> None:
        self.effects.scans.append(scan)
        self.known.stored[scan.id] = Stored(
            scan.device_id,
            scan.guest_id,
            scan.gate_id,
            scan.zone_id,
            scan.decision,
            scan.verdict,
            scan.verdict_reason,
            scan.is_first,
        )

    def _facts(self, guest: int | None) -> dict[str, Any]:
        line = self.known.lines.get(guest or 0)
        return line.facts if line else {}


def _fields(row: Row) -> dict[str, Any]:
    return {name: getattr(row, name) for name in Row.__slots__}


def _blank(row: BadRow) -> Row:
    return Row(
        id=row.id or uuid.UUID(int=0),
        seq=row.seq,
        at=None,
        digest="",
        guest=None,
        gate=None,
        direction=Direction.IN,
        kind=ScanKind.SCAN,
        decision="",
        reason="",
        rule_version=0,
        offline=False,
        undoes=None,
        note="",
        by="",
    )
