"""One day of the board laid out: the public grid, with all rooms in it, all hours, and the marks of what clashes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from summitry.algorithms.clashes import Severity
from summitry.editions.queries.venue import RoomView
from summitry.foundation.i18n import formats
from summitry.programme.queries.board import Board, Card
from summitry.programme.queries.clash_lines import ClashLine
from summitry.programme.queries.grid import Grid, Interval, Seat, grid_of
from summitry.programme.queries.hyphens import soft_hyphens

DAY_HOURS = (8, 20)
"""These hours of a day are always there to drop something on; further ones where sessions are."""


class Mark(NamedTuple):
    """What clashes about a session: the worst severity and how many clashes it is part of."""

    severity: Severity
    number: int

    @property
    def icon(self) -> str:
        """The icon of the severity."""
        return ICONS[self.severity]


ICONS = {Severity.BLOCKING: "refused", Severity.WARNING: "alert", Severity.NOTE: "info"}


class BoardCell(NamedTuple):
    """A card in its place, as the template takes it; `start` and `end` are POSIX seconds, empty in the tray."""

    card: Card
    classes: str
    mark: Mark | None
    start: int | None
    end: int | None
    starts: str
    ends: str
    where: str

    @property
    def title(self) -> str:
        """The title as narrow cards break it."""
        return soft_hyphens(self.card.title.text)


class BoardTick(NamedTuple):
    """An hour of the axis."""

    classes: str
    time: str


class BoardRow(NamedTuple):
    """A room at the head of its rows; `row` and `lanes` say which they are."""

    room: RoomView | None
    row: int
    lanes: int

    @property
    def classes(self) -> str:
        """The classes of its place."""
        return f"r-{self.row}{f' v-{self.lanes}' if self.lanes > 1 else ''}"


@dataclass(frozen=True, slots=True)
class BoardDay:
    """A day; `origin` is the instant of the first column. `is_grid` is False where there are more rows than can be drawn."""

    day: dt.date
    label: str
    is_grid: bool
    hours: int
    origin: int
    ticks: list[BoardTick]
    rows: list[BoardRow]
    cells: list[BoardCell]


def day_of_board(board: Board, day: dt.date, shown: Collection[int], lines: Sequence[ClashLine]) -> BoardDay:
    """Lay out a day with the rooms whose ids are in `shown`; none means all of them."""
    rooms = [room for room in board.rooms if not shown or room.id in shown]
    ids = {room.id for room in rooms}
    cards = [
        card
        for card in board.on(day)
        if card.place and (card.place.room_id in ids or (card.place.room_id is None and not shown))
    ]
    grid = _grid(board, day, rooms, cards)
    marks = marks_of(lines)
    cells = [
        cell_of(board, card, marks.get(card.id), seat if grid.fits else None)
        for card, seat in zip(cards, grid.seats, strict=False)
    ]
    by_id = {room.id: room for room in rooms}
    return BoardDay(
        day=day,
        label=formats.date(day, board.lang, "MMMEd"),
        is_grid=grid.fits,
        hours=grid.axis.hours,
        origin=int(grid.axis.ticks[0].at.timestamp()) if grid.axis.ticks else 0,
        ticks=[
            BoardTick(f"c-{tick.column} u-12", formats.time(tick.at, board.zone)) for tick in grid.axis.ticks
        ],
        rows=[BoardRow(by_id.get(room or 0), row, lanes) for room, row, lanes in grid.rooms],
        cells=cells,
    )


def marks_of(lines: Sequence[ClashLine]) -> Mapping[int, Mark]:
    """Return the mark of each session that is part of a clash."""
    worst: dict[int, Severity] = {}
    counts: Counter[int] = Counter()
    for line in lines:
        for pk in line.session_ids:
            worst[pk] = min(worst.get(pk, line.severity), line.severity)
            counts[pk] += 1
    return {pk: Mark(severity, counts[pk]) for pk, severity in worst.items()}


def cell_of(board: Board, card: Card, mark: Mark | None = None, seat: Seat | None = None) -> BoardCell:
    """Return a card as the template takes it, with its place in the grid where it has one."""
    place = card.place
    classes = f"tt-cell board-card {card.forum.tone}"
    if seat is not None:
        classes += f" c-{seat.column} r-{seat.row} u-{seat.span}"
    if mark is not None:
        classes += f" has-{mark.severity.name.lower()}"
    if place is None:
        return BoardCell(card, classes, mark, None, None, "", "", "")
    room = next((room for room in board.rooms if room.id == place.room_id), None)
    return BoardCell(
        card,
        classes,
        mark,
        int(place.starts_at.timestamp()),
        int(place.ends_at.timestamp()),
        formats.time(place.starts_at, board.zone),
        formats.time(place.ends_at, board.zone),
        room.name.text if room else "",
    )


def _grid(board: Board, day: dt.date, rooms: Sequence[RoomView], cards: Sequence[Card]) -> Grid:
    """Return the grid of the cards; an interval that gives way to anything keeps each room and hour in it."""
    intervals = [Interval(card.place.room_id, *card.place[1:]) for card in cards if card.place]
    first, last = (
        dt.datetime.combine(day, dt.time(hour), board.zone).astimezone(dt.UTC) for hour in DAY_HOURS
    )
    first = min([first, *(interval.starts_at for interval in intervals)])
    last = max([last, *(interval.ends_at for interval in intervals)])
    keeping = [Interval(room.id, first, last, yields=True) for room in rooms]
    return grid_of([*intervals, *keeping], [*(room.id for room in rooms), None], board.zone)
