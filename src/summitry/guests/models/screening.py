"""Screening: which names were sent out in which list, and whether they passed. Why they did not is kept nowhere."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from summitry.editions.models import Edition
from summitry.guests.enums import ScreeningResult
from summitry.guests.models.guest import Guest


class ScreeningList(models.Model):
    """Guests who go out for screening together, numbered within the edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="screening_lists")
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField(default=timezone.now)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    actor_label = models.CharField(max_length=200)

    class Meta:
        ordering = ("-number",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "number"], name="screening_list_number_unique")
        ]

    def __str__(self) -> str:
        return f"S{self.number}"


class ScreeningEntry(models.Model):
    """One guest in a list. `code` stands for her in the file that goes out and in the one that comes back."""

    batch = models.ForeignKey(ScreeningList, on_delete=models.CASCADE, related_name="entries")
    guest = models.ForeignKey(Guest, on_delete=models.CASCADE, related_name="screenings")
    code = models.CharField(max_length=20, unique=True)
    result = models.CharField(max_length=10, choices=ScreeningResult.choices, default=ScreeningResult.OPEN)
    answered_at = models.DateTimeField(null=True, blank=True)
    actor_label = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "guest"], name="screening_entry_once")
        ]

    def __str__(self) -> str:
        return self.code
