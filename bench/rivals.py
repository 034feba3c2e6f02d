"""The plain ways to make one order out of a jury's scores that we are compared with. Higher is better in all of them."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from summitry.algorithms.calibration import Rating

Reals = NDArray[np.float64]
Method = Callable[[Sequence[Rating], int], Reals]


def arrays(ratings: Sequence[Rating]) -> tuple[NDArray[np.intp], NDArray[np.intp], Reals]:
    """Entry, juror and score by rating; jurors numbered from zero."""
    entry = np.array([rating.entry for rating in ratings], dtype=np.intp)
    juror = np.unique(np.array([rating.juror for rating in ratings]), return_inverse=True)[1]
    return entry, juror, np.array([rating.score for rating in ratings], dtype=np.float64)


def mean_by_entry(entry: NDArray[np.intp], score: Reals, entries: int) -> Reals:
    """Means; entries without ratings get the mean of all."""
    count = np.bincount(entry, minlength=entries)
    mean: Reals = np.where(count > 0, np.bincount(entry, score, entries) / np.maximum(count, 1), score.mean())
    return mean


def raw_mean(ratings: Sequence[Rating], entries: int) -> Reals:
    """What most platforms do."""
    entry, _, score = arrays(ratings)
    return mean_by_entry(entry, score, entries)


def median(ratings: Sequence[Rating], entries: int) -> Reals:
    """The median by entry."""
    entry, _, score = arrays(ratings)
    found: Reals = np.full(entries, np.median(score))
    order = np.argsort(entry, kind="stable")
    starts = np.flatnonzero(np.diff(entry[order])) + 1
    for at, scores in zip(np.unique(entry), np.split(score[order], starts), strict=True):
        found[at] = np.median(scores)
    return found


def z_score(ratings: Sequence[Rating], entries: int) -> Reals:
    """Every juror's scores less their mean, over their standard deviation: the habit of many prizes."""
    entry, juror, score = arrays(ratings)
    count = np.bincount(juror)
    middle = score - (np.bincount(juror, score) / count)[juror]
    spread = np.sqrt(np.bincount(juror, middle**2) / np.maximum(count - 1, 1))
    return mean_by_entry(entry, middle / np.where(spread > 0, spread, 1)[juror], entries)


def min_max(ratings: Sequence[Rating], entries: int) -> Reals:
    """Every juror's lowest score is 0 and the highest 1."""
    entry, juror, score = arrays(ratings)
    lowest, highest = np.full(juror.max() + 1, np.inf), np.full(juror.max() + 1, -np.inf)
    np.minimum.at(lowest, juror, score)
    np.maximum.at(highest, juror, score)
    width = np.where(highest > lowest, highest - lowest, 1)
    scaled = np.where((highest > lowest)[juror], (score - lowest[juror]) / width[juror], 0.5)
    return mean_by_entry(entry, scaled, entries)


def borda(ratings: Sequence[Rating], entries: int) -> Reals:
    """The share of the juror's other entries that are rated lower, ties counted half."""
    entry, juror, score = arrays(ratings)
    points = np.zeros(len(score))
    for one in range(juror.max() + 1):
        own = np.flatnonzero(juror == one)
        below = (score[own][:, None] > score[own][None, :]).sum(axis=1)
        equal = (score[own][:, None] == score[own][None, :]).sum(axis=1) - 1
        points[own] = (below + equal / 2) / max(len(own) - 1, 1)
    return mean_by_entry(entry, points, entries)


def additive(ratings: Sequence[Rating], entries: int) -> Reals:
    """Least squares with an effect of every entry and every juror (the shortest of all solutions)."""
    entry, juror, score = arrays(ratings)
    counts = np.zeros((entries, juror.max() + 1))
    np.add.at(counts, (entry, juror), 1.0)
    per_entry = np.maximum(counts.sum(axis=1), 1)
    centred = score - score.mean()
    right = np.bincount(juror, centred) - (counts / per_entry[:, None]).T @ np.bincount(
        entry, centred, entries
    )
    matrix = np.diag(counts.sum(axis=0)) - counts.T @ (counts / per_entry[:, None])
    offsets = np.linalg.lstsq(matrix, right, rcond=None)[0]
    return mean_by_entry(entry, centred - offsets[juror], entries)


RIVALS: dict[str, Method] = {
    "raw": raw_mean,
    "median": median,
    "z": z_score,
    "min-max": min_max,
    "Borda": borda,
    "additive": additive,
}
