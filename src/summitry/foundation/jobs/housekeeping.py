"""What the installation tidies by itself: expired sessions, old job results, and what nobody looks at any more."""

from __future__ import annotations

import datetime as dt

from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from summitry.foundation.jobs.job import job
from summitry.foundation.models import ENDED, BulkRun, Progress

KEEP_RESULTS = dt.timedelta(days=14)
KEEP_PROGRESS = dt.timedelta(days=2)
KEEP_CHANGES = dt.timedelta(days=30)


@job()
def tidy_up() -> None:
    """Delete expired sessions, results of jobs that ended two weeks ago, and work that ended two days ago.

    Also changes of many rows that can no longer be taken back: the log keeps what they did.
    """
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    DBTaskResult.objects.filter(
        status__in=(TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED), finished_at__lt=now - KEEP_RESULTS
    ).delete()
    Progress.objects.filter(state__in=ENDED, ended_at__lt=now - KEEP_PROGRESS).delete()
    BulkRun.objects.filter(created_at__lt=now - KEEP_CHANGES).delete()
