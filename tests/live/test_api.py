"""Run of show and interpretation over the API, by the same actions and policies as the pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from summitry.directory.models import Person
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


def test_cues_are_added_changed_moved_and_removed(house):
    assert send(house, "operator", "post", "runs/rain/draft")[0] == 200
    body = {"what": {"en": "Doors", "zh-hans": "开门"}, "minutes": 10, "who": "Ushers"}
    status, sheet = send(house, "operator", "post", "runs/rain/cues", body)
    doors = sheet["cues"][-1]
    assert (status, doors["what"]["texts"], doors["minutes"], doors["who"]) == (
        201,
        body["what"],
        10,
        "Ushers",
    )

    path = f"cues/{doors['id']}"
    status, sheet = send(house, "operator", "patch", path, {"minutes": 5, "what": {"zh-hans": ""}})
    assert (status, sheet["cues"][-1]["what"]["texts"], sheet["cues"][-1]["minutes"]) == (
        200,
        {"en": "Doors"},
        5,
    )
    status, sheet = send(house, "operator", "post", f"{path}/move", {"steps": -500})
    assert (status, sheet["cues"][0]["id"]) == (200, doors["id"])
    assert send(house, "operator", "patch", path, {"minutes": 5, "colour": "red"})[0] == 422
    assert send(house, "operator", "patch", path, {"minutes": -5})[0] == 422
    assert send(house, "stream", "patch", path, {"minutes": 5})[0] == 403
    assert send(house, "guest", "patch", path, {"minutes": 5})[0] in (403, 404)
    status, sheet = send(house, "operator", "delete", path)
    assert (status, doors["id"] in [cue["id"] for cue in sheet["cues"]]) == (200, False)


def test_sheet_is_copied_and_led_in(house):
    assert send(house, "editor", "post", "runs/rain/draft")[0] == 200
    status, sheet = send(house, "editor", "post", "runs/well/copy", {"source": "rain"})
    assert (status, bool(sheet["cues"])) == (200, True)
    assert send(house, "editor", "post", "runs/well/copy", {"source": "rain"})[0] == 409
    assert send(house, "editor", "put", "runs/well/lead", {"minutes": 15})[0] == 200
    assert Run.objects.get(session__code="well").lead_minutes == 15


def test_turns_are_exchanged_once(house):
    make_booths(house)
    one, two = make_interpreters(house, "fr", "fr")
    body = {"booth": 2, "team": [one.pk, two.pk]}
    _status, planned = send(house, "editor", "put", "interpretation/rain/fr", body)
    first, second = planned["turns"]
    swap = {"turns": [first["id"], second["id"]], "seen": [one.pk, two.pk]}
    assert send(house, "viewer", "post", "turns/swap", swap)[0] == 403
    status, turns = send(house, "editor", "post", "turns/swap", swap)
    assert (status, [turn["interpreter"] for turn in turns]) == (200, [two.pk, one.pk])
    assert send(house, "editor", "post", "turns/swap", swap)[0] == 409


def test_interpreters_are_engaged_and_accept_the_undertaking(house):
    body = {"people": [house.people["leila"].slug], "pairs": [["en", "fr"]]}
    assert send(house, "viewer", "post", "interpreters", body)[0] == 403
    status, rows = send(house, "editor", "post", "interpreters", body)
    assert (status, [row["pairs"] for row in rows]) == (201, [[["en", "fr"]]])
    path = f"interpreters/{rows[0]['id']}"
    assert send(house, "editor", "put", path, {"pairs": [["fr", "en"]]})[1]["pairs"] == [["fr", "en"]]
    assert send(house, "editor", "put", path, {"pairs": [["fr", "fr"]]})[0] == 422

    assert send(house, "viewer", "get", "undertaking")[0] == 404
    status, text = send(house, "editor", "post", "undertaking", {"text": {"en": "I keep it to myself."}})
    assert (status, text["number"], text["accepted"]) == (201, 1, False)
    assert send(house, "editor", "post", "undertaking/accept", {"number": 1})[0] == 404
    Person.objects.filter(pk=house.people["leila"].pk).update(account=house.accounts["booth"])
    assert send(house, "booth", "post", "undertaking/accept", {"number": 1})[1]["accepted"] is True
