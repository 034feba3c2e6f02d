"""Decisions over the API are the console's: the same doors, the same refusals."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from summitry.editions.models import Edition
from summitry.foundation.api.auth import issue_token
from summitry.guests.enums import GuestState, Step
from summitry.guests.permissions import GUEST_OFFICE
from tests.editions.make import make_edition
from tests.guests.accreditation.make import fresh, make_applicant, make_officer
from tests.guests.make import make_category

pytestmark = pytest.mark.django_db
BASE = "/api/v1/editions/rivertown/applications"


@pytest.fixture
def edition() -> Edition:
    return make_edition("rivertown")


def asking(edition: Edition, who: str = "officer", role: str = "accreditation") -> dict[str, Any]:
    _token, secret = issue_token(make_officer(edition, who, role), "test", ["write"])
    return {"headers": {"Authorization": f"Bearer {secret}"}, "content_type": "application/json"}


def test_application_is_decided_by_two(client: Client, edition: Edition) -> None:
    category = make_category(edition, steps=[Step.APPLICATION, Step.DECISION], needs_two=True)
    guest = make_applicant(edition, GuestState.DECIDING, category, email="")
    one, other = asking(edition), asking(edition, "second")
    rows = client.get(f"{BASE}?state=deciding", **one).json()["items"]
    assert [(row["name"], row["state"], row["may"]) for row in rows] == [
        ("Ada Guest", "deciding", ["ask", "approve", "refuse", "hold"])
    ]
    page = f"{BASE}/{guest.pk}"
    stale = {"kind": "approve", "seen": "submitted"}
    assert client.post(f"{page}/decisions", stale, **one).json()["type"] == "urn:summitry:stale-state"
    body = {"kind": "approve", "seen": "deciding", "told": "Welcome."}
    assert client.post(f"{page}/decisions", body, **one).json()["is_proposed"] is True
    assert (
        client.post(f"{page}/proposal", {"agree": True}, **one).json()["type"] == "urn:summitry:second-person"
    )
    done = client.post(f"{page}/proposal", {"agree": True}, **other).json()
    assert [(row["kind"], row["by"], row["proposed_by"]) for row in done["decisions"]] == [
        ("approve", "second@example.org (test)", "officer@example.org (test)")
    ]
    assert fresh(guest).state == GuestState.CONFIRMED
    assert client.post(f"{page}/proposal", {"agree": True}, **other).status_code == 404


def test_only_who_decides_comes_in(client: Client, edition: Edition) -> None:
    make_applicant(edition, email="")
    assert client.get(BASE, **asking(edition, "office", GUEST_OFFICE.code)).status_code == 403
    assert client.get(f"{BASE}/999999", **asking(edition)).status_code == 404
