from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client

from summitry.editions.actions.edition import set_topics
from summitry.editions.actions.organiser import OrganiserGiven, set_organisers
from summitry.editions.actions.phase import PhaseGiven, set_phases
from summitry.editions.enums import Equipment, OrganiserRole, PhaseKind
from summitry.foundation import clock
from summitry.foundation.access import Scope
from summitry.foundation.api.auth import issue_token
from summitry.foundation.grants import grant_role
from summitry.foundation.i18n import Text
from tests.directory.make import SYSTEM, make_account, make_organisation, make_topic
from tests.editions.make import make_building, make_edition, make_room, make_summit, make_venue

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/editions"
JUNE = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)


def get(path="", token="", **parameters: Any):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    response = Client().get(ROOT + path, parameters, headers=headers)
    return response.status_code, json.loads(response.content)


def text(words):
    return {"source": "en", "texts": {"en": words}, "states": {}}


def test_editions_are_listed_as_they_are_visible():
    summit = make_summit()
    first = make_edition("first", summit, starts_on=dt.date(2025, 1, 1), ends_on=dt.date(2025, 1, 2))
    draft = make_edition("draft", is_public=False)
    assert [row["slug"] for row in get()[1]["items"]] == ["first"]
    account = make_account()
    grant_role(account, "viewer", Scope("edition", draft.pk), by=SYSTEM)
    _row, token = issue_token(account, "test", ["read"])
    assert [row["slug"] for row in get(token=token)[1]["items"]] == ["first", "draft"]
    assert [row["slug"] for row in get(token=token, summit=first.summit.slug)[1]["items"]] == ["first"]
    assert [get("/draft")[0], get("/draft", token)[0], get("/draft/rooms")[0], get("/none")[0]] == [
        404,
        200,
        404,
        404,
    ]


def test_edition_tells_everything_about_itself():
    edition = make_edition("river", name=Text.of("River"), motto=Text.of("One river"), ordinal=3)
    set_phases(edition, [PhaseGiven(PhaseKind.REGISTRATION, JUNE)], by=SYSTEM)
    set_topics(edition, [make_topic("Water")], by=SYSTEM)
    with clock.frozen(JUNE):
        status, body = get("/river")
    empty = {"source": "en", "texts": {}, "states": {}}
    assert status == 200
    assert body == {
        "slug": "river",
        "summit": edition.summit.slug,
        "year": 2026,
        "name": text("River"),
        "host_city": empty,
        "starts_on": "2026-11-09",
        "ends_on": "2026-11-11",
        "zone": "Asia/Shanghai",
        "origin": "run",
        "is_public": True,
        "formal_title": empty,
        "motto": text("One river"),
        "lead": empty,
        "ordinal": 3,
        "ordinal_note": empty,
        "languages": ["en", "zh-hans", "ar"],
        "fallback": ["en"],
        "website": "",
        "phases": [
            {"kind": "registration", "opens_at": "2026-06-01T00:00:00Z", "closes_at": None, "is_open": True}
        ],
        "topics": [{"slug": "water", "name": text("Water")}],
    }


def test_rooms_and_organisers_are_listed_in_order():
    edition = make_edition("river")
    north = make_building(make_venue(edition), "North")
    make_room(edition, "Willow", north, capacity=30, equipment=[Equipment.STAGE])
    make_room(edition, "Meadow")
    set_organisers(edition, [OrganiserGiven(make_organisation("Ministry"), OrganiserRole.HOST)], by=SYSTEM)
    willow = {"code": "willow", "name": text("Willow"), "building": text("North"), "capacity": 30}
    meadow = {"code": "meadow", "name": text("Meadow"), "building": None, "capacity": None, "equipment": []}
    assert get("/river/rooms")[1] == {"items": [{**willow, "equipment": ["stage"]}, meadow], "next": None}
    ministry = {"role": "host", "slug": "ministry", "name": text("Ministry"), "website": ""}
    assert get("/river/organisers")[1] == {"items": [ministry], "next": None}


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_constant_queries(count, django_assert_num_queries):
    edition = make_edition("river")
    venue = make_venue(edition)
    for _ in range(count):
        make_room(edition, building=make_building(venue))
    for _ in range(count - 1):
        make_edition()
    organisers = [OrganiserGiven(make_organisation(), OrganiserRole.HOST) for _ in range(count)]
    set_organisers(edition, organisers, by=SYSTEM)
    set_topics(edition, [make_topic() for _ in range(count)], by=SYSTEM)
    with django_assert_num_queries(1):
        assert len(get()[1]["items"]) == count
    with django_assert_num_queries(3):
        assert len(get("/river")[1]["topics"]) == count
    with django_assert_num_queries(2):
        assert len(get("/river/rooms")[1]["items"]) == count
    with django_assert_num_queries(2):
        assert len(get("/river/organisers")[1]["items"]) == count
