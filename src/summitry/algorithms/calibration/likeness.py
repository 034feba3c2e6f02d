"""Pairs of jurors whose ballots are more alike than two independent ballots would be."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from summitry.algorithms.calibration.correlation import deviates
from summitry.algorithms.calibration.ratings import Places, Ratings, Reals, rounded
from summitry.algorithms.calibration.types import Likeness, Pair

COMMON = 6
"""Pairs with fewer common entries are left alone."""
RARE = 0.001
"""How often a jury of independent jurors may have any pair named by chance."""
AT_ONCE = 500_000
"""Meetings of two ratings looked at together, which bounds the memory."""


@dataclass(frozen=True, slots=True)
class Meetings:
    """By pair of jurors who rated the same entries: `key` is first x jurors + second; sums over their common ratings.

    The columns of `sums` are: one, equal scores, and of the residuals x, y, xx, yy, xy.
    """

    key: Places
    sums: Reals


def pairs(ratings: Ratings, residual: Reals) -> tuple[Pair, ...]:
    """All pairs that are too much alike, by keys. `residual` is by rating, what the model does not explain."""
    # Against the mean of the others on the same entry: what the model shrank would otherwise look like a likeness.
    reads = np.maximum(ratings.counts.sum(axis=1), 1)
    met = meetings(ratings, residual - (ratings.by_entry(residual) / reads)[ratings.entry])
    enough = met.sums[:, 0] >= COMMON
    key, sums = met.key[enough], met.sums[enough]
    if not len(key):
        return ()
    jurors = len(ratings.jurors)
    first, second = key // jurors, key % jurors
    common, equal = sums[:, 0], sums[:, 1]
    correlation = correlations(sums)
    surprise = deviates(correlation, common)
    limit = -NormalDist().inv_cdf(RARE / len(key))
    chance = chances_of_equality(ratings)
    found = []
    expected = chance[first, second] * common
    often = equal > expected + 2 * np.sqrt(expected * (1 - expected / common))
    for at in np.flatnonzero((surprise > limit) | often):
        likeness = None
        if tail(int(common[at]), int(equal[at]), chance[first[at], second[at]]) < RARE / len(key):
            likeness = Likeness.IDENTICAL if equal[at] == common[at] else Likeness.EQUAL
        elif surprise[at] > limit:
            likeness = Likeness.CORRELATED
        if likeness:
            found.append(
                Pair(
                    first=ratings.jurors[first[at]],
                    second=ratings.jurors[second[at]],
                    common=int(common[at]),
                    correlation=rounded(float(correlation[at]), 1),
                    equal=rounded(float(equal[at] / common[at]), 1),
                    likeness=likeness,
                )
            )
    return tuple(found)


def correlations(sums: Reals) -> Reals:
    """Of the residuals of both, 0 where one of them does not vary."""
    count, _, x, y, xx, yy, xy = sums.T
    scale = np.sqrt(np.maximum(xx - x * x / count, 0) * np.maximum(yy - y * y / count, 0))
    result: Reals = (xy - x * y / count) / np.where(scale > 1e-9, scale, np.inf)
    return result


def meetings(ratings: Ratings, residual: Reals) -> Meetings:
    """Sum up, block by block, what every two jurors did where they met."""
    jurors = len(ratings.jurors)
    key, sums = np.zeros(0, dtype=np.intp), np.zeros((0, 7))
    for one, other in meeting_blocks(ratings):
        swap = ratings.juror[one] > ratings.juror[other]
        first, second = np.where(swap, other, one), np.where(swap, one, other)
        x, y = residual[first], residual[second]
        equal = ratings.score[first] == ratings.score[second]
        columns = np.column_stack([np.ones(len(x)), equal, x, y, x * x, y * y, x * y])
        block = ratings.juror[first] * jurors + ratings.juror[second]
        key, sums = summed(np.concatenate([key, block]), np.concatenate([sums, columns]))
    return Meetings(key, sums)


def summed(key: Places, columns: Reals) -> tuple[Places, Reals]:
    """The distinct keys in order, and the sums of the rows of each."""
    distinct, place = np.unique(key, return_inverse=True)
    totals = [np.bincount(place, weights=column, minlength=len(distinct)) for column in columns.T]
    return distinct, np.column_stack(totals)


def meeting_blocks(ratings: Ratings) -> Iterator[tuple[Places, Places]]:
    """All pairs of ratings of one entry by two jurors, as numbers of ratings, some at a time."""
    reads = np.bincount(ratings.entry, minlength=len(ratings.entries))
    start = np.concatenate([[0], np.cumsum(reads)[:-1]])
    for size in np.unique(reads[reads > 1]).tolist():
        upper, lower = np.triu_indices(size, 1)
        of_size = start[reads == size]
        at_once = max(1, AT_ONCE // len(upper))
        for begin in range(0, len(of_size), at_once):
            block = of_size[begin : begin + at_once, None]
            one, other = (block + upper).ravel(), (block + lower).ravel()
            apart = ratings.juror[one] != ratings.juror[other]
            yield one[apart], other[apart]


def chances_of_equality(ratings: Ratings) -> Reals:
    """[juror, juror]: how often the two would give the same score by chance, never less than any two of the jury do.

    By chance is: if each kept her own habit of scores and did not look at the entry.
    """
    values, value = np.unique(ratings.score, return_inverse=True)
    reads = np.bincount(ratings.entry, minlength=len(ratings.entries)).astype(float)
    same = np.bincount(ratings.entry * len(values) + value).astype(float)
    met = float((reads * (reads - 1)).sum())
    typical = float((same * (same - 1)).sum()) / met if met else 0.0
    habits = np.bincount(ratings.juror * len(values) + value, minlength=len(ratings.jurors) * len(values))
    shares = habits.reshape(len(ratings.jurors), len(values)) / ratings.counts.sum(axis=0)[:, None]
    chance: Reals = np.maximum(shares @ shares.T, typical)
    return chance


def tail(trials: int, hits: int, chance: float) -> float:
    """The probability of at least as many hits (binomial)."""
    if chance >= 1 or not hits:
        return 1.0
    if chance <= 0:
        return 0.0
    logs = (
        math.lgamma(trials + 1) - math.lgamma(k + 1) - math.lgamma(trials - k + 1)
        + k * math.log(chance) + (trials - k) * math.log1p(-chance)
        for k in range(hits, trials + 1)
    )  # fmt: skip
    return min(1.0, sum(math.exp(log) for log in logs))
