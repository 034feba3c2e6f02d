"""The random assignment: probabilities under a limit, spread over many pairs at little loss, and one draw from them.

Every pair carries up to the limit in segments of falling gain, which makes Perturbed Maximization (Xu et al., A one-size-fits-
all approach to improving randomness in paper assignment, 2023) a flow; the limit as such is that of Jecmen et al.,
Mitigating manipulation in peer review via randomized paper assignments, 2020.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from summitry.algorithms.assignment import network
from summitry.algorithms.assignment.best import bound_of, optimum, result_of
from summitry.algorithms.assignment.clock import Clock
from summitry.algorithms.assignment.draw import draw
from summitry.algorithms.assignment.grid import Grid, Group, Mask, Whole, nested
from summitry.algorithms.assignment.lack import Study
from summitry.algorithms.assignment.program import Reals
from summitry.algorithms.assignment.types import WHOLE, Problem, Result, UnansweredError

SEGMENTS = np.array([1, 1, 2, *[4] * 15])
"""The widths of the segments, as parts of the limit: fine where a pair's probability is small, so that many get some."""
SPREAD = 0.1
"""How far the gain has fallen where a probability is one half."""
FINE = 16
"""Gains are counted in parts of a ten-thousandth, so that the fall shows in small affinities too."""
STICKY = 10 * WHOLE
"""What a former pair is worth, as in `exact`."""

UNFOUND = "Organisations and countries or regions cross, and no draw was found that keeps the caps of both."


def randomised(problem: Problem, grid: Grid, progress: Callable[[float, str], None]) -> Result | None:
    """A draw from the best probabilities under the limit, or None where there are none.

    Raises UnansweredError where caps cross and no way round that was found.
    """
    clock = Clock(problem.seconds)
    if not Study(problem, grid).lack.nothing:
        return None
    plain = optimum(grid, clock)
    if plain is None:
        raise UnansweredError(UNFOUND)
    ways = (_under(problem, *way) for way in _ways(grid, problem.limit, plain))
    found = next(filter(None, ways), None)
    if found is None:
        raise UnansweredError(UNFOUND)
    groups, shares = found
    progress(0.7, "draw")
    return result_of(
        problem,
        grid,
        draw(grid, groups, shares, problem.seed),
        bound=bound_of(grid, plain, clock),
        clock=clock,
        shares=shares,
    )


Groups = tuple[Group, ...]


def _ways(grid: Grid, limit: float, plain: Mask) -> Iterator[tuple[Grid, Groups]]:
    """The grid, where its groups are nested; where they cross, grids with fewer pairs in which they are, at each entry."""
    groups = nested(grid.groups)
    if groups is not None:
        yield grid, groups
        return
    # The best jurors; those who serve loads and caps as the plain optimum does; and everybody in turn.
    turns = np.add.outer(np.arange(len(grid.entries)), np.arange(len(grid.jurors))) % len(grid.jurors)
    for worth in (grid.affinity, grid.affinity + plain * WHOLE, turns):
        short = np.zeros(len(grid.reads), bool)
        for _way in range(2):
            way, groups, supply = untangled(grid, limit, worth, short)
            yield way, groups
            short = supply < grid.need


def untangled(grid: Grid, limit: float, worth: Whole, even: Mask) -> tuple[Grid, Groups, Reals]:
    """The grid in which each organisation that crosses entities offers each entry its jurors of one entity only.

    That is the entity of those who are kept, else the one that has the juror worth most; for the `even` entries the one
    that lacks reads most. Also by entry, how many reads it can then have.
    """
    outer = tuple(group for group in grid.groups if group.kind == "entity")
    inner = tuple(group for group in grid.groups if group.kind == "organisation")
    entity = np.full(len(grid.jurors), len(outer))
    for number, group in enumerate(outer):
        entity[group.members] = number
    most = np.stack([*(grid.left(group) for group in outer), grid.reads]).astype(float)
    given = np.zeros_like(most)
    alone = np.setdiff1d(np.arange(len(entity)), np.concatenate([group.members for group in inner]))
    for juror in alone.tolist():
        given[entity[juror]] += limit * grid.open[:, juror]
    barred, every = grid.barred.copy(), np.arange(len(grid.reads))
    for group in inner:
        parts = np.unique(entity[group.members])
        members = [group.members[entity[group.members] == part] for part in parts]
        offers = np.stack([limit * grid.open[:, some].sum(axis=1) for some in members])
        offers = np.minimum(offers, np.maximum(grid.left(group), 0))
        best = np.stack([np.where(grid.open, worth + 1, 0)[:, some].max(axis=1) for some in members])
        lacks = np.minimum(offers, np.maximum(most[parts] - given[parts], 0))
        kept = np.stack([grid.kept[:, some].any(axis=1) for some in members])
        chosen = np.argmax(
            kept * 4.0 * WHOLE * len(entity) + np.where(even, lacks * WHOLE / limit, best), axis=0
        )
        given[parts[chosen], every] += offers[chosen, every]
        for number, some in enumerate(members):
            barred[:, some] |= (chosen != number)[:, None] & ~grid.kept[:, some]
    return replace(grid, barred=barred), (*outer, *inner), np.minimum(given, most).sum(axis=0)


def _under(problem: Problem, grid: Grid, groups: Groups) -> tuple[Groups, Whole] | None:
    shares = probabilities(problem, grid, groups)
    return None if shares is None else (groups, shares)


def probabilities(problem: Problem, grid: Grid, groups: Groups) -> Whole | None:
    """The probability of each pair in ten-thousandths: rows add up to the reads, columns stay within the loads."""
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
