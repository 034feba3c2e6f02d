"""Whether the data show that jurors rate differently at all, and whether ratings link all entries and jurors."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from summitry.algorithms.calibration.ratings import Places, Ratings, Reals

LEVELS, OTHERS = 0.8, 0.1
"""How the chance of a false alarm is shared out: most of it to differences of level, the rest to noises and to scales."""

ENOUGH = 5
"""Jurors with fewer reads are not compared in noise and scale."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """`chance` of such differences between jurors' levels if all rated alike, and moment estimates of the two variances.

    `noise` and `scale` are the chances of jurors who scatter, or who tell entries apart, as differently as these do.
    `parts` counts the connected parts of the graph of entries and jurors that ratings join, unread entries left out.
    """

    chance: float
    juror: float
    residual: float
    parts: int
    noise: float = 1.0
    scale: float = 1.0

    @property
    def together(self) -> float:
        """The chance of differences of any kind such as these, levels first (weighted by Bonferroni's inequality)."""
        return min(1.0, self.chance / LEVELS, self.noise / OTHERS, self.scale / OTHERS)


def parts_of(ratings: Ratings) -> Places:
    """The number of its part for every entry, then for every juror; members without ratings are parts of their own."""
    offset = len(ratings.entries)
    parent = list(range(offset + len(ratings.jurors)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for entry, juror in zip(ratings.entry.tolist(), ratings.juror.tolist(), strict=True):
        first, second = root(entry), root(offset + juror)
        parent[max(first, second)] = min(first, second)
    return np.array([root(node) for node in range(len(parent))], dtype=np.intp)


def evidence(ratings: Ratings) -> Evidence:
    """Test juror offsets by comparisons within entries (Wald's F test, exact for normal noise; Henderson's method 3)."""
    parts = parts_of(ratings)
    linked = len(np.unique(parts[ratings.entry]))
    reads = ratings.counts.sum(axis=1)
    read = int((reads > 0).sum())
    total = len(ratings.score)
    within = ratings.score - (ratings.by_entry(ratings.score) / np.maximum(reads, 1))[ratings.entry]
    around_entries = float(within @ within)
    between = len(ratings.jurors) - linked
    left = total - read - between
    if between < 1 or left < 1:
        free = max(total - read, 1)
        return Evidence(chance=1.0, juror=0.0, residual=around_entries / free, parts=linked)
    explained = min(explained_by_jurors(ratings, within, parts), around_entries)
    residual = (around_entries - explained) / left
    squares = (ratings.counts**2 / np.maximum(reads, 1)[:, None]).sum()
    juror = max((explained - between * residual) / max(total - float(squares), 1e-9), 0.0)
    noise, scale = unlike(ratings, within)
    return Evidence(
        chance=chance_of(explained / between, residual, between, left),
        juror=juror,
        residual=residual,
        parts=linked,
        noise=noise,
        scale=scale,
    )


def unlike(ratings: Ratings, within: Reals) -> tuple[float, float]:
    """The chances that jurors' noises, and their scales, differ as much as here where all are the same.

    Noises are compared by the absolute deviations within entries (Levene 1960). Scales by the products of a juror's
    deviation and the mean of the others, which is the larger the further she spreads what they spread; a share of the
    entry's own variance is added, so that the expectation is nothing where all rate alike. Who has but few reads that others
    share is left out: of her, neither can be told.
    """
    reads = ratings.counts.sum(axis=1)[ratings.entry]
    squares = ratings.by_entry(within**2)[ratings.entry]
    others = ratings.score - within * reads / np.maximum(reads - 1, 1)
    often = ratings.by_juror((reads > 1).astype(float)) >= ENOUGH
    shared = (reads > 1) & often[ratings.juror]
    reads, squares, others, within = reads[shared], squares[shared], others[shared], within[shared]
    if not len(reads):
        return 1.0, 1.0
    juror = ratings.juror[shared]
    apart = within * (others - others.mean()) + squares / ((reads - 1) * reads)
    return among(np.abs(within) / np.sqrt(1 - 1 / reads), juror), among(apart, juror)


def among(values: Reals, groups: Places) -> float:
    """The chance that means of groups differ as much as these where all have the same expectation (analysis of variance)."""
    _names, group = np.unique(groups, return_inverse=True)
    sizes = np.bincount(group)
    between, left = len(sizes) - 1, len(values) - len(sizes)
    if between < 1 or left < 1:
        return 1.0
    means = np.bincount(group, weights=values) / sizes
    explained = float(sizes @ (means - values.mean()) ** 2)
    residual = float(((values - means[group]) ** 2).sum())
    return chance_of(explained / between, residual / left, between, left)


def explained_by_jurors(ratings: Ratings, within: Reals, parts: Places) -> float:
    """The sum of squares within entries that fixed juror offsets explain."""
    reads = np.maximum(ratings.counts.sum(axis=1), 1)
    right = ratings.by_juror(within)
    matrix = np.diag(ratings.counts.sum(axis=0)) - ratings.counts.T @ (ratings.counts / reads[:, None])
    part = parts[len(ratings.entries) :]
    # Within a part only differences count: fixing the sum of its offsets makes the matrix regular and changes nothing.
    matrix += part[:, None] == part[None, :]
    return float(right @ np.linalg.solve(matrix, right))


def chance_of(between: float, residual: float, degrees: int, left: int) -> float:
    """P(F > between / residual) by Paulson's normal approximation (1942), good to about 0.001."""
    if residual <= 1e-12:
        return 1.0 if between <= 1e-12 else 0.0
    root = math.cbrt(between / residual)
    first, second = 2 / (9 * degrees), 2 / (9 * left)
    deviate = ((1 - second) * root - (1 - first)) / math.sqrt(second * root**2 + first)
    return 0.5 * math.erfc(deviate / math.sqrt(2))
