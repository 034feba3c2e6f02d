"""Where imported rows came from, so that the same file changes nothing and a newer one moves only what moved."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from summitry.editions.models import Edition


class ScheduleSource(models.Model):
    """A foreign schedule that feeds an edition. `envelope` keeps its conference block and empty days and rooms."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="schedule_sources")
    key = models.CharField(max_length=120)
    digest = models.CharField(max_length=64, blank=True)
    envelope = models.JSONField(default=dict, blank=True)
    imported_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "key"], name="schedule_source_unique")
        ]

    def __str__(self) -> str:
        return self.key


class ImportedRow(models.Model):
    """Which of our rows stands for a foreign id: kind `session`, `person`, `room` or `forum`.

    `digests` tells, field by field, what the file last said. So a later import knows which fields the file itself has
    changed, and which were edited here.
    """

    source = models.ForeignKey(ScheduleSource, on_delete=models.CASCADE, related_name="rows")
    kind = models.CharField(max_length=10)
    external_id = models.CharField(max_length=300)
    object_id = models.BigIntegerField()
    digests = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "kind", "external_id"], name="imported_row_unique")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.external_id}"
