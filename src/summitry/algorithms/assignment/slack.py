"""How far a problem without an assignment can be served, and how much further with larger capacities.

Two maximum flows measure it: one for the reads that the entries need, one for the reads that the jurors must have. One flow
attains both at once (Mendelsohn and Dulmage, Some generalizations of the problem of distinct representatives, 1958), so that
the two are never played off against each other. A relief is an augmentation of what was found: what is served stays served.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from ortools.graph.python import max_flow
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order

from summitry.algorithms.assignment.grid import Grid, Group, Mask, Whole
from summitry.algorithms.assignment.network import SOURCE, Network, network_of
from summitry.algorithms.assignment.types import Goal


def eased(grid: Grid) -> Grid:
    """The grid with reads, loads and minimums that leave room for what is kept."""
    most = np.maximum(grid.most, grid.kept.sum(axis=0))
    return replace(
        grid,
        reads=np.maximum(grid.reads, grid.kept.sum(axis=1)),
        most=most,
        least=np.minimum(grid.least, most),
    )


@dataclass(frozen=True, slots=True)
class Supply:
    """A maximum flow for one goal. Arcs: the pairs, barred ones too, then per juror, per cap, and per entry to the sink."""

    goal: Goal
    net: Network
    width: int
    tails: Whole
    heads: Whole
    capacities: Whole
    flows: Whole

    @property
    def loads(self) -> slice:
        """The arcs from the source to the jurors."""
        jurors = self.net.jurors
        return slice(len(self.net.rows), len(self.net.rows) + jurors)

    @property
    def caps(self) -> slice:
        """The arcs of the caps."""
        start = len(self.net.rows) + self.net.jurors
        return slice(start, start + len(self.net.cap_rows))

    @property
    def needs(self) -> slice:
        """The arcs from the entries to the sink."""
        return slice(len(self.net.tails), len(self.tails))

    @property
    def wanting(self) -> Whole:
        """How many reads each entry lacks, or each juror, by the goal; a part of a read counts as one."""
        side = self.needs if self.goal == "reads" else self.loads
        return -((self.flows[side] - self.capacities[side]) // self.width)

    @property
    def lack(self) -> int:
        """How many reads are wanting altogether."""
        return -(-self.lack_in_units // self.width)

    @property
    def lack_in_units(self) -> int:
        """What is wanting, in parts of a read: as many as the width."""
        side = self.needs if self.goal == "reads" else self.loads
        return int((self.capacities[side] - self.flows[side]).sum())

    def raised(self, capacities: Whole) -> Supply:
        """The flow augmented within larger capacities: no juror gets fewer reads by it, and no entry."""
        forward = np.flatnonzero(capacities > self.flows)
        backward = np.flatnonzero((self.flows > 0) & (self.tails != SOURCE) & (self.heads != self.net.nodes))
        tails = np.concatenate([self.tails[forward], self.heads[backward]])
        heads = np.concatenate([self.heads[forward], self.tails[backward]])
        more = _most(
            tails, heads, np.concatenate([(capacities - self.flows)[forward], self.flows[backward]]), self.net
        )
        flows = self.flows.copy()
        flows[forward] += more[: len(forward)]
        flows[backward] -= more[len(forward) :]
        return replace(self, capacities=capacities, flows=flows)

    def tight(self) -> tuple[Mask, Mask]:
        """The entries and the jurors that compete for the reads that are wanting."""
        found = self._tight()
        first_entry = 1 + self.net.jurors
        entries = len(self.tails) - len(self.net.tails)
        return found[first_entry : first_entry + entries], found[1:first_entry]

    def crossing(self) -> int:
        """How many pairs could give more to those that compete, if a pair could carry more."""
        found, pairs = self._tight(), len(self.net.rows)
        heads, tails = found[self.heads[:pairs]], found[self.tails[:pairs]]
        able = self.capacities[:pairs] > 0
        return int(np.count_nonzero(able & (heads & ~tails if self.goal == "reads" else tails & ~heads)))

    def _tight(self) -> Mask:
        """The nodes that a search finds in the residual network from what lacks reads: the narrow side of a minimum cut.

        From entries it goes against the direction of the flow, from jurors along it: these are the two outer parts of the
        decomposition of Dulmage and Mendelsohn (Coverings of bipartite graphs, 1958).
        """
        inner = (self.tails != SOURCE) & (self.heads != self.net.nodes)
        free, used = inner & (self.flows < self.capacities), inner & (self.flows > 0)
        before = np.concatenate([self.tails[free], self.heads[used]])
        after = np.concatenate([self.heads[free], self.tails[used]])
        first_entry = 1 + self.net.jurors
        lacking = np.flatnonzero(self.wanting) + (first_entry if self.goal == "reads" else 1)
        if self.goal == "reads":
            before, after = after, before
        start = self.net.nodes
        arcs = (np.append(before, np.full(len(lacking), start)), np.append(after, lacking))
        graph = csr_array((np.ones(len(arcs[0]), np.int8), arcs), shape=(start + 1, start + 1))
        found = np.zeros(start + 1, bool)
        found[breadth_first_order(graph, start, return_predecessors=False)] = True
        return found[:start]


def supply(grid: Grid, groups: tuple[Group, ...], goal: Goal, share: float = 1.0) -> Supply:
    """The maximum flow of an eased grid with nested groups; a pair carries at most `share` of a read."""
    width = 1 if share >= 1 else 10_000
    net = network_of(grid, groups, ~grid.kept, width)
    capacities = net.capacities.copy()
    pairs = len(net.rows)
    capacities[:pairs] = np.where(grid.barred[net.rows, net.columns], 0, round(share * width))
    capacities[pairs : pairs + net.jurors] = (grid.room if goal == "reads" else grid.floor) * width
    entries = 1 + net.jurors + np.arange(len(grid.entries))
    tails = np.append(net.tails, entries)
    heads = np.append(net.heads, np.full(len(entries), net.nodes))
    capacities = np.append(capacities, grid.need * width)
    return Supply(goal, net, width, tails, heads, capacities, _most(tails, heads, capacities, net))


def _most(tails: Whole, heads: Whole, capacities: Whole, net: Network) -> Whole:
    """A maximum flow from the source to the sink, which is the node after all others."""
    flow = max_flow.SimpleMaxFlow()
    arcs = flow.add_arcs_with_capacity(tails, heads, capacities)
    if not len(arcs):
        return np.zeros(0, np.int64)
    if (status := flow.solve(SOURCE, net.nodes)) != flow.OPTIMAL:
        raise ArithmeticError(f"The flow ended with {status}.")
    found: Whole = flow.flows(arcs)
    return found
