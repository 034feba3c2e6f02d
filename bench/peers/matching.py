"""Two published methods of assignment, written anew from their description, since neither can be installed from PyPI.

MinMax is the default of openreview-matcher: loads up to the minimum first, each as a flow, then the rest. FairFlow is that of
Kobren, Saha and McCallum, Paper Matching with Local Fairness Constraints (KDD 2019). Both with array arcs and numpy, so that
they are compared as methods and not for the speed of Python. FairFlow leaves open which juror a well served entry hands on;
`mindful`, it is the least fitting one.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from ortools.graph.python import min_cost_flow

from summitry.algorithms.assignment import Problem

Whole = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
NEVER = 10**9
ROUNDS = 10
"""So many targets are tried, by halving."""


class Case:
    """A problem in arrays, rows being entries."""

    def __init__(self, problem: Problem) -> None:
        self.affinity = problem.affinity.astype(np.int64)
        self.handing = np.zeros_like(self.affinity)
        self.open = np.ones(self.affinity.shape, bool)
        for entry, juror in problem.barred:
            self.open[entry, juror] = False
        self.reads = np.array([entry.reads for entry in problem.entries])
        self.most = np.array([juror.most for juror in problem.jurors])
        self.least = np.array([juror.least for juror in problem.jurors])


def min_max(problem: Problem) -> Mask:
    """Minimum loads first at the best total, then the rest: affinities to 1/100, and pairs that round to 0 are left out."""
    case = Case(problem)
    case.affinity = case.affinity // 100
    case.open &= case.affinity > 0
    return _filled(case, np.zeros_like(case.open))


def _filled(case: Case, chosen: Mask) -> Mask:
    """The pairs completed: first to the minimum loads, then to all reads."""
    for loads in (case.least, case.most):
        free = case.open & ~chosen
        rows, columns = np.nonzero(free)
        entries, jurors = chosen.shape
        supply = np.maximum(loads - chosen.sum(axis=0), 0)
        need = np.maximum(case.reads - chosen.sum(axis=1), 0)
        flow = min_cost_flow.SimpleMinCostFlow()
        arcs = flow.add_arcs_with_capacity_and_unit_cost(
            columns, jurors + rows, np.ones(len(rows), np.int64), -case.affinity[rows, columns]
        )
        flow.set_nodes_supplies(np.arange(jurors + entries), np.append(supply, -need))
        flow.solve_max_flow_with_min_cost()
        used = flow.flows(arcs) > 0
        chosen = chosen.copy()
        chosen[rows[used], columns[used]] = True
    return chosen


def fair_flow(problem: Problem, *, mindful: bool = False) -> Mask:
    """The answer at the highest target that was reached."""
    case = Case(problem)
    case.handing = case.affinity // 100 if mindful else np.zeros_like(case.affinity)
    chosen = _filled(case, np.zeros_like(case.open))
    low, high, fairest = 0.0, float(case.affinity.max() * case.reads.max()), 0
    target = high / 2
    for _round in range(ROUNDS):
        chosen = _towards(case, chosen, target)
        worst = int(_sums(case, chosen).min())
        if worst >= max(fairest, target - case.affinity.max()):
            low, fairest = target, worst
        else:
            high = target
        target = (low + high) / 2
    return _towards(case, chosen, low)


def _towards(case: Case, chosen: Mask, target: float) -> Mask:
    """Refinements as long as fewer entries are more than one affinity below the target."""
    below = len(chosen) + 1
    while (now := int((_sums(case, chosen) < target - case.affinity.max()).sum())) and now < below:
        below, improved = now, _improved(case, chosen, target)
        if (improved.sum(axis=1) != case.reads).any():
            break
        chosen = improved
    return chosen


def _sums(case: Case, chosen: Mask) -> Whole:
    return np.asarray((case.affinity * chosen).sum(axis=1))


def _improved(case: Case, chosen: Mask, target: float) -> Mask:
    """One refinement: entries well served hand jurors, directly or over the middling ones, to the worst served.

    These give up their worst juror beforehand, and what is then missing is filled by flows.
    """
    sums, largest = _sums(case, chosen), case.affinity.max()
    lowest = target - largest
    rich, poor = sums >= target, sums < lowest
    chosen = chosen.copy()
    worst = np.where(chosen, case.affinity, largest + 1).argmin(axis=1)
    chosen[np.flatnonzero(poor), worst[poor]] = False
    sums = _sums(case, chosen)
    entries, jurors = chosen.shape
    givers = np.asarray((chosen & rich[:, None]).any(axis=0))
    gives = chosen & (rich[:, None] | _may_swap(case, chosen, sums, lowest, ~rich & ~poor, givers))
    takes = case.open & ~chosen & ((~rich & ~poor)[:, None] & givers | poor[:, None] & gives.any(axis=0))
    source, sink, gate = entries + jurors, entries + jurors + 1, entries + jurors + 2
    given, taken = np.nonzero(gives), np.nonzero(takes)
    price = np.where(sums[taken[0]] + case.affinity[taken] >= lowest, 10_000, 1) * (1 + case.affinity[taken])
    arcs = [
        (given[0], entries + given[1], case.handing[given]),
        (
            entries + taken[1],
            np.where(poor[taken[0]], taken[0], gate + taken[0]),
            np.where(poor[taken[0]], -price, -case.handing[taken]),
        ),
        (np.full(rich.sum(), source), np.flatnonzero(rich), 0),
        (np.flatnonzero(poor), np.full(poor.sum(), sink), 0),
        (gate + np.flatnonzero(~rich & ~poor), np.flatnonzero(~rich & ~poor), 0),
    ]
    flow = min_cost_flow.SimpleMinCostFlow()
    placed = [
        flow.add_arcs_with_capacity_and_unit_cost(
            tails,
            heads,
            np.ones(len(tails), np.int64),
            np.broadcast_to(np.asarray(cost, np.int64), len(tails)).copy(),
        )
        for tails, heads, cost in arcs
    ]
    amount = int(min(rich.sum(), poor.sum()))
    flow.set_nodes_supplies(np.array([source, sink]), np.array([amount, -amount]))
    flow.solve_max_flow_with_min_cost()
    moved, received = flow.flows(placed[0]) > 0, flow.flows(placed[1]) > 0
    chosen[given[0][moved], given[1][moved]] = False
    chosen[taken[0][received], taken[1][received]] = True
    return _filled(case, chosen)


def _may_swap(case: Case, chosen: Mask, sums: Whole, lowest: float, middling: Mask, givers: Mask) -> Mask:
    """The pairs of middling entries that may go if the least fitting newcomer comes, so that they stay above the lowest."""
    newcomers = np.where(case.open & ~chosen & givers, case.affinity, NEVER).min(axis=1)
    fits = newcomers[:, None] < NEVER
    return np.asarray(
        middling[:, None] & fits & (sums[:, None] + newcomers[:, None] - case.affinity >= lowest)
    )
