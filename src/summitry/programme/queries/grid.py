"""Where sessions stand in the timetable's grid: columns of five minutes along the page, one row or more for each room.

Pure arithmetic on instants. Runs of two or more empty hours are folded to the width of one; sessions that overlap in
one room get rows of their own.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from zoneinfo import ZoneInfo

HOUR = dt.timedelta(hours=1)
COLUMN = dt.timedelta(minutes=5)
HOUR_COLUMNS = 12
MAX_HOURS = 24
MAX_ROWS = 60
MAX_LANES = 12


class Interval(NamedTuple):
    """What needs a place: its room's key, its span, and whether it may be left out where another stands."""

    room: int | None
    starts_at: dt.datetime
    ends_at: dt.datetime
    yields: bool = False


class Tick(NamedTuple):
    """A mark on the axis: its first column, its instant, and whether empty hours are folded behind it."""

    column: int
    at: dt.datetime
    folded: bool


class Seat(NamedTuple):
    """Where one session stands."""

    column: int
    span: int
    row: int


class RoomRows(NamedTuple):
    """The rows that a room takes."""

    room: int | None
    row: int
    lanes: int


@dataclass(frozen=True, slots=True)
class Axis:
    """The hours of a day, in order."""

    ticks: tuple[Tick, ...]

    @property
    def hours(self) -> int:
        """How many hours wide the axis is, folded ones counting as one."""
        return len(self.ticks)

    def column(self, instant: dt.datetime) -> int:
        """Return the nearest column of an instant, within the axis."""
        index = bisect_right([tick.at for tick in self.ticks], instant) - 1
        if index < 0:
            return 0
        tick = self.ticks[index]
        length = self.ticks[index + 1].at - tick.at if index + 1 < len(self.ticks) else HOUR
        place = round(HOUR_COLUMNS * ((instant - tick.at) / length))
        return tick.column + min(place, HOUR_COLUMNS)


@dataclass(frozen=True, slots=True)
class Grid:
    """A day's axis, its rows, and the seat of each interval in the order given; None for one that gave way."""

    axis: Axis
    rooms: tuple[RoomRows, ...]
    seats: tuple[Seat | None, ...]

    @property
    def fits(self) -> bool:
        """Whether the grid can be drawn; a day with too many rows or hours is shown as a list."""
        rows = sum(room.lanes for room in self.rooms)
        return rows <= MAX_ROWS and all(room.lanes <= MAX_LANES for room in self.rooms)


def grid_of(intervals: Sequence[Interval], rooms: Sequence[int | None], zone: ZoneInfo) -> Grid:
    """Lay out `intervals`; rows follow `rooms`, of which only those in use get any."""
    axis = axis_of(intervals, zone)
    lanes, kept = _lanes(intervals)
    rows: dict[int | None, int] = {}
    room_rows: list[RoomRows] = []
    for room in rooms:
        if room in lanes:
            rows[room] = sum(earlier.lanes for earlier in room_rows)
            room_rows.append(RoomRows(room, rows[room], lanes[room]))
    seats = [
        None if lane is None else _seat(axis, interval, rows[interval.room] + lane)
        for interval, lane in zip(intervals, kept, strict=True)
    ]
    return Grid(axis, tuple(room_rows), tuple(seats))


def axis_of(intervals: Sequence[Interval], zone: ZoneInfo) -> Axis:
    """Return the hours from the first start to the last end, at most a day, empty stretches folded."""
    if not intervals:
        return Axis(())
    first = min(interval.starts_at for interval in intervals).astimezone(zone)
    origin = first.replace(minute=0, second=0, microsecond=0).astimezone(dt.UTC)
    last = max(interval.ends_at for interval in intervals)
    count = min(MAX_HOURS, -((origin - last) // HOUR))
    busy = [False] * count
    for interval in intervals:
        start = int((interval.starts_at - origin) // HOUR)
        end = -int((origin - interval.ends_at) // HOUR)
        for hour in range(start, min(end, count)):
            busy[hour] = True
    return Axis(tuple(_ticks(origin, busy)))


def _ticks(origin: dt.datetime, busy: Sequence[bool]) -> list[Tick]:
    ticks: list[Tick] = []
    hour = 0
    while hour < len(busy):
        end = hour + 1
        while not busy[hour] and end < len(busy) and not busy[end]:
            end += 1
        ticks.append(Tick(len(ticks) * HOUR_COLUMNS, origin + hour * HOUR, folded=end - hour > 1))
        hour = end
    return ticks


def _lanes(intervals: Sequence[Interval]) -> tuple[dict[int | None, int], list[int | None]]:
    """Return how many lanes each room needs, and the lane of each interval."""
    ends: dict[int | None, list[dt.datetime]] = defaultdict(list)
    lanes: list[int | None] = [None] * len(intervals)
    order = sorted(range(len(intervals)), key=lambda index: (intervals[index].starts_at, index))
    for index in order:
        interval = intervals[index]
        if not interval.yields:
            lanes[index] = _free_lane(ends[interval.room], interval)
    for index in order:
        interval = intervals[index]
        if interval.yields and not _stands_in(interval, intervals):
            ends[interval.room] = ends[interval.room] or [interval.ends_at]
            lanes[index] = 0
    return {room: max(1, len(ends_)) for room, ends_ in ends.items() if ends_}, lanes


def _free_lane(ends: list[dt.datetime], interval: Interval) -> int:
    for lane, end in enumerate(ends):
        if end <= interval.starts_at:
            ends[lane] = interval.ends_at
            return lane
    ends.append(interval.ends_at)
    return len(ends) - 1


def _stands_in(interval: Interval, others: Sequence[Interval]) -> bool:
    return any(
        other is not interval
        and other.room == interval.room
        and other.starts_at < interval.ends_at
        and interval.starts_at < other.ends_at
        for other in others
    )


def _seat(axis: Axis, interval: Interval, row: int) -> Seat:
    column = min(axis.column(interval.starts_at), axis.hours * HOUR_COLUMNS - 1)
    return Seat(column, max(1, axis.column(interval.ends_at) - column), row)
