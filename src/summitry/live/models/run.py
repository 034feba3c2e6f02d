"""The run of show: cue sheets, how far each session has come in its own, and where those who appear are."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from summitry.foundation.i18n import TranslatedField
from summitry.live.enums import ArrivalState
from summitry.programme.models import Appearance, Contribution, Session

LONGEST_CUE = 600
LONGEST_LEAD = 240
LONGEST_WORDS = 300


class Run(models.Model):
    """How far a session has come. `revision` counts every step: whoever acts on an outdated view is refused.

    The cue sheet begins `lead_minutes` before the session (doors, checks). `told_minutes` is the overrun that other
    systems were last told of; `stepped_by` is who took the last step, for whoever was slower.
    """

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="run")
    revision = models.PositiveIntegerField(default=0)
    lead_minutes = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(LONGEST_LEAD)])
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    told_minutes = models.PositiveSmallIntegerField(default=0)
    stepped_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(started_at__isnull=False), name="run_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return str(self.session)

    @property
    def edition_id(self) -> int:
        """The edition to which its session belongs."""
        return self.session.edition_id


class Cue(models.Model):
    """One line of a cue sheet: what happens, who does it, and what screen, sound, booth and broadcast do meanwhile.

    It must not start before `fixed_at`, where that is set. A skipped cue takes no time.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="cues")
    contribution = models.ForeignKey(
        Contribution, null=True, blank=True, on_delete=models.SET_NULL, related_name="cues"
    )
    position = models.PositiveSmallIntegerField(default=0)
    minutes = models.PositiveSmallIntegerField(validators=[MaxValueValidator(LONGEST_CUE)])
    what = TranslatedField(max_length=LONGEST_WORDS, blank=False)
    who = models.CharField(max_length=LONGEST_WORDS, blank=True)
    screen = models.CharField(max_length=LONGEST_WORDS, blank=True)
    sound = models.CharField(max_length=LONGEST_WORDS, blank=True)
    interpretation = models.CharField(max_length=LONGEST_WORDS, blank=True)
    broadcast = models.CharField(max_length=LONGEST_WORDS, blank=True)
    fixed_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    is_skipped = models.BooleanField(default=False)

    class Meta:
        ordering = ("position", "id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(started_at__isnull=False, started_at__lte=F("ended_at")),
                name="cue_in_order",
            ),
            models.UniqueConstraint(
                fields=["session"],
                condition=Q(started_at__isnull=False, ended_at=None),
                name="cue_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.what)

    @property
    def edition_id(self) -> int:
        """The edition to which its session belongs."""
        return self.session.edition_id


class Arrival(models.Model):
    """Where somebody who appears in a session is; without a row, she is expected."""

    appearance = models.OneToOneField(Appearance, on_delete=models.CASCADE, related_name="arrival")
    state = models.CharField(max_length=10, choices=ArrivalState.choices, default=ArrivalState.EXPECTED)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.appearance.person}: {self.get_state_display()}"

    @property
    def edition_id(self) -> int:
        """The edition to which the session belongs."""
        return self.appearance.session.edition_id
