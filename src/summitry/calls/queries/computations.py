"""What was computed: which answer is in force, and what a computation was asked and answered."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from summitry.calls.enums import ComputationState, Task
from summitry.calls.models import Call, Computation, Round
from summitry.calls.record.canonical import unpacked

OPEN = frozenset({ComputationState.WAITING, ComputationState.RUNNING})


def in_force(call: Call, task: Task, round_: Round | None = None) -> Computation | None:
    """Return the computation of a task that is in force; None where none is."""
    return _of(call, task, round_).filter(state=ComputationState.IN_FORCE).first()


def latest(call: Call, task: Task, round_: Round | None = None) -> Computation | None:
    """Return the last computation of a task, whatever became of it."""
    return _of(call, task, round_).order_by("-number").first()


def problem_of(computation: Computation) -> dict[str, Any]:
    """Return what a computation was asked."""
    problem: dict[str, Any] = unpacked(bytes(computation.problem))
    return problem


def answer_of(computation: Computation) -> dict[str, Any] | None:
    """Return what a computation answered; None where it has not."""
    answer: dict[str, Any] | None = unpacked(bytes(computation.answer))
    return answer


def _of(call: Call, task: Task, round_: Round | None) -> QuerySet[Computation]:
    return Computation.objects.filter(call=call, round=round_, task=task)
