"""The selection itself: the optimum under the quotas, and everything that is said about it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from summitry.algorithms.selection.board import Board, Flags
from summitry.algorithms.selection.chances import chances
from summitry.algorithms.selection.exact import Optimum, Solver
from summitry.algorithms.selection.flips import flips, ties, turns
from summitry.algorithms.selection.order import smallest
from summitry.algorithms.selection.shortage import shortage
from summitry.algorithms.selection.swaps import Swaps
from summitry.algorithms.selection.types import Price, Problem, Result, Shortage, as_score

Progress = Callable[[float, str], None]


def run(problem: Problem, progress: Progress) -> Result | Shortage:
    """Return the optimum with its prices, flips, chances, reserve and ties; or why there is none.

    Exact, and the same for the same problem in any order. Raises UnsolvedError where the solver gives up.
    """
    progress(0.0, "optimum")
    board = Board(problem)
    solver = Solver(board)
    best = solver.optimum(solver.task())
    if best is None:
        progress(0.1, "shortage")
        return shortage(board)
    chosen = smallest(board, best)
    progress(0.05, "prices")
    free = _without(solver, np.zeros(len(board.rows), dtype=bool), chosen, best)
    prices = tuple(_price(solver, index, chosen, best) for index in range(len(board.quotas)))
    swaps = Swaps(board, chosen)
    progress(0.1, "flips")
    found = turns(solver, best, chosen, swaps, lambda done: progress(0.1 + 0.2 * done, "flips"))
    shares = chances(problem, solver, best, chosen, lambda done: progress(0.3 + 0.7 * done, "chances"))
    progress(1.0, "done")
    return Result(
        chosen=board.keys_of(chosen),
        objective=as_score(best.total),
        unconstrained=as_score(int(board.scores[free].sum())),
        counts=board.counts(chosen),
        prices=prices,
        flips=flips(solver, best.total, chosen, found),
        chances=shares,
        reserve=swaps.reserve(problem.reserve),
        ties=ties(solver, best.total, chosen, found),
    )


def _price(solver: Solver, quota: int, chosen: Flags, best: Optimum) -> Price:
    board = solver.board
    without = _without(solver, np.array([row.quota != quota for row in board.rows], dtype=bool), chosen, best)
    return Price(
        board.quotas[quota],
        as_score(int(board.scores[without].sum()) - best.total),
        board.keys_of(without & ~chosen),
        board.keys_of(chosen & ~without),
    )


def _without(solver: Solver, rows: Flags, chosen: Flags, best: Optimum) -> Flags:
    """Return the optimum where only these rows are kept to: the one most like the chosen."""
    found = solver.optimum(*solver.loyal(solver.task(rows=rows), chosen, best.duals))
    assert found is not None  # noqa: S101 - fewer rows leave the selection possible
    return found.chosen
