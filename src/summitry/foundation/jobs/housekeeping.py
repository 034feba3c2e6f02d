"""What the installation tidies by itself: expired sessions and old job results."""

from __future__ import annotations

import datetime as dt

from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from summitry.foundation.jobs.job import job

KEEP_RESULTS = dt.timedelta(days=14)


@job()
def tidy_up() -> None:
    """Delete expired sessions and the results of jobs that ended two weeks ago."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    DBTaskResult.objects.filter(
        status__in=(TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED), finished_at__lt=now - KEEP_RESULTS
    ).delete()
