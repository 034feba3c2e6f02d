"""In how many draws of the scores each candidate is selected: the whole selection is made anew for each draw."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from scipy.special import ndtri

from summitry.algorithms.selection.board import Board, Flags, Ints
from summitry.algorithms.selection.exact import Optimum, Solver
from summitry.algorithms.selection.types import UNIT, Chance, Problem


def chances(
    problem: Problem, solver: Solver, best: Optimum, chosen: Flags, tell: Callable[[float], None]
) -> tuple[Chance, ...]:
    """Return the share of draws of each candidate who is chosen now or in any of them; nothing without draws.

    Where several selections are the best of a draw, the one most like the present choice counts.
    """
    board = solver.board
    times = np.zeros(len(board.keys), dtype=np.int64)
    count = len(problem.samples) or problem.draws
    for number, scores in enumerate(draws(problem, board)):
        found = solver.optimum(*solver.loyal(solver.task(scores), chosen, best.duals))
        assert found is not None  # noqa: S101 - the scores do not make a selection impossible
        times += found.chosen
        tell((number + 1) / count)
    if not count:
        return ()
    return tuple(
        Chance(board.keys[one], round(int(times[one]) / count, 6))
        for one in np.flatnonzero((times > 0) | chosen)
    )


def draws(problem: Problem, board: Board) -> Iterator[Ints]:
    """Yield scores in millionths, in the order of keys: the samples given, else independent normal draws.

    Normal draws are made from the raw bits of PCG64, whose stream is the same in every version of numpy, by inversion.
    """
    if problem.samples:
        for sample in problem.samples:
            yield np.rint(np.array(sample)[board.order] * UNIT).astype(np.int64)
        return
    bits = np.random.PCG64(problem.seed)
    errors = np.array([problem.candidates[index].error or 0.0 for index in board.order]) * UNIT
    for _draw in range(problem.draws):
        uniform = ((bits.random_raw(len(errors)) >> np.uint64(11)) + 0.5) * 2.0**-53
        yield board.scores + np.rint(ndtri(uniform) * errors).astype(np.int64)
