"""Understanding single raw values: numbers, flags, text, moments."""

import datetime as dt

from summitry.programme.interchange.raw import RawValue
from summitry.programme.interchange.times import MIDNIGHT, YEARS, parse_clock, parse_duration, parse_moment

LARGEST_INTEGER = 2**63 - 1
_TRUE = frozenset(("true", "1", "yes", "y", "on"))
_FALSE = frozenset(("false", "0", "no", "n", "off"))


def text_of(value: RawValue) -> str:
    """The value as text; nothing is ""."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def integer_of(value: RawValue) -> int | None:
    """A whole number that a database can hold."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        if not value.is_integer():
            return None
        value = int(value)
    if isinstance(value, str):
        text = value.strip()
        digits = text.removeprefix("-")
        if not digits.isdecimal() or len(digits) > 19:
            return None
        value = int(text)
    if isinstance(value, int) and abs(value) <= LARGEST_INTEGER:
        return value
    return None


def flag_of(value: RawValue) -> bool | None:
    """Yes, no, or None where the value says neither."""
    if isinstance(value, bool):
        return value
    text = text_of(value).strip().lower()
    if text in _TRUE:
        return True
    return False if text in _FALSE else None


def moment_of(value: RawValue) -> dt.datetime | dt.date | None:
    """A date, or a date with a time."""
    if isinstance(value, dt.date):
        return value if value.year in YEARS else None
    return parse_moment(value) if isinstance(value, str) else None


def clock_of(value: RawValue) -> dt.timedelta | None:
    """Time since midnight."""
    if isinstance(value, dt.timedelta):
        return value if dt.timedelta() <= value < dt.timedelta(hours=30) else None
    if isinstance(value, dt.time):
        return dt.datetime.combine(dt.date.min, value.replace(tzinfo=None)) - dt.datetime.combine(
            dt.date.min, MIDNIGHT
        )
    return parse_clock(value) if isinstance(value, str) else None


def duration_of(value: RawValue, *, days_first: bool = False) -> dt.timedelta | None:
    """A length of time; a bare number counts minutes."""
    if isinstance(value, dt.time):
        return clock_of(value)
    if isinstance(value, dt.timedelta):
        value = f"PT{value.total_seconds():.0f}S" if value >= dt.timedelta() else ""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return parse_duration(f"PT{value}M") if value >= 0 else None
    return parse_duration(value, days_first=days_first) if isinstance(value, str) else None


def aware(moment: dt.datetime | dt.date, zone: dt.tzinfo) -> dt.datetime:
    """The moment in ``zone``; without an offset of its own it is a time of that zone, without a time its midnight."""
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime.combine(moment, MIDNIGHT)
    return moment.replace(tzinfo=zone) if moment.utcoffset() is None else moment.astimezone(zone)


def later(moment: dt.datetime, by: dt.timedelta) -> dt.datetime:
    """``moment`` plus ``by`` on the clock on the wall, which a change of clocks does not disturb."""
    return (moment.replace(tzinfo=None) + by).replace(tzinfo=moment.tzinfo)


def elapsed(start: dt.datetime, end: dt.datetime) -> dt.timedelta:
    """Real time between two moments, even where the clocks change between them."""
    return end.astimezone(dt.UTC) - start.astimezone(dt.UTC)


def conference_date(moment: dt.datetime, day_change: dt.timedelta) -> dt.date:
    """The conference day to which a moment belongs."""
    return (moment.replace(tzinfo=None) - day_change).date()
