"""A relay in the hall: what it mirrors, decides, keeps and hands on, beside a server that can be cut off."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from summitry.foundation import clock
from summitry.foundation.errors import SummitryError
from summitry.gates.actions.credentials import revoke
from summitry.gates.actions.devices import invite_device, revoke_device
from summitry.gates.cli import open_relay
from summitry.gates.device_api import Answer, Asked, answer
from summitry.gates.models import Device, Incident, Presence, Scan
from summitry.gates.relay.forwarding import Forwarder
from summitry.gates.relay.upstream import NoUpstream, Upstream
from tests.gates.make import SYSTEM, Grounds, make_admitted

pytestmark = pytest.mark.django_db


class Line(Upstream):
    """The real server behind a line that can be cut; with `is_deaf` it hears, and its answers are lost."""

    is_cut = is_deaf = False

    def _asked(self, method: str, operation: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        if self.is_cut:
            raise NoUpstream
        path, _mark, query = operation.partition("?")
        asked = Asked(
            method,
            path,
            dict([query.split("=")]) if query else {},
            headers.get("authorization", ""),
            body=body,
        )
        given = answer(asked)
        if self.is_deaf:
            raise NoUpstream
        return given


class Hall:
    """A relay with devices that talk to nobody else."""

    def __init__(self, grounds: Grounds, folder: Path) -> None:
        self.grounds, self.folder = grounds, folder
        self.line = Line("https://summit.example")
        self.relay, self.forwarder = open_relay(folder, self.line, self.code("Relay"), "Laptop")
        self.keys = [self.enrol("One"), self.enrol("Two")]

    def code(self, name: str) -> str:
        return invite_device(self.grounds.gate, name, by=SYSTEM)[1]

    def enrol(self, name: str) -> str:
        told = self.ask("POST", "enrol", {"code": self.code(name), "name": name}, key="")
        return f"{told['device']}.{told['key']}"

    def ask(self, method: str, operation: str, sent: object = None, *, key: str = "") -> dict[str, Any]:
        path, _mark, query = operation.partition("?")
        given = self.relay.answer(
            Asked(
                method,
                path,
                dict([query.split("=")]) if query else {},
                f"Device {key}",
                body=json.dumps(sent, default=str).encode(),
            )
        )
        told: dict[str, Any] = json.loads(given.body)
        return told

    def scan(self, device: int, token: str, **facts: Any) -> tuple[str, str]:
        row = {
            "id": str(uuid.uuid4()),
            "seq": 1,
            "token": token,
            "gate": self.grounds.gate.pk,
            "direction": "in",
        }
        row |= {"at": clock.now(), "offline": False, "kind": "scan", **facts}
        sent = {"sent_at": clock.now(), "scans": [row]}
        told = self.ask("POST", "scans", sent, key=self.keys[device])["scans"][0]
        assert self.ask("POST", "scans", sent, key=self.keys[device])["scans"] == [told]
        return told["verdict"], told["reason"]


@pytest.fixture
def hall(grounds: Grounds, tmp_path: Path) -> Hall:
    return Hall(grounds, tmp_path)


def test_relay_hands_on_every_scan_once_under_its_device(hall: Hall) -> None:
    badges = [make_admitted(hall.grounds.edition, f"Guest {n}") for n in range(3)]
    hall.forwarder.mirror()
    hall.line.is_cut = True
    assert [hall.scan(0, badges[0].token), hall.scan(1, badges[0].token), hall.scan(1, badges[1].token)] == [
        ("admit", "ok"),
        ("refuse", "inside"),
        ("admit", "ok"),
    ]
    assert hall.scan(0, badges[0].token, direction="out") == ("admit", "left")
    assert hall.scan(1, badges[0].token) == ("admit", "again")
    assert hall.scan(0, "0000000000000000") == ("refuse", "unknown")
    with pytest.raises(NoUpstream):
        hall.forwarder.round()
    assert Scan.objects.count() == 0
    hall.line.is_cut, hall.line.is_deaf = False, True
    with pytest.raises(NoUpstream):
        hall.forwarder.hand_on()
    hall.line.is_deaf = False
    hall.forwarder.round()
    by_device = [Scan.objects.filter(device=int(key.split(".")[0])).count() for key in hall.keys]
    assert (by_device, hall.relay.store.count_waiting()) == ([3, 3], 0)
    hall.forwarder.round()
    assert Scan.objects.count() == 6


def test_relay_tells_what_was_scanned_while_it_had_a_line_from_what_was_not(hall: Hall) -> None:
    badges = [make_admitted(hall.grounds.edition, f"Guest {n}") for n in range(5)]
    begin = clock.now()
    minutes = [begin + dt.timedelta(minutes=n) for n in range(5)]
    hall.forwarder.mirror()
    with clock.frozen(minutes[0]):
        hall.scan(0, badges[0].token)
        hall.scan(1, badges[1].token, offline=True, decision="admit", reason="ok")
        hall.forwarder.round()
    hall.line.is_cut = True
    with clock.frozen(minutes[1]):
        hall.scan(0, badges[2].token)  # nobody knows yet that the line is cut
        with pytest.raises(NoUpstream):
            hall.forwarder.hand_on()
    with clock.frozen(minutes[2]):
        hall.scan(0, badges[3].token)
    hall.line.is_cut = False
    hall.forwarder.mirror()
    with clock.frozen(minutes[3]):
        hall.scan(0, badges[4].token)
    with clock.frozen(minutes[4]):
        hall.forwarder.round()
    rows = Scan.objects.order_by("at", "guest").values_list("guest", "offline", "at", "server_at", "is_first")
    assert list(rows) == [
        (badges[0].guest.pk, False, minutes[0], minutes[0], True),
        (badges[1].guest.pk, True, minutes[0], minutes[0], True),
        (badges[2].guest.pk, True, minutes[1], minutes[4], True),
        (badges[3].guest.pk, True, minutes[2], minutes[4], True),
        (badges[4].guest.pk, False, minutes[3], minutes[4], True),
    ]
    assert list(Presence.objects.order_by("from_at").values_list("from_at", flat=True)) == [
        minutes[n] for n in (0, 0, 1, 2, 3)
    ]


def test_relay_keeps_its_decision_where_the_server_would_have_decided_otherwise(hall: Hall) -> None:
    badge = make_admitted(hall.grounds.edition, "Guest")
    hall.forwarder.mirror()
    revoke(badge.guest, by=SYSTEM)
    assert hall.scan(0, badge.token) == ("admit", "ok")
    hall.forwarder.hand_on()
    row = Scan.objects.get()
    assert (row.offline, row.decision, row.verdict_reason) == (False, "admit", "revoked")
    assert [row.kind for row in Incident.objects.all()] == ["revoked"]


def test_relay_keeps_what_a_gate_decided_before_it_heard_the_answer(hall: Hall) -> None:
    badge = make_admitted(hall.grounds.edition, "Guest")
    hall.forwarder.mirror()
    hall.scan(0, badge.token)
    pk = str(uuid.uuid4())
    assert hall.scan(1, badge.token, id=pk) == ("refuse", "inside")
    assert hall.scan(1, badge.token, id=pk, offline=True, decision="admit") == ("refuse", "inside")
    hall.forwarder.round()
    assert sorted(Scan.objects.values_list("decision", "offline")) == [
        ("admit", False),
        ("admit", True),
        ("refuse", False),
    ]


def test_relay_keeps_what_a_gate_decided_alone(hall: Hall) -> None:
    badge = make_admitted(hall.grounds.edition, "Guest")
    hall.forwarder.mirror()
    for device in (0, 1):
        hall.scan(device, badge.token, offline=True, decision="admit", reason="ok")
    hall.forwarder.round()
    assert sorted(Scan.objects.values_list("decision", flat=True)) == ["admit", "admit"]
    assert [row.kind for row in Incident.objects.all()] == ["same_badge"]


def test_relay_mirrors_what_changes(hall: Hall) -> None:
    badge = make_admitted(hall.grounds.edition, "Guest")
    hall.forwarder.mirror()
    before = hall.ask("GET", "roster", key=hall.keys[0])
    assert ([guest["tokens"] for guest in before["guests"]], before["gate"]) == (
        [[badge.digest]],
        hall.grounds.gate.pk,
    )
    revoke(badge.guest, by=SYSTEM)
    hall.forwarder.mirror()
    after = hall.ask("GET", f"roster?since={before['revision']}", key=hall.keys[0])
    assert (after["since"], after["revoked"]) == (before["revision"], {badge.digest: "revoked"})
    assert hall.scan(0, badge.token) == ("refuse", "revoked")


def test_relay_takes_back_what_is_undone(hall: Hall) -> None:
    badge = make_admitted(hall.grounds.edition, "Guest")
    hall.forwarder.mirror()
    first = str(uuid.uuid4())
    assert hall.scan(0, badge.token, id=first) == ("admit", "ok")
    assert hall.scan(0, badge.token, kind="undo", undoes=first) == ("refuse", "undone")
    assert hall.scan(1, badge.token) == ("admit", "ok")


def test_relay_shuts_out_whom_the_server_shuts_out(hall: Hall) -> None:
    device = Device.objects.get(pk=int(hall.keys[1].split(".")[0]))
    hall.scan(1, "0000000000000000")
    revoke_device(device, by=SYSTEM)
    hall.forwarder.round()
    assert (Scan.objects.count(), hall.relay.store.count_waiting()) == (1, 0)
    assert hall.ask("GET", "roster", key=hall.keys[1])["type"] == "urn:summitry:device-unknown"
    assert hall.ask("GET", "roster", key="7.wrong")["type"] == "urn:summitry:device-unknown"


def test_relay_says_what_needs_the_server(hall: Hall) -> None:
    hall.line.is_cut = True
    assert hall.ask("POST", "reprint", {"guest": 1}, key=hall.keys[0])["type"] == "urn:summitry:needs-server"
    assert hall.ask("POST", "heartbeat", {}, key=hall.keys[0])["gate"] == hall.grounds.gate.pk
    assert hall.ask("GET", "counters", key=hall.keys[0])["zones"] == []


def test_relay_starts_again_without_a_line_and_belongs_to_one_server(hall: Hall) -> None:
    hall.line.is_cut = True
    again, _forwarder = open_relay(hall.folder, hall.line, "", "Laptop")
    assert again.store.roster(0) == hall.relay.store.roster(0)
    with pytest.raises(SummitryError):
        open_relay(hall.folder, Line("https://other.example"), "", "Laptop")
    with pytest.raises(SummitryError):
        open_relay(hall.folder / "new", hall.line, "", "Laptop")


def test_relay_passes_over_a_row_that_the_server_refuses(hall: Hall) -> None:
    told = hall.ask("POST", "scans", {"scans": [{"id": str(uuid.uuid4()), "seq": "x"}, 7]}, key=hall.keys[0])
    assert [row["reason"] for row in told["scans"]] == ["bad_row", "bad_row"]
    hall.forwarder.round()
    assert (isinstance(hall.forwarder, Forwarder), hall.relay.store.count_waiting()) == (True, 0)
