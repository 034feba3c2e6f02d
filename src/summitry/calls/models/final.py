"""A live final: the order of the pitches, the ballots of the jury on their phones, and the public's vote."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from summitry.calls.enums import BallotKind, FinalState, PitchState
from summitry.calls.models.entry import Entry
from summitry.calls.models.judging import Round
from summitry.calls.models.jury import Juror, Panel


class Final(models.Model):
    """How a live round is held. `public_share` is the weight of the public's vote in per cent (0: it has none).

    `panel` judges, where none is named the whole jury. The public votes between two moments, with the code on the big screen
    where the final `asks_code`; from one address of the network `votes_per_address` count (0: without limit). `revision`
    counts the steps on the stage, `unveiled` the places that were revealed there, from the last up; `generation` makes the
    big screen's link.
    """

    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="final")
    panel = models.ForeignKey(Panel, null=True, blank=True, on_delete=models.SET_NULL, related_name="finals")
    state = models.CharField(max_length=10, choices=FinalState.choices, default=FinalState.PLANNED)
    ballot = models.CharField(max_length=8, choices=BallotKind.choices, default=BallotKind.SCORES)
    seconds = models.PositiveSmallIntegerField(default=300)
    question_seconds = models.PositiveSmallIntegerField(default=180)
    public_share = models.PositiveSmallIntegerField(default=0)
    vote_opens_at = models.DateTimeField(null=True, blank=True)
    vote_closes_at = models.DateTimeField(null=True, blank=True)
    asks_code = models.BooleanField(default=True)
    votes_per_address = models.PositiveIntegerField(default=20)
    tally = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)
    unveiled = models.PositiveSmallIntegerField(default=0, editable=False)
    generation = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(public_share__lte=100), name="final_share_in_range")
        ]

    def __str__(self) -> str:
        return str(self.round)

    @property
    def edition_id(self) -> int:
        """The edition to which it belongs, for the log."""
        return self.round.call.edition_id


class Pitch(models.Model):
    """One entry's turn on the stage; its clock runs from `started_at`, questions from `questions_at`.

    While the clock is stopped `paused_at` says since when; once it runs again, both have moved by the pause.
    """

    final = models.ForeignKey(Final, on_delete=models.CASCADE, related_name="pitches")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="pitches")
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=PitchState.choices, default=PitchState.WAITING)
    started_at = models.DateTimeField(null=True, blank=True)
    questions_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("position", "id")
        verbose_name_plural = "pitches"
        constraints: ClassVar = [models.UniqueConstraint(fields=["final", "entry"], name="pitch_once")]

    def __str__(self) -> str:
        return f"{self.position}. {self.entry}"

    @property
    def edition_id(self) -> int:
        """The edition to which it belongs, for the log."""
        return self.final.round.call.edition_id


class Ballot(models.Model):
    """A juror's ballot: first only its digest, salted; content and salt when all are revealed on the stage.

    Her device keeps both until then. Where no script ran on it, `kept` holds them, sealed with the installation's key.
    """

    final = models.ForeignKey(Final, on_delete=models.CASCADE, related_name="ballots")
    juror = models.ForeignKey(Juror, on_delete=models.PROTECT, related_name="ballots")
    commitment = models.CharField(max_length=64)
    committed_at = models.DateTimeField(default=timezone.now)
    content = models.JSONField(null=True, blank=True)
    salt = models.CharField(max_length=64, blank=True)
    kept = models.TextField(blank=True, editable=False)
    revealed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["final", "juror"], name="ballot_once")]

    def __str__(self) -> str:
        return f"{self.final}: {self.juror}"

    @property
    def edition_id(self) -> int:
        """The edition to which it belongs, for the log."""
        return self.final.round.call.edition_id


class PublicVote(models.Model):
    """One vote of the public. `voter` is a keyed digest: it tells votes of one person apart, and nobody who she is."""

    final = models.ForeignKey(Final, on_delete=models.CASCADE, related_name="votes")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="votes")
    voter = models.CharField(max_length=64)
    source = models.CharField(max_length=64, blank=True)
    voted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["final", "voter"], name="public_vote_once")]

    def __str__(self) -> str:
        return f"{self.final}: {self.entry}"

    @property
    def edition_id(self) -> int:
        """The edition to which it belongs, for the log."""
        return self.final.round.call.edition_id
