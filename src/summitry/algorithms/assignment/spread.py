"""The random assignment: probabilities under a limit, spread over many pairs at little loss, and one draw from them.

Every pair carries up to the limit in segments of falling gain, which makes Perturbed Maximization (Xu et al., A one-size-fits-
all approach to improving randomness in paper assignment, 2023) a flow; the limit as such is that of Jecmen et al.,
Mitigating manipulation in peer review via randomized paper assignments, 2020.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from summitry.algorithms.assignment import network
from summitry.algorithms.assignment.best import bound_of, optimum, result_of
from summitry.algorithms.assignment.clock import Clock
from summitry.algorithms.assignment.draw import draw
from summitry.algorithms.assignment.grid import Grid, Whole, nested
from summitry.algorithms.assignment.lack import Study
from summitry.algorithms.assignment.types import WHOLE, Problem, Result

SEGMENTS = np.array([1, 1, 2, *[4] * 15])
"""The widths of the segments, as parts of the limit: fine where a pair's probability is small, so that many get some."""
SPREAD = 0.1
"""How far the gain has fallen where a probability is one half."""
FINE = 16
"""Gains are counted in parts of a ten-thousandth, so that the fall shows in small affinities too."""
STICKY = 10 * WHOLE
"""What a former pair is worth, as in `exact`."""


def randomised(problem: Problem, grid: Grid, progress: Callable[[float, str], None]) -> Result | None:
    """A draw from the best probabilities under the limit, or None where there are none.

    Raises ValueError where caps cross: no draw can keep those and every probability at once.
    """
    clock = Clock(problem.seconds)
    if nested(grid.groups) is not None and not Study(problem, grid).lack.nothing:
        return None
    shares = probabilities(problem, grid)
    if shares is None:
        return None
    plain = optimum(grid, clock)
    if plain is None:
        return None
    progress(0.7, "draw")
    chosen = draw(grid, shares, problem.seed)
    return result_of(
        problem,
        grid,
        chosen,
        bound=bound_of(grid, plain, clock),
        clock=clock,
        shares=shares,
    )


def probabilities(problem: Problem, grid: Grid) -> Whole | None:
    """The probability of each pair in ten-thousandths: rows add up to the reads, columns stay within the loads."""
    groups = nested(grid.groups)
    if groups is None:
        raise ValueError("A draw needs organisations and entities that are nested.")
    limit = round(problem.limit * WHOLE)
    net = network.network_of(grid, groups, grid.open, WHOLE)
    pairs = len(net.rows)
    ends = np.rint(np.cumsum(SEGMENTS) / SEGMENTS.sum() * limit).astype(np.int64)
    widths = np.diff(ends, prepend=0)
    middles = (ends - widths / 2) / WHOLE
    gains = np.rint(FINE * np.outer(grid.affinity[net.rows, net.columns], 1 - 2 * SPREAD * middles))
    former = grid.former[net.rows, net.columns]
    gains = gains.astype(np.int64) + (FINE * STICKY * former)[:, None]
    layered = network.layered(net, np.tile(widths, (pairs, 1)))
    flows = network.cheapest(layered, grid, -gains.ravel(), WHOLE)
    if flows is None:
        return None
    shares = grid.kept * WHOLE
    shares[net.rows, net.columns] = flows.reshape(pairs, len(widths)).sum(axis=1)
    return shares
