"""Comparisons of pairs: strengths with errors from who was preferred to whom, and which pair tells most next.

The model is Bradley and Terry's (Biometrika 39, 1952): a is preferred to b with probability 1 / (1 + exp(b - a)). Strengths
are the posterior mode under independent normal priors, found by Newton's method (for the likelihood and its concavity see
Hunter, Annals of Statistics 32, 2004); the prior makes it exist without comparisons and for groups never compared with each
other. Errors are from the inverse of the Hessian. The next pair is the one whose answer is expected to shrink the posterior
most: 1/2 log(1 + p (1 - p) v), with v the variance of the difference (Bayesian D-optimality: Chaloner & Verdinelli, Statistical
Science 10, 1995).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

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
    field = _Field(entries, comparisons, prior)
    found = [
        Strength(entry, round(float(value), 9) + 0.0, round(float(error), 9), field.views[entry])
        for entry, value, error in zip(field.keys, field.mode, np.sqrt(np.diag(field.spread)), strict=True)
    ]
    return tuple(sorted(found, key=lambda each: (-each.strength, each.entry)))


def next_pair(
    entries: Iterable[int],
    comparisons: Sequence[Comparison],
    juror: int,
    *,
    barred: Collection[int] = (),
    shown: Iterable[tuple[int, int]] = (),
    least_views: int = 0,
    prior: float = PRIOR,
) -> tuple[int, int] | None:
    """Return the pair to show to this juror, or None where she has seen every pair that she may see.

    `barred` are entries she may not judge, `shown` pairs that others are looking at just now: they count as views, and
    their answers as expected. As long as an entry she may see has fewer than `least_views` views, the pair holds the one
    with the fewest. Of equally telling pairs the first by key is taken. Errors as of `strengths`.
    """
    looked_at = [tuple(sorted(pair)) for pair in shown]
    field = _Field(entries, comparisons, prior, looked_at)
    seen = {each.pair for each in comparisons if each.juror == juror}
    allowed = [key for key in field.keys if key not in set(barred)]
    pairs = [pair for pair in combinations(allowed, 2) if pair not in seen]
    if not pairs:
        return None
    views = {key: field.views[key] for pair in pairs for key in pair}
    fewest = min(views.values())
    if fewest < least_views:
        pairs = [pair for pair in pairs if fewest in (views[pair[0]], views[pair[1]])]
    worth = field.information(pairs)
    return pairs[int(np.argmax(np.round(worth, 12)))]


def without_last(comparisons: Sequence[Comparison], juror: int) -> tuple[Comparison, ...]:
    """Return the comparisons, in order, without this juror's last one: her undo. The same where she has none."""
    mine = [number for number, each in enumerate(comparisons) if each.juror == juror]
    return tuple(each for number, each in enumerate(comparisons) if number not in mine[-1:])


class _Field:
    """The entries with the mode of their strengths and its covariance; `open_pairs` are asked, but not answered yet."""

    def __init__(
        self,
        entries: Iterable[int],
        comparisons: Iterable[Comparison],
        prior: float,
        open_pairs: Sequence[tuple[int, ...]] = (),
    ) -> None:
        if not prior > 0:
            raise ValueError("The prior is not above 0.")
        known = tuple(comparisons)
        self.keys = sorted(set(entries))
        self._index = {key: number for number, key in enumerate(self.keys)}
        for first, second in [*(each.pair for each in known), *open_pairs]:
            if first == second or first not in self._index or second not in self._index:
                raise ValueError(f"{first} and {second} are no pair of these entries.")
        self.views = Counter(key for each in known for key in each.pair) + Counter(
            key for pair in open_pairs for key in pair
        )
        size = len(self.keys)
        self._precision = 1 / prior**2
        wins = np.zeros((size, size))
        for each in known:
            if not each.skipped:
                wins[self._index[each.better], self._index[each.worse]] += 1
        self.mode = _mode(wins, self._precision)
        asked = wins + wins.T
        for first, second in open_pairs:
            asked[self._index[first], self._index[second]] += 1
            asked[self._index[second], self._index[first]] += 1
        spread: Floats = np.linalg.inv(_curvature(asked, self.mode, self._precision)).astype(np.float64)
        self.spread = spread

    def information(self, pairs: Sequence[tuple[int, int]]) -> Floats:
        """What the answer for each pair is expected to tell, in nats."""
        first = np.array([self._index[pair[0]] for pair in pairs])
        second = np.array([self._index[pair[1]] for pair in pairs])
        variance = self.spread[first, first] + self.spread[second, second] - 2 * self.spread[first, second]
        chance = _chance(self.mode[first] - self.mode[second])
        worth: Floats = 0.5 * np.log1p(chance * (1 - chance) * np.maximum(variance, 0))
        return worth


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
