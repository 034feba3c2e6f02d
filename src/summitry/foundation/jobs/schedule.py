"""Recurring jobs: each has one row that says when it is due; moving the row on is the lock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks.base import Task

from summitry.foundation.models import JobSchedule


@dataclass(frozen=True, slots=True)
class Recurring:
    """A job without arguments and the interval at which it runs."""

    task: Task[[], Any]
    interval: dt.timedelta


_recurring: dict[str, Recurring] = {}


def every(interval: dt.timedelta, task: Task[[], Any]) -> None:
    """Run `task` every `interval`; registered when a room starts."""
    _recurring[task.module_path] = Recurring(task, interval)


def recurring_jobs() -> Mapping[str, Recurring]:
    """Return all recurring jobs by name."""
    return _recurring


def enqueue_due() -> int:
    """Enqueue every recurring job that is due, once however many workers ask; return how many."""
    now = timezone.now()
    enqueued = 0
    for name, recurring in _recurring.items():
        JobSchedule.objects.get_or_create(name=name, defaults={"due_at": now})
        with transaction.atomic():
            moved = JobSchedule.objects.filter(name=name, due_at__lte=now).update(
                due_at=now + recurring.interval, last_enqueued_at=now
            )
            if moved:
                recurring.task.enqueue()
                enqueued += 1
    return enqueued
