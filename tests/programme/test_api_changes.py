"""Changes of many rows over the API: seen first, done as seen, done once, and taken back."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from summitry.foundation.api.auth import issue_token
from summitry.programme.models import Session
from tests.programme.console import House, make_house

pytestmark = pytest.mark.django_db
KEY = "6f8b1f7e-6a3e-4f4e-9d58-0a8c9f6d2b11"


@pytest.fixture
def house() -> House:
    return make_house()


def post(house: House, who: str, path: str, body: dict[str, Any]) -> tuple[int, Any]:
    _token, secret = issue_token(house.accounts[who], "t", ["read", "write"])
    answer = Client().post(
        f"/api/v1/editions/{house.edition.slug}/changes/{path}",
        body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )
    return answer.status_code, answer.json()


def spoken(house: House) -> dict[str, list[str]]:
    return dict(Session.objects.filter(edition=house.edition).values_list("code", "spoken"))


def test_change_is_previewed_done_once_and_taken_back(house: House):
    before = spoken(house)
    ids = [house.sessions["rain"].pk, house.sessions["well"].pk]
    asked = {"action": "spoken", "ids": ids, "values": {"languages": ["ar"]}}
    status, plan = post(house, "director", "sessions", asked)
    assert (status, plan["run"], [row["id"] for row in plan["rows"]]) == (200, None, ids)
    assert spoken(house) == before

    done = {**asked, "plan": plan["plan"], "key": KEY}
    status, run = post(house, "director", "sessions", done)
    assert (status, spoken(house)) == (200, {**before, "rain": ["ar"], "well": ["ar"]})
    assert post(house, "director", "sessions", done)[1]["run"] == run["run"]

    path = f"sessions/{run['run']}/undo"
    assert (post(house, "director", path, {})[1]["is_undone"], spoken(house)) == (True, before)
    assert post(house, "director", path, {})[0] == 409


def test_plan_that_is_no_longer_true_is_refused(house: House):
    asked = {"action": "spoken", "ids": [house.sessions["rain"].pk], "values": {"languages": ["ar"]}}
    _status, plan = post(house, "director", "sessions", asked)
    Session.objects.filter(pk=house.sessions["rain"].pk).update(spoken=["en", "ar"])
    assert post(house, "director", "sessions", {**asked, "plan": plan["plan"]})[0] == 409
    assert spoken(house)["rain"] == ["en", "ar"]


def test_rows_of_others_do_not_exist_and_errors_name_the_field(house: House):
    asked = {"action": "spoken", "ids": [house.sessions["lamp"].pk], "values": {"languages": ["ar"]}}
    assert post(house, "water", "sessions", asked)[1]["rows"] == []
    status, problem = post(house, "director", "sessions", {**asked, "values": {"languages": ["xx"]}})
    assert (status, list(problem["errors"])) == (422, ["languages"])
    assert post(house, "director", "sessions", {**asked, "action": "dance"})[0] == 404
    assert post(house, "guest", "sessions", asked)[0] in (403, 404)
