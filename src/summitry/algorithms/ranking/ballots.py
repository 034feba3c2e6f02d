"""What is tallied in a final and by which rules: ballots, the figure each method makes of them, all in exact fractions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Self

EUROVISION = (12, 10, 8, 7, 6, 5, 4, 3, 2, 1)
"""The points for places from the first on, as the European Broadcasting Union has used them since 1975."""


class Method(StrEnum):
    """How ballots become a figure per entry; an entry's figure counts only the ballots that hold it."""

    MEAN = "mean"
    """The mean of its scores, each juror with her weight."""

    TRIMMED = "trimmed"
    """The mean of its scores without the `trim` highest and as many lowest, as far as one or two are left."""

    BORDA = "borda"
    """The mean share of the others on a ballot whom it beats, half for those beside it (Borda 1781; de Borda's count is
    this times the number of others)."""

    POINTS = "points"
    """The mean of the points its places earn; entries side by side share the points of their places."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """One juror's scores, the higher the better. Whom she may not judge is not on it."""

    juror: int
    scores: Mapping[int, Fraction | int]

    @classmethod
    def ranked(cls, juror: int, order: Iterable[int | Iterable[int]]) -> Self:
        """Return a ballot from a ranking, the best first, those side by side in a group. Raises ValueError for repeats."""
        groups = [[each] if isinstance(each, int) else sorted(each) for each in order]
        scores = {entry: -place for place, group in enumerate(groups) for entry in group}
        if len(scores) != sum(map(len, groups)):
            raise ValueError(f"The ballot of juror {juror} names an entry twice.")
        return cls(juror, scores)

    def order(self) -> list[list[int]]:
        """Its entries, the best first, those with the same score side by side."""
        groups: dict[Fraction | int, list[int]] = {}
        for entry in sorted(self.scores):
            groups.setdefault(self.scores[entry], []).append(entry)
        return [groups[score] for score in sorted(groups, reverse=True)]


@dataclass(frozen=True, slots=True)
class Rules:
    """The method and its settings; `weights` are by juror, 1 for whoever is not named.

    Raises ValueError for a negative trim, weights of 0 or less, weights with a trimmed mean (which of two equal scores goes
    would matter), and points that rise.
    """

    method: Method = Method.MEAN
    weights: Mapping[int, Fraction | int] = field(default_factory=dict)
    trim: int = 1
    points: tuple[int, ...] = EUROVISION

    def __post_init__(self) -> None:
        """Refuse what has no meaning."""
        if self.trim < 0:
            raise ValueError("The trim is less than 0.")
        if any(weight <= 0 for weight in self.weights.values()):
            raise ValueError("A weight is not above 0.")
        if self.method is Method.TRIMMED and len(set(self.weights.values()) | {1}) > 1:
            raise ValueError("A trimmed mean has no weights.")
        if list(self.points) != sorted(self.points, reverse=True) or any(each < 0 for each in self.points):
            raise ValueError("The points of a lower place are more, or less than 0.")

    def weight(self, juror: int) -> Fraction:
        """The weight of a juror's ballot."""
        return Fraction(self.weights.get(juror, 1))


def of_criteria(scores: Mapping[str, Fraction | int], weights: Mapping[str, Fraction | int]) -> Fraction:
    """Return one score from those by criterion: the weighted mean. Raises ValueError where criteria and weights differ."""
    if scores.keys() != weights.keys() or not sum(weights.values()) or min(weights.values()) < 0:
        raise ValueError("Each criterion needs a score and a weight.")
    total = sum((Fraction(scores[name]) * Fraction(weights[name]) for name in scores), Fraction())
    return total / sum(map(Fraction, weights.values()))


def figures(ballots: Iterable[Ballot], rules: Rules) -> dict[int, Fraction]:
    """Return the figure of each entry that a ballot holds. Raises ValueError where a juror has two ballots."""
    earned: dict[int, list[tuple[Fraction, Fraction]]] = {}
    seen: set[int] = set()
    for ballot in ballots:
        if ballot.juror in seen:
            raise ValueError(f"Juror {ballot.juror} has two ballots.")
        seen.add(ballot.juror)
        for entry, worth in _earned(ballot, rules).items():
            earned.setdefault(entry, []).append((worth, rules.weight(ballot.juror)))
    return {entry: _mean(earned[entry], rules) for entry in sorted(earned)}


def shared_points(order: list[list[int]], points: tuple[int, ...]) -> dict[int, Fraction]:
    """Return the points of each entry: a group shares the points of the places that it takes up."""
    table: dict[int, Fraction] = {}
    for group in order:
        taken = points[len(table) : len(table) + len(group)]
        table |= dict.fromkeys(group, Fraction(sum(taken), len(group)))
    return table


def _earned(ballot: Ballot, rules: Rules) -> dict[int, Fraction]:
    match rules.method:
        case Method.POINTS:
            return shared_points(ballot.order(), rules.points)
        case Method.BORDA:
            return _borda(ballot.order())
    return {entry: Fraction(score) for entry, score in ballot.scores.items()}


def _borda(order: list[list[int]]) -> dict[int, Fraction]:
    others = sum(map(len, order)) - 1
    below = others + 1
    shares: dict[int, Fraction] = {}
    for group in order:
        below -= len(group)
        if others:  # a ballot with one entry compares it with nobody
            shares |= dict.fromkeys(group, (below + Fraction(len(group) - 1, 2)) / others)
    return shares


def _mean(earned: list[tuple[Fraction, Fraction]], rules: Rules) -> Fraction:
    kept = earned
    if rules.method is Method.TRIMMED:
        cut = min(rules.trim, (len(earned) - 1) // 2)
        kept = sorted(earned)[cut : len(earned) - cut]
    return sum((worth * weight for worth, weight in kept), Fraction()) / sum(
        weight for _worth, weight in kept
    )
