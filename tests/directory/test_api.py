from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client

from summitry.directory.actions.naming import (
    EntityNameGiven,
    add_flag,
    new_version_of,
    publish_profile,
    set_entity_name,
)
from tests.directory.make import SYSTEM, make_entity, make_profile, make_topic

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/directory"


def get(path, **parameters: Any):
    response = Client().get(ROOT + path, parameters)
    return response.status_code, json.loads(response.content)


def walk(path, **parameters: Any):
    items: list[dict[str, Any]] = []
    cursor: dict[str, str] = {}
    while True:
        status, page = get(path, **parameters, **cursor)
        assert status == 200
        items += page["items"]
        if page["next"] is None:
            return items
        cursor = {"cursor": page["next"]}


def test_topics_are_listed_with_their_parent():
    make_topic("Rain", make_topic("Water", tone="teal"))
    text = {"source": "en", "states": {}}
    assert get("/topics") == (
        200,
        {
            "items": [
                {"slug": "water", "name": {**text, "texts": {"en": "Water"}}, "parent": None, "tone": "teal"},
                {"slug": "rain", "name": {**text, "texts": {"en": "Rain"}}, "parent": "water", "tone": ""},
            ],
            "next": None,
        },
    )


def test_entities_are_named_by_the_profile_and_flagged_by_the_day():
    entity = make_entity("TR")
    make_entity("AA")
    profile = make_profile("host", (EntityNameGiven(entity, "en", "Turkey"),))
    publish_profile(profile, by=SYSTEM)
    set_entity_name(new_version_of(profile, by=SYSTEM), entity, "en", "Türkiye", by=SYSTEM)
    add_flag(entity, "vendor/flags/tr.svg", by=SYSTEM, valid_from=dt.date(1936, 5, 29))
    flag = {"url": "/static/vendor/flags/tr.svg", "ratio": "2:3"}
    plain: dict[str, Any] = {"code": "AA", "kind": "country", "names": {}, "flag": None}
    turkey = {"code": "TR", "kind": "country", "names": {"en": "Türkiye"}, "flag": flag}
    assert walk("/entities", profile="host", limit=1) == [plain, turkey]
    old = {**turkey, "names": {"en": "Turkey"}, "flag": None}
    assert walk("/entities", profile="host", version=1, on="1930-01-01") == [plain, old]
    assert [(row["slug"], row["version"]) for row in walk("/profiles")] == [("host", 1), ("host", 2)]


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ({}, 422),
        ({"profile": "unknown"}, 404),
        ({"profile": "host", "version": 9}, 404),
        ({"profile": "host", "cursor": "§"}, 422),
    ],
)
def test_bad_questions_get_a_problem_report(parameters, status):
    make_profile("host")
    found, body = get("/entities", **parameters)
    assert (found, body["status"]) == (status, status)


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_constant_queries(count, django_assert_num_queries):
    profile = make_profile("host")
    for n in range(count):
        entity = make_entity(f"X{n}")
        set_entity_name(profile, entity, "en", f"X{n}", by=SYSTEM)
        add_flag(entity, "a.svg", by=SYSTEM)
        make_topic(parent=make_topic())
    with django_assert_num_queries(4):
        assert len(get("/entities", profile="host")[1]["items"]) == count
    with django_assert_num_queries(1):
        assert len(get("/topics")[1]["items"]) == 2 * count
