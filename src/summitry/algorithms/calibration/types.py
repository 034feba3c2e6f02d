"""What goes into a calibration and what comes out of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

DRAWS = 2000
"""Posterior draws behind every chance; its standard error is then at most 0.011."""
CONTESTED = (0.1, 0.9)
"""Between these chances an entry is in the contested band."""


class Flag(StrEnum):
    """Why a juror's ratings deserve a look before the result is final; none of them is a proof of anything."""

    FEW = "few"
    """Too few reads to say anything about this juror."""
    ONE_VALUE = "one-value"
    """Gave all entries the same score, so tells none apart."""
    ADVERSE = "adverse"
    """Rates high what the others rate low."""
    ERRATIC = "erratic"
    """Scatters far more than the others round what they agree on."""
    SEVERE = "severe"
    """Rates far lower than the others, which calibration corrects."""
    LENIENT = "lenient"
    """Rates far higher than the others, which calibration corrects."""
    HASTY = "hasty"
    """Took less than a quarter of the time that the others took."""


class Likeness(StrEnum):
    """In what two jurors' ballots are more alike than two independent ballots would be."""

    IDENTICAL = "identical"
    """The same score for every entry both have read."""
    EQUAL = "equal"
    """The same score far more often than two independent jurors arrive at."""
    CORRELATED = "correlated"
    """They differ from the rest of the jury in the same direction and at the same entries."""


@dataclass(frozen=True, slots=True)
class Rating:
    """One juror's score for one entry in one round; `seconds` is how long she had it open, where that is known."""

    entry: int
    juror: int
    score: float
    round: int = 1
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """All ratings of all rounds so far, and for how many places.

    `entries` are the keys of all entries, also of those nobody has read; `lowest` and `highest` are the ends of the
    scale. Two problems that differ only in the order of entries and ratings have the same result. Raises ValueError
    where the values do not fit together.
    """

    ratings: tuple[Rating, ...]
    entries: tuple[int, ...]
    places: int
    lowest: float
    highest: float
    draws: int = DRAWS
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse what has no meaning."""
        if not (math.isfinite(self.lowest) and math.isfinite(self.highest) and self.lowest < self.highest):
            raise ValueError("the lowest possible score must lie below the highest")
        if not 1e-9 <= self.highest - self.lowest <= 1e12:
            raise ValueError("the scale is too narrow or too wide to reckon with")
        if self.places < 0:
            raise ValueError("the number of places must not be negative")
        if not 1 <= self.draws <= 100_000:
            raise ValueError("the number of draws must lie between 1 and 100,000")
        if self.seed < 0:
            raise ValueError("the seed must not be negative")
        known = frozenset(self.entries)
        if len(known) != len(self.entries):
            raise ValueError("an entry is named twice")
        seen: set[tuple[int, int, int]] = set()
        for rating in self.ratings:
            check_rating(rating, known, self.lowest, self.highest)
            key = (rating.entry, rating.juror, rating.round)
            if key in seen:
                raise ValueError(
                    f"juror {rating.juror} has rated entry {rating.entry} twice in round {rating.round}"
                )
            seen.add(key)


def check_rating(rating: Rating, known: frozenset[int], lowest: float, highest: float) -> None:
    """Raise ValueError for a rating of an unknown entry, outside the scale or of a negative duration."""
    if rating.entry not in known:
        raise ValueError(f"a rating names entry {rating.entry}, which is not among the entries")
    if not lowest <= rating.score <= highest:
        raise ValueError(f"the score {rating.score:g} of entry {rating.entry} lies outside the scale")
    if rating.seconds is not None and rating.seconds < 0:
        raise ValueError(f"a rating of entry {rating.entry} took less than no time")


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is known about an entry: the plain figures, and beside them the calibrated ones.

    `mean`, `median` and `spread` (standard deviation) are of the scores as given; None where there are too few reads.
    `score` is the posterior mean on the scale of the ratings, `error` its standard deviation, `chance` the probability
    to be among the best `places`.
    """

    entry: int
    reads: int
    mean: float | None
    median: float | None
    spread: float | None
    score: float
    error: float
    chance: float


@dataclass(frozen=True, slots=True)
class JurorEffect:
    """How a juror rates: `offset` above the jury's level, `scale` times the differences between entries, with `noise`.

    Offset and noise (a standard deviation) are on the scale of the ratings. `outliers` is the share of ratings that
    lie further than 2.5 times the juror's own noise from what the model expects.
    """

    juror: int
    reads: int
    offset: float
    scale: float
    noise: float
    outliers: float
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class Components:
    """The jury's level in the first round, and the variances of entries, juror offsets and noise, in points squared.

    `scale` is the variance of the jurors' scales, a pure number. `evidence` is the probability of differences between
    jurors such as these, of level, scale or noise, if they all rated alike (tests within entries); calibration corrects
    them below 0.05.
    """

    level: float
    entry: float
    juror: float
    scale: float
    residual: float
    evidence: float

    @property
    def reliability(self) -> float:
        """Of one rating by one juror: the share of its variance that is the entry's."""
        total = self.entry + self.juror + self.residual
        return self.entry / total if total else 0.0


@dataclass(frozen=True, slots=True)
class RoundLevel:
    """How a round's average entry of all entries, not of those read in it, would be rated by an average juror."""

    round: int
    level: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Two jurors (first < second) whose ballots are more alike over `common` entries than chance explains.

    `correlation` is that of what is left of their ratings after the entries' and their own effects; `equal` is the
    share of the common entries to which both gave the same score.
    """

    first: int
    second: int
    common: int
    correlation: float
    equal: float
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Result:
    """Estimates by entry, effects by juror, levels by round, in the order of their keys, and what the chair sees first.

    Scores are as in the first round: what a later round was rated higher or lower as a whole is taken off.
    `supported` is False where the data show no difference between jurors: every score is then the entry's raw mean,
    shrunk towards the level (less what its later rounds were rated above the first). `linked` counts the parts into which
    jurors and entries fall when only ratings join them: above 1, entries of different parts are comparable only as far as
    the panels are alike. `contested` are the keys of the contested band.
    """

    estimates: tuple[Estimate, ...]
    jurors: tuple[JurorEffect, ...]
    components: Components
    levels: tuple[RoundLevel, ...]
    supported: bool
    linked: int
    contested: tuple[int, ...]
    pairs: tuple[Pair, ...]
