"""Jobs: enqueued with the transaction, tried again, scheduled once, recovered after a power cut."""

from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from summitry.foundation.jobs import EmbeddedWorker, every, job, job_health, run_pending
from summitry.foundation.jobs.schedule import enqueue_due
from summitry.foundation.jobs.worker import recover_abandoned
from summitry.foundation.models import JobSchedule, WorkerBeat

pytestmark = pytest.mark.django_db(transaction=True)
done: list[str] = []


@job()
def note(word: str) -> None:
    """Remember a word."""
    done.append(word)


@job(retries=2, first_pause=dt.timedelta(seconds=0))
def fail_twice(word: str) -> None:
    """Succeed at the third attempt."""
    done.append(word)
    if done.count(word) < 3:
        raise RuntimeError(word)


@job(retries=1, first_pause=dt.timedelta(seconds=0))
def always_fail() -> None:
    """Never succeed."""
    raise RuntimeError("always")


@pytest.fixture(autouse=True)
def _fresh() -> None:
    done.clear()


def test_a_job_runs_after_its_transaction_commits_and_never_after_a_rollback() -> None:
    with transaction.atomic():
        note.enqueue("kept")
    with contextlib.suppress(RuntimeError), transaction.atomic():
        note.enqueue("dropped")
        raise RuntimeError
    run_pending()

    assert done == ["kept"]


def test_a_failing_job_is_tried_again_and_its_failures_stay_visible() -> None:
    fail_twice.enqueue("x")
    run_pending()

    statuses = sorted(DBTaskResult.objects.values_list("status", flat=True))
    assert done == ["x", "x", "x"]
    assert statuses == sorted([TaskResultStatus.FAILED, TaskResultStatus.FAILED, TaskResultStatus.SUCCESSFUL])


def test_a_job_that_never_succeeds_ends() -> None:
    always_fail.enqueue()
    run_pending()

    assert DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).count() == 2
    assert job_health().failed_last_day == 2


def test_a_recurring_job_is_enqueued_once_in_each_interval() -> None:
    every(dt.timedelta(hours=1), note)
    name = note.module_path
    first = enqueue_due()
    second = enqueue_due()
    JobSchedule.objects.filter(name=name).update(due_at=timezone.now() - dt.timedelta(seconds=1))
    third = enqueue_due()

    assert first >= 1
    assert (second, third) == (0, 1)


def test_a_job_cut_off_by_a_power_cut_is_run_again() -> None:
    note.enqueue("again")
    DBTaskResult.objects.update(
        status=TaskResultStatus.RUNNING, worker_ids=["gone"], started_at=timezone.now()
    )
    old = timezone.now() - dt.timedelta(minutes=5)
    WorkerBeat.objects.create(worker="gone", started_at=old, seen_at=old)

    assert recover_abandoned() == 1
    run_pending()
    assert done == ["again"]


def test_the_embedded_worker_works_and_shows_its_health() -> None:
    assert job_health().state == "stopped"
    worker = EmbeddedWorker(interval=0.05)
    worker.start()
    try:
        note.enqueue("alive")
        deadline = timezone.now() + dt.timedelta(seconds=20)
        while not done and timezone.now() < deadline:
            worker._stopped.wait(0.05)
        assert done == ["alive"]
        assert job_health().state == "ok"
    finally:
        worker.stop()
