"""What other systems are told of guests: ids, states and categories, and nothing that says who somebody is."""

from __future__ import annotations

import json

import pytest

from summitry.foundation.models import WebhookDelivery
from summitry.foundation.webhooks.endpoints import create_endpoint
from summitry.guests.actions.erasing import erase_guest
from summitry.guests.actions.moving import move
from summitry.guests.enums import GuestState
from tests.editions.make import make_edition
from tests.guests.make import SYSTEM, make_category, make_guest

pytestmark = pytest.mark.django_db


def test_moves_and_erasure_are_told_by_id_state_and_category() -> None:
    edition = make_edition("wic-2026")
    create_endpoint(
        edition.pk,
        by=SYSTEM,
        name="Host",
        url="https://hooks.example.org/",
        events=["guests.guest.moved", "guests.guest.erased"],
    )
    guest = make_guest(edition, make_category(edition, "Delegate"), "Anna de la Cruz")
    move(guest, GuestState.SUBMITTED, by=SYSTEM)
    move(guest, GuestState.WITHDRAWN, by=SYSTEM)
    erase_guest(guest, by=SYSTEM)
    told = [json.loads(row.body) for row in WebhookDelivery.objects.order_by("pk")]
    about = {"edition_id": edition.pk, "guest_id": guest.pk}
    assert [(one["type"], one["data"]) for one in told] == [
        ("guests.guest.moved", {**about, "category": "delegate", "was": "invited", "now": "submitted"}),
        ("guests.guest.moved", {**about, "category": "delegate", "was": "submitted", "now": "withdrawn"}),
        ("guests.guest.erased", about),
    ]
