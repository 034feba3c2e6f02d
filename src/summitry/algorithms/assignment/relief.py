"""The cheapest changes that free a shortage: one flow in which every relief has its price.

It is the flow of the assignment with arcs added: more load for a juror, a barred pair, a read less for an entry, a read less
to a juror's minimum. The cheapest flow takes no relief that it could do without, so that no step of it can be left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np
from ortools.graph.python import min_cost_flow

from summitry.algorithms.assignment.grid import Mask, Whole
from summitry.algorithms.assignment.lack import Study
from summitry.algorithms.assignment.network import SOURCE, Network, network_of
from summitry.algorithms.assignment.types import LARGEST, GroupKind

LOADS = (1, 1, 2, 4, 8, 16, 32, LARGEST)
"""The steps in which a juror's further load becomes dearer, so that the burden is spread."""
LOAD, IDLE, LIFT, MINIMUM, READ = 10, 50, 100, 10_000, 1_000_000
"""Prices: of a read above a juror's load, the more for one who has room for nothing but what she keeps; of a barred pair; of
a read less to a juror's minimum; of a read less for an entry. What is dearer is taken only where nothing cheaper does."""


@dataclass(frozen=True, slots=True, eq=False)
class Means:
    """What may be changed: loads, the barred pairs of `lifts`, and caps by how much. The rest is paid by doing with less."""

    loads: bool = False
    lifts: Mask | None = None
    raises: Mapping[GroupKind, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, eq=False)
class Relief:
    """By how much each load rises, which bars are lifted, and by how much reads and minimums are lowered."""

    loads: Whole
    lifts: Mask
    reads: Whole
    minimums: Whole


def relief(study: Study, means: Means) -> Relief:
    """The cheapest relief of a study without clashes whose minimums lie within the loads."""
    grid = study.eased
    width = 1 if study.share >= 1 else 10_000
    net = network_of(grid, study.groups, ~grid.kept, width)
    capacities = _capacities(study, net, means, width)
    jurors, entries = 1 + np.arange(len(grid.most)), 1 + len(grid.most) + np.arange(len(grid.reads))
    pairs = len(net.rows)
    costs = np.zeros(len(net.tails), np.int64)
    costs[:pairs] = LIFT * grid.barred[net.rows, net.columns]
    layers = len(LOADS) if means.loads else 0
    dearer = LOAD + np.arange(layers)[:, None] + np.where(grid.room > 0, 0, IDLE)[None, :]
    more = np.array(LOADS[:layers], np.int64)[:, None] * np.ones_like(grid.most)[None, :]
    flows = _cheapest(
        (net.tails, np.full(more.size, SOURCE), jurors, np.full(len(entries), SOURCE)),
        (net.heads, np.tile(jurors, layers), np.full(len(jurors), SOURCE), entries),
        (capacities, more.ravel() * width, grid.floor * width, grid.need * width),
        (costs, dearer.ravel(), np.full(len(jurors), MINIMUM), np.full(len(entries), READ)),
        _supplies(study, net, width),
    )
    used, loads, minimums, reads = flows
    lifts = np.zeros(grid.barred.shape, bool)
    lifts[net.rows, net.columns] = used[:pairs] > 0
    return Relief(
        loads=-(-loads.reshape(layers, len(jurors)).sum(axis=0) // width),
        lifts=lifts & grid.barred,
        reads=-(-reads // width),
        minimums=-(-minimums // width),
    )


def left(study: Study, means: Means) -> tuple[int, int]:
    """What the means leave wanting at best, in parts of a read: of the reads, and to the minimums."""
    found = []
    for part in (study.reads, study.minimums):
        capacities = np.maximum(part.capacities, 0)
        capacities[: len(part.net.tails)] = np.maximum(
            _capacities(study, part.net, means, part.width), capacities[: len(part.net.tails)]
        )
        capacities[part.loads] = part.capacities[part.loads]
        if means.loads and part.goal == "reads":
            capacities[part.loads] = LARGEST * part.width
        found.append(part.raised(capacities).lack_in_units)
    return found[0], found[1]


def least_raises(study: Study, kinds: tuple[GroupKind, ...], means: Means) -> dict[GroupKind, int]:
    """The smallest raises of caps of these kinds that help as much as their removal; nothing where that does not help."""
    everything = int(study.eased.reads.max(initial=0))
    raises: dict[GroupKind, int] = dict.fromkeys(kinds, everything)
    best = left(study, replace(means, raises=raises))
    if best == left(study, means):
        return {}
    for kind in kinds:
        low, high = 0, everything
        while low < high:
            middle = (low + high) // 2
            enough = left(study, replace(means, raises=raises | {kind: middle})) == best
            low, high = (low, middle) if enough else (middle + 1, high)
        raises[kind] = high
    return {kind: by for kind, by in raises.items() if by}


def _capacities(study: Study, net: Network, means: Means, width: int) -> Whole:
    grid, pairs = study.eased, len(net.rows)
    capacities = net.capacities.copy()
    barred = grid.barred[net.rows, net.columns]
    if means.lifts is not None:
        barred = barred & ~means.lifts[net.rows, net.columns]
    capacities[:pairs] = np.where(barred, 0, round(study.share * width))
    raised = np.array([means.raises.get(group.kind, 0) for group in study.groups], np.int64)
    if len(raised):
        capacities[pairs + net.jurors :] += raised[net.cap_groups] * width
    return capacities


def _supplies(study: Study, net: Network, width: int) -> Whole:
    """Jurors must pass on their minimums, entries take their needs; the source makes up the difference, either way."""
    floor, need = study.eased.floor, study.eased.need
    supplies = np.zeros(net.nodes, np.int64)
    supplies[SOURCE] = need.sum() - floor.sum()
    supplies[1 : 1 + len(floor)] = floor
    supplies[1 + len(floor) : 1 + len(floor) + len(need)] = -need
    return supplies * width


def _cheapest(
    tails: tuple[Whole, ...],
    heads: tuple[Whole, ...],
    capacities: tuple[Whole, ...],
    costs: tuple[Whole, ...],
    supplies: Whole,
) -> list[Whole]:
    """The flows of the cheapest flow, in the parts in which the arcs are given."""
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(*map(np.concatenate, (tails, heads, capacities, costs)))
    flow.set_nodes_supplies(np.arange(len(supplies)), supplies)
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise ArithmeticError(f"The flow ended with {status}.")
    found: Whole = flow.flows(arcs)
    return np.split(found, np.cumsum([len(part) for part in tails])[:-1])
