"""The state of the job queue in a few numbers, for the console and for monitors."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Min, Q
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from summitry.foundation.jobs.worker import DEAD_AFTER
from summitry.foundation.models import WorkerBeat

LATE_AFTER = dt.timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class JobHealth:
    """`waiting` jobs are due now, `planned` ones later; `oldest_wait` is how long the first due job has waited."""

    workers: int
    waiting: int
    planned: int
    running: int
    failed_last_day: int
    oldest_wait: dt.timedelta

    @property
    def state(self) -> str:
        """`ok`, `late` (jobs wait longer than two minutes), or `stopped` (no worker is alive)."""
        if not self.workers:
            return "stopped"
        return "late" if self.oldest_wait > LATE_AFTER else "ok"


def job_health() -> JobHealth:
    """Return the present state (two queries)."""
    now = timezone.now()
    never = get_date_max()  # what the library writes for "as soon as possible"
    due = Q(status=TaskResultStatus.READY) & (Q(run_after__lte=now) | Q(run_after=never))
    counts = DBTaskResult.objects.aggregate(
        waiting=Count("pk", filter=due),
        planned=Count("pk", filter=Q(status=TaskResultStatus.READY, run_after__gt=now, run_after__lt=never)),
        running=Count("pk", filter=Q(status=TaskResultStatus.RUNNING)),
        failed=Count(
            "pk", filter=Q(status=TaskResultStatus.FAILED, finished_at__gt=now - dt.timedelta(days=1))
        ),
        oldest=Min("enqueued_at", filter=due),
    )
    return JobHealth(
        workers=WorkerBeat.objects.filter(seen_at__gt=now - DEAD_AFTER).count(),
        waiting=counts["waiting"],
        planned=counts["planned"],
        running=counts["running"],
        failed_last_day=counts["failed"],
        oldest_wait=now - counts["oldest"] if counts["oldest"] else dt.timedelta(),
    )
