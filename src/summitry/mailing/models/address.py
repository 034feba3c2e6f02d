"""Addresses that get no mail, or no news, from an edition."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.mailing.enums import SuppressionReason


class Suppression(models.Model):
    """An address that is left out, and why; `detail` is what the mail server said."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="suppressions")
    address = models.EmailField()
    reason = models.CharField(max_length=12, choices=SuppressionReason.choices)
    detail = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-created_at", "-id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "address", "reason"], name="suppression_once")
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.get_reason_display()}"
