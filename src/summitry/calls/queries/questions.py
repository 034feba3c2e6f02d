"""What the questions of an entry form let choose, and of which a condition can be made."""

from __future__ import annotations

from summitry.calls.enums import QuestionKind
from summitry.calls.models import Question

WITH_OPTIONS = frozenset({QuestionKind.CHOICE, QuestionKind.CHOICES})
ASKABLE = WITH_OPTIONS | {QuestionKind.YES_NO}
"""Kinds of which a condition can be made."""


def values_of(question: Question) -> list[str]:
    """Return the values of which a condition about `question` can be made."""
    if question.kind == QuestionKind.YES_NO:
        return ["yes", "no"]
    return [one["value"] for one in question.options] if question.kind in WITH_OPTIONS else []
