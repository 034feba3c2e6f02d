"""Invented juries: entries of known worth, jurors of known habits, and the scenarios in which methods are compared.

A read is round(5.5 + 1.5 x worth x the juror's scale + the juror's offset + noise), kept within 1 to 10. Noise is such
that one rating has the reliability measured at scientific conferences (about 0.4).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from summitry.algorithms.calibration import Rating

LOWEST, HIGHEST = 1, 10
UNIT = 1.2
"""Points of the scale per standard deviation of worth."""

Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Habits:
    """Standard deviations over jurors: of offsets (in units of worth), of log scales, of log noises; the noise of one read."""

    offset: float = 0.8
    scale: float = 0.25
    spread: float = 0.3
    noise: float = 0.9


USUAL = Habits()
UNBIASED = Habits(offset=0.0, scale=0.0, spread=0.0, noise=1.0)


@dataclass(frozen=True, slots=True)
class Jury:
    """One value per juror."""

    offset: Reals
    scale: Reals
    noise: Reals


@dataclass(frozen=True, slots=True)
class Contest:
    """A scenario played once: the true worth by entry, all ratings, how many places there are."""

    worth: Reals
    ratings: tuple[Rating, ...]
    places: int


def jury(rng: np.random.Generator, size: int, habits: Habits = USUAL) -> Jury:
    """Jurors with habits drawn at random."""
    return Jury(
        offset=rng.normal(0, 1, size) * habits.offset,
        scale=np.exp(rng.normal(0, 1, size) * habits.scale),
        noise=habits.noise * np.exp(rng.normal(0, 1, size) * habits.spread),
    )


def read(
    rng: np.random.Generator, worth: Reals, jurors: Jury, pairs: Sequence[tuple[int, int]], number: int = 1
) -> tuple[Rating, ...]:
    """The ratings that these (entry, juror) pairs lead to."""
    if not pairs:
        return ()
    entry, juror = np.array(pairs, dtype=np.intp).T
    noise = rng.normal(0, 1, len(entry)) * jurors.noise[juror]
    raw = 5.5 + UNIT * (worth[entry] * jurors.scale[juror] + jurors.offset[juror] + noise)
    scores = np.clip(np.rint(raw), LOWEST, HIGHEST)
    return tuple(
        Rating(int(e), int(j), float(s), number) for e, j, s in zip(entry, juror, scores, strict=True)
    )


def dealt(
    rng: np.random.Generator,
    reads: dict[int, int],
    jurors: Sequence[int],
    barred: frozenset[tuple[int, int]] = frozenset(),
) -> list[tuple[int, int]]:
    """Pairs such that every entry gets its reads, each by another juror, and loads differ by one where that is possible."""
    load = dict.fromkeys(jurors, 0)
    pairs: list[tuple[int, int]] = []
    entries = list(reads)
    rng.shuffle(entries)
    for entry in entries:
        lot = rng.random(len(jurors))
        free = sorted(
            (load[juror], lot[at], juror) for at, juror in enumerate(jurors) if (entry, juror) not in barred
        )
        for _, _, juror in free[: reads[entry]]:
            load[juror] += 1
            pairs.append((entry, juror))
    return pairs
