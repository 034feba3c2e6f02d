"""What a review says: its fields as pages and actions name them, its score, and what its digest covers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from summitry.calls.models import Criterion, Review
from summitry.foundation.i18n.text import digest

MARK = "mark_"
"""Before a criterion's slug in the name of the field that holds its mark."""
WORDS = ("remarks", "feedback")


def value_of(review: Review | None, name: str) -> int | str | None:
    """Return what a field of a review says: a mark (None: not given yet), or words. Nothing of no review."""
    if name in WORDS:
        return str(getattr(review, name)) if review is not None else ""
    mark: int | None = review.marks.get(name.removeprefix(MARK)) if review is not None else None
    return mark


def field_names(criteria: Iterable[Criterion]) -> list[str]:
    """Return the names of the fields of a round's reviews, in their order."""
    return [*(MARK + criterion.slug for criterion in criteria), *WORDS]


def stamp(value: int | str | None) -> str:
    """Return what stands for a value that a page showed, so that a save can tell whether it still stands there."""
    return digest("" if value is None else str(value))


def stamps(review: Review | None, criteria: Iterable[Criterion]) -> dict[str, str]:
    """Return the stamps of a review's fields by their names."""
    return {name: stamp(value_of(review, name)) for name in field_names(criteria)}


def missing(review: Review, criteria: Iterable[Criterion]) -> list[Criterion]:
    """Return the criteria that have no mark yet."""
    return [criterion for criterion in criteria if review.marks.get(criterion.slug) is None]


def score_of(marks: Mapping[str, int], criteria: Iterable[Criterion]) -> float | None:
    """Return the weighted mean of a review's marks; None while one is missing, or where nothing has any weight."""
    weighed = [(marks.get(criterion.slug), criterion.weight) for criterion in criteria]
    total = sum(weight for _mark, weight in weighed)
    if not total or any(mark is None for mark, _weight in weighed):
        return None
    return sum(mark * weight for mark, weight in weighed if mark is not None) / total


def digested(review: Review) -> dict[str, Any]:
    """Return what the digest of a review that was handed in covers: where it belongs, what it says, when, and its salt.

    Without the salt, which is as long as the digest itself, nobody finds the marks by trying the few there are.
    """
    assignment, at = review.assignment, review.submitted_at
    return {
        "round": assignment.round.number,
        "entry": assignment.entry.number,
        "juror": assignment.juror_id,
        "marks": dict(review.marks),
        "score": review.score,
        "remarks": review.remarks,
        "feedback": review.feedback,
        "version": review.version,
        "submitted_at": at.astimezone(dt.UTC).isoformat(timespec="microseconds") if at else None,
        "salt": review.salt,
    }
