"""What other systems are told of badges, first entries and incidents: ids, and nothing that says who somebody is."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from summitry.foundation import clock
from summitry.foundation.models import WebhookDelivery
from summitry.foundation.webhooks import kinds
from summitry.foundation.webhooks.endpoints import create_endpoint
from summitry.gates.actions.credentials import reprint, revoke
from summitry.gates.actions.incidents import settle
from summitry.gates.models import Incident
from tests.editions.make import make_edition
from tests.gates.make import SYSTEM, Grounds, make_admitted

pytestmark = pytest.mark.django_db


def listen(grounds: Grounds) -> None:
    events = [name for name in kinds() if name.startswith(("gates.", "guests."))]
    create_endpoint(
        grounds.edition.pk, by=SYSTEM, name="Host", url="https://hooks.example.org/", events=events
    )


def told() -> list[tuple[str, dict[str, Any]]]:
    """Return kind and data of all messages, without the edition, and forget them."""
    rows = WebhookDelivery.objects.order_by("pk")
    found = [(row.kind, json.loads(row.body)["data"]) for row in rows]
    rows.all().delete()
    for _kind, data in found:
        data.pop("edition_id")
    return found


def test_badges_are_told_by_the_ids_of_their_guests(grounds: Grounds) -> None:
    listen(grounds)
    guest = make_admitted(grounds.edition, "Anna de la Cruz").guest
    category = guest.category.slug
    reprint(guest, by=SYSTEM, reason="lost")
    revoke(guest, by=SYSTEM)
    revoke(guest, by=SYSTEM)
    assert told() == [
        ("guests.guest.moved", {"guest_id": guest.pk, "category": category, "was": "invited", "now": "submitted"}),
        ("guests.guest.moved", {"guest_id": guest.pk, "category": category, "was": "submitted", "now": "confirmed"}),
        ("gates.badges.issued", {"guest_ids": [guest.pk]}),
        ("gates.badges.replaced", {"guest_ids": [guest.pk]}),
        ("gates.badges.revoked", {"guest_ids": [guest.pk]}),
    ]  # fmt: skip


def test_first_entries_are_told_once_for_each_zone(grounds: Grounds) -> None:
    badges = [make_admitted(grounds.edition, f"Guest {n}") for n in range(2)]
    listen(grounds)
    scanner = grounds.scanner
    now = clock.now()
    with clock.frozen(now):
        scanner.send(scanner.row(badges[0]), scanner.row(badges[1]))
        scanner.send(scanner.row(badges[0], direction="out"))
        scanner.send(scanner.row(badges[0]))
    entries = [{"guest_id": one.guest_id, "zone_id": grounds.venue.pk, "at": told_at(now)} for one in badges]
    assert told() == [("gates.guests.entered", {"entries": entries})]


def test_incidents_are_told_when_opened_and_settled(grounds: Grounds) -> None:
    listen(grounds)
    assert grounds.scanner.scan("0000000000000000") == ("refuse", "unknown")
    assert grounds.scanner.scan("0000000000000000") == ("refuse", "unknown")
    incident = Incident.objects.get()
    settle([incident], "A visitor's own card.", by=SYSTEM)
    assert told() == [
        ("gates.incident.opened", {"incident_id": incident.pk, "kind": "unknown"}),
        ("gates.incident.settled", {"incident_id": incident.pk}),
    ]


def test_another_edition_hears_nothing(grounds: Grounds) -> None:
    other = make_edition("elsewhere-2026", grounds.edition.summit)
    create_endpoint(
        other.pk, by=SYSTEM, name="Host", url="https://hooks.example.org/", events=["gates.badges.issued"]
    )
    make_admitted(grounds.edition, "Guest")
    assert told() == []


def told_at(moment: dt.datetime) -> str:
    """Return an instant as JSON has it."""
    return str(DjangoJSONEncoder().default(moment))
