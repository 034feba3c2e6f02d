"""Conflicts: where sources say different things, described but not decided."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from summitry.editions.models import Summit
from summitry.foundation.i18n import TranslatedField
from summitry.insight.enums import ConflictKind


class Conflict(models.Model):
    """A disagreement between claims about one series; observations name it by its `code`."""

    summit = models.ForeignKey(Summit, on_delete=models.CASCADE, related_name="conflicts")
    code = models.CharField(max_length=10)
    kind = models.CharField(max_length=10, choices=ConflictKind.choices, default=ConflictKind.FIGURE)
    title = TranslatedField(max_length=150)
    explanation = TranslatedField(max_length=1000)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "code")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["summit", "code"], name="conflict_code_unique")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
