"""How firm each place is: the change of one score at which the optimum turns, and the groups where it has turned already.

Whoever is chosen stays so until her score falls by more than the optimum loses without her; whoever is not gets in when
her score rises by more than the optimum loses with her.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import combinations
from math import comb

import numpy as np

from summitry.algorithms.selection.board import Flags
from summitry.algorithms.selection.exact import HALF, Optimum, Solver
from summitry.algorithms.selection.swaps import NOBODY, Swaps
from summitry.algorithms.selection.types import Flip, Tie, as_score

NEAR = 10
"""At least so many of those who are not chosen get a figure; else half as many as there are places."""

_MOST_TRIED = 2_000
"""A tie with more subsets than this is not called open unless all in it are alike."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A candidate, and the best selection in which she is on the other side; None where there is none."""

    one: int
    total: int | None
    chosen: Flags | None


def turns(
    solver: Solver, best: Optimum, chosen: Flags, swaps: Swaps, tell: Callable[[float], None]
) -> list[Turn]:
    """Return the turn of each chosen who is not decided in, and of those who are nearly chosen."""
    board = solver.board
    others = ~chosen & ~board.excluded
    floors = swaps.reach(best.total)
    wanted = [*np.flatnonzero(chosen & ~board.required), *_near(best, others, floors, board.places)]
    found = []
    for number, one in enumerate(wanted):
        found.append(_turn(solver, best, chosen, swaps, (int(one), int(floors[one]))))
        tell((number + 1) / len(wanted))
    return found


def _near(best: Optimum, others: Flags, floors: np.ndarray, places: int) -> list[int]:
    """Those whom a small rise would bring in, by what a single exchange needs, and all whom a tie may hold."""
    able: list[int] = np.flatnonzero(others).tolist()
    ranked = sorted(able, key=lambda one: (-floors[one], one))
    open_: list[int] = np.flatnonzero(others & best.undecided()).tolist()
    return sorted({*ranked[: max(NEAR, places // 2)], *open_})


def _turn(solver: Solver, best: Optimum, chosen: Flags, swaps: Swaps, known: tuple[int, int]) -> Turn:
    """Find the best with one candidate on the other side, knowing what an exchange reaches.

    Where the dual values allow no more than that, the exchange is the answer; else those are solved who can matter above it.
    """
    one, floor = known
    most = best.total + best.gap - max(best.gains[one] if chosen[one] else -best.gains[one], 0)
    partner = swaps.partner(one)
    if partner is not None and most - floor < 1 - HALF / 2:
        exchanged = chosen.copy()
        exchanged[[one, partner]] = ~exchanged[[one, partner]]
        return Turn(one, floor, exchanged)
    task = solver.task()
    low, high = task.low.copy(), task.high.copy()
    if floor > NOBODY:
        decided = ~best.undecided(best.total - floor)
        low |= decided & best.chosen
        high &= ~decided | best.chosen
    low[one], high[one] = not chosen[one], not chosen[one]
    found = solver.optimum(*solver.loyal(replace(task, low=low, high=high), chosen, best.duals))
    if found is None:
        return Turn(one, None, None)
    return Turn(one, int(solver.board.scores[found.chosen].sum()), found.chosen)


def flips(solver: Solver, total: int, chosen: Flags, found: Iterable[Turn]) -> tuple[Flip, ...]:
    """Word the turns: the chosen by key first, then the others, the nearest first."""
    board = solver.board
    worded = []
    for turn in found:
        key, inside = board.keys[turn.one], bool(chosen[turn.one])
        if turn.total is None or turn.chosen is None:
            worded.append(Flip(key, inside, None))
            continue
        mine = np.arange(len(chosen)) == turn.one
        worded.append(
            Flip(
                key,
                inside,
                as_score(total - turn.total),
                board.keys_of(turn.chosen & ~chosen & ~mine),
                board.keys_of(chosen & ~turn.chosen & ~mine),
            )
        )
    far = float("inf")
    return tuple(
        sorted(
            worded,
            key=lambda flip: (
                not flip.chosen,
                0 if flip.chosen else far if flip.change is None else flip.change,
                flip.key,
            ),
        )
    )


def ties(solver: Solver, total: int, chosen: Flags, found: Iterable[Turn]) -> tuple[Tie, ...]:
    """Return the groups: whoever changes places in one optimum as good as ours belongs together."""
    groups: list[set[int]] = []
    for turn in found:
        if turn.chosen is None or turn.total != total:
            continue
        group = set(np.flatnonzero(turn.chosen != chosen).tolist())
        for known in [known for known in groups if known & group]:
            groups.remove(known)
            group |= known
        groups.append(group)
    return tuple(_tie(solver, chosen, sorted(group)) for group in sorted(groups, key=min))


def _tie(solver: Solver, chosen: Flags, group: list[int]) -> Tie:
    board = solver.board
    places = int(chosen[group].sum())
    return Tie(tuple(board.keys[one] for one in group), places, _is_open(solver, chosen, group, places))


def _is_open(solver: Solver, chosen: Flags, group: list[int], places: int) -> bool:
    board = solver.board
    if len(set(board.scores[group].tolist())) > 1:
        return False
    if (board.matrix[:, group] == board.matrix[:, group[:1]]).all():
        return True
    if comb(len(group), places) > _MOST_TRIED:
        return False
    tried = chosen.copy()
    for some in combinations(group, places):
        tried[group] = False
        tried[list(some)] = True
        if not board.allows(tried):
            return False
    return True
