"""The ratings as arrays: sorted, numbered from zero, and on a scale from -0.5 to 0.5 whatever the scale of the jury."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from summitry.algorithms.calibration.panels import panels_of
from summitry.algorithms.calibration.types import Problem

Reals = NDArray[np.float64]
Places = NDArray[np.intp]
DECIMALS = 6
"""Results are rounded to as many decimals of the span of the scale, far above what linear algebra leaves open."""


@dataclass(frozen=True, slots=True)
class Ratings:
    """One position per rating in `entry`, `juror`, `round` (numbers of keys), `score` and `seconds` (-1 unknown).

    `counts` and `sums` are the number of ratings and the sum of scores by [entry, juror], `panel` the panel of every entry.
    """

    entries: tuple[int, ...]
    jurors: tuple[int, ...]
    round_keys: tuple[int, ...]
    entry: Places
    juror: Places
    round: Places
    score: Reals
    seconds: Reals
    counts: Reals
    sums: Reals
    panel: Places
    middle: float
    span: float

    @property
    def rounds(self) -> int:
        """How many rounds have ratings; 1 where there are none."""
        return max(1, len(self.round_keys))

    @property
    def panels(self) -> int:
        """How many panels there are."""
        return int(self.panel.max(initial=-1)) + 1

    def restored(self, score: float) -> float:
        """A score on the jury's own scale."""
        return self.middle + self.span * score

    def by_entry(self, values: Reals) -> Reals:
        """Sums over the ratings of every entry."""
        return np.bincount(self.entry, weights=values, minlength=len(self.entries)).astype(np.float64)

    def by_juror(self, values: Reals) -> Reals:
        """Sums over the ratings of every juror."""
        return np.bincount(self.juror, weights=values, minlength=len(self.jurors)).astype(np.float64)

    def by_round(self, values: Reals) -> Reals:
        """Sums over the ratings of every round."""
        return np.bincount(self.round, weights=values, minlength=self.rounds).astype(np.float64)

    def by_entry_and_round(self, values: Reals) -> Reals:
        """Sums over the ratings of every entry in every round, [entry, round]."""
        size = len(self.entries) * self.rounds
        sums = np.bincount(self.entry * self.rounds + self.round, weights=values, minlength=size)
        return sums.astype(np.float64).reshape(len(self.entries), self.rounds)

    def by_juror_and_round(self, values: Reals) -> Reals:
        """Sums over the ratings of every juror in every round, [juror, round]."""
        size = len(self.jurors) * self.rounds
        sums = np.bincount(self.juror * self.rounds + self.round, weights=values, minlength=size)
        return sums.astype(np.float64).reshape(len(self.jurors), self.rounds)


def arrayed(problem: Problem) -> Ratings:
    """The problem's ratings in the order of entry, juror and round, so that no sum depends on the order given."""
    ratings = sorted(problem.ratings, key=lambda rating: (rating.entry, rating.juror, rating.round))
    entries = tuple(sorted(problem.entries))
    jurors = tuple(sorted({rating.juror for rating in ratings}))
    round_keys = tuple(sorted({rating.round for rating in ratings}))
    number_of_round = {key: at for at, key in enumerate(round_keys)}
    number_of_entry = {key: at for at, key in enumerate(entries)}
    number_of_juror = {key: at for at, key in enumerate(jurors)}
    entry = np.array([number_of_entry[rating.entry] for rating in ratings], dtype=np.intp)
    juror = np.array([number_of_juror[rating.juror] for rating in ratings], dtype=np.intp)
    middle, span = (problem.lowest + problem.highest) / 2, problem.highest - problem.lowest
    score = (np.array([rating.score for rating in ratings], dtype=np.float64) - middle) / span
    seconds = [-1 if rating.seconds is None else rating.seconds for rating in ratings]
    shape = (len(entries), len(jurors))
    cell = entry * len(jurors) + juror
    counts = np.bincount(cell, minlength=shape[0] * shape[1]).astype(np.float64).reshape(shape)
    return Ratings(
        entries=entries,
        jurors=jurors,
        round_keys=round_keys,
        entry=entry,
        juror=juror,
        round=np.array([number_of_round[rating.round] for rating in ratings], dtype=np.intp),
        score=score,
        seconds=np.array(seconds, dtype=np.float64),
        counts=counts,
        sums=np.bincount(cell, weights=score, minlength=shape[0] * shape[1])
        .astype(np.float64)
        .reshape(shape),
        panel=panels_of(counts),
        middle=middle,
        span=span,
    )


def rounded(value: float, span: float) -> float:
    """To six decimals of the power of ten in `span`, so that a replay gives the same digits."""
    return round(value, DECIMALS - math.floor(math.log10(span))) + 0.0
