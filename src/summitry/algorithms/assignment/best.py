"""The assignment of the largest total: one flow, or one integer program where the caps cross.

Former pairs weigh more than any total, so that a repair moves a review only where the rules demand it.
"""

from __future__ import annotations

from collections.abc import Callable

from summitry.algorithms.assignment import exact, network
from summitry.algorithms.assignment.clock import Clock
from summitry.algorithms.assignment.connect import connected
from summitry.algorithms.assignment.grid import Grid, Mask, Whole, nested
from summitry.algorithms.assignment.types import WHOLE, Note, Problem, Result, UnansweredError


def best(problem: Problem, grid: Grid, progress: Callable[[float, str], None]) -> Result | None:
    """The assignment of the largest total, or None where there is none."""
    clock = Clock(problem.seconds)
    chosen = optimum(grid, clock)
    if chosen is None:
        return None
    return result_of(problem, grid, chosen, bound=bound_of(grid, chosen, clock), clock=clock)


def bound_of(grid: Grid, chosen: Mask, clock: Clock) -> int:
    """The largest total there is: that of the optimum, unless former pairs held it back or caps cross."""
    if nested(grid.groups) is None and grid.open.any():
        relaxed = exact.linear(grid, 0, clock, sticky=False)
        kept = total_of(grid, grid.kept)
        return total_of(grid, grid.open) if relaxed is None else exact.whole_units(relaxed.total) + kept
    freed = optimum(grid, clock, sticky=False) if grid.former.any() else None
    return total_of(grid, chosen if freed is None else freed)


def total_of(grid: Grid, chosen: Mask) -> int:
    """The summed affinity of the chosen pairs."""
    return int(grid.affinity[chosen].sum())


def optimum(grid: Grid, clock: Clock, *, sticky: bool = True) -> Mask | None:
    """The pairs of the largest total, kept ones included; former ones first, if `sticky`. None where there are none."""
    groups = nested(grid.groups)
    if groups is None:
        return _by_program(grid, clock)
    net = network.network_of(grid, groups, grid.open)
    gain = grid.affinity[net.rows, net.columns]
    if sticky:
        gain = gain + grid.former[net.rows, net.columns] * network.weight_above(grid, net)
    flows = network.cheapest(net, grid, -gain)
    if flows is None:
        return None
    chosen = grid.kept.copy()
    chosen[net.rows, net.columns] = flows > 0
    return chosen


def _by_program(grid: Grid, clock: Clock) -> Mask | None:
    """The optimum where caps cross; raises UnansweredError where nothing is found in the time."""
    if (grid.need < 0).any() or (grid.room < grid.floor).any():
        return None
    if not grid.open.any():
        return None if grid.need.any() or grid.floor.any() else grid.kept
    relaxed = exact.linear(grid, 0, clock)
    found = exact.Found(None, complete=True) if relaxed is None else exact.whole(grid, 0, relaxed, clock)
    if found.chosen is None and (clock.decided or not found.complete):
        raise UnansweredError("The caps cross and the integer program found nothing in its time.")
    return found.chosen


def worst_of(grid: Grid, chosen: Mask) -> int:
    """The smallest summed affinity of an entry that is read at all; 0 where none is."""
    sums = (grid.affinity * chosen).sum(axis=1)[grid.reads > 0]
    return int(sums.min()) if len(sums) else 0


def result_of(
    problem: Problem,
    grid: Grid,
    chosen: Mask,
    *,
    bound: int,
    clock: Clock,
    floor: int = 0,
    worst_bound: int | None = None,
    notes: tuple[Note, ...] = (),
    shares: Whole | None = None,
) -> Result:
    """The result of the chosen pairs, joined to one graph where the problem asks for it and `floor` is kept."""
    crossing = nested(grid.groups) is None
    chosen, components = connected(grid, chosen, floor, mend=problem.connect and shares is None)
    more = {
        Note.CAPS_CROSS: crossing,
        Note.STOPPED: clock.decided,
        Note.NOT_CONNECTED: problem.connect and components > 1,
    }
    return Result(
        pairs=grid.pairs(chosen),
        total=total_of(grid, chosen),
        bound=bound,
        worst=worst_of(grid, chosen),
        worst_bound=worst_bound,
        moved=grid.pairs(grid.former & ~chosen),
        components=components,
        solver=exact.SOLVER if crossing or problem.mode == "fair" else network.SOLVER,
        expected=None if shares is None else int((grid.affinity * shares).sum()) // WHOLE,
        probabilities=() if shares is None else grid.weighted(shares),
        notes=tuple(sorted({*notes, *(note for note, holds in more.items() if holds)})),
    )
