"""One assignment out of probabilities, so that each pair is chosen exactly as often as its probability says.

Dependent rounding (Gandhi et al., Dependent rounding and its applications to approximation algorithms, 2006) on the flow
network, whose nested caps it keeps (Budish et al., Designing random allocation mechanisms, 2013): along any cycle of arcs
with a fraction, flow is pushed one way or the other, each as likely as leaves every expectation unchanged, until an arc is
whole. All in whole ten-thousandths. The numbers drawn are SHA-256 of the seed and a counter, so that anybody can repeat the
draw with any tool.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import numpy as np

from summitry.algorithms.assignment.grid import Grid, Group, Mask, Whole
from summitry.algorithms.assignment.network import SOURCE, network_of
from summitry.algorithms.assignment.types import WHOLE


def draw(grid: Grid, groups: tuple[Group, ...], shares: Whole, seed: int) -> Mask:
    """The pairs chosen, kept ones included. Reads are met, and loads and caps kept, as they are by the probabilities.

    `groups` are as for the network. Raises ValueError where the probabilities do not add up to the reads.
    """
    if (shares.sum(axis=1) != grid.reads * WHOLE).any():
        raise ValueError("The probabilities of an entry do not add up to its reads.")
    net = network_of(grid, groups, grid.open & (shares > 0), WHOLE)
    flows = np.zeros(len(net.tails), np.int64)
    pairs = len(net.rows)
    flows[:pairs] = shares[net.rows, net.columns]
    inflow = np.bincount(net.heads[:pairs], flows[:pairs], net.nodes).astype(np.int64)
    for arc in range(len(net.tails) - 1, pairs + net.jurors - 1, -1):
        flows[arc] = inflow[net.tails[arc]]
        inflow[net.heads[arc]] += flows[arc]
    flows[pairs : pairs + net.jurors] = np.bincount(net.columns, flows[:pairs], net.jurors)
    rounded = _Rounding(net.tails.tolist(), net.heads.tolist(), flows.tolist(), net.nodes).rounded(seed)
    chosen = grid.kept.copy()
    chosen[net.rows, net.columns] = np.array(rounded[:pairs], np.int64) == WHOLE
    return chosen


def numbers(seed: int) -> Iterator[int]:
    """An endless series of numbers of 256 bits: SHA-256 of the seed, a colon and a counter, in decimal."""
    counter = 0
    while True:
        yield int.from_bytes(hashlib.sha256(f"{seed}:{counter}".encode()).digest())
        counter += 1


class _Rounding:
    """Flows with fractions, and the arcs with a fraction at each node: none or at least two, as every node is balanced."""

    def __init__(self, tails: list[int], heads: list[int], flows: list[int], nodes: int) -> None:
        self.tails, self.heads, self.flows = tails, heads, flows
        self.arcs: list[list[int]] = [[] for _node in range(nodes)]
        for arc in range(len(flows) - 1, -1, -1):
            if flows[arc] % WHOLE:
                self.arcs[tails[arc]].append(arc)
                self.arcs[heads[arc]].append(arc)

    def rounded(self, seed: int) -> list[int]:
        """The flows, all whole."""
        random = numbers(seed)
        for start in range(SOURCE, len(self.arcs)):
            nodes, way = [start], list[int]()
            place = {start: 0}
            while nodes:
                arc = self.next_arc(nodes[-1], way[-1] if way else -1)
                if arc < 0:
                    place.pop(nodes.pop())
                    if way:
                        way.pop()
                    continue
                node = self.heads[arc] if self.tails[arc] == nodes[-1] else self.tails[arc]
                way.append(arc)
                if node not in place:
                    place[node] = len(nodes)
                    nodes.append(node)
                    continue
                since = place[node]
                self.push(nodes[since:], way[since:], next(random))
                for gone in nodes[since + 1 :]:
                    del place[gone]
                del nodes[since + 1 :], way[since:]
        return self.flows

    def next_arc(self, node: int, last: int) -> int:
        """An arc with a fraction at the node, other than the last; -1 where there is none."""
        arcs = self.arcs[node]
        while arcs and not self.flows[arcs[-1]] % WHOLE:
            arcs.pop()
        if not arcs:
            return -1
        if arcs[-1] != last:
            return arcs[-1]
        for at in range(len(arcs) - 2, -1, -1):
            if self.flows[arcs[at]] % WHOLE:
                return arcs[at]
        return -1

    def push(self, nodes: list[int], cycle: list[int], number: int) -> None:
        """Move flow around the cycle until an arc is whole: one way or the other, by the number."""
        signs = [1 if self.tails[arc] == node else -1 for node, arc in zip(nodes, cycle, strict=True)]
        parts = [self.flows[arc] % WHOLE for arc in cycle]
        ways = list(zip(signs, parts, strict=True))
        up = min(WHOLE - part if sign > 0 else part for sign, part in ways)
        down = min(part if sign > 0 else WHOLE - part for sign, part in ways)
        moved = up if number % (up + down) < down else -down
        for sign, arc in zip(signs, cycle, strict=True):
            self.flows[arc] += sign * moved
