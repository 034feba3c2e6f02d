"""The six scenarios: random pools, areas with specialised jurors, two rounds, no bias at all, small loads, full size."""

from collections.abc import Callable

import numpy as np

from bench.juries import UNBIASED, USUAL, Contest, Habits, Reals, dealt, jury, read
from summitry.algorithms.calibration import Rating


def pool(
    entries: int, reads: int, jurors: int, places: int, habits: Habits = USUAL
) -> Callable[[int], Contest]:
    """One round with jurors dealt at random."""

    def contest(seed: int) -> Contest:
        rng = np.random.default_rng(seed)
        worth = rng.normal(0, 1, entries)
        jurors_ = jury(rng, jurors, habits)
        pairs = dealt(rng, dict.fromkeys(range(entries), reads), range(jurors))
        return Contest(worth, read(rng, worth, jurors_, pairs), places)

    return contest


def areas(seed: int) -> Contest:
    """B: 200 entries in five areas of unequal strength, 40 jurors who give four reads of five to their own area."""
    rng = np.random.default_rng(seed)
    area = np.arange(200) % 5
    worth = rng.normal(0, 1, 200) + rng.normal(0, 0.7, 5)[area]
    worth = (worth - worth.mean()) / worth.std()
    jurors = jury(rng, 40)
    pairs: list[tuple[int, int]] = []
    for own in range(5):
        at_home = [juror for juror in range(40) if juror % 5 == own]
        abroad = [juror for juror in range(40) if juror % 5 != own]
        mine = [int(entry) for entry in np.flatnonzero(area == own)]
        pairs += dealt(rng, dict.fromkeys(mine, 4), at_home)
        pairs += dealt(rng, dict.fromkeys(mine, 1), abroad)
    return Contest(worth, read(rng, worth, jurors, pairs), 12)


def two_rounds(seed: int) -> Contest:
    """C: three reads each by one panel of 30, then four each for the best third by raw mean, by a fresh panel of 10."""
    rng = np.random.default_rng(seed)
    worth = rng.normal(0, 1, 300)
    jurors = jury(rng, 40)
    first = read(rng, worth, jurors, dealt(rng, dict.fromkeys(range(300), 3), range(30)))
    best = [int(entry) for entry in np.argsort(-means(first, 300), kind="stable")[:100]]
    second = read(rng, worth, jurors, dealt(rng, dict.fromkeys(best, 4), range(30, 40)), number=2)
    return Contest(worth, first + second, 15)


def tracks(seed: int) -> Contest:
    """F: 1,000 entries in six tracks of unequal strength, 150 jurors of whom each reads mostly two tracks."""
    rng = np.random.default_rng(seed)
    track = np.arange(1000) % 6
    worth = rng.normal(0, 1, 1000) + rng.normal(0, 0.3, 6)[track]
    worth = (worth - worth.mean()) / worth.std()
    jurors = jury(rng, 150)
    pairs: list[tuple[int, int]] = []
    for own in range(6):
        mine = [int(entry) for entry in np.flatnonzero(track == own)]
        near = [juror for juror in range(150) if own in (juror % 6, (juror + 1) % 6)]
        pairs += dealt(rng, dict.fromkeys(mine, 5), near)
    return Contest(worth, read(rng, worth, jurors, pairs), 100)


def means(ratings: tuple[Rating, ...], entries: int) -> Reals:
    """The raw mean by entry."""
    entry = np.array([rating.entry for rating in ratings])
    score = np.array([rating.score for rating in ratings])
    mean: Reals = np.bincount(entry, score, entries) / np.maximum(np.bincount(entry, minlength=entries), 1)
    return mean


SCENARIOS: dict[str, Callable[[int], Contest]] = {
    "A 300 x 5, 40 jurors": pool(300, 5, 40, 15),
    "B 200 x 5, areas": areas,
    "C two rounds": two_rounds,
    "D no bias": pool(300, 5, 40, 15, UNBIASED),
    "E 150 jurors, 10 each": pool(300, 5, 150, 15),
    "F 1,000 x 5, tracks": tracks,
}
