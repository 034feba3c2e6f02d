"""Run of show and interpretation over the API, by the same actions and policies as the pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from summitry.foundation.api.auth import issue_token
from summitry.live.models import Run, Shift
from tests.live.make import House, make_booths, make_house, make_interpreters, make_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


def url(house: House, path: str) -> str:
    return f"/api/v1/editions/{house.edition.slug}/{path}"


def send(house: House, who: str, way: str, path: str, body: Any = None) -> tuple[int, Any]:
    _token, secret = issue_token(house.accounts[who], "t", ["read", "write"])
    headers = {"Authorization": f"Bearer {secret}"}
    client = Client()
    if way == "get":
        answer = client.get(url(house, path), headers=headers)
    else:
        answer = getattr(client, way)(
            url(house, path), body, content_type="application/json", headers=headers
        )
    return answer.status_code, answer.json()


def test_runs_are_listed_for_those_who_work_on_them(house):
    make_sheet(house)
    seen = {
        who: [(one["session"], one["state"]) for one in send(house, who, "get", "runs")[1]["items"]]
        for who in ("viewer", "moon")
    }
    assert seen == {
        "viewer": [("lamp", "no_sheet"), ("rain", "waiting"), ("well", "no_sheet")],
        "moon": [("rain", "waiting"), ("well", "no_sheet")],
    }
    assert send(house, "guest", "get", "runs")[0] in (403, 404)


def test_steps_are_taken_and_outdated_ones_refused(house):
    assert send(house, "operator", "post", "runs/rain/draft")[0] == 200
    status, run = send(house, "operator", "post", "runs/rain/steps", {"step": "next", "revision": 0})
    assert (status, run["revision"], run["running"]) == (200, 1, run["cues"][0]["id"])
    assert send(house, "operator", "post", "runs/rain/steps", {"step": "next", "revision": 0})[0] == 409
    assert send(house, "stream", "post", "runs/rain/steps", {"step": "next"})[0] == 403
    assert send(house, "moon", "post", "runs/lamp/steps", {"step": "next"})[0] == 404
    assert send(house, "operator", "post", "runs/rain/steps", {"step": "skip", "cue": 0})[0] == 404
    assert send(house, "operator", "post", "runs/rain/steps", {"step": "jump"})[0] == 422
    assert Run.objects.get().revision == 1


def test_arrivals_are_noted(house):
    _status, people = send(house, "stream", "get", "runs/rain/arrivals")
    assert [(one["person"], one["state"]) for one in people] == [
        ("Chen Sihan", "expected"), ("Leïla Benslimane", "expected"),
    ]  # fmt: skip
    path = f"runs/rain/arrivals/{people[0]['appearance']}"
    status, people = send(house, "stream", "put", path, {"state": "linked", "expected": "expected"})
    assert (status, people[0]["state"]) == (200, "linked")
    assert send(house, "stream", "put", path, {"state": "gone", "expected": "expected"})[0] == 409
    assert send(house, "water", "put", path, {"state": "gone"})[0] == 403


def test_booths_are_planned_and_read(house):
    make_booths(house)
    one, two = make_interpreters(house, "fr", "fr")
    body = {"booth": 2, "team": [one.pk, two.pk]}
    status, planned = send(house, "editor", "put", "interpretation/rain/fr", body)
    assert (status, planned["booth"], [turn["interpreter"] for turn in planned["turns"]]) == (
        200,
        2,
        body["team"],
    )
    assert Shift.objects.count() == 2
    _status, found = send(house, "viewer", "get", "interpretation?day=2026-11-09")
    assert [(row["session"], row["lang"], row["team"], row["faults"]) for row in found] == [
        ("rain", "fr", body["team"], []),
        ("rain", "zh", [], ["No booth is planned."]),
        ("lamp", "fr", [], ["No booth is planned."]),
    ]
    assert send(house, "editor", "put", "interpretation/rain/fr", {"booth": 9})[0] == 404
    assert send(house, "editor", "put", "interpretation/rain/ar", {})[0] == 422
    assert send(house, "booth", "put", "interpretation/rain/fr", {})[0] == 403
    assert len(send(house, "viewer", "get", "interpreters")[1]["items"]) == 2
    assert send(house, "water", "get", "interpreters")[1]["items"] == []
