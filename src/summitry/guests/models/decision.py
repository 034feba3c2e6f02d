"""Decisions about applications: an account of each, never changed; and what one of two people has proposed."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from summitry.guests.enums import DecisionKind, GuestState
from summitry.guests.models.guest import Guest


class Decision(models.Model):
    """What was decided about a guest: from which state to which, by whom (and by whom with her), why, and what she is told.

    A step that nobody decides, a withdrawal with its reason, has no `kind`.
    """

    guest = models.ForeignKey(Guest, on_delete=models.CASCADE, related_name="decisions")
    kind = models.CharField(max_length=10, choices=DecisionKind.choices, blank=True)
    was = models.CharField(max_length=12, choices=GuestState.choices)
    now = models.CharField(max_length=12, choices=GuestState.choices)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    actor_label = models.CharField(max_length=200)
    proposed_by = models.CharField(max_length=200, blank=True)
    reason = models.TextField(max_length=2000, blank=True)
    told = models.TextField(max_length=2000, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.guest}: {self.get_kind_display()}"


class Proposal(models.Model):
    """A decision that waits for a second person."""

    guest = models.OneToOneField(Guest, on_delete=models.CASCADE, related_name="proposal")
    kind = models.CharField(max_length=10, choices=DecisionKind.choices)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    actor_label = models.CharField(max_length=200)
    reason = models.TextField(max_length=2000, blank=True)
    told = models.TextField(max_length=2000, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["at"], name="proposal_by_time")]

    def __str__(self) -> str:
        return f"{self.guest}: {self.get_kind_display()}"


class Appeal(models.Model):
    """What a refused guest said against it, once, and what she was answered by somebody else than who refused."""

    guest = models.OneToOneField(Guest, on_delete=models.CASCADE, related_name="appeal")
    text = models.TextField(max_length=4000)
    at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(max_length=2000, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.guest)
