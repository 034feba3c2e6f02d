"""Why there is no selection: a smallest set of demands that cannot be met together, and what would free it.

First the smallest set of quotas and decisions, then inside it the smallest set of labels. Both are found by hitting sets
(Ignatiev, Previti, Liffiton & Marques-Silva, Smallest MUS extraction with minimal hitting set dualization, CP 2015): whatever
repairs the whole must touch every conflict, so the smallest set that touches all repairs known so far either is a conflict or
leads to a repair that was not known.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from summitry.algorithms.selection.board import Board
from summitry.algorithms.selection.exact import Floats, UnsolvedError
from summitry.algorithms.selection.types import Demand, Relief, Shortage, Side

MOST_ROUNDS = 40
"""After so many repairs a conflict is one of very many labels, and is told by quotas."""

MOST_NAMED = 12
"""A conflict of more labels than this is told by quotas, too."""


@dataclass(frozen=True, slots=True)
class _Whole:
    """Demands that are kept, changed and named as one: those of one side of a quota, or a single one."""

    name: Demand
    parts: tuple[Demand, ...]


def shortage(board: Board) -> Shortage:
    """Explain a board without a selection."""
    wholes = _wholes(board)
    conflict = _conflict(_Elastic(board, wholes)) or set(range(len(wholes)))
    named = [wholes[one] for one in sorted(conflict)]
    singly = [each for whole in named for each in _singly(whole)]
    labels = _conflict(_Elastic(board, singly), MOST_ROUNDS)
    if labels is not None and len(labels) <= MOST_NAMED:
        named = [singly[one] for one in sorted(labels)]
    everything = _Elastic(
        board, [each for whole in wholes for each in ([whole] if whole in named else _singly(whole))]
    )
    singles = [everything.repaired({one}) for one, whole in enumerate(everything.wholes) if whole in named]
    ways = [way for way in singles if way is not None]
    if not ways:
        ways = [everything.repaired(range(len(everything.wholes))) or {}]
    return Shortage(
        tuple(whole.name for whole in named),
        tuple(
            tuple(_relief(everything.wholes[one].name, slack) for one, slack in sorted(way.items()))
            for way in ways
        ),
    )


def _singly(whole: _Whole) -> list[_Whole]:
    return [_Whole(part, (part,)) for part in whole.parts]


def _wholes(board: Board) -> list[_Whole]:
    """Everything that is asked for, in a fixed order; bounds that are always met are left out."""
    found = [_Whole(places := Demand(Side.PLACES, bound=board.places), (places,))]
    for index, quota in enumerate(board.quotas):
        rows = [row for row in board.rows if row.quota == index]
        name = Demand(Side.LEAST, quota.dimension, quota.label, quota.least)
        if quota.least and rows:
            found.append(_Whole(name, tuple(replace(name, label=row.label) for row in rows)))
        if quota.most is not None:
            name = Demand(Side.MOST, quota.dimension, quota.label, quota.most)
            full = [row for row in rows if quota.most < len(row.members)]
            if full:
                found.append(_Whole(name, tuple(replace(name, label=row.label) for row in full)))
    keys = np.array(board.keys, dtype=object)
    decided = [Demand(Side.REQUIRED, bound=1, keys=(key,)) for key in keys[board.required]]
    if board.excluded.any():
        decided.append(Demand(Side.EXCLUDED, keys=tuple(keys[board.excluded])))
    return found + [_Whole(each, (each,)) for each in decided]


def _relief(demand: Demand, slack: int) -> Relief:
    match demand.side:
        case Side.MOST:
            return Relief(demand, demand.bound + slack)
        case Side.LEAST | Side.PLACES:
            return Relief(demand, demand.bound - slack)
        case _:
            return Relief(demand, 0)


def _conflict(elastic: _Elastic, rounds: int | None = None) -> set[int] | None:
    """Return a smallest set of wholes that cannot be met together; None where so many rounds do not find it."""
    size = len(elastic.wholes)
    repairs: list[frozenset[int]] = []
    while rounds is None or len(repairs) < rounds:
        conflict = _smallest_hitting(repairs, size)
        slacks = elastic.repaired(set(range(size)) - conflict)
        if slacks is None:
            return conflict
        repairs.append(frozenset(slacks))
    return None


def _smallest_hitting(sets: Sequence[Collection[int]], size: int) -> set[int]:
    """Return a smallest set of numbers below `size` that has one in common with each of the sets."""
    if not sets:
        return set()
    touches = np.array([[one in each for one in range(size)] for each in sets], dtype=np.float64)
    found = milp(
        np.ones(size),
        constraints=LinearConstraint(touches, 1, np.inf),
        bounds=Bounds(0, 1),
        integrality=np.ones(size),
    )
    if found.status != 0:
        raise UnsolvedError(found.message)
    return set(np.flatnonzero(found.x > 0.5).tolist())


class _Elastic:
    """Wholes with a slack each. Candidates whom their demands do not tell apart are one whole number."""

    def __init__(self, board: Board, wholes: list[_Whole]) -> None:
        self.wholes = wholes
        labels = {(row.dimension, row.label): number for number, row in enumerate(board.rows)}
        parts = [part for whole in wholes for part in whole.parts]
        lines = np.array([_line(board, labels, part) for part in parts]).reshape(len(parts), len(board.keys))
        columns, self._sizes = np.unique(lines, axis=1, return_counts=True)
        slacks = [
            _slacks(len(wholes), number, part.side)
            for number, whole in enumerate(wholes)
            for part in whole.parts
        ]
        self._constraint = LinearConstraint(
            np.hstack([columns, np.array(slacks)]),
            *np.array([_interval(part) for part in parts], dtype=np.float64).T,
        )

    def repaired(self, loose: Collection[int]) -> dict[int, int] | None:
        """Return the smallest slacks, only of `loose` wholes, that permit a selection; None where none do.

        The slack of the places is negative where there must be more of them.
        """
        size, groups = len(self.wholes), len(self._sizes)
        slack = np.array([np.inf if one in loose else 0.0 for one in range(size)])
        more = slack.copy()
        more[[whole.name.side is not Side.PLACES for whole in self.wholes]] = 0
        found = milp(
            np.concatenate([np.zeros(groups), np.ones(2 * size)]),
            constraints=self._constraint,
            bounds=Bounds(0, np.concatenate([self._sizes, slack, more])),
            integrality=np.ones(groups + 2 * size),
        )
        if found.status == 2:
            return None
        if found.status != 0:
            raise UnsolvedError(found.message)
        slacks = np.round(found.x[groups:]).astype(int).reshape(2, size)
        changes = slacks[0] - slacks[1]
        return {one: int(changes[one]) for one in range(size) if changes[one]}


def _line(board: Board, labels: dict[tuple[str, str], int], demand: Demand) -> Floats:
    """Return whom a demand counts."""
    match demand.side:
        case Side.PLACES:
            return np.ones(len(board.keys))
        case Side.REQUIRED:
            return np.array([key == demand.keys[0] for key in board.keys], dtype=np.float64)
        case Side.EXCLUDED:
            return board.excluded.astype(np.float64)
    members: Floats = board.matrix[labels[demand.dimension, demand.label]].astype(np.float64)
    return members


def _slacks(size: int, number: int, side: Side) -> Floats:
    """Return what the slacks add to a line: the first half of them fewer, the second (of the places alone) more."""
    found = np.zeros(2 * size)
    found[number] = -1 if side in (Side.MOST, Side.EXCLUDED) else 1
    found[size + number] = -found[number]
    return found


def _interval(demand: Demand) -> tuple[float, float]:
    """Return the bounds of what a demand counts."""
    match demand.side:
        case Side.PLACES:
            return demand.bound, demand.bound
        case Side.LEAST | Side.REQUIRED:
            return demand.bound, np.inf
    return -np.inf, demand.bound
