"""The demo's gates at work: devices, the log of everybody who came and went, incidents, who joined online, a desk to try."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import Actor
from summitry.foundation.accounts import account_at
from summitry.gates.actions.access import set_allotments
from summitry.gates.actions.badge_handover import hand_out
from summitry.gates.actions.devices import enrol, heartbeat, invite_device, revoke_device
from summitry.gates.actions.incidents import Incidents, settle
from summitry.gates.actions.presences import close_days, join_online, leave_online
from summitry.gates.actions.taking import Sender, Upload, take
from summitry.gates.enums import CredentialState, Direction, IncidentKind, ScanKind
from summitry.gates.models import Credential, Device, Gate, Incident, Roster, Scan, Zone
from summitry.gates.queries.badge_choice import valid_badges
from summitry.gates.queries.devices import DeviceFacts
from summitry.gates.queries.rows import Row
from summitry.gates.queries.setup import load_setup
from summitry.guests.enums import Attendance, GuestState
from summitry.guests.models import Delegation, Guest
from summitry.rehearsal.clock import SUMMIT_MORNING
from summitry.rehearsal.content.comings import passages
from summitry.rehearsal.content.grounds import PASSES, SIGNING
from summitry.rehearsal.content.mishaps import MISHAPS, SETTLED, Mishap

TO_TRY = "Desk to try"
LOST = "Telephone of a volunteer"
ONLINE = 90
NAMES = uuid.UUID("0b51a2f4-6b9e-4d8e-9c39-2a4f6f3f7a10")
LETTER = "Letter of the embassy, seen by the desk"


class Grounds:
    """Gates by name, the device at each, and rows to be sent by it in order."""

    def __init__(self, edition: Edition, by: Actor) -> None:
        self.edition = edition
        self.gates = {gate.name: gate for gate in Gate.objects.filter(edition=edition).select_related("zone")}
        self.devices = {gate.pk: _enrolled(gate, by) for gate in self.gates.values()}
        self.roster = Roster.objects.get(pk=edition.pk)
        lines = valid_badges(edition).filter(guest__roster_line__is_gone=False, guest__principal=None)
        self._access = [
            (digest, {cell[0] for cell in access})
            for digest, access in lines.order_by("pk").values_list("digest", "guest__roster_line__access")
        ]
        self._numbers: defaultdict[int, int] = defaultdict(int)

    def sender(self, gate: Gate) -> Sender:
        """Return the device at a gate, as it sends."""
        roster, device = self.roster, self.devices[gate.pk].pk
        return Sender(device, self.edition.pk, gate.pk, roster.revision, roster.rule_version)

    def opened_by(self, zone: Zone, *, may: bool = True) -> list[str]:
        """Return the valid badges that open a zone (or do not); companions aside, who go where others go."""
        return [digest for digest, zones in self._access if (zone.pk in zones) is may]

    def row(self, gate: Gate, digest: str, *, is_in: bool = True, **facts: Any) -> Row:
        """Return the next row of the device at a gate."""
        self._numbers[gate.pk] += 1
        number = self._numbers[gate.pk]
        plain: dict[str, Any] = {
            "at": None, "guest": None, "gate": gate.pk, "kind": ScanKind.SCAN, "decision": "", "reason": "",
            "rule_version": 0, "offline": False, "undoes": None, "note": "", "by": "",
            "direction": Direction.IN if is_in else Direction.OUT, **facts,
        }  # fmt: skip
        return Row(
            id=uuid.uuid5(NAMES, f"{self.edition.pk}:{gate.pk}:{number}"), seq=number, digest=digest, **plain
        )


def build_attendance(edition: Edition, by: Actor) -> None:
    """Let the days before now have happened at the gates; on an edition that is still to come, only devices stand there."""
    if not Gate.objects.filter(edition=edition).exists():
        return
    now = min(clock.now(), dt.datetime.fromisoformat(SUMMIT_MORNING))
    _allot(edition, by)
    with clock.frozen(_midnight(edition, -2) + dt.timedelta(hours=15)):
        _others(edition, by)
        grounds = Grounds(edition, by)
    badges = list(valid_badges(edition).order_by("pk").values_list("guest_id", "digest"))
    if not badges or now < _midnight(edition, 0):
        return
    _hand_out(edition, by)
    for day, _date in enumerate(edition.days):
        if _midnight(edition, day) < now:
            _one_day(grounds, badges, day, now, by)
    _online(edition, now)
    _alive(grounds, now)


def _enrolled(gate: Gate, by: Actor) -> Device:
    _device, code = invite_device(gate, f"Tablet, {gate.name}", by=by)
    return enrol(code).device


def _others(edition: Edition, by: Actor) -> None:
    """One device waits for whoever tries the demo, and one was lost."""
    desk = Gate.objects.filter(edition=edition).select_related("zone")[0]
    invite_device(desk, TO_TRY, by=by)
    _lost, code = invite_device(desk, LOST, by=by)
    revoke_device(enrol(code).device, by=by)


def _allot(edition: Edition, by: Actor) -> None:
    zone = Zone.objects.filter(edition=edition, slug=SIGNING).select_related("edition").first()
    if zone is not None:
        set_allotments(zone, dict.fromkeys(Delegation.objects.filter(edition=edition), PASSES), by=by)


def _hand_out(edition: Edition, by: Actor) -> None:
    """Let one delegation's badges be carried away by its representative; everybody else comes to the desk."""
    printed = valid_badges(edition).filter(printed_at__isnull=False)
    one = Delegation.objects.filter(edition=edition).order_by("pk").first()
    theirs = list(printed.filter(guest__delegation=one).values_list("pk", flat=True)) if one else []
    with clock.frozen(_midnight(edition, -1) + dt.timedelta(hours=14)):
        if theirs:
            hand_out(edition, theirs, by=by, to="Third secretary of the embassy", authority=LETTER)
    with clock.frozen(_midnight(edition, 0) + dt.timedelta(hours=7)):
        rest = printed.exclude(pk__in=theirs).values_list("pk", flat=True)
        if rest:
            hand_out(edition, list(rest), by=by)


def _one_day(
    grounds: Grounds, badges: Sequence[tuple[int, str]], day: int, now: dt.datetime, by: Actor
) -> None:
    """Take in a day's scans in the order of time, what went wrong among them, and let the day's supervisor look at it."""
    edition, midnight = grounds.edition, _midnight(grounds.edition, day)
    entrances = [gate for gate in grounds.gates.values() if gate.zone.parent_id is None]
    slots: defaultdict[dt.datetime, list[tuple[Gate, str, bool]]] = defaultdict(list)
    for at, who, is_in in passages(len(badges), midnight, day):
        slots[at.replace(second=0)].append((entrances[who % len(entrances)], badges[who][1], is_in))
    for at, gate, digest in _inside(grounds, midnight):
        slots[at].append((gate, digest, True))
    with clock.frozen(midnight + dt.timedelta(hours=4, minutes=5)):
        close_days.call()
    mishaps = [(midnight + dt.timedelta(minutes=one.minute), one) for one in MISHAPS]
    events: list[tuple[dt.datetime, list[tuple[Gate, str, bool]] | Mishap]] = [*slots.items(), *mishaps]
    for at, what in sorted((event for event in events if event[0] < now), key=lambda event: event[0]):
        with clock.frozen(at):
            if isinstance(what, Mishap):
                _mishap(grounds, what, day)
            else:
                _take(grounds, what)
    evening = midnight + dt.timedelta(hours=19, minutes=30)
    if evening < now:
        with clock.frozen(evening):
            _settle(edition, by)


def _take(grounds: Grounds, passing: Sequence[tuple[Gate, str, bool]]) -> None:
    by_gate: defaultdict[Gate, list[Row]] = defaultdict(list)
    for gate, digest, is_in in passing:
        by_gate[gate].append(grounds.row(gate, digest, is_in=is_in))
    take([Upload(grounds.sender(gate), rows) for gate, rows in by_gate.items()])


def _inside(grounds: Grounds, midnight: dt.datetime) -> Iterator[tuple[dt.datetime, Gate, str]]:
    """Yield who goes on into the zones within, in the course of the morning."""
    for number, gate in enumerate(one for one in grounds.gates.values() if one.zone.parent_id is not None):
        if gate.zone.slug != SIGNING:
            for place, digest in enumerate(grounds.opened_by(gate.zone)[:36]):
                minute = 570 + number * 2 + place // 6 * 6
                yield midnight + dt.timedelta(minutes=minute), gate, digest


def _mishap(grounds: Grounds, one: Mishap, day: int) -> None:
    """Let one thing go wrong that a person has to look at."""
    gates = [grounds.gates[name] for name in one.gates]
    digests = _whose(grounds, one, gates[0].zone, day)
    if one.kind == IncidentKind.CLOCK:
        _clock(grounds, gates[0])
        return
    for number, digest in enumerate(digests):
        gate, is_last = gates[number % len(gates)], number == len(digests) - 1
        facts: dict[str, Any] = {}
        if is_last and one.anyway:
            facts = {"at": clock.now(), "decision": "admit", "reason": "ok", "offline": True}
        if one.kind == IncidentKind.EXCEPTION:
            facts = {
                "kind": ScanKind.EXCEPTION, "decision": "admit", "reason": "exception", "note": one.note, "by": "Dina Haddad",
            }  # fmt: skip
        with clock.frozen(clock.now() + dt.timedelta(seconds=25 * number)):
            take([Upload(grounds.sender(gate), [grounds.row(gate, digest, **facts)])])


def _whose(grounds: Grounds, one: Mishap, zone: Zone, day: int) -> list[str]:
    edition = grounds.edition
    if one.who == "nobody":
        return [f"{day + 1:016x}"]
    if one.who == "revoked":
        ended = Credential.objects.filter(edition=edition, state=CredentialState.REVOKED).order_by("pk")
        return list(ended.values_list("digest", flat=True)[day : day + 1])
    if one.who == "strangers":
        return grounds.opened_by(zone, may=False)[day * 9 : day * 9 + one.people]
    if one.who == "delegation":
        return _of_one_delegation(edition, grounds.opened_by(zone))[: one.people]
    found = grounds.opened_by(zone)
    if one.who == "many":
        return _one_of_each(edition, found)[: one.people]
    return found[5 + day * 3 : 6 + day * 3] * one.people


def _one_of_each(edition: Edition, digests: Sequence[str]) -> list[str]:
    rows = Credential.objects.filter(digest__in=digests).order_by("pk")
    first: dict[int | None, str] = {}
    for delegation, digest in rows.values_list("guest__delegation_id", "digest"):
        first.setdefault(delegation, digest)
    return list(first.values())


def _of_one_delegation(edition: Edition, digests: Sequence[str]) -> list[str]:
    rows = Credential.objects.filter(digest__in=digests).order_by("pk")
    found: defaultdict[int | None, list[str]] = defaultdict(list)
    for delegation, digest in rows.values_list("guest__delegation_id", "digest"):
        found[delegation].append(digest)
    found.pop(None, None)
    return max(found.values(), key=len, default=[])


def _clock(grounds: Grounds, gate: Gate) -> None:
    """A device whose clock was wrong: on a rehearsal's clock none is found by itself, as there all of them are."""
    scan = Scan.objects.filter(device=grounds.devices[gate.pk]).order_by("-at").first()
    if scan is not None:
        incidents = Incidents(load_setup(grounds.edition.pk), clock.now())
        incidents.open(IncidentKind.CLOCK, scan, str(scan.device_id))
        incidents.write()


def _settle(edition: Edition, by: Actor) -> None:
    supervisor = account_at("gates@rivertown.example", by=by).actor()
    for one in Incident.objects.filter(edition=edition, state="open").order_by("pk"):
        settle([one], SETTLED[one.kind], by=supervisor)


def _online(edition: Edition, now: dt.datetime) -> None:
    """Let guests who do not travel watch on the first day, and some of them on the second."""
    rows = Guest.objects.filter(edition=edition, state=GuestState.CONFIRMED)
    guests = list(rows.filter(attendance__in=[Attendance.ONLINE, Attendance.LIVE_LINK]).order_by("pk"))[
        :ONLINE
    ]
    opening = _midnight(edition, 0) + dt.timedelta(hours=9)
    for number, guest in enumerate(guests):
        came = opening + dt.timedelta(minutes=number * 7 % 95)
        if came < now:
            join_online(guest, "Opening, main stream", evidence=f"Player session {number:04d}", at=came)
            leave_online(
                guest, "Opening, main stream", at=came + dt.timedelta(minutes=20 + number * 11 % 120)
            )
        again = opening + dt.timedelta(days=1, minutes=number * 5 % 90)
        if number % 3 == 0 and again < now:
            join_online(
                guest, "Second day, main stream", evidence=f"Player session {1000 + number}", at=again
            )


def _alive(grounds: Grounds, now: dt.datetime) -> None:
    """Say how the devices are: one has lost the line and keeps its scans, one lags behind."""
    roster = grounds.roster
    for number, (gate, device) in enumerate(grounds.devices.items()):
        row = next(one for one in grounds.gates.values() if one.pk == gate)
        facts = DeviceFacts(
            device.pk, device.name, grounds.edition.pk, gate, row.kind, roster.revision, roster.rule_version
        )
        is_cut_off = number == 3
        with clock.frozen(now - dt.timedelta(minutes=14 if is_cut_off else 0, seconds=number * 5)):
            heartbeat(
                facts,
                skew_ms=190_000 if number == 1 else 120 * number,
                queued=17 if is_cut_off else 0,
                oldest_at=now - dt.timedelta(minutes=13) if is_cut_off else None,
                revision=roster.revision - (2 if is_cut_off else 0),
                program="Desk 1",
            )


def _midnight(edition: Edition, day: int) -> dt.datetime:
    return dt.datetime.combine(edition.starts_on + dt.timedelta(days=day), dt.time(), edition.zone)
