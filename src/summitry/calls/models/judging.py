"""Judging: rounds and what they ask, who reads what, what she said, and what was computed of it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from summitry.calls.enums import (
    AssignmentMode,
    AssignmentState,
    ComputationState,
    RoundKind,
    RoundState,
    Stand,
    Task,
)
from summitry.calls.models.call import Call
from summitry.calls.models.entry import Entry
from summitry.calls.models.jury import Juror
from summitry.foundation.i18n import TranslatedField


class Round(models.Model):
    """A stage of judging: `reads` jurors look at each entry, `places` of them go on.

    `per_organisation` and `per_entity` are how many jurors of one institution, of one country or region may read the same
    entry (0: no limit). In a blind round jurors see no name of an entrant. Everybody sees the others' reviews of an entry
    only after her own, and where `opens_discussion`; under whose names only where it `names_jurors`.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    name = TranslatedField(max_length=120)
    kind = models.CharField(max_length=6, choices=RoundKind.choices, default=RoundKind.DESK)
    state = models.CharField(max_length=10, choices=RoundState.choices, default=RoundState.PLANNED)
    reads = models.PositiveSmallIntegerField(default=2)
    places = models.PositiveIntegerField(default=0, help_text="0: as many as the call has places")
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    mode = models.CharField(max_length=8, choices=AssignmentMode.choices, default=AssignmentMode.FAIR)
    per_organisation = models.PositiveSmallIntegerField(default=1)
    per_entity = models.PositiveSmallIntegerField(default=2)
    is_blind = models.BooleanField(default=False)
    opens_discussion = models.BooleanField(default=True)
    names_jurors = models.BooleanField(default=True)

    class Meta:
        ordering = ("number",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "number"], name="round_number_unique")
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"

    @property
    def edition_id(self) -> int:
        """The edition to which it belongs, for the log."""
        return self.call.edition_id


class Criterion(models.Model):
    """One question that a juror answers with a mark, from `lowest` to `highest`; `anchors` say what single marks mean.

    The score of a review is the mean of its marks, weighted.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="criteria")
    slug = models.SlugField(max_length=40)
    name = TranslatedField(max_length=120)
    hint = TranslatedField(max_length=1000)
    weight = models.PositiveSmallIntegerField(default=1)
    lowest = models.PositiveSmallIntegerField(default=1)
    highest = models.PositiveSmallIntegerField(default=10)
    anchors = models.JSONField(default=dict, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        verbose_name_plural = "criteria"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "slug"], name="criterion_slug_unique"),
            models.CheckConstraint(condition=Q(lowest__lt=models.F("highest")), name="criterion_has_range"),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def edition_id(self) -> int:
        """The edition to which it belongs, for the log."""
        return self.round.call.edition_id


class Standing(models.Model):
    """An entry in a round: how many reads it gets, where it stands, and what the calibration in force says of it.

    Where the round is decided, `rank` orders those that went on or stand in reserve.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="standings")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="standings")
    stand = models.CharField(max_length=10, choices=Stand.choices, default=Stand.IN)
    reads = models.PositiveSmallIntegerField()
    rank = models.PositiveIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ("round", "rank", "id")
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "entry"], name="standing_once")]

    def __str__(self) -> str:
        return f"{self.round}: {self.entry}"

    @property
    def edition_id(self) -> int:
        """The edition to which it belongs, for the log."""
        return self.round.call.edition_id


class Assignment(models.Model):
    """An entry given to a juror in a round. Who has recused herself, or whose entry went to somebody else, stays written."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="assignments")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="assignments")
    juror = models.ForeignKey(Juror, on_delete=models.PROTECT, related_name="assignments")
    state = models.CharField(max_length=10, choices=AssignmentState.choices, default=AssignmentState.GIVEN)
    state_since = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "entry", "juror"], name="assignment_once")
        ]
        indexes: ClassVar = [models.Index(fields=["juror", "round", "state"], name="assignment_by_juror")]

    def __str__(self) -> str:
        return f"{self.juror}: {self.entry}"

    @property
    def edition_id(self) -> int:
        """The edition to which it belongs, for the log."""
        return self.round.call.edition_id


class Review(models.Model):
    """What a juror says of an entry: `marks` by the criterion's slug, words for the jury, words for the entrant.

    `version` counts the saves, and is what a page compares before it writes. `digest` is the SHA-256 of what was handed in,
    as the juror's receipt shows it; it covers `salt`, so that it says nothing of the few marks there are. `key` names a save,
    so that a page that sends it again after a lost connection writes nothing twice.
    """

    assignment = models.OneToOneField(Assignment, on_delete=models.CASCADE, related_name="review")
    marks = models.JSONField(default=dict, blank=True)
    score = models.FloatField(null=True, blank=True)
    remarks = models.TextField(max_length=4000, blank=True)
    feedback = models.TextField(max_length=4000, blank=True)
    version = models.PositiveIntegerField(default=0)
    key = models.CharField(max_length=40, blank=True)
    salt = models.CharField(max_length=64, blank=True, editable=False)
    digest = models.CharField(max_length=64, blank=True)
    saved_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.assignment)

    @property
    def edition_id(self) -> int:
        """The edition to which it belongs, for the log."""
        return self.assignment.round.call.edition_id


class Remark(models.Model):
    """A word in the discussion of an entry, seen by those who have handed in their review of it."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="remarks")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="discussion")
    juror = models.ForeignKey(Juror, null=True, blank=True, on_delete=models.SET_NULL, related_name="remarks")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    words = models.TextField(max_length=4000)
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("said_at", "id")

    def __str__(self) -> str:
        return self.words[:80]

    @property
    def edition_id(self) -> int:
        """The edition to which it belongs, for the log."""
        return self.round.call.edition_id


class Computation(models.Model):
    """One run of an algorithm: what it was asked and what it answered, both as compressed canonical JSON with digests.

    An answer proposes. It is in force from `approved_at`; at most one of a round and task is.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="computations")
    round = models.ForeignKey(
        Round, null=True, blank=True, on_delete=models.CASCADE, related_name="computations"
    )
    task = models.CharField(max_length=12, choices=Task.choices)
    number = models.PositiveIntegerField()
    state = models.CharField(
        max_length=12, choices=ComputationState.choices, default=ComputationState.WAITING
    )
    problem = models.BinaryField()
    problem_digest = models.CharField(max_length=64)
    answer = models.BinaryField(default=bytes)
    answer_digest = models.CharField(max_length=64, blank=True)
    summary = models.JSONField(default=dict, blank=True)
    error = models.CharField(max_length=1000, blank=True)
    asked_by = models.CharField(max_length=200)
    asked_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "number"], name="computation_number_unique"),
            models.UniqueConstraint(
                fields=["call", "round", "task"],
                condition=Q(state=ComputationState.IN_FORCE),
                name="computation_one_in_force",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_task_display()} {self.number}"

    @property
    def edition_id(self) -> int:
        """The edition to which it belongs, for the log."""
        return self.call.edition_id
