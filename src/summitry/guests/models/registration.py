"""Registrations that nobody has confirmed yet: no guest, no person, and gone after a day."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from summitry.guests.models.category import Category


class Registration(models.Model):
    """What somebody typed into the public form, sealed until the link in the letter to her address is followed.

    The link is made of the key, signed, and kept nowhere.
    """

    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="registrations")
    sealed = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["created_at"], name="registration_by_time")]

    def __str__(self) -> str:
        return f"{self.category} {self.pk}"
