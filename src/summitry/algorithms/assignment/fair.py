"""The fairest assignment, and among the fairest the best: a floor under every entry, then the largest total above it.

The floor is a share of the most that fractions of pairs could give all entries at once. To find out whether whole pairs can
is NP-hard in general (Garg et al., Assigning papers to referees, 2010), yet mostly a matter of seconds.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from summitry.algorithms.assignment import exact, network
from summitry.algorithms.assignment.best import bound_of, optimum, result_of, total_of, worst_of
from summitry.algorithms.assignment.clock import Clock
from summitry.algorithms.assignment.grid import Grid, Mask, nested
from summitry.algorithms.assignment.types import WHOLE, Note, Problem, Result

SHARES = (1.0, 0.99, 0.97, 0.95, 0.92, 0.9, 0.85, 0.8, 0.7, 0.5, 0.3, 0.1)
"""Where a floor cannot be reached, the next lower one is tried: these shares of it."""
REWEIGHTINGS = 30
HEAVIER = 1.3
"""So many flows, in which entries below the floor weigh so much more each time, where no floor could be proved."""


def fair(problem: Problem, grid: Grid, progress: Callable[[float, str], None]) -> Result | None:
    """The assignment of the largest total among those that keep the floor, or None where there is none."""
    clock = Clock(problem.seconds)
    plain = optimum(grid, clock)
    if plain is None:
        return None
    bound = bound_of(grid, plain, clock)
    progress(0.1, "floor")
    search = _Search(grid, plain, clock)
    ceiling = search.ceiling()
    progress(0.3, "fair")
    chosen, notes = search.above(step_down(grid, ceiling * problem.floor_share))
    return result_of(
        problem,
        grid,
        chosen,
        bound=bound,
        clock=clock,
        floor=worst_of(grid, chosen),
        worst_bound=ceiling,
        notes=notes,
    )


def step_down(grid: Grid, floor: float) -> int:
    """The floor in the steps in which sums of affinities come at all."""
    possible = grid.affinity[grid.open | grid.kept]
    step = int(np.gcd.reduce(possible)) if len(possible) else 0
    return int(floor) // step * step if step else 0


class _Search:
    """The search for the highest floor, from an assignment without one."""

    def __init__(self, grid: Grid, plain: Mask, clock: Clock) -> None:
        self.grid, self.plain, self.clock = grid, plain, clock
        self.lowest = worst_of(grid, plain)
        self._linear: dict[int, exact.Linear | None] = {}

    def linear(self, floor: int, share: float = 1.0) -> exact.Linear | None:
        """The linear program above a floor, solved once."""
        if floor not in self._linear:
            self._linear[floor] = exact.linear(self.grid, floor, self.clock, share)
        return self._linear[floor]

    def ceiling(self) -> int:
        """A bound of the worst entry's sum: the linear program's, or where time is short that of each entry alone."""
        alone = self.alone()
        if self.lowest >= alone or self.linear(alone, 0.5):
            return alone
        together = exact.largest_floor(self.grid, self.clock, 0.5)
        return alone if together is None else min(alone, step_down(self.grid, together + 1e-3))

    def alone(self) -> int:
        """The smallest of what each entry would have if all its best jurors were free."""
        grid = self.grid
        offered = -np.sort(-np.where(grid.open, grid.affinity, 0), axis=1)
        first = np.arange(offered.shape[1])[None, :] < grid.need[:, None]
        sums = ((offered * first).sum(axis=1) + grid.held)[grid.reads > 0]
        return int(sums.min()) if len(sums) else 0

    def above(self, wanted: int) -> tuple[Mask, tuple[Note, ...]]:
        """The best above the highest floor that can be reached, from `wanted` downwards."""
        floors = sorted({step_down(self.grid, wanted * share) for share in SHARES}, reverse=True)
        for floor in floors:
            lower = () if floor == floors[0] else (Note.FLOOR_LOWERED,)
            if floor <= self.lowest:
                return self.plain, lower
            relaxed = self.linear(floor)
            if relaxed is not None:
                found = exact.whole(self.grid, floor, relaxed, self.clock, near=True)
                if found.chosen is not None:
                    return found.chosen, lower if found.complete else (*lower, Note.UNPROVED)
            if not self.clock.left:
                break
        return self.reweighted(wanted), (Note.FLOOR_LOWERED, Note.REWEIGHTED)

    def reweighted(self, wanted: int) -> Mask:
        """The fairest of a series of flows in which entries below the wanted floor weigh more each time."""
        grid, groups = self.grid, nested(self.grid.groups)
        best = chosen = self.plain
        if groups is None:
            return best
        net = network.network_of(grid, groups, grid.open)
        gain = grid.affinity[net.rows, net.columns] + grid.former[net.rows, net.columns] * int(
            exact.STICKY * WHOLE
        )
        weights = np.ones(len(grid.entries))
        for _round in range(REWEIGHTINGS):
            sums = (grid.affinity * chosen).sum(axis=1)
            weights[(sums < wanted) & (grid.reads > 0)] *= HEAVIER
            flows = network.cheapest(net, grid, -np.rint(gain * weights[net.rows]).astype(np.int64))
            if flows is None:
                break
            chosen = grid.kept.copy()
            chosen[net.rows, net.columns] = flows > 0
            best = max(best, chosen, key=lambda one: (worst_of(grid, one), total_of(grid, one)))
        return best
