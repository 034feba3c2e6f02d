"""The interpretation plan: interpreters, booths, who works in which, and the turns that follow from it."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from summitry.directory.models import Person
from summitry.editions.models import Edition, Room
from summitry.programme.models import Session

LONGEST_TURN = 30


class Interpreter(models.Model):
    """Somebody who interprets at an edition. `pairs` are what she masters: [from, into] by language code."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="interpreters")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="interpreting")
    pairs = models.JSONField(default=list, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("person__reference_name", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "person"], name="interpreter_once_per_edition")
        ]

    def __str__(self) -> str:
        return str(self.person)


class Booth(models.Model):
    """An interpreters' booth of a room."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="booths")
    number = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ("room__position", "number", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["room", "number"], name="booth_number_unique")
        ]

    def __str__(self) -> str:
        return self.label or _("Booth %(number)s") % {"number": self.number}

    @property
    def edition_id(self) -> int:
        """The edition to which its room belongs."""
        return self.room.edition_id


class BoothPlan(models.Model):
    """One language of one session: the booth, its team in the order of their turns, and where it takes the words from.

    `relay` is the language of the booth that this one listens to; empty, it listens to the floor. `swaps_lost` says that
    turns which people had exchanged were divided anew, because the session's length or the team changed.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="booth_plans")
    lang = models.CharField(max_length=20)
    booth = models.ForeignKey(Booth, null=True, blank=True, on_delete=models.SET_NULL, related_name="plans")
    relay = models.CharField(max_length=20, blank=True)
    rotation_minutes = models.PositiveSmallIntegerField(
        default=LONGEST_TURN, validators=[MinValueValidator(5), MaxValueValidator(LONGEST_TURN)]
    )
    swaps_lost = models.BooleanField(default=False)

    class Meta:
        ordering = ("session", "lang")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "lang"], name="booth_plan_unique"),
            models.CheckConstraint(
                condition=Q(rotation_minutes__gte=5, rotation_minutes__lte=LONGEST_TURN),
                name="booth_plan_rotation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session} ({self.lang})"

    @property
    def edition_id(self) -> int:
        """The edition to which its session belongs."""
        return self.session.edition_id


class TeamMember(models.Model):
    """An interpreter of a booth's team, in the order of turns."""

    plan = models.ForeignKey(BoothPlan, on_delete=models.CASCADE, related_name="members")
    interpreter = models.ForeignKey(Interpreter, on_delete=models.RESTRICT, related_name="memberships")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "interpreter"], name="team_member_once")
        ]

    def __str__(self) -> str:
        return f"{self.interpreter} {self.plan.lang}"


class Shift(models.Model):
    """A turn at the microphone. `is_swapped` says that people put somebody else there than the rotation would."""

    plan = models.ForeignKey(BoothPlan, on_delete=models.CASCADE, related_name="shifts")
    interpreter = models.ForeignKey(Interpreter, on_delete=models.RESTRICT, related_name="shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    is_swapped = models.BooleanField(default=False)

    class Meta:
        ordering = ("starts_at", "id")
        indexes: ClassVar = [models.Index(fields=["interpreter", "starts_at"])]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="shift_in_order"),
            models.UniqueConstraint(fields=["plan", "starts_at"], name="shift_once"),
        ]

    def __str__(self) -> str:
        return f"{self.interpreter} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def edition_id(self) -> int:
        """The edition to which its session belongs."""
        return self.plan.session.edition_id
