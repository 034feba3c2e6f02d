"""Places and tables: which seats are beside each other, and which of them come first in honour."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Shape(StrEnum):
    """How seats stand together."""

    ROW = "row"
    ROUND = "round"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Place:
    """A seat: its table, its place of honour in the whole plan (smaller is higher), and the seats beside it."""

    id: int
    block: int
    honour: int
    beside: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Diner:
    """Somebody to be seated: her place in the order (smaller is higher), and the languages she speaks."""

    id: int
    order: int
    langs: frozenset[str] = field(default_factory=frozenset)


def beside(shape: Shape, count: int) -> list[frozenset[int]]:
    """Return for each of `count` seats, counted from 0, the seats beside it.

    A row ends at both ends; a round table closes. A long table has two sides, the first of them with the odd seat, and
    seats are numbered along one side and then along the other: opposite seats count as beside each other, too.
    """
    near: list[set[int]] = [set() for _seat in range(count)]

    def join(one: int, other: int) -> None:
        if one != other:
            near[one].add(other)
            near[other].add(one)

    half = (count + 1) // 2 if shape is Shape.LONG else count
    for seat in range(count - 1):
        if seat + 1 != half:
            join(seat, seat + 1)
    if shape is Shape.ROUND and count > 1:
        join(count - 1, 0)
    if shape is Shape.LONG:
        for seat in range(half, count):
            join(seat - half, seat)
    return [frozenset(seats) for seats in near]


def honours(shape: Shape, count: int) -> list[int]:
    """Return for each seat of a table its place of honour, counted from 0: the middle first, then right and left of it.

    At a round table the first seat is the head. At a long table the middle of the first side comes first, then the middle
    of the other side, and so on outwards.
    """
    if shape is Shape.ROUND:
        order = _outwards(count, 0)
    elif shape is Shape.LONG:
        half = (count + 1) // 2
        near = _outwards(half, (half - 1) // 2, closed=False)
        far = [half + seat for seat in _outwards(count - half, (count - half - 1) // 2, closed=False)]
        order = [seat for pair in zip(near, far, strict=False) for seat in pair] + near[len(far) :]
    else:
        order = _outwards(count, (count - 1) // 2, closed=False)
    ranks = [0] * count
    for rank, seat in enumerate(order):
        ranks[seat] = rank
    return ranks


def _outwards(count: int, start: int, *, closed: bool = True) -> list[int]:
    """Return all seats beginning with `start`, then right and left of it in turn."""
    found: list[int] = []
    for step in range(count):
        for seat in (start + step, start - step):
            if closed:
                seat %= count  # noqa: PLW2901 - round the table
            if 0 <= seat < count and seat not in found:
                found.append(seat)
    return found
