"""Whether the data show that jurors rate differently at all, and whether ratings link all entries and jurors."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from summitry.algorithms.calibration.ratings import Places, Ratings, Reals


@dataclass(frozen=True, slots=True)
class Evidence:
    """`chance` of such differences between jurors if all rated alike, and moment estimates of the two variances.

    `parts` counts the connected parts of the graph of entries and jurors that ratings join, unread entries left out.
    """

    chance: float
    juror: float
    residual: float
    parts: int


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
    return Evidence(
        chance=chance_of(explained / between, residual, between, left),
        juror=juror,
        residual=residual,
        parts=linked,
    )


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
