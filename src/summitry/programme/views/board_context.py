"""What the templates of the board show: day tabs, filters, the grid of a day, the tray, and the list of clashes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from summitry.algorithms.clashes import Severity
from summitry.foundation import clock
from summitry.foundation.i18n import formats
from summitry.programme.forms.board import ZOOMS, BoardQuery
from summitry.programme.queries.board import Board
from summitry.programme.queries.board_layout import ICONS, cell_of, day_of_board, marks_of
from summitry.programme.queries.clash_lines import ClashLine, clashes_of
from summitry.programme.queries.clash_sentences import SEVERITY_LABELS
from summitry.programme.views.tabs import Tab, session_count


class Jump(NamedTuple):
    """A link from a clash to one of its cards."""

    session_id: int
    title: str
    url: str


class ClashItem(NamedTuple):
    """A clash in the list beside the board."""

    line: ClashLine
    icon: str
    jumps: list[Jump]


class Count(NamedTuple):
    """How many clashes there are of one severity, with the address that shows only them."""

    severity: Severity
    label: str
    number: int
    icon: str
    url: str
    current: bool


def board_context(board: Board, query: BoardQuery, *, may_move: bool) -> dict[str, Any]:
    """Return everything that the board's body shows."""
    day = _day(board, query)
    query = BoardQuery(day.isoformat(), *_rest(query))
    lines = clashes_of(board.draft, board.lang)
    marks = marks_of(lines)
    base = reverse("programme_console:board", args=[board.edition.slug])
    shown = [line for line in lines if query.severity in ("", line.severity.name.lower())]
    shown = [line for line in shown if query.kind in ("", line.kind)]
    return {
        "board": board,
        "query": query,
        "base": base,
        "may_move": may_move,
        "tabs": _tabs(board, day, query, base),
        "zooms": _zooms(query, base),
        "plan": day_of_board(board, day, _rooms(board, query), lines),
        "tray": [cell_of(board, card, marks.get(card.id)) for card in board.tray],
        "buildings": _buildings(board),
        "clashes": [_item(board, line, query, base) for line in shown],
        "counts": _counts(lines, query, base),
        "kinds": dict(sorted({line.kind: line.label for line in lines}.items())),
        "total": len(lines),
    }


def _rest(query: BoardQuery) -> tuple[Any, ...]:
    return (query.rooms, query.building, query.severity, query.kind, query.zoom)


def _day(board: Board, query: BoardQuery) -> dt.date:
    """Return the day that was asked for, else today where it is one of the edition's, else the first."""
    today = clock.now().astimezone(board.zone).date().isoformat()
    by_name = {day.isoformat(): day for day in board.days}
    return by_name.get(query.day) or by_name.get(today) or board.days[0]


def _rooms(board: Board, query: BoardQuery) -> set[int]:
    """Return the ids of the rooms to show; none means all."""
    chosen = {room.id for room in board.rooms if room.id in query.rooms}
    if query.building:
        inside = {room.id for room in board.rooms if room.building_id == query.building}
        return chosen & inside if chosen else inside
    return chosen


def _tabs(board: Board, day: dt.date, query: BoardQuery, base: str) -> list[Tab]:
    counts = Counter(board.day_of(card) for card in board.cards.values())
    return [
        Tab(
            base + query.address(day=each.isoformat()),
            formats.date(each, board.lang, "MMMEd"),
            session_count(counts[each]),
            each == day,
        )
        for each in board.days
    ]


def _zooms(query: BoardQuery, base: str) -> list[Tab]:
    labels = (_("Narrow"), _("Medium"), _("Wide"))
    return [
        Tab(base + query.address(zoom="" if zoom == "2" else zoom), label, "", zoom == query.zoom)
        for zoom, label in zip(ZOOMS, labels, strict=True)
    ]


def _buildings(board: Board) -> list[tuple[int, str]]:
    found = {room.building_id: str(room.building) for room in board.rooms if room.building_id is not None}
    return list(found.items())


def _item(board: Board, line: ClashLine, query: BoardQuery, base: str) -> ClashItem:
    jumps = []
    for pk in line.session_ids:
        card = board.cards.get(pk)
        if card is not None:
            day = board.day_of(card)
            wide = query.address(day=day.isoformat(), room="", building="") if day else query.address()
            jumps.append(Jump(pk, card.title.text, f"{base}{wide}#card-{pk}"))
    return ClashItem(line, ICONS[line.severity], jumps)


def _counts(lines: Sequence[ClashLine], query: BoardQuery, base: str) -> list[Count]:
    numbers = Counter(line.severity for line in lines)
    return [
        Count(
            severity,
            str(SEVERITY_LABELS[severity]),
            numbers[severity],
            ICONS[severity],
            base
            + query.address(
                severity="" if query.severity == severity.name.lower() else severity.name.lower()
            ),
            query.severity == severity.name.lower(),
        )
        for severity in Severity
    ]
