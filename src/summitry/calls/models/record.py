"""The record of a call: every step in a chain of hashes, so that an exported copy can be checked by itself."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from summitry.calls.enums import StepKind
from summitry.calls.models.call import Call
from summitry.calls.models.entry import Entry


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


class StepWords(models.Model):
    """What somebody wrote with a step about an entry, kept beside the record and not in it, so that it can be erased.

    The step has the digest of `words` under `salt`: without the salt, which only auditors get, nobody finds them by trying.
    Both are empty once they are erased.
    """

    step = models.OneToOneField(Step, on_delete=models.CASCADE, related_name="words")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    words = models.TextField(max_length=2000, blank=True)
    salt = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return str(self.step)
