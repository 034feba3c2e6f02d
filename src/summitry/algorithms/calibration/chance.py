"""The probability of every entry to be among the best, by draws from the joint posterior."""

from __future__ import annotations

import numpy as np

from summitry.algorithms.calibration.model import Fit
from summitry.algorithms.calibration.ratings import Reals
from summitry.algorithms.calibration.types import Problem

BLOCK = 2_000_000
"""Numbers drawn at a time: what keeps the memory small, however many entries and draws there are."""


def chances(fitted: Fit, problem: Problem) -> Reals:
    """The share of draws in which the entry is among the best `places`; together they make as many as places filled."""
    entries = len(problem.entries)
    if problem.places >= entries or not problem.places:
        return np.full(entries, 1.0 if problem.places else 0.0)
    rng = np.random.default_rng(problem.seed)
    at_once = max(1, BLOCK // entries)
    hits = np.zeros(entries, dtype=np.int64)
    left = problem.draws
    while left:
        count = min(left, at_once)
        worth = fitted.draw(rng, count)
        best = np.argpartition(worth, entries - problem.places, axis=1)[:, entries - problem.places :]
        hits += np.bincount(best.ravel(), minlength=entries)
        left -= count
    return hits / problem.draws
