"""The timetable as a page shows it: days, each with its axis, rooms and groups of cells in the order of time.

What a cell says is worked out once for a programme (`queries.cells`); a page adds its place, its state and the second
clock.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.safestring import SafeString

from summitry.foundation.i18n import formats
from summitry.programme.queries.cells import Cell, bodies_of, cell_of, cells_of, unmarked
from summitry.programme.queries.clocks import second_clock
from summitry.programme.queries.grid import Axis, Grid, Interval, Seat, grid_of
from summitry.programme.queries.links import Links
from summitry.programme.queries.programme import Programme, SessionLine

_SHORT = dt.timedelta(minutes=30)
_WIDE_HOURS = 14


class Group(NamedTuple):
    """The cells that start at one time."""

    id: str
    start: str
    iso: str
    second: str
    cells: list[Cell]


class Section(NamedTuple):
    """A day's groups; on the day that is on, those that are over stand first, in a section of their own."""

    is_earlier: bool
    groups: list[Group]
    size: int


class Tick(NamedTuple):
    """A mark on the axis as it is shown."""

    classes: str
    time: str
    iso: str
    second: str


class RoomRow(NamedTuple):
    """A room at the head of its rows."""

    classes: str
    name: SafeString
    number: int


@dataclass(frozen=True, slots=True)
class Plan:
    """One day. `now_classes` is the place of the now-line, empty when the day is not on."""

    id: str
    day: dt.date
    label: str
    is_grid: bool
    is_scrolling: bool
    classes: str
    ticks: list[Tick]
    rooms: list[RoomRow]
    sections: list[Section]
    now_classes: str
    now_time: str


@dataclass(frozen=True, slots=True)
class Viewing:
    """For whom and when a page is made: the instant, the reader's zone, and whether a grid is wanted."""

    now: dt.datetime
    reader: ZoneInfo | None
    as_grid: bool = True


def plans_of(
    programme: Programme, sessions: Sequence[SessionLine], links: Links, viewing: Viewing
) -> list[Plan]:
    """Return the days of `sessions`, which are in the programme's order."""
    bodies = bodies_of(programme, links)
    by_day = groupby(sorted(sessions, key=lambda session: session.day), key=lambda session: session.day)
    return [_plan(programme, day, list(of_day), bodies, viewing) for day, of_day in by_day]


def moment_key(programme: Programme, days: Iterable[dt.date], now: dt.datetime) -> tuple[int, int]:
    """Return what makes a page of these days out of date as time passes.

    That is how many starts and ends have passed and, while one of the days is on, the minute.
    """
    passed = minute = 0
    for day in days:
        instants = programme.instants[day]
        before = bisect_right(instants, now)
        passed += before
        if 0 < before < len(instants):
            minute = int(now.timestamp() // 60)
    return passed, minute


def _plan(
    programme: Programme,
    day: dt.date,
    sessions: list[SessionLine],
    bodies: Mapping[int, bytes],
    viewing: Viewing,
) -> Plan:
    now, zone = viewing.now, programme.zone
    grid = _grid(programme, sessions)
    is_grid = viewing.as_grid and grid.fits
    placed = [
        (session, cell_of(session, bodies[session.id], now, _place(seat) if is_grid and seat else ""))
        for session, seat in zip(sessions, grid.seats, strict=True)
        if seat or not is_grid
    ]
    is_on = min(s.starts_at for s in sessions) <= now < max(s.ends_at for s in sessions)
    over = [pair for pair in placed if is_on and pair[0].ends_at <= now]
    rest = [pair for pair in placed if not (is_on and pair[0].ends_at <= now)]
    density = _density(grid.axis, sessions) if is_grid else ""
    return Plan(
        id=f"day-{day:%m%d}",
        day=day,
        label=formats.date(day, programme.lang, "MMMEd"),
        is_grid=is_grid,
        is_scrolling=bool(density),
        classes=f"hours-{grid.axis.hours}{density}" if is_grid else "",
        ticks=_ticks(grid.axis, zone, viewing.reader),
        rooms=_room_rows(programme, grid),
        sections=[
            Section(is_earlier, _groups(pairs, zone, viewing.reader, f"{prefix}{day:%m%d}"), len(pairs))
            for is_earlier, pairs, prefix in ((True, over, "e"), (False, rest, "t"))
            if pairs
        ],
        now_classes=f"c-{grid.axis.column(now)}" if is_on else "",
        now_time=formats.time(now, zone),
    )


def _place(seat: Seat) -> str:
    return f" c-{seat.column} r-{seat.row} u-{seat.span}"


def _room_rows(programme: Programme, grid: Grid) -> list[RoomRow]:
    names = {room.id: unmarked(room.name) for room in programme.rooms}
    return [
        RoomRow(
            f"r-{row}{f' v-{lanes}' if lanes > 1 else ''}",
            names[room_id] if room_id else SafeString(""),
            number,
        )
        for number, (room_id, row, lanes) in enumerate(grid.rooms, 1)
    ]


def _grid(programme: Programme, sessions: Iterable[SessionLine]) -> Grid:
    intervals = [
        Interval(
            session.room.id if session.room else None,
            session.starts_at,
            session.ends_at,
            session.is_cancelled,
        )
        for session in sessions
    ]
    return grid_of(intervals, [*(room.id for room in programme.rooms), None], programme.zone)


def _density(axis: Axis, sessions: Iterable[SessionLine]) -> str:
    """Return the class that widens the columns, where sessions are too short or the day too long for one screen."""
    if min(session.ends_at - session.starts_at for session in sessions) < _SHORT:
        return " tt-wider"
    return " tt-wide" if axis.hours > _WIDE_HOURS else ""


def _ticks(axis: Axis, zone: ZoneInfo, reader: ZoneInfo | None) -> list[Tick]:
    return [
        Tick(
            f"c-{tick.column} u-12{' tt-fold' if tick.folded else ''}",
            formats.time(tick.at, zone),
            tick.at.astimezone(zone).isoformat("T", "minutes"),
            second_clock(tick.at, zone, reader),
        )
        for tick in axis.ticks
    ]


def _groups(
    cells: Iterable[tuple[SessionLine, Cell]], zone: ZoneInfo, reader: ZoneInfo | None, prefix: str
) -> list[Group]:
    groups = []
    for start, pairs in groupby(cells, key=lambda pair: pair[0].starts_at):
        local = start.astimezone(zone)
        groups.append(
            Group(
                f"{prefix}-{local:%d%H%M}",
                f"{local:%H:%M}",
                local.isoformat("T", "minutes"),
                second_clock(start, zone, reader),
                [cell for _session, cell in pairs],
            )
        )
    return groups


class RoomNow(NamedTuple):
    """What is on in a room, and what comes next there."""

    name: SafeString
    url: str
    now: list[Cell]
    next: list[Cell]


def now_and_next(
    programme: Programme, sessions: Sequence[SessionLine], links: Links, now: dt.datetime
) -> list[RoomNow]:
    """Return for each room that has something to come what is on and the next start; cancelled sessions left out."""
    rooms = []
    for room in programme.rooms:
        here = [
            s for s in sessions if s.room and s.room.id == room.id and s.ends_at > now and not s.is_cancelled
        ]
        coming = [session for session in here if session.starts_at > now]
        following = [session for session in coming if session.starts_at == coming[0].starts_at]
        running = [session for session in here if session.starts_at <= now]
        if running or following:
            rooms.append(
                RoomNow(
                    unmarked(room.name),
                    links.room(room.code),
                    cells_of(programme, running, links, now),
                    cells_of(programme, following, links, now),
                )
            )
    return rooms
