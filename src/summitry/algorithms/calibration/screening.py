"""What is conspicuous in single jurors: who tells nothing, or something else than the others."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np

from summitry.algorithms.calibration.correlation import deviates
from summitry.algorithms.calibration.crossed import Jury, Posterior, Variances
from summitry.algorithms.calibration.ratings import Ratings, Reals, rounded
from summitry.algorithms.calibration.types import Flag, JurorEffect

FEW = 5
"""Below as many reads nothing is said about a juror."""
FAR = 2.5
HASTE = 0.25
RARE = 0.001
"""How often a jury of honest jurors may have anyone named for scatter or disagreement by chance."""


def effects(
    ratings: Ratings, posterior: Posterior, jury: Jury, variances: Variances
) -> tuple[JurorEffect, ...]:
    """Every juror's offset, scale, noise and flags, by key."""
    noise = np.sqrt(variances.residual / jury.precision)
    reads = ratings.counts.sum(axis=0)
    residual = left_over(ratings, posterior, jury)
    outliers = ratings.by_juror((np.abs(residual) > FAR * noise[ratings.juror]).astype(float)) / np.maximum(
        reads, 1
    )
    flags = flagged(ratings, posterior, residual, variances)
    return tuple(
        JurorEffect(
            juror=key,
            reads=int(reads[at]),
            offset=rounded(ratings.span * float(posterior.offset[at]), ratings.span),
            scale=rounded(float(jury.scale[at]), 1),
            noise=rounded(ratings.span * float(noise[at]), ratings.span),
            outliers=rounded(float(outliers[at]), 1),
            flags=tuple(flags[at]),
        )
        for at, key in enumerate(ratings.jurors)
    )


def left_over(ratings: Ratings, posterior: Posterior, jury: Jury) -> Reals:
    """By rating: the score less what the model expects."""
    juror, entry = ratings.juror, ratings.entry
    expected: Reals = (
        posterior.levels[ratings.round] + posterior.offset[juror] + jury.scale[juror] * posterior.entry[entry]
    )
    return ratings.score - expected


def flagged(
    ratings: Ratings, posterior: Posterior, residual: Reals, variances: Variances
) -> list[list[Flag]]:
    """The flags of every juror, by number."""
    reads = ratings.counts.sum(axis=0)
    lowest = np.full(len(reads), np.inf)
    highest = np.full(len(reads), -np.inf)
    np.minimum.at(lowest, ratings.juror, ratings.score)
    np.maximum.at(highest, ratings.juror, ratings.score)
    limit = -NormalDist().inv_cdf(RARE / max(len(reads), 1))
    agreement = agreements(ratings)
    lost = ratings.by_juror(residual**2) / variances.residual
    # The cube root of chi square over its degrees is nearly normal (Wilson and Hilferty 1931).
    degrees = np.maximum(reads, 1)
    scatter = (np.cbrt(lost / degrees) - (1 - 2 / (9 * degrees))) / np.sqrt(2 / (9 * degrees))
    far = FAR * math.sqrt(variances.juror)
    median, typical = times(ratings)
    named: list[list[Flag]] = []
    for at, count in enumerate(reads):
        if count < FEW:
            named.append([Flag.FEW])
            continue
        told = {
            Flag.ONE_VALUE: highest[at] == lowest[at],
            Flag.ADVERSE: agreement[at] < -limit,
            Flag.ERRATIC: scatter[at] > limit and lost[at] > 3 * count,
            Flag.SEVERE: far > 0 and posterior.offset[at] < -far,
            Flag.LENIENT: far > 0 and posterior.offset[at] > far,
            Flag.HASTY: 0 <= median[at] < HASTE * typical,
        }
        named.append([flag for flag, holds in told.items() if holds])
    return named


def agreements(ratings: Ratings) -> Reals:
    """By juror: the correlation with the means of the others on the same entries, as a normal deviate."""
    reads = ratings.counts.sum(axis=1)[ratings.entry]
    totals = ratings.sums.sum(axis=1)[ratings.entry]
    shared = (reads > 1).astype(float)
    others = (totals - ratings.score) / np.maximum(reads - 1, 1)
    count = np.maximum(ratings.by_juror(shared), 1)
    own = (ratings.score - (ratings.by_juror(shared * ratings.score) / count)[ratings.juror]) * shared
    rest = (others - (ratings.by_juror(shared * others) / count)[ratings.juror]) * shared
    scale = np.sqrt(ratings.by_juror(own**2) * ratings.by_juror(rest**2))
    correlation = ratings.by_juror(own * rest) / np.where(scale > 1e-12, scale, 1.0)
    return deviates(correlation, count)


def times(ratings: Ratings) -> tuple[Reals, float]:
    """The median seconds of every juror with enough timed reads (-1 without), and the median of these."""
    medians = np.full(len(ratings.jurors), -1.0)
    timed = ratings.seconds >= 0
    order = np.argsort(ratings.juror[timed], kind="stable")
    jurors, seconds = ratings.juror[timed][order], ratings.seconds[timed][order]
    for values, at in zip(
        np.split(seconds, np.flatnonzero(np.diff(jurors)) + 1), np.unique(jurors), strict=False
    ):
        if len(values) >= FEW:
            medians[at] = float(np.median(values))
    known = medians[medians >= 0]
    return medians, float(np.median(known)) if len(known) else 0.0
