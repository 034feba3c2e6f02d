"""The scale on which reviews are compared: that of their criteria where all share one, else 0 to 100."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

LOWEST, HIGHEST = 0, 100
Criterion = tuple[str, int, int, int]
"""Slug, weight, lowest and highest mark."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The ends of the scale, and each round's criteria by the key of the round."""

    lowest: int
    highest: int
    criteria: Mapping[int, tuple[Criterion, ...]]

    def score(self, round_key: int, marks: Mapping[str, Any]) -> float | None:
        """Return the weighted mean of a review's marks on this scale, in millionths; None where it has none."""
        total = weights = 0.0
        for slug, weight, lowest, highest in self.criteria.get(round_key, ()):
            mark = marks.get(slug)
            if isinstance(mark, int | float) and lowest <= mark <= highest:
                total += weight * (mark - lowest) / (highest - lowest)
                weights += weight
        if not weights:
            return None
        return round(self.lowest + (self.highest - self.lowest) * total / weights, 6)


def scale_over(criteria: Mapping[int, Iterable[Criterion]]) -> Scale:
    """Return the scale of these rounds together."""
    found = {key: tuple(each) for key, each in criteria.items()}
    ends = {(lowest, highest) for each in found.values() for _slug, _weight, lowest, highest in each}
    lowest, highest = ends.pop() if len(ends) == 1 else (LOWEST, HIGHEST)
    return Scale(lowest, highest, found)
