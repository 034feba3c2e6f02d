"""Merges of duplicates, with all that is needed to undo them."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Merge(models.Model):
    """Two records became one. `snapshot` is the absorbed row, `moves` lists which references were turned over."""

    model = models.CharField(max_length=60)
    kept_id = models.BigIntegerField()
    absorbed_id = models.BigIntegerField()
    snapshot = models.JSONField()
    moves = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.model} {self.absorbed_id} into {self.kept_id}"
