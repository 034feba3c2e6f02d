"""What is wrong with a problem, measured; and how much of it goes away when rules are lifted, loads or caps raised."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from summitry.algorithms.assignment import exact, network
from summitry.algorithms.assignment.clock import Clock
from summitry.algorithms.assignment.grid import Grid, Group, Mask, Whole, grid_of, nested
from summitry.algorithms.assignment.slack import Supply, eased, supply
from summitry.algorithms.assignment.types import (
    LARGEST,
    WHOLE,
    Clash,
    Goal,
    GroupKind,
    KeptClash,
    Pair,
    Problem,
)


@dataclass(frozen=True, slots=True)
class Lack:
    """Reads that no juror can give, reads that jurors miss to their minimums, and kept pairs that cannot be kept."""

    missing: int
    unreached: int
    clashing: int

    @property
    def nothing(self) -> bool:
        """Whether there is an assignment."""
        return not (self.missing or self.unreached or self.clashing)


def clashes_of(grid: Grid) -> tuple[KeptClash, ...]:
    """The kept pairs that cannot be kept."""
    kept = grid.kept
    found = [
        (kept & grid.barred, Clash.BARRED),
        (kept & (grid.need < 0)[:, None], Clash.ENTRY_FULL),
        (kept & (grid.room < 0)[None, :], Clash.JUROR_FULL),
    ]
    for group in grid.groups:
        over = np.zeros_like(kept)
        over[np.ix_(np.flatnonzero(grid.left(group) < 0), group.members)] = True
        kind = Clash.ORGANISATION_CAP if group.kind == "organisation" else Clash.ENTITY_CAP
        found.append((kept & over, kind))
    named = {KeptClash(entry, juror, clash) for mask, clash in found for entry, juror in grid.pairs(mask)}
    return tuple(sorted(named, key=lambda one: (one.entry, one.juror, one.clash)))


def lack_of(problem: Problem) -> Lack:
    """What is wrong with the problem."""
    return Study(problem, grid_of(problem)).lack


class Study:
    """One problem under study. Where caps cross, the flows leave those of entities out, and a program measures what is wrong."""

    def __init__(self, problem: Problem, grid: Grid) -> None:
        self.problem, self.grid, self.eased = problem, grid, eased(grid)
        groups = nested(grid.groups, spare=True)
        self.crossing = groups is None
        if groups is None:
            groups = nested(tuple(group for group in grid.groups if group.kind == "organisation")) or ()
        self.groups: tuple[Group, ...] = groups
        self.share = round(problem.limit * WHOLE) / WHOLE if problem.mode == "random" else 1.0
        self.clashes = clashes_of(grid)
        self.solver = network.SOLVER if not self.crossing else exact.SOLVER

    @cached_property
    def reads(self) -> Supply:
        """The flow for the reads that entries need."""
        return self.supply("reads", self.share)

    @cached_property
    def minimums(self) -> Supply:
        """The flow for the reads that jurors must have."""
        return self.supply("minimums", self.share)

    def supply(self, goal: Goal, share: float) -> Supply:
        """The flow for a goal; a pair carries at most a share of a read."""
        return supply(self.eased, self.groups, goal, share)

    @cached_property
    def impossible(self) -> Whole:
        """By how much each juror's minimum is above what she may read at all."""
        return self.grid.least - self.eased.least

    @cached_property
    def _wanting(self) -> tuple[Whole, Whole]:
        if self.crossing:
            return exact.lacking(self.eased, Clock(self.problem.seconds), self.share)
        return self.reads.wanting, self.minimums.wanting

    @property
    def short(self) -> Whole:
        """How many reads each entry lacks."""
        return self._wanting[0]

    @property
    def unreached(self) -> Whole:
        """By how much each juror stays below her minimum."""
        return self.impossible + self._wanting[1]

    @cached_property
    def lack(self) -> Lack:
        """What is wrong."""
        if self.crossing:
            missing, unreached = (int(part.sum()) for part in self._wanting)
        else:
            missing, unreached = self.reads.lack, self.minimums.lack
        return Lack(missing, unreached + int(self.impossible.sum()), len(self.clashes))

    @cached_property
    def _rows(self) -> dict[int, int]:
        return {key: row for row, key in enumerate(self.grid.entries.tolist())}

    @cached_property
    def _columns(self) -> dict[int, int]:
        return {key: column for column, key in enumerate(self.grid.jurors.tolist())}

    def at(self, pair: Pair) -> tuple[int, int]:
        """Where a pair is in the grid."""
        return self._rows[pair[0]], self._columns[pair[1]]

    def barred_by(self, rules: tuple[str, ...]) -> Mask:
        """The pairs that are free once these rules are lifted."""
        lifted = frozenset(rules)
        mask = np.zeros(self.grid.barred.shape, bool)
        for pair, why in self.problem.barred.items():
            if lifted.issuperset(why):
                mask[self.at(pair)] = True
        return mask & ~self.grid.kept

    def lifted(self, part: Supply, mask: Mask) -> Supply:
        """The flow once the pairs of the mask are free: first those that need no second one, so that few are lifted."""
        rows, columns = part.net.rows, part.net.columns
        spare = part.flows < part.capacities
        direct = spare[part.loads][columns] if part.goal == "reads" else spare[part.needs][rows]
        for allowed in (mask[rows, columns] & direct, mask[rows, columns]):
            capacities = part.capacities.copy()
            pairs = capacities[: len(rows)]
            pairs[allowed] = np.maximum(pairs[allowed], round(self.share * part.width))
            part = part.raised(capacities)
        return part

    def lifts_in(self, part: Supply) -> Mask:
        """The barred pairs that the flow uses."""
        used = part.flows[: len(part.net.rows)] > 0
        mask = np.zeros(self.grid.barred.shape, bool)
        mask[part.net.rows[used], part.net.columns[used]] = True
        return mask & self.grid.barred

    def uncapped(self, part: Supply, kind: GroupKind) -> Supply:
        """The flow without the caps of one kind."""
        capacities = part.capacities.copy()
        capacities[part.caps][self._of_kind(part, kind)] = LARGEST * part.width
        return part.raised(capacities)

    def over_in(self, before: Supply, after: Supply, kind: GroupKind | None = None) -> Whole:
        """By how many reads each entry is over one of its caps."""
        over = np.maximum(after.flows[after.caps] - before.capacities[before.caps], 0)
        if kind:
            over = np.where(self._of_kind(before, kind), over, 0)
        worst = np.zeros(len(self.grid.entries), np.int64)
        np.maximum.at(worst, before.net.cap_rows, -(-over // before.width))
        return worst

    def _of_kind(self, part: Supply, kind: GroupKind) -> Mask:
        kinds = np.array([group.kind == kind for group in self.groups], bool)
        if not len(kinds):
            return np.zeros(0, bool)
        return np.asarray(kinds[part.net.cap_groups])
