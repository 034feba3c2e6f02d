"""Invitations over the API: the guest office's letters, with the same rows and refusals as on the pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from summitry.editions.permissions import DIRECTOR
from summitry.foundation import clock
from summitry.guests.actions.invitation import draft_invitations
from summitry.guests.enums import GuestState
from summitry.guests.models import Guest, Invitation
from summitry.guests.permissions import GUEST_OFFICE, PROTOCOL
from summitry.mailing.models import Letter
from tests.guests.make import SYSTEM
from tests.guests.office import Office, make_office
from tests.guests.test_api_guests import JSON, sending, url

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 9, 1, 8, tzinfo=dt.UTC)
DUE = NOW + dt.timedelta(days=20)


@pytest.fixture
def office() -> Iterator[Office]:
    with clock.frozen(NOW):
        yield make_office()


def drafted(office: Office, *who: str) -> list[Invitation]:
    return draft_invitations([office.guests[one] for one in who], by=SYSTEM, answer_by=DUE)


def test_invitation_is_made_sent_reminded_of_and_withdrawn(office: Office) -> None:
    client = sending(office, GUEST_OFFICE.code)
    given = {
        "name": "Anna Berg",
        "email": "Anna@example.org",
        "category": "speaker",
        "answer_by": DUE.isoformat(),
    }
    made = client.post(url(office, "invitations"), given, JSON)
    assert (made.status_code, made.json()["state"], made.json()["name"]) == (201, "draft", "Anna Berg")
    there = url(office, f"invitations/{made.json()['id']}")
    assert client.post(f"{there}/send", {"seen": "sent"}, JSON).status_code == 409
    sent = client.post(f"{there}/send", {"seen": "draft"}, JSON).json()
    assert (sent["state"], sent["sent_at"], sent["reminders"]) == ("sent", "2026-09-01T08:00:00Z", 0)
    assert [letter.address for letter in Letter.objects.all()] == ["anna@example.org"]
    with clock.frozen(NOW + dt.timedelta(days=2)):
        reminded = [client.post(f"{there}/remind").json()["is_reminded"] for _twice in range(2)]
        assert reminded == [True, False]
        left = client.post(f"{there}/withdraw", {"seen": "sent", "reason": "Not needed"}, JSON)
    assert (left.status_code, left.json()["state"], left.json()["reminders"]) == (200, "withdrawn", 1)
    assert Guest.objects.get(pk=left.json()["guest"]).state == GuestState.WITHDRAWN


def test_invitation_is_made_for_a_person_of_the_directory_and_sent_at_once(office: Office) -> None:
    client = sending(office, DIRECTOR.code)
    person = office.people["chen"]
    office.guests["chen"].delete()
    given = {"person": person.slug, "category": "delegate", "answer_by": DUE.isoformat(), "send": True}
    made = client.post(url(office, "invitations"), given, JSON)
    assert (made.status_code, made.json()["state"]) == (201, "sent")
    assert client.post(url(office, "invitations"), given, JSON).status_code == 409
    wrong = client.post(url(office, "invitations"), {"category": "delegate"}, JSON)
    assert wrong.status_code == 422
    assert client.post(url(office, "invitations"), {**given, "category": "none"}, JSON).status_code == 404


def test_office_answers_for_a_guest(office: Office) -> None:
    client = sending(office, GUEST_OFFICE.code)
    (row,) = drafted(office, "chen")
    there = url(office, f"invitations/{row.pk}")
    assert (
        client.post(f"{there}/send", {"seen": "draft", "answer_by": DUE.isoformat()}, JSON).status_code == 200
    )
    told = {"seen": "sent", "answer": "accepted", "said_by": "Her office, by telephone"}
    assert client.post(f"{there}/answer", {**told, "said_by": " "}, JSON).status_code == 422
    assert client.post(f"{there}/answer", {**told, "answer": "expired"}, JSON).status_code == 422
    assert client.post(f"{there}/answer", {**told, "seen": "draft"}, JSON).status_code == 409
    assert sending(office, PROTOCOL.code).post(f"{there}/answer", told, JSON).status_code == 403
    answered = client.post(f"{there}/answer", told, JSON).json()
    assert (answered["state"], answered["said_by"]) == ("accepted", "Her office, by telephone")
    page, deed = office.url(f"{row.guest_id}/"), office.url(f"{row.guest_id}/answer/")
    browser = office.signed_in(GUEST_OFFICE.code)
    assert "Answer the invitation for her" in browser.get(page).content.decode()
    given = {"on_behalf-answer": "declined", "on_behalf-remark": "She is ill."}
    kept = browser.post(deed, given)
    assert (kept.status_code, b"She is ill." in kept.content) == (422, True)
    assert browser.post(deed, {**given, "on_behalf-said_by": "Ms Lin"}).status_code == 302
    assert client.get(there).json()["state"] == "declined"
    assert office.signed_in(PROTOCOL.code).post(deed, given).status_code in {403, 404}


def test_invitations_are_for_the_office(office: Office) -> None:
    (row,) = drafted(office, "chen")
    there = url(office, f"invitations/{row.pk}")
    reader = sending(office, PROTOCOL.code)
    assert reader.get(there).json()["category"] == "delegate"
    for what, body in (("send", {"seen": "draft"}), ("withdraw", {"seen": "draft"}), ("remind", {})):
        assert reader.post(f"{there}/{what}", body, JSON).status_code == 403
    assert (
        reader.post(url(office, "invitations"), {"name": "A", "category": "speaker"}, JSON).status_code == 403
    )
    assert sending(office, "nobody").get(there).status_code == 404


@pytest.mark.parametrize("who", [["chen"], ["chen", "leila", "olafur"]])
def test_list_takes_the_same_queries_for_one_row_and_three(
    office: Office, who: list[str], django_assert_num_queries: Any
) -> None:
    drafted(office, *who)
    client = office.signed_in(GUEST_OFFICE.code)
    with django_assert_num_queries(6):
        found = client.get(url(office, "invitations")).json()["items"]
    assert len(found) == len(who)
    assert [
        one["name"] for one in client.get(url(office, "invitations"), {"state": "sent"}).json()["items"]
    ] == []
