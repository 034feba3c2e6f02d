"""A problem as arrays: candidates sorted by key, and one row for each bounded label."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from summitry.algorithms.selection.lottery import ticket
from summitry.algorithms.selection.types import EVERY, Candidate, Count, Problem, Quota, whole

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Row:
    """One bounded label: which quota it comes from and whom it counts (places in the order of keys)."""

    quota: int
    dimension: str
    label: str
    least: int
    most: int | None
    members: tuple[int, ...]

    @property
    def binds(self) -> bool:
        """Whether its bounds can matter at all."""
        return self.least > 0 or (self.most is not None and self.most < len(self.members))


class Board:
    """The problem as the solvers see it: `rows` and `matrix` hold the bounds that can matter.

    The order of candidates and quotas in the problem makes no difference.
    """

    def __init__(self, problem: Problem) -> None:
        self.order = sorted(range(len(problem.candidates)), key=lambda index: problem.candidates[index].key)
        candidates = [problem.candidates[index] for index in self.order]
        self.places = problem.places
        self._seed = problem.lottery
        self.keys = [candidate.key for candidate in candidates]
        self.scores: Ints = np.array([whole(candidate.score) for candidate in candidates], dtype=np.int64)
        self.required: Flags = np.array([key in problem.required for key in self.keys], dtype=bool)
        self.excluded: Flags = np.array([key in problem.excluded for key in self.keys], dtype=bool)
        self.quotas = sorted(problem.quotas, key=lambda quota: (quota.dimension, quota.label))
        self._bounded = list(_rows(self.quotas, candidates))
        self.rows = [row for row in self._bounded if row.binds]
        size = len(candidates)
        self.matrix: Ints = np.zeros((len(self.rows), size), dtype=np.int64)
        for row, known in zip(self.matrix, self.rows, strict=True):
            row[list(known.members)] = 1
        self.least: Ints = np.array([row.least for row in self.rows], dtype=np.int64)
        self.most: Ints = np.array(
            [size if row.most is None else min(row.most, size) for row in self.rows], dtype=np.int64
        )

    def ranks(self) -> Ints:
        """Each candidate's place in the order by which ties are broken: that of keys, or of the lottery."""
        order = sorted(
            range(len(self.keys)),
            key=lambda one: (ticket(self.keys[one], self._seed) if self._seed else "", self.keys[one]),
        )
        ranks: Ints = np.argsort(np.array(order, dtype=np.int64))
        return ranks

    def keys_of(self, chosen: Flags) -> tuple[int, ...]:
        """The keys of the chosen, sorted."""
        return tuple(self.keys[index] for index in np.flatnonzero(chosen))

    def allows(self, chosen: Flags) -> bool:
        """Whether this set has the right size and keeps to every row and to what is decided."""
        counts = self.matrix @ chosen
        return bool(
            chosen.sum() == self.places
            and (counts >= self.least).all()
            and (counts <= self.most).all()
            and not (self.required & ~chosen).any()
            and not (self.excluded & chosen).any()
        )

    def counts(self, chosen: Flags) -> tuple[Count, ...]:
        """How every bounded label is filled, also where its bounds cannot matter."""
        return tuple(
            Count(
                row.dimension,
                row.label,
                row.least,
                row.most,
                int(chosen[list(row.members)].sum()),
                len(row.members),
            )
            for row in self._bounded
        )


def _rows(quotas: list[Quota], candidates: list[Candidate]) -> Iterable[Row]:
    """Yield a row per quota and label; a quota for EVERY label covers those that no quota names."""
    for index, quota in enumerate(quotas):
        members: dict[str, list[int]] = defaultdict(list)
        for place, candidate in enumerate(candidates):
            for label in candidate.labels_in(quota.dimension):
                members[label].append(place)
        if quota.label == EVERY:
            named = {other.label for other in quotas if other.dimension == quota.dimension}
            labels = sorted(members.keys() - named)
        else:
            labels = [quota.label]
        for label in labels:
            yield Row(index, quota.dimension, label, quota.least, quota.most, tuple(members.get(label, ())))
