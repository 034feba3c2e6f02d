"""Guests over the API: the same rows, actions and refusals as on the pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from summitry.foundation.api.auth import issue_token
from summitry.guests.actions.application import save_answers
from summitry.guests.permissions import ACCREDITATION, DESK, GUEST_OFFICE, PROTOCOL
from tests.guests.make import SYSTEM, make_field, make_guest, make_purpose
from tests.guests.office import Office, make_office

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture
def office() -> Office:
    return make_office()


def url(office: Office, what: str = "guests") -> str:
    return f"/api/v1/editions/{office.edition.slug}/{what}"


def sending(office: Office, who: str) -> Client:
    """Return a client with somebody's token: only that may write."""
    token = issue_token(office.accounts[who], "tests", ["read", "write"])[1]
    return Client(headers={"authorization": f"Bearer {token}"})


def test_list_shows_whom_one_works_on(office: Office) -> None:
    found = office.signed_in(GUEST_OFFICE.code).get(url(office)).json()
    assert [(one["name"], one["category"], one["state"]) for one in found["items"]] == [
        ("Chen Sihan", "delegate", "invited"),
        ("Leïla Benslimane", "delegate", "invited"),
        ("Ólafur Jónsson", "speaker", "invited"),
    ]
    narrowed = office.signed_in(PROTOCOL.code).get(url(office), {"category": "speaker"}).json()
    assert [one["name"] for one in narrowed["items"]] == ["Ólafur Jónsson"]
    assert office.signed_in(DESK.code).get(url(office)).json()["items"] == []
    assert office.signed_in("nobody").get(url(office)).status_code == 404


@pytest.mark.parametrize("more", [0, 2])
def test_list_takes_the_same_queries_for_one_row_and_three(
    office: Office, more: int, django_assert_num_queries: Any
) -> None:
    for who in ("leila", "olafur"):
        office.guests[who].delete()
    for _n in range(more):
        make_guest(office.edition, office.categories["speaker"])
    client = office.signed_in(GUEST_OFFICE.code)
    with django_assert_num_queries(6):
        client.get(url(office))


def test_guest_is_added_and_changed(office: Office) -> None:
    client = sending(office, GUEST_OFFICE.code)
    made = client.post(url(office), {"name": "Anna Berg", "category": "speaker"}, JSON)
    assert made.status_code == 201
    guest = made.json()
    assert (guest["name"], guest["category"], guest["answers"]) == ("Anna Berg", "speaker", {})
    there = url(office, f"guests/{guest['id']}")
    changed = client.patch(
        there, {"category": "delegate", "attendance": "online", "mark": guest["mark"]}, JSON
    )
    assert (changed.json()["category"], changed.json()["attendance"]) == ("delegate", "online")
    assert client.patch(there, {"attendance": "on_site", "mark": guest["mark"]}, JSON).status_code == 409
    assert client.post(url(office), {"name": " ", "category": "speaker"}, JSON).status_code == 422
    assert client.post(url(office), {"name": "A", "category": "none"}, JSON).status_code == 404
    officer = sending(office, PROTOCOL.code)
    assert officer.post(url(office), {"name": "A", "category": "speaker"}, JSON).status_code == 403
    assert officer.patch(there, {"attendance": "on_site"}, JSON).status_code == 403


def test_answers_are_given_and_shown_without_what_is_sealed(office: Office) -> None:
    make_field(office.edition, "post")
    make_field(office.edition, "plate", purpose=make_purpose(office.edition, sealed=True))
    guest = office.guests["chen"]
    save_answers(guest, {"plate": "浙A·12345"}, by=SYSTEM)
    there = url(office, f"guests/{guest.pk}/answers")
    client = sending(office, GUEST_OFFICE.code)
    assert client.put(there, {"answers": {"post": "Minister"}}, JSON).json()["answers"] == {
        "post": "Minister"
    }
    assert client.put(there, {"answers": {"post": 7}}, JSON).status_code == 422
    handed = client.put(there, {"answers": {}, "hand_in": True}, JSON)
    assert (handed.status_code, handed.json()["state"]) == (200, "submitted")
    assert office.signed_in(PROTOCOL.code).get(url(office, f"guests/{guest.pk}")).json()["answers"] is None


def test_categories_and_their_questions(office: Office) -> None:
    make_field(office.edition, "post", categories=[office.categories["speaker"]])
    client = office.signed_in(ACCREDITATION.code)
    assert [one["slug"] for one in client.get(url(office, "guest-categories")).json()] == [
        "delegate",
        "speaker",
    ]
    asked = {
        slug: [one["slug"] for one in client.get(url(office, f"guest-categories/{slug}/questions")).json()]
        for slug in ("delegate", "speaker")
    }
    assert asked == {"delegate": [], "speaker": ["post"]}
