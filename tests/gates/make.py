"""Builders for gates: each calls a real action, as the system unless told otherwise."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from summitry.editions.models import Edition
from summitry.foundation.access import Actor, system
from summitry.foundation.i18n import Text
from summitry.gates.actions.access import create_rule
from summitry.gates.actions.devices import enrol, invite_device
from summitry.gates.actions.zones import create_gate, create_zone
from summitry.gates.models import AccessRule, Credential, Device, Gate, Zone
from summitry.guests.actions.delegation import NewDelegation, create_delegation
from summitry.guests.actions.moving import move
from summitry.guests.enums import GuestState
from summitry.guests.models import Category, Delegation, Guest
from tests.directory.make import make_organisation
from tests.editions.make import make_edition
from tests.guests.make import make_guest

SYSTEM = system("tests")
_numbers = itertools.count(1)


def make_zone(edition: Edition, title: str = "", by: Actor = SYSTEM, **facts: Any) -> Zone:
    return create_zone(edition, by=by, name=Text.of(title or f"Zone {next(_numbers)}"), **facts)


def make_gate(zone: Zone, name: str = "", by: Actor = SYSTEM, **facts: Any) -> Gate:
    return create_gate(zone, by=by, name=name or f"Gate {next(_numbers)}", **facts)


def make_rule(zone: Zone, category: Category | None = None, by: Actor = SYSTEM, **facts: Any) -> AccessRule:
    return create_rule(zone, by=by, category=category, **facts)


def make_delegation(edition: Edition) -> Delegation:
    organisation = make_organisation(f"Organisation {next(_numbers)}")
    return create_delegation(edition, NewDelegation(organisation=organisation), by=SYSTEM)


def admit(guest: Guest, by: Actor = SYSTEM) -> Credential:
    """Accredit a guest, and return the badge that she gets by that."""
    if guest.state == GuestState.INVITED:
        move(guest, GuestState.SUBMITTED, by=by)
    move(guest, GuestState.CONFIRMED, by=by)
    return Credential.objects.get(guest=guest, state="active")


def make_admitted(edition: Edition, name: str = "", **facts: Any) -> Credential:
    """Make a guest who is accredited, and return her badge."""
    return admit(make_guest(edition, person=name, **facts))


@dataclass(slots=True)
class Scanner:
    """An enrolled device, and what it asks over HTTP."""

    device: Device
    key: str
    client: Client = field(default_factory=Client)
    sent: int = 0

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Device {self.device.pk}.{self.key}"}

    def get(self, operation: str) -> Any:
        return self.client.get(f"/api/v1/gates/{operation}", headers=self.headers)

    def post(self, operation: str, sent: object) -> Any:
        body = sent if isinstance(sent, (str, bytes)) else json.dumps(sent, default=str)
        return self.client.post(
            f"/api/v1/gates/{operation}", body, content_type="application/json", headers=self.headers
        )

    def row(self, badge: Credential | str | None = None, **facts: Any) -> dict[str, Any]:
        """Return a row of the device's log."""
        self.sent += 1
        token = badge.token if isinstance(badge, Credential) else badge
        scanned = {} if token is None else {"token": token}
        return {
            "id": str(uuid.uuid4()),
            "seq": self.sent,
            "gate": self.device.gate_id,
            "direction": "in",
            "offline": False,
            "kind": "scan",
            **scanned,
            **facts,
        }

    def send(self, *rows: Any, sent_at: dt.datetime | None = None) -> list[dict[str, Any]]:
        """Send rows and return what became of each."""
        stamp = {} if sent_at is None else {"sent_at": sent_at.isoformat()}
        answer = self.post("scans", {**stamp, "scans": list(rows)})
        assert answer.status_code == 200, answer.content
        told: list[dict[str, Any]] = answer.json()["scans"]
        return told

    def scan(self, badge: Credential | str | None = None, **facts: Any) -> tuple[str, str]:
        """Send one row and return the verdict and its reason."""
        told = self.send(self.row(badge, **facts))[0]
        return told["verdict"], told["reason"]


def make_scanner(gate: Gate, name: str = "") -> Scanner:
    _device, code = invite_device(gate, name or f"Device {next(_numbers)}", by=SYSTEM)
    enrolled = enrol(code, "tests")
    return Scanner(enrolled.device, enrolled.key)


@dataclass(slots=True)
class Grounds:
    """An edition with a venue that everybody may enter, and a scanner at its gate."""

    edition: Edition
    venue: Zone
    gate: Gate
    scanner: Scanner


def make_grounds(**facts: Any) -> Grounds:
    edition = make_edition(**facts)
    venue = make_zone(edition, "Venue")
    make_rule(venue)
    gate = make_gate(venue, "Main gate")
    return Grounds(edition, venue, gate, make_scanner(gate))
