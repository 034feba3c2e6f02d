"""Choices of rounds, assignments and computations."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from summitry.foundation.states import TransitionTable


class RoundState(TextChoices):
    """How far a round is."""

    PLANNED = "planned", pgettext_lazy("round", "Planned")
    READING = "reading", pgettext_lazy("round", "Jurors read")
    CLOSED = "closed", pgettext_lazy("round", "Reviews closed")
    DECIDED = "decided", pgettext_lazy("round", "Decided")


class RoundKind(TextChoices):
    """How the jury meets the entries of a round."""

    DESK = "desk", _("Reading")
    LIVE = "live", _("Live final")


class AssignmentMode(TextChoices):
    """What an assignment aims at."""

    BEST = "best", _("Best fit altogether")
    FAIR = "fair", _("Best fit for the worst-off entry")
    RANDOM = "random", _("Random, within limits")


class Stand(TextChoices):
    """Where an entry of a round stands."""

    IN = "in", pgettext_lazy("round", "In this round")
    ADVANCED = "advanced", pgettext_lazy("round", "Advanced")
    RESERVE = "reserve", pgettext_lazy("round", "Reserve")
    OUT = "out", pgettext_lazy("round", "Not advanced")


class AssignmentState(TextChoices):
    """How far a juror is with an entry that was given to her."""

    GIVEN = "given", pgettext_lazy("assignment", "To be read")
    BEGUN = "begun", pgettext_lazy("assignment", "Begun")
    SUBMITTED = "submitted", pgettext_lazy("assignment", "Handed in")
    RECUSED = "recused", pgettext_lazy("assignment", "Recused")
    TAKEN_BACK = "taken_back", pgettext_lazy("assignment", "Given to somebody else")


class Task(TextChoices):
    """What is computed."""

    ASSIGNMENT = "assignment", _("Assignment")
    CALIBRATION = "calibration", _("Calibration")
    SELECTION = "selection", _("Selection")
    EFFORT = "effort", _("Plan of rounds")


class ComputationState(TextChoices):
    """How far a computation is. What it proposes is not in force until somebody approves it."""

    WAITING = "waiting", pgettext_lazy("computation", "Waiting")
    RUNNING = "running", pgettext_lazy("computation", "Running")
    PROPOSED = "proposed", pgettext_lazy("computation", "Proposed, not in force")
    SHORT = "short", _("No solution: see what binds")
    FAILED = "failed", pgettext_lazy("computation", "Failed")
    IN_FORCE = "in_force", pgettext_lazy("computation", "In force")
    SUPERSEDED = "superseded", pgettext_lazy("computation", "Superseded")


R = RoundState
ROUND = TransitionTable(
    "calls.round",
    "state",
    {
        R.PLANNED: frozenset({R.READING}),
        R.READING: frozenset({R.CLOSED}),
        R.CLOSED: frozenset({R.READING, R.DECIDED}),
        R.DECIDED: frozenset({R.CLOSED}),
    },
)
A = AssignmentState
ASSIGNMENT = TransitionTable(
    "calls.assignment",
    "state",
    {
        A.GIVEN: frozenset({A.BEGUN, A.SUBMITTED, A.RECUSED, A.TAKEN_BACK}),
        A.BEGUN: frozenset({A.SUBMITTED, A.RECUSED, A.TAKEN_BACK}),
        A.SUBMITTED: frozenset({A.BEGUN, A.RECUSED}),
        A.RECUSED: frozenset(),
        A.TAKEN_BACK: frozenset({A.GIVEN}),
    },
)
S = ComputationState
COMPUTATION = TransitionTable(
    "calls.computation",
    "state",
    {
        S.WAITING: frozenset({S.RUNNING, S.FAILED}),
        S.RUNNING: frozenset({S.PROPOSED, S.SHORT, S.FAILED, S.WAITING}),
        S.PROPOSED: frozenset({S.IN_FORCE, S.SUPERSEDED}),
        S.SHORT: frozenset({S.SUPERSEDED}),
        S.FAILED: frozenset({S.SUPERSEDED}),
        S.IN_FORCE: frozenset({S.SUPERSEDED}),
        S.SUPERSEDED: frozenset(),
    },
)
