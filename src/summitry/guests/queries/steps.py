"""The steps of an accreditation: where a guest stands, what may be decided there, what follows, and by when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from summitry.foundation import clock
from summitry.guests.enums import DecisionKind, GuestState, Step
from summitry.guests.models import Category, Guest

G, K = GuestState, DecisionKind

STEP_OF: Mapping[str, Step] = {
    G.SUBMITTED: Step.COMPLETENESS,
    G.SCREENING: Step.SCREENING,
    G.DECIDING: Step.DECISION,
    G.ON_HOLD: Step.DECISION,
    G.APPEALED: Step.DECISION,
    G.APPLYING: Step.APPLICATION,
    G.INCOMPLETE: Step.APPLICATION,
    G.APPROVED: Step.CONFIRMATION,
}
"""In which step a guest is who is in a state; in all others nothing is to be done: who waits for a place is not late."""
_BEGINS = {
    Step.COMPLETENESS: G.SUBMITTED,
    Step.SCREENING: G.SCREENING,
    Step.DECISION: G.DECIDING,
    Step.CONFIRMATION: G.APPROVED,
}
ADMITTED = frozenset({G.APPROVED, G.CONFIRMED})
"""Whoever is in one of these was decided about, and may come."""


def onward(category: Category, after: Step) -> GuestState:
    """Return the state in which the next step of a category begins after `after`; without one, a guest is accredited."""
    steps = list(Step)
    for step in steps[steps.index(after) + 1 :]:
        if step.value in category.steps:
            return _BEGINS[step]
    return G.CONFIRMED


@dataclass(frozen=True, slots=True)
class Rule:
    """What a decision needs: the states from which it is taken, where it leads, who takes it and what has to be said.

    `finally_` marks what ends an application: where two people have to agree, they agree about this.
    """

    states: frozenset[str]
    to: Callable[[Guest], GuestState]
    verb: str = "decide"
    needs_reason: bool = False
    needs_told: bool = False
    finally_: bool = False


RULES: Mapping[str, Rule] = {
    K.COMPLETE: Rule(frozenset({G.SUBMITTED}), lambda guest: onward(guest.category, Step.COMPLETENESS)),
    K.ASK: Rule(
        frozenset({G.SUBMITTED, G.SCREENING, G.DECIDING, G.ON_HOLD}), lambda _g: G.INCOMPLETE, needs_told=True
    ),
    K.CLEAR: Rule(frozenset({G.SCREENING}), lambda _g: G.DECIDING, verb="screen"),
    K.OBJECT: Rule(frozenset({G.SCREENING}), lambda _g: G.ON_HOLD, verb="screen"),
    K.APPROVE: Rule(
        frozenset({G.DECIDING, G.ON_HOLD}), lambda guest: onward(guest.category, Step.DECISION), finally_=True
    ),
    K.REFUSE: Rule(
        frozenset({G.SUBMITTED, G.INCOMPLETE, G.WAITING, G.DECIDING, G.ON_HOLD, G.APPEALED}),
        lambda _g: G.REFUSED,
        needs_reason=True,
        finally_=True,
    ),
    K.HOLD: Rule(frozenset({G.DECIDING, G.SCREENING}), lambda _g: G.ON_HOLD),
    K.RESET: Rule(
        frozenset({G.REFUSED, G.APPEALED, G.REVOKED, G.APPROVED, G.CONFIRMED, G.ON_HOLD}),
        lambda _g: G.DECIDING,
        needs_reason=True,
    ),
    K.REVOKE: Rule(frozenset({G.APPROVED, G.CONFIRMED}), lambda _g: G.REVOKED, needs_reason=True),
    K.ADMIT: Rule(frozenset({G.WAITING}), lambda _g: G.APPLYING),
}


def leads_to(guest: Guest, kind: str) -> GuestState:
    """Return where a decision brings a guest."""
    return RULES[kind].to(guest)


def kinds_for(guest: Guest) -> list[DecisionKind]:
    """Return what may be decided about a guest in her present state, in the order of the enumeration."""
    return [kind for kind in DecisionKind if guest.state in RULES[kind].states]


def due_at(category: Category, state: str, since: dt.datetime) -> dt.datetime | None:
    """Return by when the step should be done that a guest is in since `since`; None where no clock runs."""
    step = STEP_OF.get(state)
    hours = category.clocks.get(step.value) if step else None
    return since + dt.timedelta(hours=hours) if hours else None


def is_overdue(category: Category, state: str, since: dt.datetime) -> bool:
    """Return whether the step should be done by now."""
    due = due_at(category, state, since)
    return due is not None and due < clock.now()
