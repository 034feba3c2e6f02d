"""Small invented juries for the tests of calibration and of effort."""

from __future__ import annotations

import numpy as np

from summitry.algorithms.calibration import Problem, Rating


def made(
    entries: int = 40,
    jurors: int = 8,
    reads: int = 5,
    *,
    offset: float = 1.2,
    seed: int = 1,
    places: int = 5,
    draws: int = 400,
) -> Problem:
    """A jury on a scale from 0 to 100 (so that hardly any two scores are equal), offsets and noise in points of ten."""
    rng = np.random.default_rng(seed)
    worth, habit = rng.normal(0, 1, entries), rng.normal(0, offset, jurors)
    ratings = tuple(
        Rating(
            entry,
            juror,
            float(np.clip(np.rint(50 + 10 * (worth[entry] + habit[juror] + rng.normal())), 0, 100)),
        )
        for entry in range(entries)
        for juror in rng.permutation(jurors)[:reads].tolist()
    )
    return Problem(ratings, tuple(range(entries)), places, 0, 100, draws, seed)
