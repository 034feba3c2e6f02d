"""The largest total of a program in whole pairs, by HiGHS through scipy.

The linear program tells what each pair would cost at least; pairs that cost more than the gap to the answer found cannot
improve it, so that the integer program is small (reduced-cost fixing: Nemhauser and Wolsey, Integer and Combinatorial
Optimization, 1988, II.5.2). Searches are limited in nodes first, so that the same problem has the same answer on every
machine, and in seconds only as the last resort.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
import scipy
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, linprog, milp
from scipy.sparse import csr_array, eye_array, hstack, vstack

from summitry.algorithms.assignment.clock import Clock
from summitry.algorithms.assignment.grid import Grid, Mask, Whole
from summitry.algorithms.assignment.program import Numbers, Program, Reals, hold_caps, hold_sums, program_of
from summitry.algorithms.assignment.types import WHOLE

SOLVER = f"HiGHS in SciPy {scipy.__version__}"
WIDTHS = (0.001, 0.01, 0.1, 1.0, np.inf)
"""How much a pair may cost, in affinities, to be in the integer program; the next width where that has no answer."""
NODES = 2_000
"""The largest search of one integer program."""
STICKY = 10.0
"""What a former pair is worth, in affinities: more than any exchange wins that gives up few."""
WIDE = 0.05
CLOSE = 0.002
"""Where `near` suffices, a program of pairs that cost more than `WIDE` is searched until it is as close to its bound."""
EXACT = 1e-5
"""Totals that differ by less are equal: they come in ten-thousandths."""
ENDED_EARLY = 1
"""The status of scipy's solvers where a limit of nodes or seconds ended the search."""


@dataclass(frozen=True, slots=True)
class Linear:
    """The optimum in fractions of pairs, and by how much the total falls at least with each pair that is chosen whole."""

    program: Program
    gain: Reals
    total: float
    costs: Reals


@dataclass(frozen=True, slots=True)
class Found:
    """The chosen pairs, kept ones included; None where there are none, or, if not `complete`, none were found."""

    chosen: Mask | None
    complete: bool


def linear(grid: Grid, floor: int, clock: Clock, share: float = 1.0, *, sticky: bool = True) -> Linear | None:
    """The linear program above a floor; None where it has no solution, or none within a share of the time."""
    program = program_of(grid, grid.open, floor)
    gain = grid.affinity[program.rows, program.columns] / WHOLE
    if sticky:
        gain = gain + STICKY * grid.former[program.rows, program.columns]
    search = partial(_minimum, program.constraint, -gain, len(gain), "highs-ds")
    answer = clock.allow(search, share)
    if answer.status:
        return None
    return Linear(program, gain, -float(answer.fun), answer.lower.marginals + answer.upper.marginals)


def whole(grid: Grid, floor: int, relaxed: Linear, clock: Clock, *, near: bool = False) -> Found:
    """The largest total in whole pairs above a floor, of which the linear program is given.

    With `near`, a hard search may end close to the largest, or without an answer: it is then not complete.
    """
    widths = WIDTHS[:-1] if near else WIDTHS
    width, found = 0.0, Found(None, complete=True)
    for width in widths:
        found = _among(grid, floor, relaxed, width, clock, CLOSE if near and width > WIDE else 0.0)
        if found.chosen is not None or not clock.left:
            break
    if found.chosen is None:
        return Found(None, complete=found.complete and width == np.inf)
    gap = relaxed.total - _gain(relaxed, found.chosen)
    if width < gap <= 10 * width:
        better = _among(grid, floor, relaxed, gap, clock, CLOSE if near and gap > WIDE else 0.0)
        found, width = (found if better.chosen is None else better), gap
    return Found(found.chosen, complete=found.complete and gap <= width + EXACT)


def whole_units(total: float) -> int:
    """The largest whole number of ten-thousandths within a total of the linear program."""
    return int(np.floor(total * WHOLE + 1e-4))


def _gain(relaxed: Linear, chosen: Mask) -> float:
    return float(relaxed.gain[chosen[relaxed.program.rows, relaxed.program.columns]].sum())


def _among(grid: Grid, floor: int, relaxed: Linear, width: float, clock: Clock, close: float) -> Found:
    """The largest total of the pairs that cost no more than the width."""
    near = relaxed.costs <= width
    usable = np.zeros(grid.kept.shape, bool)
    usable[relaxed.program.rows[near], relaxed.program.columns[near]] = True
    program = program_of(grid, usable, floor)
    return clock.allow(partial(_search, grid, program, relaxed.gain[near], close), 0.5)


def _search(grid: Grid, program: Program, gain: Numbers, close: float, seconds: float) -> Found:
    answer = milp(
        -gain,
        integrality=np.ones(len(gain)),
        bounds=Bounds(0, 1),
        constraints=program.constraint,
        options={"time_limit": seconds, "mip_rel_gap": close, "node_limit": NODES},
    )
    complete = answer.status != ENDED_EARLY
    if answer.x is None:
        return Found(None, complete)
    chosen = grid.kept.copy()
    chosen[program.rows, program.columns] = answer.x > 0.5
    proved = not close or abs(answer.fun - answer.mip_dual_bound) < EXACT
    return Found(chosen, complete and proved)


def largest_floor(grid: Grid, clock: Clock, share: float) -> float | None:
    """How high the sums of all entries that are read can be at once, in fractions of pairs; None if not in time."""
    program = program_of(grid, grid.open)
    hold_sums(program, grid, -grid.held / WHOLE)
    held, pairs = program.constraint, len(program.rows)
    level = np.zeros((held.A.shape[0], 1))
    level[len(level) - len(grid.reads) :, 0] = -(grid.reads > 0).astype(float)
    held = LinearConstraint(hstack([held.A, csr_array(level)], format="csr"), held.lb, held.ub)
    cost = np.append(np.zeros(pairs), -1.0)
    answer = clock.allow(partial(_minimum, held, cost, pairs, "highs-ipm"), share)
    return None if answer.status else -float(answer.fun) * WHOLE


def _minimum(
    held: LinearConstraint, cost: Numbers, pairs: int, method: str, seconds: float
) -> OptimizeResult:
    """The least cost; the columns after the pairs have no upper bound."""
    same = held.lb == held.ub
    above, below = ~same & np.isfinite(held.ub), ~same & np.isfinite(held.lb)
    return linprog(
        cost,
        A_ub=vstack([held.A[above], -held.A[below]]),
        b_ub=np.concatenate([held.ub[above], -held.lb[below]]),
        A_eq=held.A[same],
        b_eq=held.ub[same],
        bounds=[(0, 1)] * pairs + [(0, None)] * (len(cost) - pairs),
        method=method,
        options={"time_limit": seconds},
    )


def lacking(grid: Grid, clock: Clock, share: float = 1.0) -> tuple[Whole, Whole]:
    """How many reads of each entry, and to each juror's minimum, stay wanting at best in an eased grid, whatever its caps.

    Where a pair carries at most a share of a read, parts of reads are counted as one.
    """
    rows, columns = np.nonzero(grid.open)
    program = Program(rows, columns)
    ones = np.ones(len(rows))
    program.hold(rows, ones, (grid.need, grid.need))
    program.hold(columns, ones, (grid.floor, grid.room))
    hold_caps(program, grid)
    held = program.constraint
    entries, jurors = len(grid.reads), len(grid.most)
    spare = eye_array(held.A.shape[0], entries + jurors, format="csr")
    held = LinearConstraint(hstack([held.A, spare], format="csr"), held.lb, held.ub)
    cost = np.concatenate([np.zeros(len(rows)), np.full(entries, 2.0), np.ones(jurors)])
    # A minimum that is lent to a juror must not make room in her load, so each load is held once more without it.
    loads = LinearConstraint(
        hstack([program.matrices[1], csr_array((jurors, entries + jurors))], format="csr"), 0, grid.room
    )
    answer = clock.allow(
        lambda seconds: milp(
            cost,
            integrality=np.append(np.full(len(rows), share >= 1), np.zeros(entries + jurors)),
            bounds=Bounds(0, np.append(np.full(len(rows), share), np.full(entries + jurors, np.inf))),
            constraints=[held, loads],
            options={"time_limit": seconds},
        )
    )
    if answer.x is None:
        return grid.need, grid.floor
    slack = np.ceil(answer.x[len(rows) :] - 1e-6).astype(np.int64)
    return slack[:entries], slack[entries:]
