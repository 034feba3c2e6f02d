"""A problem as arrays in the order of the keys: what every solver here works on, whatever the order it was asked in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from summitry.algorithms.assignment.types import GroupKind, Pair, Problem

Whole = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Group:
    """The jurors (columns) of one organisation or entity, of whom at most `cap` may read an entry."""

    kind: GroupKind
    members: Whole
    cap: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows are entries, columns are jurors, both sorted by key. `open` pairs are neither barred nor kept."""

    entries: Whole
    jurors: Whole
    reads: Whole
    most: Whole
    least: Whole
    affinity: Whole
    barred: Mask
    kept: Mask
    former: Mask
    groups: tuple[Group, ...]

    @property
    def open(self) -> Mask:
        """The pairs that are free to be chosen."""
        return ~self.barred & ~self.kept

    @property
    def need(self) -> Whole:
        """How many reads each entry needs besides the kept ones."""
        return np.asarray(self.reads - self.kept.sum(axis=1))

    @property
    def room(self) -> Whole:
        """How many entries each juror may read besides the kept ones."""
        return np.asarray(self.most - self.kept.sum(axis=0))

    @property
    def floor(self) -> Whole:
        """How many entries each juror must read besides the kept ones."""
        return np.asarray(np.maximum(self.least - self.kept.sum(axis=0), 0))

    @property
    def held(self) -> Whole:
        """The summed affinity of each entry's kept pairs."""
        return np.asarray((self.affinity * self.kept).sum(axis=1))

    def pairs(self, chosen: Mask) -> tuple[Pair, ...]:
        """The keys of the chosen pairs, sorted."""
        rows, columns = np.nonzero(chosen)
        return tuple(zip(self.entries[rows].tolist(), self.jurors[columns].tolist(), strict=True))

    def weighted(self, weights: Whole) -> tuple[tuple[int, int, int], ...]:
        """The keys of the pairs with a weight, and their weights, sorted."""
        rows, columns = np.nonzero(weights)
        keys = self.entries[rows].tolist(), self.jurors[columns].tolist(), weights[rows, columns].tolist()
        return tuple(zip(*keys, strict=True))

    def left(self, group: Group) -> Whole:
        """How many more jurors of the group may read each entry."""
        return np.asarray(group.cap - self.kept[:, group.members].sum(axis=1))


def grid_of(problem: Problem) -> Grid:
    """The problem in arrays. Former pairs of who is no longer there, or that are barred, are left out."""
    entries = sorted(range(len(problem.entries)), key=lambda at: problem.entries[at].key)
    jurors = sorted(range(len(problem.jurors)), key=lambda at: problem.jurors[at].key)
    rows = {problem.entries[at].key: row for row, at in enumerate(entries)}
    columns = {problem.jurors[at].key: column for column, at in enumerate(jurors)}
    shape = (len(entries), len(jurors))

    def mask(pairs: list[Pair]) -> Mask:
        filled = np.zeros(shape, bool)
        if pairs:
            filled[[rows[entry] for entry, _juror in pairs], [columns[juror] for _entry, juror in pairs]] = (
                True
            )
        return filled

    barred = mask(list(problem.barred))
    former = mask([pair for pair in problem.former if pair[0] in rows and pair[1] in columns])
    return Grid(
        entries=np.array([problem.entries[at].key for at in entries], np.int64),
        jurors=np.array([problem.jurors[at].key for at in jurors], np.int64),
        reads=np.array([problem.entries[at].reads for at in entries], np.int64),
        most=np.array([problem.jurors[at].most for at in jurors], np.int64),
        least=np.array([problem.jurors[at].least for at in jurors], np.int64),
        affinity=problem.affinity[np.ix_(entries, jurors)].astype(np.int64),
        barred=barred,
        kept=mask(list(problem.kept)),
        former=former & ~barred,
        groups=_groups(problem, jurors),
    )


def _groups(problem: Problem, order: list[int]) -> tuple[Group, ...]:
    """The groups that can bind: those of more jurors than their cap allows."""
    found: list[Group] = []
    kinds: tuple[tuple[GroupKind, int | None], ...] = (
        ("organisation", problem.per_organisation),
        ("entity", problem.per_entity),
    )
    for kind, cap in kinds:
        if cap is None:
            continue
        members: dict[str, list[int]] = defaultdict(list)
        for column, at in enumerate(order):
            if name := getattr(problem.jurors[at], kind):
                members[name].append(column)
        found += [
            Group(kind, np.array(columns, np.int64), cap)
            for _name, columns in sorted(members.items())
            if len(columns) > cap
        ]
    return tuple(found)


def nested(groups: tuple[Group, ...], *, spare: bool = False) -> tuple[Group, ...] | None:
    """The groups in an order in which each comes after all that contain it, or None where two overlap without nesting.

    A group inside another whose cap is no larger never binds and is left out, unless they are to be `spare`: to stay, for
    when the other is raised.
    """
    ordered = sorted(groups, key=lambda group: (-len(group.members), group.cap, group.members.tolist()))
    kept: list[tuple[Group, frozenset[int]]] = []
    for group in ordered:
        members = frozenset(group.members.tolist())
        around = [other for other, those in kept if members <= those]
        if not spare and any(other.cap <= group.cap for other in around):
            continue
        if any(members & those and not members <= those for _other, those in kept):
            return None
        kept.append((group, members))
    return tuple(group for group, _members in kept)
