"""Choices of live finals."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from summitry.foundation.states import TransitionTable


class FinalState(TextChoices):
    """How far a live final is."""

    PLANNED = "planned", pgettext_lazy("final", "Planned")
    RUNNING = "running", pgettext_lazy("final", "Running")
    COMMITTED = "committed", _("Ballots committed")
    REVEALED = "revealed", _("Ballots revealed")


class BallotKind(TextChoices):
    """How jurors of a live final judge."""

    SCORES = "scores", _("Scores")
    PAIRS = "pairs", _("Pair by pair")


class PitchState(TextChoices):
    """Where a pitch is."""

    WAITING = "waiting", pgettext_lazy("pitch", "Waiting")
    ON_STAGE = "on_stage", pgettext_lazy("pitch", "On stage")
    DONE = "done", pgettext_lazy("pitch", "Done")


F = FinalState
FINAL = TransitionTable(
    "calls.final",
    "state",
    {
        F.PLANNED: frozenset({F.RUNNING}),
        F.RUNNING: frozenset({F.COMMITTED}),
        F.COMMITTED: frozenset({F.REVEALED, F.RUNNING}),
        F.REVEALED: frozenset(),
    },
)
