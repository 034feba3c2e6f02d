"""What is chosen: quotas, the chair's decisions, awards and their laureates."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from summitry.calls.enums import Dimension, Verdict
from summitry.calls.models.call import Area, Call
from summitry.calls.models.entry import Entry
from summitry.foundation.i18n import TranslatedField


class Quota(models.Model):
    """At least and at most so many of the chosen share a label; `label` "" stands for each label of the dimension."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="quotas")
    dimension = models.CharField(max_length=8, choices=Dimension.choices)
    label = models.CharField(max_length=40, blank=True)
    least = models.PositiveSmallIntegerField(default=0)
    most = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("dimension", "label")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "dimension", "label"], name="call_quota_once"),
            models.CheckConstraint(
                condition=models.Q(most=None) | models.Q(least__lte=models.F("most")),
                name="call_quota_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_dimension_display()} {self.label}".strip()

    @property
    def edition_id(self) -> int:
        """The edition to which it belongs, for the log."""
        return self.call.edition_id


class Decision(models.Model):
    """What the chair decided about an entry; where it differs from the proposal in force, the reason is required."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="decision")
    verdict = models.CharField(max_length=14, choices=Verdict.choices)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    follows = models.BooleanField(default=True)
    reason = models.CharField(max_length=2000, blank=True)
    decided_by = models.CharField(max_length=200)
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(follows=True) | ~models.Q(reason=""), name="decision_otherwise_with_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry}: {self.get_verdict_display()}"

    @property
    def edition_id(self) -> int:
        """The edition to which it belongs, for the log."""
        return self.entry.call.edition_id


class Award(models.Model):
    """An honour of a call, in one area or in all; `places` is how many can hold it, `prize` what comes with it."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="awards")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.SET_NULL, related_name="awards")
    slug = models.SlugField(max_length=40)
    name = TranslatedField(max_length=200)
    prize = TranslatedField(max_length=200)
    places = models.PositiveSmallIntegerField(default=1)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints: ClassVar = [models.UniqueConstraint(fields=["call", "slug"], name="award_slug_unique")]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def edition_id(self) -> int:
        """The edition to which it belongs, for the log."""
        return self.call.edition_id


class Laureate(models.Model):
    """An entry that holds an award: why, in words for the public, and the number of the certificate.

    Nobody sees it before the announcement but who prepares it. `position` is the order on the stage.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="laureates")
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="laureates")
    citation = TranslatedField(max_length=2000)
    number = models.CharField(max_length=40, unique=True)
    code = models.CharField(max_length=32, unique=True, editable=False)
    position = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("position", "id")
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "award"], name="laureate_once")]

    def __str__(self) -> str:
        return f"{self.entry}: {self.award}"

    @property
    def edition_id(self) -> int:
        """The edition to which it belongs, for the log."""
        return self.entry.call.edition_id
