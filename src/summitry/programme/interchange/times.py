"""Dates, clock times, durations and time zones in the spellings that occur in schedule files."""

import datetime as dt
import email.utils
import re
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

MIDNIGHT = dt.time()
DAY = dt.timedelta(days=1)
LONGEST_DURATION = dt.timedelta(days=36500)
YEARS = range(1900, 2201)
"""Years that a schedule can be of; anything else is a slip, and would overflow on conversion."""

# Names that Ruby on Rails, and so frab and OSEM, give to zones whose city is not the last part of the IANA name.
_RAILS_ZONES = {
    "eastern time (us & canada)": "America/New_York",
    "central time (us & canada)": "America/Chicago",
    "mountain time (us & canada)": "America/Denver",
    "pacific time (us & canada)": "America/Los_Angeles",
    "beijing": "Asia/Shanghai",
    "new delhi": "Asia/Kolkata",
    "mumbai": "Asia/Kolkata",
    "chennai": "Asia/Kolkata",
    "edinburgh": "Europe/London",
    "bern": "Europe/Zurich",
    "st. petersburg": "Europe/Moscow",
    "osaka": "Asia/Tokyo",
    "abu dhabi": "Asia/Dubai",
}

# Zones for offsets that are not whole hours, which Etc/GMT±n cannot say; in minutes east of Greenwich.
_UNEVEN_OFFSETS = {
    -210: "America/St_Johns",
    210: "Asia/Tehran",
    270: "Asia/Kabul",
    330: "Asia/Kolkata",
    345: "Asia/Kathmandu",
    390: "Asia/Yangon",
    570: "Australia/Darwin",
    630: "Australia/Adelaide",
}

_OFFSET_NAME = re.compile(r"(?:UTC|GMT)?\s*([+-])(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)
_SHORT_OFFSET = re.compile(r"([+-])(\d)(:\d{2})$")
_CLOCK = re.compile(r"(\d{1,2})[:.hH](\d{2})?(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([aApP])?\.?(?:[mM]\.?)?")
_PLAIN_CLOCK = re.compile(r"(\d{1,2})(\d{2})")
_DATE_PARTS = re.compile(r"(\d{1,4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,4})\s*日?\.?")
_ISO_DURATION = re.compile(
    r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?",
    re.IGNORECASE,
)
_WORDED_DURATION = re.compile(
    r"(?:(\d+(?:[.,]\d+)?)\s*h(?:ours?|rs?)?\.?)?\s*(?:(\d+)\s*m?(?:in(?:ute)?s?)?\.?)?", re.IGNORECASE
)


@lru_cache(maxsize=1)
def _zones_by_lower_name() -> dict[str, str]:
    """IANA names by their lower-case form and by their last part ("berlin"); the shortest name wins."""
    found: dict[str, str] = {}
    for name in sorted(available_timezones(), key=lambda name: (len(name), name)):
        found.setdefault(name.lower(), name)
        found.setdefault(name.rpartition("/")[2].lower(), name)
    return found


def zone_of_offset(offset: dt.timedelta) -> str:
    """The IANA name of a zone that keeps ``offset``, or "" where there is none to name."""
    minutes = round(offset.total_seconds() / 60)
    if minutes == 0:
        return "UTC"
    if minutes % 60 == 0 and -12 <= minutes // 60 <= 14:
        # In these names the sign is turned round: Etc/GMT-2 is two hours east of Greenwich.
        return f"Etc/GMT{-minutes // 60:+d}"
    return _UNEVEN_OFFSETS.get(minutes, "")


def resolve_zone(name: str) -> ZoneInfo | None:
    """The zone that a file means by ``name``: IANA, a Rails name, or an offset such as ``UTC+2``."""
    name = name.strip()
    if not name or len(name) > 64:
        return None
    if zone := _zone_named(name):
        return zone
    known = _RAILS_ZONES.get(name.lower())
    if known is None and (match := _OFFSET_NAME.fullmatch(name)):
        sign = -1 if match[1] == "-" else 1
        known = zone_of_offset(sign * dt.timedelta(hours=int(match[2]), minutes=int(match[3] or 0)))
    if known is None:
        known = _zones_by_lower_name().get(name.lower().replace(" ", "_"))
    return _zone_named(known) if known else None


def _zone_named(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def parse_moment(text: str) -> dt.datetime | dt.date | None:
    """A date, or a date and time with or without an offset, in a year of ``YEARS``."""
    text = text.strip()
    if not text or len(text) > 64:
        return None
    moment = _moment_of(text)
    return moment if moment is not None and moment.year in YEARS else None


def _moment_of(text: str) -> dt.datetime | dt.date | None:
    if parts := _DATE_PARTS.fullmatch(text):
        return _date_of(parts)
    try:
        return dt.datetime.fromisoformat(_SHORT_OFFSET.sub(r"\g<1>0\2\3", text.replace(" +", "+")))
    except ValueError:
        pass
    day_part, _, clock_part = text.partition(" ")
    parts, clock = _DATE_PARTS.fullmatch(day_part), parse_clock(clock_part)
    if parts and clock is not None and (day := _date_of(parts)):
        return dt.datetime.combine(day, MIDNIGHT) + clock if day.year in YEARS else None
    try:
        return email.utils.parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _date_of(parts: re.Match[str]) -> dt.date | None:
    """Year first or last; where it is last the day comes before the month unless that is impossible."""
    first, second, third = (int(part) for part in parts.groups())
    if len(parts[1]) == 4:
        year, month, day = first, second, third
    elif len(parts[3]) == 4:
        year, month, day = (third, second, first) if second <= 12 else (third, first, second)
    else:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def parse_clock(text: str) -> dt.timedelta | None:
    """Time since midnight. Hours up to 29 are taken as the early hours of the next day."""
    text = text.strip()
    match = _CLOCK.fullmatch(text)
    if match:
        hours, minutes, seconds = int(match[1]), int(match[2] or 0), int(match[3] or 0)
        if match[4]:
            hours = hours % 12 + (12 if match[4] in "pP" else 0)
    elif match := _PLAIN_CLOCK.fullmatch(text):
        hours, minutes, seconds = int(match[1]), int(match[2]), 0
    else:
        return None
    if hours > 29 or minutes > 59 or seconds > 59:
        return None
    return dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)


def parse_duration(text: str, *, days_first: bool = False) -> dt.timedelta | None:
    """A length of time; None where ``text`` is not one.

    Three parts are hours, minutes and seconds to most systems but days, hours and minutes to pretalx, which is what
    ``days_first`` says. Without it, parts that cannot be hours, or that would make seconds, are read as days.
    """
    text = text.strip()
    if not text or len(text) > 32:
        return None
    try:
        length = _duration_of(text, days_first=days_first)
    except (ValueError, OverflowError):
        return None
    return length if length is not None and dt.timedelta() <= length <= LONGEST_DURATION else None


def _duration_of(text: str, *, days_first: bool) -> dt.timedelta | None:
    if text.isdecimal():
        return dt.timedelta(minutes=int(text))
    if text[0] in "Pp":
        match = _ISO_DURATION.fullmatch(text)
        if not match or not any(match.groups()):
            return None
        weeks, days, hours, minutes, seconds = (float(part or 0) for part in match.groups())
        return dt.timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    if ":" in text:
        return _duration_of_parts(text.split(":"), days_first=days_first)
    match = _WORDED_DURATION.fullmatch(text)
    if not match or not any(match.groups()):
        return None
    return dt.timedelta(hours=float((match[1] or "0").replace(",", ".")), minutes=int(match[2] or 0))


def _duration_of_parts(parts: list[str], *, days_first: bool) -> dt.timedelta | None:
    if not all(part.isdecimal() for part in parts) or any(int(part) > 59 for part in parts[1:]):
        return None
    numbers = [int(part) for part in parts]
    match numbers:
        case [hours, minutes]:
            return dt.timedelta(hours=hours, minutes=minutes)
        case [first, second, third]:
            bare = len(parts[0]) == 1 and first > 0
            if second <= 23 and (days_first or first > 23 or (bare and third > 0)):
                return dt.timedelta(days=first, hours=second, minutes=third)
            return dt.timedelta(hours=first, minutes=second, seconds=third)
        case [days, hours, minutes, seconds]:
            return dt.timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    return None


def format_hours(length: dt.timedelta) -> str:
    """``HH:MM`` with as many hours as it takes; seconds are left out."""
    minutes = int(length.total_seconds() // 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def format_moment(moment: dt.datetime) -> str:
    """ISO 8601 with an offset of whole minutes, as both schemas demand."""
    offset = moment.utcoffset()
    if offset is None or offset % dt.timedelta(minutes=1):
        moment = moment.astimezone(dt.UTC)
    return moment.isoformat()
