"""Imposition: which badge stands where on which sheet, and where the sheet is cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

MARGIN, GAP, BLEED = 8.0, 4.0, 8.0
"""Millimetres: around a sheet of several badges, between them, and around a single one with marks."""
SHEETS = {"a4": (210.0, 297.0), "a3": (297.0, 420.0)}


class Wanted(NamedTuple):
    """A badge to be placed: its place in the list, its size, and the group that begins on a sheet of its own."""

    badge: int
    width: float
    height: float
    group: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A badge on a sheet: which, and where its upper left corner is."""

    badge: int
    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of paper with its badges. `group` is set on the first sheet of each group."""

    width: float
    height: float
    slots: tuple[Slot, ...]
    group: str = ""


def impose(wanted: Sequence[Wanted], kind: str, *, marks: bool) -> list[Sheet]:
    """Place badges in their order; what does not fit on the paper, or is to be single, gets a sheet of its own size."""
    sheets: list[Sheet] = []
    rest = list(wanted)
    last_group = ""
    while rest:
        first = rest[0]
        places = _places(first, kind)
        taken = 0
        while taken < min(len(rest), len(places)) and rest[taken][1:] == first[1:]:
            taken += 1
        group = first.group if first.group != last_group else ""
        last_group = first.group
        if places:
            width, height = SHEETS[kind]
            slots = tuple(
                Slot(each.badge, x, y, each.width, each.height)
                for each, (x, y) in zip(rest[:taken], places, strict=False)
            )
        else:
            edge = BLEED if marks else 0.0
            taken, width, height = 1, first.width + 2 * edge, first.height + 2 * edge
            slots = (Slot(first.badge, edge, edge, first.width, first.height),)
        sheets.append(Sheet(width, height, slots, group))
        rest = rest[taken:]
    return sheets


def _places(badge: Wanted, kind: str) -> list[tuple[float, float]]:
    if kind not in SHEETS:
        return []
    width, height = SHEETS[kind]
    columns = int((width - 2 * MARGIN + GAP) // (badge.width + GAP))
    rows = int((height - 2 * MARGIN + GAP) // (badge.height + GAP))
    left = (width - columns * badge.width - (columns - 1) * GAP) / 2
    top = (height - rows * badge.height - (rows - 1) * GAP) / 2
    return [
        (round(left + column * (badge.width + GAP), 2), round(top + row * (badge.height + GAP), 2))
        for row in range(rows)
        for column in range(columns)
    ]
