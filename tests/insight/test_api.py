"""The record over the API."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from summitry.editions.models import Edition
from summitry.insight.actions.record import load_record
from summitry.insight.enums import MeasureUnit, ObservationKind, Qualifier
from tests.editions.make import make_edition
from tests.insight.make import SYSTEM, make_conflict, make_measure, make_observation

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/record"


def _get(path: str, lang: str = "en") -> tuple[int, Any]:
    response = Client().get(ROOT + path, headers={"Accept-Language": lang})
    return response.status_code, json.loads(response.content)


def _text(words: str = "") -> dict[str, object]:
    return {"source": "en", "texts": {"en": words} if words else {}, "states": {}}


def test_measures_are_listed_in_their_order() -> None:
    make_measure("motto", unit=MeasureUnit.TEXT, position=2)
    make_measure("guests", is_headline=True, position=1)
    shared = {"group": "guests", "definition": _text()}
    guests = {"key": "guests", "unit": "people", "is_headline": True, "name": _text("guests"), **shared}
    motto = {"key": "motto", "unit": "text", "is_headline": False, "name": _text("motto"), **shared}
    assert _get("/measures") == (200, {"items": [guests, motto], "next": None})


def test_observations_keep_qualifier_kind_and_source() -> None:
    edition = make_edition("river")
    make_measure("guests")
    make_conflict(edition.summit)
    make_observation(edition, "guests", 2000, qualifier=Qualifier.MORE_THAN, conflicts=("D1",))
    make_observation(edition, "guests", None, kind=ObservationKind.EXPECTED)
    shared = {
        "measure": "guests",
        "text": _text(),
        "as_of": "2026-03-01",
        "source": _text("Report"),
        "note": _text(),
    }
    assert _get("/river/observations") == (
        200,
        {
            "items": [
                {
                    "number": "2000.00",
                    "qualifier": "more_than",
                    "kind": "actual",
                    "conflicts": ["D1"],
                    **shared,
                },
                {"number": None, "qualifier": "not_stated", "kind": "expected", "conflicts": [], **shared},
            ],
            "next": None,
        },
    )


def test_observations_come_in_pages() -> None:
    load_record(by=SYSTEM)
    _status, first = _get("/wuzhen-2021/observations?limit=40")
    _status, second = _get(f"/wuzhen-2021/observations?limit=40&cursor={first['next']}")
    assert (len(first["items"]), len(second["items"]), second["next"]) == (40, 7, None)


def test_a_comparison_is_worded_for_its_reader() -> None:
    load_record(by=SYSTEM)
    status, body = _get("/comparisons/wuzhen-summit", "zh-hans")
    assert (status, body["summit"], body["editions"]) == (
        200,
        "wuzhen-summit",
        ["wuzhen-2020", "wuzhen-2021", "wuzhen-2022"],
    )
    assert (len(body["claims"]), len(body["conflicts"])) == (107, 19)
    first = body["conflicts"][0]
    assert (first["code"], first["kind"], first["title"]) == ("C1", "figure", "2021年嘉宾人数")
    assert [(claim["number"], claim["qualifier"], claim["source"]) for claim in first["claims"]] == [
        ("2000.00", "nearly", "会前新闻发布会"),
        ("2000.00", "more_than", "闭幕报道"),
    ]
    about_the_series = [
        (claim["measure"], claim["wording"]) for claim in body["claims"] if not claim["edition"]
    ]
    assert about_the_series == [("first_edition_year", "2014年"), ("consecutive_years_held", "8")]


def test_what_is_hidden_is_not_found() -> None:
    load_record(by=SYSTEM)
    Edition.objects.filter(slug="wuzhen-2022").update(is_public=False)
    assert _get("/comparisons/wuzhen-summit")[1]["editions"] == ["wuzhen-2020", "wuzhen-2021"]
    assert [_get(path)[0] for path in ("/comparisons/none", "/wuzhen-2022/observations")] == [404, 404]


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_the_same_queries(count: int, django_assert_num_queries) -> None:
    edition = make_edition("river")
    for number in range(count):
        make_measure(f"m{number}")
        make_observation(edition, f"m{number}", number)
    for path, queries in (
        ("/measures", 1),
        ("/river/observations", 2),
        (f"/comparisons/{edition.summit.slug}", 4),
    ):
        with django_assert_num_queries(queries):
            assert Client().get(ROOT + path).status_code == 200
