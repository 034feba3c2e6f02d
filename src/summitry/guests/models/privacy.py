"""What guests consented to, what they asked to be erased, and what was shredded when its time was over."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from summitry.editions.models import Edition
from summitry.guests.enums import ErasureState
from summitry.guests.models.form import Purpose
from summitry.guests.models.guest import Guest


class Consent(models.Model):
    """One line of the ledger: a guest gave or withdrew her consent to one purpose. Lines are added, never changed.

    `digest` and `lang` say which words she agreed to; what holds is the last line of a purpose.
    """

    guest = models.ForeignKey(Guest, on_delete=models.CASCADE, related_name="consents")
    purpose = models.ForeignKey(Purpose, on_delete=models.CASCADE, related_name="consents")
    is_given = models.BooleanField()
    digest = models.CharField(max_length=64)
    lang = models.CharField(max_length=20)
    actor_label = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("id",)
        indexes: ClassVar = [models.Index(fields=["guest", "purpose"], name="consent_by_guest")]

    def __str__(self) -> str:
        return f"{self.guest}: {self.purpose}"


class ErasureRequest(models.Model):
    """A guest's wish to be erased, and what became of it."""

    guest = models.ForeignKey(Guest, on_delete=models.CASCADE, related_name="erasures")
    state = models.CharField(max_length=10, choices=ErasureState.choices, default=ErasureState.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.CharField(max_length=200)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answer = models.TextField(max_length=2000, blank=True)

    class Meta:
        ordering = ("-asked_at", "-id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["guest"],
                condition=models.Q(state=ErasureState.ASKED),
                name="erasure_request_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.guest}: {self.get_state_display()}"


class RetentionRun(models.Model):
    """What one run shredded of one purpose, or (without one) for one guest who was erased."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="retention_runs")
    purpose = models.ForeignKey(
        Purpose, null=True, blank=True, on_delete=models.SET_NULL, related_name="retention_runs"
    )
    answers = models.PositiveIntegerField(default=0)
    files = models.PositiveIntegerField(default=0)
    photos = models.PositiveIntegerField(default=0)
    letters = models.PositiveIntegerField(default=0)
    actor_label = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.edition} {self.at:%Y-%m-%d}"
