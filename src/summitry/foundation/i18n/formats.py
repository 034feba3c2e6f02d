"""Dates, times, numbers and lists as a reader's locale writes them; the browser formats only its own clock.

Digits are Latin in every language by default, so that badge, screen and print never mix two sets. Data and patterns
come from Unicode CLDR through Babel.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel import dates, numbers

from summitry.foundation.i18n.languages import babel_locale


def time(instant: dt.datetime, zone: ZoneInfo) -> str:
    """Return the clock time in `zone` as HH:MM, 24 hours, the same in all languages."""
    return instant.astimezone(zone).strftime("%H:%M")


@lru_cache(maxsize=4096)
def date(day: dt.date, lang: str, pattern: str = "long") -> str:
    """Return `day` in words: pattern `full`, `long`, `medium`, `short`, or a CLDR skeleton such as `EdMMM`."""
    locale = babel_locale(lang)
    if pattern in {"full", "long", "medium", "short"}:
        return dates.format_date(day, pattern, locale=locale)
    return dates.format_skeleton(pattern, dt.datetime.combine(day, dt.time()), locale=locale)


@lru_cache(maxsize=512)
def date_range(first: dt.date, last: dt.date, lang: str) -> str:
    """Return two days as one phrase, sharing what they share ("9–11 November 2026").

    CLDR has intervals with the month in full for few languages. Within one month the long date of the last day serves
    where it writes the month in letters; everywhere else the interval with a short month does.
    """
    if first == last:
        return date(first, lang)
    whole = date(last, lang)
    if (first.year, first.month) == (last.year, last.month):
        day, *rest = (number for number in re.findall(r"\d+", whole) if int(number) != last.year)
        if not rest:
            return whole.replace(day, f"{first.day}–{day}", 1)
    return dates.format_interval(first, last, skeleton="yMMMMd", locale=babel_locale(lang))


def number(value: float, lang: str, decimals: int | None = None) -> str:
    """Return a number with the locale's grouping and decimal signs, in Latin digits.

    Without `decimals` it has as many as it needs, up to three.
    """
    pattern = None if decimals is None else f"#,##0.{'0' * decimals}"
    return numbers.format_decimal(value, pattern, locale=babel_locale(lang), numbering_system="latn")


def percent(value: float, lang: str) -> str:
    """Return a share (0.02 means 2 %) as a percentage without decimals."""
    return numbers.format_percent(value, locale=babel_locale(lang), numbering_system="latn")


def listing(items: Sequence[str], lang: str, style: str = "standard") -> str:
    """Return items as the locale joins them ("a, b and c"; "甲、乙和丙")."""
    if len(items) < 2:
        return "".join(items)
    joints = _joints(lang, style)
    if len(items) == 2:
        return joints["2"].format(*items)
    phrase = joints["start"].format(items[0], items[1])
    for item in items[2:-1]:
        phrase = joints["middle"].format(phrase, item)
    return joints["end"].format(phrase, items[-1])


@cache
def _joints(lang: str, style: str) -> Mapping[str, str]:
    """How the locale joins two items, and the first, middle and last ones of more; finding that takes Babel long."""
    return dict(babel_locale(lang).list_patterns[style])


def offset(zone: ZoneInfo, at: dt.datetime) -> str:
    """Return the zone's distance from UTC at an instant, as "UTC+8" or "UTC+5:30"."""
    delta = at.astimezone(zone).utcoffset() or dt.timedelta()
    minutes = int(delta.total_seconds() // 60)
    sign = "+" if minutes >= 0 else "−"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")
