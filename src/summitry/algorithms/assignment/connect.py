"""Whether jurors and entries hang together, so that their marks can be compared, and exchanges that join what does not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import breadth_first_order, connected_components

from summitry.algorithms.assignment.grid import Grid, Mask, Whole

WIDEST = 2_000
"""So many pairs of each side are tried against one another, those of the least affinity first."""
NEVER = np.iinfo(np.int64).max


def connected(grid: Grid, chosen: Mask, floor: int, *, mend: bool) -> tuple[Mask, int]:
    """The chosen pairs, mended if asked, and how many components the graph of jurors and entries has.

    Each exchange joins two components at the least loss: two pairs trade their jurors, or one pair takes a juror with room.
    No rule, load, cap or floor is broken by it, and no kept or former pair moved.
    """
    labels = _labels(chosen)
    while mend and (parts := _parts(chosen, labels)) and len(parts) > 1:
        joined = next(filter(None, (_Join(grid, chosen, floor, labels, part).best() for part in parts)), None)
        if joined is None:
            break
        chosen = chosen.copy()
        for row, old, new in joined:
            chosen[row, old], chosen[row, new] = False, True
        labels = _labels(chosen)
    return chosen, len(_parts(chosen, labels))


def _labels(chosen: Mask) -> Whole:
    """The component of each entry, then of each juror."""
    rows, columns = np.nonzero(chosen)
    size = sum(chosen.shape)
    graph = coo_array((np.ones(len(rows)), (rows, len(chosen) + columns)), shape=(size, size))
    return np.asarray(connected_components(graph, directed=False)[1])


def _parts(chosen: Mask, labels: Whole) -> list[int]:
    """The components that have a pair, the smallest first."""
    found, sizes = np.unique(labels[np.nonzero(chosen)[0]], return_counts=True)
    return [int(found[at]) for at in np.lexsort((found, sizes))]


@dataclass(slots=True)
class _Join:
    """The ways to join one component to any other."""

    grid: Grid
    chosen: Mask
    floor: int
    labels: Whole
    part: int

    def best(self) -> list[tuple[int, int, int]]:
        """The changes of the least loss as entry, old juror and new juror; none where nothing joins."""
        ways = sorted(filter(None, (self.swap(), self.move())), key=lambda way: way[0])
        return ways[0][1] if ways else []

    def movable(self, *, inside: bool) -> tuple[Whole, Whole]:
        """The pairs of this component, or of the others, that may be given up."""
        grid = self.grid
        rows, columns = np.nonzero(self.chosen & ~grid.kept & ~grid.former)
        mine = (self.labels[rows] == self.part) == inside
        rows, columns = rows[mine], columns[mine]
        first = np.sort(np.argsort(grid.affinity[rows, columns], kind="stable")[:WIDEST])
        return rows[first], columns[first]

    def free(self) -> Mask:
        """The pairs that might be added: open, and no cap of the entry full for the juror."""
        free = self.grid.open & ~self.chosen
        for group in self.grid.groups:
            full = self.chosen[:, group.members].sum(axis=1) >= group.cap
            free[np.ix_(full, group.members)] = False
        return free

    def slack(self) -> Whole:
        """How much affinity each entry may lose above the floor."""
        return np.asarray((self.grid.affinity * self.chosen).sum(axis=1) - self.floor)

    def swap(self) -> tuple[int, list[tuple[int, int, int]]] | None:
        """Two pairs trade their jurors, where at least one of them is no bridge of its component."""
        here, own = self.movable(inside=True)
        there, other = self.movable(inside=False)
        affinity, free, slack = self.grid.affinity, self.free(), self.slack()
        bridges = bridges_of(self.chosen)
        near = affinity[here, own][:, None] - affinity[np.ix_(here, other)]
        far = affinity[there, other][None, :] - affinity[np.ix_(there, own)].T
        fits = free[np.ix_(here, other)] & free[np.ix_(there, own)].T
        fits &= (near <= slack[here][:, None]) & (far <= slack[there][None, :])
        fits &= ~(bridges[here, own][:, None] & bridges[there, other][None, :])
        if not fits.any():
            return None
        loss = np.where(fits, near + far, NEVER)
        a, b = (int(at) for at in np.unravel_index(loss.argmin(), loss.shape))
        changes = [(int(here[a]), int(own[a]), int(other[b])), (int(there[b]), int(other[b]), int(own[a]))]
        return int(loss[a, b]), changes

    def move(self) -> tuple[int, list[tuple[int, int, int]]] | None:
        """One pair takes a juror of another component who has room, from one who can do with less."""
        grid, chosen = self.grid, self.chosen
        rows, own = np.nonzero(chosen & ~grid.kept & ~grid.former)
        loads = chosen.sum(axis=0)
        able = (loads[own] > grid.least[own]) & (~bridges_of(chosen)[rows, own] | (loads[own] == 1))
        rows, own = rows[able], own[able]
        entries = len(chosen)
        crosses = (self.labels[rows] == self.part)[:, None] != (self.labels[entries:] == self.part)[None, :]
        loss = grid.affinity[rows, own][:, None] - grid.affinity[rows]
        fits = self.free()[rows] & crosses & ((loads > 0) & (loads < grid.most))[None, :]
        fits &= loss <= self.slack()[rows][:, None]
        if not fits.any():
            return None
        loss = np.where(fits, loss, NEVER)
        at, new = (int(one) for one in np.unravel_index(loss.argmin(), loss.shape))
        return int(loss[at, new]), [(int(rows[at]), int(own[at]), new)]


def bridges_of(chosen: Mask) -> Mask:
    """The pairs without which their component falls apart: those that close no cycle, found by a search tree.

    A tree arc is a bridge unless some other pair leads from below it to above it (Tarjan, A note on finding the bridges of a
    graph, 1974): each other pair marks its two ends with a bit of its own, and marks are joined up the tree by exclusive or.
    """
    entries, jurors = chosen.shape
    rows, columns = np.nonzero(chosen)
    size = entries + jurors
    graph = coo_array((np.ones(len(rows)), (rows, entries + columns)), shape=(size + 1, size + 1)).tocsr()
    _number, labels = connected_components(graph, directed=False)
    roots = np.unique(labels, return_index=True)[1]
    roots = roots[roots < size]
    linked = graph + coo_array((np.ones(len(roots)), (np.full(len(roots), size), roots)), shape=graph.shape)
    order, above = breadth_first_order(linked, size, directed=False)
    tree = (above[rows] == entries + columns) | (above[entries + columns] == rows)
    marks = [0] * (size + 1)
    for number, at in enumerate(np.flatnonzero(~tree)):
        mark = 1 << number
        marks[rows[at]] ^= mark
        marks[entries + columns[at]] ^= mark
    for node in order[:0:-1]:
        marks[above[node]] ^= marks[node]
    bridges = np.zeros_like(chosen)
    for at in np.flatnonzero(tree):
        row, column = rows[at], columns[at]
        below = row if above[row] == entries + column else entries + column
        bridges[row, column] = not marks[below]
    return bridges
