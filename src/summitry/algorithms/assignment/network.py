"""The assignment as a network: jurors feed entries through the caps of their groups; cost scaling finds the optimum.

Lower bounds on a juror's load are taken out of the network as supplies of her own node, as in Ahuja, Magnanti and Orlin,
Network Flows (1993), section 2.4; caps that are nested sets become nodes between juror and entry, which keeps the problem a
flow, so that its optimum in whole numbers is the optimum of the linear program.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.metadata import version

import numpy as np
from ortools.graph.python import min_cost_flow

from summitry.algorithms.assignment.grid import Grid, Group, Mask, Whole
from summitry.algorithms.assignment.types import WHOLE

SOLVER = f"OR-tools {version('ortools')} min-cost flow"
SOURCE = 0
_LARGEST_COST = 2**62


@dataclass(frozen=True, slots=True)
class Network:
    """Arcs with capacities: the pairs (row, column), one from the source to each juror, then the caps.

    Nodes: the source, one per juror, one per entry, then one per cap that can bind at an entry. Cap arc k holds back
    entry `cap_rows[k]` for the group `cap_groups[k]`.
    """

    rows: Whole
    columns: Whole
    tails: Whole
    heads: Whole
    capacities: Whole
    nodes: int
    jurors: int
    cap_rows: Whole
    cap_groups: Whole


def network_of(grid: Grid, groups: tuple[Group, ...], usable: Mask, width: int = 1) -> Network:
    """The network of the usable pairs; every capacity is times `width`.

    `groups` are nested at each entry, as far as its usable pairs go, outer ones first.
    """
    entries, jurors = usable.shape
    first_entry = 1 + jurors
    target = np.broadcast_to((first_entry + np.arange(entries))[:, None], usable.shape).copy()
    tails, heads, capacities, cap_rows, cap_groups = [], [], [], [], []
    nodes = first_entry + entries
    for number, group in enumerate(groups):
        left = grid.left(group)
        binding = np.flatnonzero(usable[:, group.members].sum(axis=1) > left)
        own = nodes + np.arange(len(binding))
        nodes += len(binding)
        tails.append(own)
        first = group.members[usable[np.ix_(binding, group.members)].argmax(axis=1)]
        heads.append(target[binding, first])
        capacities.append(np.maximum(left[binding], 0) * width)
        cap_rows.append(binding)
        cap_groups.append(np.full(len(binding), number))
        target[np.ix_(binding, group.members)] = own[:, None]
    rows, columns = np.nonzero(usable)
    return Network(
        rows=rows,
        columns=columns,
        tails=np.concatenate([1 + columns, np.full(jurors, SOURCE), *tails]),
        heads=np.concatenate([target[rows, columns], 1 + np.arange(jurors), *heads]),
        capacities=np.concatenate(
            [
                np.full(len(rows), width),
                np.maximum(grid.room - grid.floor, 0) * width,
                *capacities,
            ]
        ),
        nodes=nodes,
        jurors=jurors,
        cap_rows=np.concatenate([np.zeros(0, np.int64), *cap_rows]),
        cap_groups=np.concatenate([np.zeros(0, np.int64), *cap_groups]),
    )


def layered(network: Network, widths: Whole) -> Network:
    """The network with each pair's arc split into arcs of the widths in its row."""
    pairs, layers = widths.shape
    return replace(
        network,
        tails=np.append(np.repeat(network.tails[:pairs], layers), network.tails[pairs:]),
        heads=np.append(np.repeat(network.heads[:pairs], layers), network.heads[pairs:]),
        capacities=np.append(widths.ravel(), network.capacities[pairs:]),
    )


def weight_above(grid: Grid, network: Network) -> int:
    """A weight so large that one pair of it outweighs every difference of totals, as far as the solver's numbers reach."""
    above = int(grid.need.sum()) * WHOLE + 1
    return min(above, _LARGEST_COST // (network.nodes + 1) - WHOLE)


def cheapest(network: Network, grid: Grid, costs: Whole, width: int = 1) -> Whole | None:
    """The flow of each pair that meets all needs and loads at the least cost, or None where there is none."""
    floor, need = grid.floor, grid.need
    spare = int(need.sum() - floor.sum())
    if spare < 0 or (need < 0).any() or (grid.room < floor).any():
        return None
    supplies = np.zeros(network.nodes, np.int64)
    supplies[SOURCE] = spare * width
    supplies[1 : 1 + len(floor)] = floor * width
    supplies[1 + len(floor) : 1 + len(floor) + len(need)] = -need * width
    flow = min_cost_flow.SimpleMinCostFlow()
    weights = np.zeros(len(network.tails), np.int64)
    weights[: len(costs)] = costs
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        network.tails, network.heads, network.capacities, weights
    )
    flow.set_nodes_supplies(np.arange(network.nodes), supplies)
    status = flow.solve()
    if status == flow.INFEASIBLE:
        return None
    if status != flow.OPTIMAL:
        raise ArithmeticError(f"The flow ended with {status}.")
    found: Whole = flow.flows(arcs[: len(costs)])
    return found
