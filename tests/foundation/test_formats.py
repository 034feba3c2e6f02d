"""Dates, numbers and lists as each language writes them."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from summitry.foundation.i18n import direction, formats, language_tag, local_name

DAY = dt.date(2026, 11, 9)


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", "9 November 2026"),
        ("zh-hans", "2026年11月9日"),
        ("fr", "9 novembre 2026"),
        ("es", "9 de noviembre de 2026"),
        ("ru", "9 ноября 2026\u202fг."),
        ("ar", "9 نوفمبر 2026"),
    ],
)
def test_date_is_written_as_the_language_does(lang: str, expected: str) -> None:
    assert formats.date(DAY, lang) == expected


@pytest.mark.parametrize("lang", ["en", "zh-hans", "fr", "es", "ru", "ar"])
def test_numbers_and_dates_use_latin_digits_everywhere(lang: str) -> None:
    written = (
        formats.number(2146, lang)
        + formats.date(DAY, lang)
        + formats.date_range(DAY, DAY + dt.timedelta(2), lang)
        + formats.percent(0.021, lang)
    )

    assert [char for char in written if char.isdigit() and not char.isascii()] == []


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("en", "1,046.50"), ("zh-hans", "1,046.50"), ("es", "1.046,50"), ("ar", "1,046.50")],
)
def test_a_number_has_the_decimals_asked_for_and_one_kind_of_signs(lang: str, expected: str) -> None:
    assert formats.number(1046.5, lang, 2) == expected


def test_list_is_joined_as_the_language_does() -> None:
    assert formats.listing(["甲", "乙", "丙"], "zh-hans") == "甲、乙和丙"
    assert formats.listing(["un", "deux"], "fr") == "un et deux"


def test_offset_names_half_hours() -> None:
    assert formats.offset(ZoneInfo("Asia/Kolkata"), dt.datetime(2026, 11, 9, tzinfo=dt.UTC)) == "UTC+5:30"
    assert formats.offset(ZoneInfo("America/New_York"), dt.datetime(2026, 11, 9, tzinfo=dt.UTC)) == "UTC−5"


def test_languages_know_tag_direction_and_own_name() -> None:
    assert [language_tag(code) for code in ("zh-hans", "pt-br", "ar")] == ["zh-Hans", "pt-BR", "ar"]
    assert [direction(code) for code in ("ar", "he", "en", "zh-hans")] == ["rtl", "rtl", "ltr", "ltr"]
    assert [direction(code) for code in ("ur-Latn", "ku-Arab", "ar-eg")] == ["ltr", "rtl", "rtl"]
    assert [local_name(code) for code in ("zh-hans", "ru", "fr")] == ["简体中文", "Русский", "Français"]
