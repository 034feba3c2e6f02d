"""Comparisons of pairs: strengths with errors from who was preferred to whom.

The model is Bradley and Terry's (Biometrika 39, 1952): a is preferred to b with probability 1 / (1 + exp(b - a)). Strengths
are the posterior mode under independent normal priors, found by Newton's method (for the likelihood and its concavity see
Hunter, Annals of Statistics 32, 2004); the prior makes it exist without comparisons and for groups never compared with each
other. Errors are from the inverse of the Hessian.

Not for choosing the next pair: a juror's answers are known to her phone alone until ballots are revealed, so it is her phone
that asks for the pair that tells most (`final-pairs.js`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

PRIOR = 2.0
"""Standard deviation of strengths before any comparison: 95 % of pairs differ by less than 5.5, that is 1 : 250."""

_ROUNDS = 100
_TIGHT = 1e-11
_SHORT = 1e-3
"""Steps below this are taken as they are: so near, Newton's method only converges, and heights differ by rounding."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A juror preferred one entry to another; `skipped` means she has seen both and preferred neither."""

    juror: int
    better: int
    worse: int
    skipped: bool = False

    @property
    def pair(self) -> tuple[int, int]:
        """Both entries, the smaller key first."""
        return (min(self.better, self.worse), max(self.better, self.worse))


@dataclass(frozen=True, slots=True)
class Strength:
    """An entry's strength on the logit scale (their mean is 0), its standard error, and how often it was shown."""

    entry: int
    strength: float
    error: float
    views: int


def strengths(
    entries: Iterable[int], comparisons: Iterable[Comparison], prior: float = PRIOR
) -> tuple[Strength, ...]:
    """Return the entries, the strongest first, equals by key. The order of entries and comparisons makes no difference.

    Raises ValueError where a comparison names an entry that is not there, or one entry twice, or the prior is not positive.
    """
    if not prior > 0:
        raise ValueError("The prior is not above 0.")
    keys, known, precision = sorted(set(entries)), tuple(comparisons), 1 / prior**2
    wins = _wins(keys, known)
    mode = _mode(wins, precision)
    spread = np.linalg.inv(_curvature(wins + wins.T, mode, precision))
    views = Counter(key for each in known for key in each.pair)
    found = [
        Strength(entry, round(float(value), 9) + 0.0, round(float(error), 9), views[entry])
        for entry, value, error in zip(keys, mode, np.sqrt(np.diag(spread)), strict=True)
    ]
    return tuple(sorted(found, key=lambda each: (-each.strength, each.entry)))


def _wins(keys: Sequence[int], known: Iterable[Comparison]) -> Floats:
    """Return how often each was preferred to each. Raises ValueError for a pair that is none of these entries."""
    index = {key: number for number, key in enumerate(keys)}
    wins = np.zeros((len(keys), len(keys)))
    for each in known:
        first, second = each.pair
        if first == second or first not in index or second not in index:
            raise ValueError(f"{first} and {second} are no pair of these entries.")
        if not each.skipped:
            wins[index[each.better], index[each.worse]] += 1
    return wins


def _chance(difference: Floats) -> Floats:
    # Through tanh, so that large differences neither overflow nor lose the symmetry of both sides.
    chance: Floats = 0.5 * (1 + np.tanh(difference / 2))
    return chance


def _curvature(asked: Floats, mode: Floats, precision: float) -> Floats:
    """Return the negative Hessian of the log posterior."""
    chance = _chance(mode[:, None] - mode[None, :])
    weight = asked * chance * (1 - chance)
    curvature: Floats = np.diag(weight.sum(axis=1) + precision) - weight
    return curvature


def _mode(wins: Floats, precision: float) -> Floats:
    """Climb the log posterior, which is strictly concave, by Newton steps, halved until they climb."""
    mode = np.zeros(len(wins))
    asked = wins + wins.T
    for _round in range(_ROUNDS):
        slope = (wins - asked * _chance(mode[:, None] - mode[None, :])).sum(axis=1) - precision * mode
        step = np.linalg.solve(_curvature(asked, mode, precision), slope) if len(mode) else slope
        height = _height(wins, mode, precision)
        while np.abs(step).max(initial=0) > _SHORT and _height(wins, mode + step, precision) < height:
            step = step / 2
        mode = mode + step
        if np.abs(step).max(initial=0) <= _TIGHT:
            break
    return mode


def _height(wins: Floats, mode: Floats, precision: float) -> float:
    losses = np.logaddexp(0, mode[None, :] - mode[:, None])
    return -float((wins * losses).sum() + precision * (mode @ mode) / 2)
