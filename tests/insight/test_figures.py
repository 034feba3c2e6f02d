"""Figures as readers see them, and the headlines of a home page."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from summitry.editions.models import Edition
from summitry.foundation.access import PUBLIC
from summitry.foundation.i18n import Shown
from summitry.insight.enums import MeasureUnit, ObservationKind, Qualifier
from summitry.insight.queries.figures import figure, headlines, settled
from tests.editions.make import make_edition, make_summit
from tests.insight.make import make_measure, make_observation

pytestmark = pytest.mark.django_db
EXPECTED = ObservationKind.EXPECTED
JUNE = dt.date(2026, 6, 1)


def _shown(unit: MeasureUnit, text: str) -> tuple[str, bool, list[str]]:
    measure = make_measure(f"measure_{unit}", unit=unit)
    observation = make_observation(make_edition(), measure.key, text)
    worded = figure(observation, measure, "fr")
    return worded.value, worded.text.fallback, [item.text for item in worded.items]


def test_words_of_a_source_keep_their_language() -> None:
    assert _shown(MeasureUnit.TEXT, "online and offline") == ("online and offline", True, [])


def test_lists_and_people_are_taken_apart() -> None:
    assert _shown(MeasureUnit.LIST, "5G; quantum computing; chips")[2] == ["5G", "quantum computing", "chips"]
    assert _shown(MeasureUnit.PERSON, "Tian Ning, founder, Panshi Group")[2] == [
        "Tian Ning",
        "founder, Panshi Group",
    ]
    assert _shown(MeasureUnit.PERSON, "“Father of the Internet” Ni Quino")[2] == []


def test_dates_and_answers_are_in_the_readers_language() -> None:
    assert _shown(MeasureUnit.DATE, "2021-09-26")[:2] == ("26 septembre 2021", False)
    assert _shown(MeasureUnit.ANSWER, "yes")[1] is False


def test_the_settled_claim_is_the_latest_report_else_the_latest_expectation() -> None:
    edition = make_edition()
    measure = make_measure("guests")
    claims = [
        make_observation(edition, "guests", 2000, kind=EXPECTED, as_of=JUNE),
        make_observation(edition, "guests", 2100, kind=EXPECTED),
        make_observation(edition, "guests", None, as_of=JUNE),
    ]
    worded = [figure(claim, measure, "en") for claim in claims]
    assert settled(worded) == worded[0]
    report = figure(make_observation(edition, "guests", 1999), measure, "en")
    assert settled([*worded, report]) == report
    assert settled(worded[2:]) is None


def _headlines(edition, lang: str = "en") -> list[tuple[str, str]]:
    return [(worded.wording, worded.change) for worded in headlines(PUBLIC, edition, lang)]


def test_headlines_are_the_headline_measures_in_their_order() -> None:
    edition = make_edition()
    for position, key in enumerate(("cafes", "guests", "forums", "secret")):
        make_measure(key, is_headline=key != "secret", position=9 - position)
        make_observation(edition, key, position + 1, qualifier=Qualifier.MORE_THAN)
    make_measure("empty", is_headline=True)
    make_observation(edition, "empty", None)
    assert _headlines(edition) == [("more than 3", ""), ("more than 2", ""), ("more than 1", "")]
    assert len(headlines(PUBLIC, edition, "en", limit=2)) == 2


def _two_editions(**earlier: Any) -> tuple[Edition, Edition]:
    summit = make_summit()
    before = make_edition(summit=summit, starts_on=dt.date(2025, 5, 1), ends_on=dt.date(2025, 5, 2))
    edition = make_edition(summit=summit)
    make_edition(summit=summit, starts_on=dt.date(2024, 5, 1), ends_on=dt.date(2024, 5, 2))
    make_measure("guests", is_headline=True)
    make_observation(before, "guests", **{"value": 2000, **earlier})
    return before, edition


def test_headlines_say_what_changed_since_the_edition_before() -> None:
    _before, edition = _two_editions()
    make_observation(edition, "guests", 2100)
    assert _headlines(edition) == [("2,100", "+5% on 2025")]


@pytest.mark.parametrize(
    ("earlier", "present"),
    [
        ({"qualifier": Qualifier.MORE_THAN}, {}),
        ({}, {"qualifier": Qualifier.NEARLY}),
        ({"kind": EXPECTED}, {}),
        ({}, {"kind": EXPECTED}),
        ({"value": None}, {}),
    ],
)
def test_headlines_compare_reported_exact_numbers_only(earlier, present) -> None:
    _before, edition = _two_editions(**earlier)
    make_observation(edition, "guests", 2100, **present)
    assert [change for _wording, change in _headlines(edition)] == [""]


@pytest.mark.parametrize("count", [1, 3])
def test_headlines_take_two_queries(count: int, django_assert_num_queries) -> None:
    _before, edition = _two_editions()
    for number in range(count):
        make_observation(edition, "guests", number)
    with django_assert_num_queries(2):
        headlines(PUBLIC, edition, "en")


def test_a_hidden_edition_is_not_compared_with() -> None:
    before, edition = _two_editions()
    type(before).objects.filter(pk=before.pk).update(is_public=False)
    make_observation(edition, "guests", 2100)
    assert _headlines(edition) == [("2,100", "")]


def test_measure_names_fall_back_with_their_language() -> None:
    edition = make_edition()
    make_measure("guests", is_headline=True)
    make_observation(edition, "guests", 5)
    assert headlines(PUBLIC, edition, "ru")[0].measure == Shown("guests", "en", fallback=True)
