"""What an edition has a limited number of, and all its rooms share: interpretation teams, broadcast crews, live links."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from summitry.editions.models import Edition
from summitry.programme.enums import CapacityKind


class Capacity(models.Model):
    """How many of one kind there are at a time. `lang` is the language of interpretation teams, empty for all else.

    Each use occupies one for `setup_minutes` before its session and `strike_minutes` after it as well.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="capacities")
    kind = models.CharField(max_length=15, choices=CapacityKind.choices)
    lang = models.CharField(max_length=20, blank=True)
    amount = models.PositiveSmallIntegerField()
    setup_minutes = models.PositiveSmallIntegerField(default=0)
    strike_minutes = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("kind", "lang")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "kind", "lang"], name="capacity_unique")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.lang}".strip()
