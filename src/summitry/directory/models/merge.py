"""Merges of duplicates, with all that is needed to undo them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Merge(models.Model):
    """Two records became one.

    `snapshot` lists the rows that disappeared, in order, the absorbed one last; `moves` says which `references` were
    turned over and which empty columns of the kept row were `filled`.
    """

    model = models.CharField(max_length=60)
    kept_id = models.BigIntegerField()
    absorbed_id = models.BigIntegerField()
    absorbed_slug = models.CharField(max_length=80)
    snapshot = models.JSONField()
    moves = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["model", "absorbed_slug"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["model", "absorbed_id"],
                condition=Q(undone_at__isnull=True),
                name="merge_absorbed_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.absorbed_id} into {self.kept_id}"
