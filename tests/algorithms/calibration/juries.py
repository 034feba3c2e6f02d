"""Small invented juries for the tests of calibration and of effort."""

from __future__ import annotations

import numpy as np

from summitry.algorithms.calibration import Problem, Rating, Result


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


def contest(
    seed: int,
    entries: int = 300,
    jurors: int = 40,
    reads: int = 5,
    *,
    offset: float = 0.0,
    strength: float = 0.0,
    panels: int = 1,
    links: int = 0,
    scales: tuple[float, ...] = (1.0,),
    noises: tuple[float, ...] = (1.0,),
    places: int = 15,
) -> tuple[np.ndarray, Problem]:
    """The true worth, and marks from 1 to 10 by a jury with even loads.

    Scales and noises go round the jury. Panels read only their own entries, whose mean varies by `strength`; `links`
    entries of each are read once more, by a juror of the next.
    """
    rng = np.random.default_rng([seed, entries, jurors, reads])
    panel = np.arange(entries) % panels
    worth = rng.normal(size=entries) + strength * rng.normal(size=panels)[panel]
    habit = offset * rng.normal(size=jurors)
    load = np.zeros(jurors)
    ratings = []
    for entry in rng.permutation(entries).tolist():
        busy = load + rng.random(jurors) + 1e6 * (np.arange(jurors) % panels != panel[entry])
        chosen = np.argsort(busy)[:reads].tolist()
        load[chosen] += 1
        if entry < links * panels:
            chosen.append((int(panel[entry]) + 1 + panels * int(rng.integers(jurors // panels))) % jurors)
        for juror in chosen:
            felt = worth[entry] * scales[juror % len(scales)] + habit[juror]
            felt += noises[juror % len(noises)] * rng.normal()
            ratings.append(Rating(entry, juror, float(np.clip(np.rint(5.5 + 1.5 * felt), 1, 10))))
    return worth, Problem(tuple(ratings), tuple(range(entries)), places, 1, 10, 400, seed)


def recalls(worth: np.ndarray, result: Result, places: int) -> tuple[float, float]:
    """How many of the truly best are among the best by calibrated scores, and by plain means."""
    best = set(np.argsort(-worth)[:places].tolist())
    by_score = sorted(result.estimates, key=lambda one: (-one.score, one.entry))[:places]
    by_mean = sorted(result.estimates, key=lambda one: (-(one.mean or 0), one.entry))[:places]
    scored, meant = (len(best & {one.entry for one in by}) / places for by in (by_score, by_mean))
    return scored, meant
