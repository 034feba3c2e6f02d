"""What the job board shows beside the task results: worker heartbeats and the plan of recurring jobs."""

from __future__ import annotations

from django.db import models


class WorkerBeat(models.Model):
    """A worker's last sign of life."""

    worker = models.CharField(max_length=80, unique=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    done = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.worker


class JobSchedule(models.Model):
    """When a recurring job is due next. The row is the lock: whoever moves `due_at` on enqueues the job."""

    name = models.CharField(max_length=120, unique=True)
    due_at = models.DateTimeField()
    last_enqueued_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
