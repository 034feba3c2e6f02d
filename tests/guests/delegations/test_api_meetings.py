"""Meetings over the API: a focal point answers for her guests, the guest office for all, nobody for others."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from summitry.editions.models import Edition
from summitry.foundation.api.auth import issue_token
from summitry.foundation.models import Account
from summitry.guests.actions.focal_points import appoint_focal_point
from summitry.guests.actions.meeting import propose_meeting
from summitry.guests.models import Delegation, DiaryEntry
from tests.editions.make import make_edition
from tests.guests.accreditation.make import make_officer
from tests.guests.delegations.make import make_delegation
from tests.guests.delegations.test_meetings import HALF, NINE, accredited
from tests.guests.make import SYSTEM, make_category

pytestmark = pytest.mark.django_db
BASE = "/api/v1/editions/rivertown"


@pytest.fixture
def edition() -> Edition:
    return make_edition("rivertown")


@pytest.fixture
def river(edition: Edition) -> Delegation:
    return make_delegation(edition, "Riverland", (make_category(edition, "Delegate"), 9))


@pytest.fixture
def hill(river: Delegation) -> Delegation:
    return make_delegation(river.edition, "Hillland", (river.quotas.get().category, 9))


def client_of(account: Account, *scopes: str) -> Client:
    token = issue_token(account, "tests", list(scopes or ("read", "write")))[1]
    return Client(headers={"authorization": f"Bearer {token}"})


def focal_client(delegation: Delegation, *scopes: str) -> Client:
    return client_of(appoint_focal_point(delegation, f"{delegation.slug}@example.org", by=SYSTEM), *scopes)


def post(client: Client, path: str, body: Any = None) -> tuple[int, Any]:
    response = client.post(f"{BASE}/{path}", body or {}, "application/json")
    return response.status_code, response.json()


def test_meeting_is_proposed_accepted_and_cancelled(river: Delegation, hill: Delegation) -> None:
    ada, bo = accredited(river, "Ada"), accredited(hill, "Bo", via_office=True)
    rivers, hills = focal_client(river), focal_client(hill)
    slots = rivers.get(f"{BASE}/guests/{ada.pk}/meeting-slots/{bo.pk}").json()
    assert NINE in map(dt.datetime.fromisoformat, slots)
    asked = {"asker": ada.pk, "asked": bo.pk, "starts_at": NINE.isoformat(), "words": "Water"}
    assert post(hills, "meetings", asked)[0] == 404
    status, meeting = post(rivers, "meetings", asked)
    assert (status, meeting["state"], meeting["asker_name"], meeting["asked_name"]) == (
        201,
        "proposed",
        "Ada",
        "Bo",
    )
    assert post(rivers, f"guests/{ada.pk}/meetings/{meeting['id']}/accept")[0] == 403
    assert post(rivers, f"guests/{bo.pk}/meetings/{meeting['id']}/accept")[0] == 404
    assert post(hills, f"guests/{bo.pk}/meetings/{meeting['id']}/accept")[1]["state"] == "accepted"
    assert DiaryEntry.objects.count() == 2
    assert post(hills, f"guests/{bo.pk}/meetings/{meeting['id']}/cancel")[1]["state"] == "cancelled"
    assert DiaryEntry.objects.count() == 0
    again = post(rivers, "meetings", asked)[1]
    assert post(hills, f"guests/{bo.pk}/meetings/{again['id']}/decline")[1]["state"] == "declined"
    third = post(rivers, "meetings", {**asked, "starts_at": (NINE + HALF).isoformat()})[1]
    assert post(rivers, f"guests/{ada.pk}/meetings/{third['id']}/withdraw")[1]["state"] == "withdrawn"
    assert post(rivers, "meetings", {**asked, "starts_at": "2026-11-09T01:07:00Z"})[0] == 409


def test_each_office_sees_the_meetings_of_its_guests(river: Delegation, hill: Delegation) -> None:
    ada, bo = accredited(river, "Ada"), accredited(hill, "Bo")
    cy, dee = accredited(hill, "Cy"), accredited(hill, "Dee")
    first = propose_meeting(ada, bo, NINE, by=SYSTEM)
    second = propose_meeting(cy, dee, NINE, by=SYSTEM)
    office = client_of(make_officer(river.edition, "office", "guest_office"), "read")
    other = client_of(make_officer(river.edition, "protocol", "protocol"))
    lists = {
        who: [one["id"] for one in client.get(f"{BASE}/meetings").json()["items"]]
        for who, client in {
            "river": focal_client(river, "read"),
            "hill": focal_client(hill, "read"),
            "office": office,
            "protocol": other,
        }.items()
    }
    both = [first.pk, second.pk]
    assert lists == {"river": [first.pk], "hill": both, "office": both, "protocol": []}
    asked: dict[str, Any] = {"guest": ada.pk, "state": "proposed"}
    narrowed = office.get(f"{BASE}/meetings", asked).json()["items"]
    assert [one["id"] for one in narrowed] == [first.pk]


def test_office_opens_a_guest_to_meetings_through_itself(river: Delegation) -> None:
    quiet = accredited(river, "Quiet", is_open=False)
    client = focal_client(river)
    there = f"{BASE}/guests/{quiet.pk}/meeting-desk"
    answer = client.put(there, {"is_open": True, "about": "Rivers"}, "application/json")
    assert answer.json() == {"is_open": True, "about": "Rivers", "via_office": True}
    own = accredited(river, "Own")
    there = f"{BASE}/guests/{own.pk}/meeting-desk"
    assert client.put(there, {"is_open": False}, "application/json").status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_the_same_queries_for_one_row_and_three(
    river: Delegation, count: int, django_assert_num_queries: Any
) -> None:
    asker, *others = (accredited(river, name) for name in ("Ada", "Bo", "Cy", "Dee"))
    for number in range(count):
        propose_meeting(asker, others[number], NINE + HALF * number, by=SYSTEM)
    client = Client()
    client.force_login(
        appoint_focal_point(river, "fp@example.org", by=SYSTEM),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    with django_assert_num_queries(6):
        assert len(client.get(f"{BASE}/meetings").json()["items"]) == count
