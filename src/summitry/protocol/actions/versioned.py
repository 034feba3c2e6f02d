"""Two people at one plan: whoever changes it says which version she saw, and the second of two is refused."""

from __future__ import annotations

from typing import TypeVar

from summitry.foundation.errors import NotFound, StaleState
from summitry.protocol.models import PrecedenceList, SeatingPlan

P = TypeVar("P", PrecedenceList, SeatingPlan)


def next_version(plan: P, seen: int) -> int:
    """Take `plan` from the version `seen` to the next one and return its number; the caller's transaction holds it then.

    Raises StaleState where the plan is at another version by now.
    """
    if not type(plan)._default_manager.filter(pk=plan.pk, number=seen).update(number=seen + 1):
        raise StaleState
    plan.number = seen + 1
    return plan.number


def next_version_of_any(plan: P) -> int:
    """Take `plan` to its next version whatever it is at: for what must happen, as when a guest does not come any more."""
    current = type(plan)._default_manager.select_for_update().filter(pk=plan.pk).first()
    if current is None:
        raise NotFound
    return next_version(plan, current.number)
