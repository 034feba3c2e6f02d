"""A time zone as a VTIMEZONE: every change of its offset in a span of time, by local time as the standard wants it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from summitry.programme.interchange.calendar_lines import component, local_moment, offset, text_line

_STEP = dt.timedelta(days=7)
_FINEST = dt.timedelta(seconds=1)
_MARGIN = dt.timedelta(days=366)


class Offset(NamedTuple):
    """What a zone says of an instant: its distance from UTC, its name for that, and whether it is summer time."""

    utc: dt.timedelta
    name: str
    is_daylight: bool


@lru_cache(maxsize=64)
def timezone_component(zone_name: str, first: dt.date, last: dt.date) -> str:
    """Return the VTIMEZONE of a zone that holds from a year before `first` to a year after `last`."""
    zone = ZoneInfo(zone_name)
    start = dt.datetime.combine(first, dt.time(), dt.UTC) - _MARGIN
    end = dt.datetime.combine(last, dt.time(), dt.UTC) + _MARGIN
    present = _offset(zone, start)
    observances = [_observance(start, present, present)]
    for instant, after in _changes(zone, start, end):
        observances.append(_observance(instant, present, after))
        present = after
    return component("VTIMEZONE", [text_line("TZID", zone_name)], observances)


def _changes(zone: ZoneInfo, start: dt.datetime, end: dt.datetime) -> Iterator[tuple[dt.datetime, Offset]]:
    """Yield the instants at which the zone's offset or name changes, each with what holds from then on."""
    here = start
    while here < end:
        there = here + _STEP
        if _offset(zone, here) != _offset(zone, there):
            low, high = here, there
            while high - low > _FINEST:
                middle = low + (high - low) / 2
                low, high = (middle, high) if _offset(zone, middle) == _offset(zone, here) else (low, middle)
            yield high.replace(microsecond=0), _offset(zone, high)
        here = there


def _offset(zone: ZoneInfo, instant: dt.datetime) -> Offset:
    local = instant.astimezone(zone)
    return Offset(local.utcoffset() or dt.timedelta(), local.tzname() or str(zone), bool(local.dst()))


def _observance(instant: dt.datetime, before: Offset, after: Offset) -> str:
    return component(
        "DAYLIGHT" if after.is_daylight else "STANDARD",
        (
            # The onset is told by the clock as it stood before the change.
            f"DTSTART:{local_moment(instant + before.utc)}",
            text_line("TZNAME", after.name),
            f"TZOFFSETFROM:{offset(before.utc)}",
            f"TZOFFSETTO:{offset(after.utc)}",
        ),
    )
