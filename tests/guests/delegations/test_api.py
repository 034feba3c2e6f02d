"""Delegations over the API: a focal point's token opens her delegation and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from summitry.editions.models import Edition
from summitry.foundation.access import Scope
from summitry.foundation.api.auth import issue_token
from summitry.foundation.grants import put_grant
from summitry.guests.actions.focal_points import appoint_focal_point
from summitry.guests.models import Category, Delegation, Guest
from summitry.guests.permissions import GUEST_OFFICE
from tests.directory.make import make_account
from tests.editions.make import make_edition
from tests.guests.delegations.make import make_delegation, named
from tests.guests.make import SYSTEM, make_category

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    return make_edition("rivertown")


@pytest.fixture
def delegate(edition: Edition) -> Category:
    return make_category(edition, "Delegate")


@pytest.fixture
def river(delegate: Category) -> Delegation:
    return make_delegation(delegate.edition, "Riverland", (delegate, 2))


def client(account: Any, *scopes: str) -> Client:
    token = issue_token(account, "work", list(scopes or ("read", "write")))[1]
    return Client(headers={"authorization": f"Bearer {token}"})


def send(who: Client, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    sent = {"data": body, "content_type": "application/json"} if body is not None else {}
    answer = getattr(who, method)(f"/api/v1/editions/rivertown/{path}", **sent)
    return answer.status_code, answer.json() if answer.content else None


def test_focal_point_s_token_opens_her_delegation_only(river: Delegation, delegate: Category) -> None:
    hill = make_delegation(river.edition, "Hillland", (delegate, 2))
    bo = named(hill, delegate, "Bo Berg")
    named(river, delegate, "Ada Lim")
    focal = client(appoint_focal_point(river, "fp@example.org", by=SYSTEM))
    status, listed = send(focal, "get", "delegations")
    assert (status, [row["slug"] for row in listed["items"]]) == (200, ["riverland"])
    assert listed["items"][0]["places"] == [{"category": delegate.slug, "places": 2, "used": 1, "waiting": 0}]
    status, guests = send(focal, "get", "delegations/riverland/guests")
    assert [(row["name"], row["standing"]) for row in guests["items"]] == [
        ("Ada Lim", "Nominated, application not begun")
    ]
    body = {"name": "Cy", "category": delegate.slug}
    for method, path, given in (
        ("get", "delegations/hillland", None),
        ("get", "delegations/hillland/guests", None),
        ("post", "delegations/hillland/guests", body),
        ("post", f"delegations/hillland/guests/{bo.pk}/substitute", body),
        ("post", f"delegations/riverland/guests/{bo.pk}/withdraw", {}),
    ):
        assert send(focal, method, path, given)[0] == 404
    assert send(Client(), "get", "delegations/riverland")[0] == 404
    reader = client(appoint_focal_point(river, "fp@example.org", by=SYSTEM), "read")
    assert send(reader, "post", "delegations/riverland/guests", body)[0] == 403


def test_focal_point_names_replaces_and_takes_back(river: Delegation, delegate: Category) -> None:
    focal = client(appoint_focal_point(river, "fp@example.org", by=SYSTEM))
    ada = {"name": "Ada Lim", "native_name": "林爱达", "native_lang": "zh-hans", "category": delegate.slug}
    status, made = send(focal, "post", "delegations/riverland/guests", ada)
    assert (status, made["name"], made["replaces"]) == (201, "Ada Lim", None)
    for name, expected in (("Bo", 201), ("Cy", 409), ("", 422)):
        given = {"name": name, "category": delegate.slug}
        assert send(focal, "post", "delegations/riverland/guests", given)[0] == expected
    assert send(focal, "post", "delegations/riverland/guests", {"name": "Cy", "category": "x"})[0] == 422
    path = f"delegations/riverland/guests/{made['id']}"
    status, other = send(focal, "post", f"{path}/substitute", {"name": "Di"})
    assert (status, other["replaces"]) == (201, made["id"])
    assert send(focal, "post", f"{path}/substitute", {"name": "Ed"})[0] == 409
    status, gone = send(
        focal, "post", f"delegations/riverland/guests/{other['id']}/withdraw", {"reason": "Ill"}
    )
    assert (status, gone["standing"]) == (200, "Taken back")
    assert list(Guest.objects.order_by("pk").values_list("state", flat=True)) == [
        "replaced",
        "nominated",
        "withdrawn",
    ]


def test_office_s_token_opens_all(river: Delegation) -> None:
    office = make_account("office@example.org")
    put_grant(office, GUEST_OFFICE.code, Scope("edition", river.edition_id), by=SYSTEM)
    make_delegation(river.edition, "Hillland")
    status, listed = send(client(office), "get", "delegations")
    assert (status, [row["slug"] for row in listed["items"]]) == (200, ["riverland", "hillland"])
