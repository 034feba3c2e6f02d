"""A value never loses its qualifier, whatever the language."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.conf import settings
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from summitry.foundation.i18n import Text
from summitry.insight.enums import MeasureUnit, ObservationKind, Qualifier
from summitry.insight.models import Measure, Observation
from summitry.insight.queries.figures import Figure, figure
from summitry.insight.queries.wording import change_on, counted, covered, dated

LANGUAGES = [code for code, _name in settings.LANGUAGES]
GUESTS = Measure(key="guests", name=Text.of("Guests"), unit=MeasureUnit.PEOPLE)


def _figure(number: int | None, qualifier: Qualifier, lang: str) -> Figure:
    observation = Observation(
        measure=GUESTS,
        number=None if number is None else Decimal(number),
        qualifier=qualifier,
        kind=ObservationKind.ACTUAL,
        as_of=dt.date(2026, 3, 1),
        source=Text.of("Report"),
    )
    with translation.override(lang):
        return figure(observation, GUESTS, lang)


@given(
    number=st.integers(0, 10**9),
    qualifier=st.sampled_from([Qualifier.ABOUT, Qualifier.MORE_THAN, Qualifier.NEARLY]),
    lang=st.sampled_from(LANGUAGES),
)
def test_a_qualified_value_is_never_bare(number: int, qualifier: Qualifier, lang: str) -> None:
    worded = _figure(number, qualifier, lang)
    assert worded.value == counted(Decimal(number), lang)
    assert worded.qualifier != ""
    assert worded.wording == f"{worded.before}{worded.value}{worded.after}"
    assert len(worded.wording) > len(worded.value)


@given(number=st.integers(0, 10**9), lang=st.sampled_from(LANGUAGES))
def test_an_exact_value_is_the_number_alone(number: int, lang: str) -> None:
    worded = _figure(number, Qualifier.EXACT, lang)
    assert (worded.wording, worded.qualifier) == (counted(Decimal(number), lang), "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_stated_is_said_in_words(lang: str) -> None:
    worded = _figure(None, Qualifier.NOT_STATED, lang)
    assert (worded.value, worded.is_stated) == ("", False)
    assert worded.wording != ""


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "2,000"),
        ("zh-hans", "2,000"),
        ("fr", "2\u202f000"),
        ("es", "2.000"),
        ("ru", "2\xa0000"),
        ("ar", "2,000"),
    ],
)
def test_numbers_follow_the_language(lang: str, words: str) -> None:
    assert counted(Decimal("2000.00"), lang) == words


@pytest.mark.parametrize(
    ("iso", "lang", "words"),
    [
        ("2014", "zh-hans", "2014年"),
        ("2022-07", "fr", "juillet 2022"),
        ("2021-09-26", "ru", "26 сентября 2021\u202fг."),
        ("2021-09-26", "zh-hans", "2021年9月26日"),
        ("some day", "en", "some day"),
        ("2021-13", "en", "2021-13"),
    ],
)
def test_dates_follow_the_language(iso: str, lang: str, words: str) -> None:
    assert dated(iso, lang) == words


@pytest.mark.parametrize(
    ("previous", "present", "words"),
    [
        (2000, 2040, "+2% on 2025"),
        (2000, 1500, "−25% on 2025"),
        (2146, 2147, "+1 on 2025"),
        (120, 127, "+7 on 2025"),
        (20, 20, "as in 2025"),
        (0, 3, "+3 on 2025"),
    ],
)
def test_a_change_is_told_in_the_measure_that_fits(previous: int, present: int, words: str) -> None:
    assert change_on(Decimal(previous), Decimal(present), 2025, "en") == words


def test_a_span_is_told_in_words() -> None:
    assert (covered("series"), covered("2014–2021")) == ("the whole series", "2014–2021")
