"""The record of a call: every step in a chain of hashes, so that an exported copy can be checked by itself."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from summitry.calls.enums import StepKind
from summitry.calls.models.call import Call


class Step(models.Model):
    """One step. `content` holds digests and plain facts; `hash` covers it and the step before."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=14, choices=StepKind.choices)
    content = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("number",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "number"], name="step_number_unique")
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.get_kind_display()}"
