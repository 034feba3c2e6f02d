"""Workers: the task library's own loop, with a heartbeat, the schedule's clock, and recovery after a power cut."""

from __future__ import annotations

import datetime as dt
import logging
import os
import secrets
import socket
import threading
import time
from typing import Any

from django.db import close_old_connections, connection
from django.db.models import F
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from summitry.foundation.jobs.schedule import enqueue_due
from summitry.foundation.models import WorkerBeat

logger = logging.getLogger(__name__)
BEAT_SECONDS = 5
DEAD_AFTER = dt.timedelta(seconds=12 * BEAT_SECONDS)
MOST_CLAIMS = 5
INTERVAL = 0.25


class CountingWorker(Worker):
    """The library's worker, which also counts what it did on its heartbeat."""

    def run_task(self, db_task_result: DBTaskResult[..., Any]) -> None:
        super().run_task(db_task_result)
        db_task_result.refresh_from_db(fields=["status"])
        failed = db_task_result.status == TaskResultStatus.FAILED
        WorkerBeat.objects.filter(worker=self.worker_id).update(
            done=F("done") + int(not failed), failed=F("failed") + int(failed)
        )


def _worker(*, batch: bool, interval: float, worker_id: str) -> CountingWorker:
    return CountingWorker(
        queue_names=["*"],
        interval=interval,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id,
        excluded_queue_names=[],
    )


def run_pending() -> None:
    """Run all jobs that are ready, in this thread, and return (tests, command line)."""
    _worker(batch=True, interval=0, worker_id=f"batch-{os.getpid()}").run()


def recover_abandoned() -> int:
    """Put back jobs whose worker is dead, or has shown no sign of life for a minute; return how many.

    Jobs are idempotent, so a job that was cut off half-way is simply run again; one that was cut off every time is
    left as failed, for it may be what kills the workers.
    """
    seen = WorkerBeat.objects.filter(seen_at__gt=timezone.now() - DEAD_AFTER).values_list("worker", flat=True)
    alive = {worker for worker in seen if not _is_gone(worker)}
    recovered = 0
    for result in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
        if result.worker_ids and result.worker_ids[-1] in alive:
            continue
        mine = DBTaskResult.objects.filter(
            pk=result.pk, status=TaskResultStatus.RUNNING, worker_ids=result.worker_ids
        )
        if len(result.worker_ids) >= MOST_CLAIMS:
            mine.update(
                status=TaskResultStatus.FAILED,
                finished_at=timezone.now(),
                traceback="Every worker that took this job ended before it did.",
            )
        else:
            recovered += mine.update(status=TaskResultStatus.READY, started_at=None)
    return recovered


def _is_gone(worker: str) -> bool:
    """Whether a worker is known to have ended. Only on SQLite, where all workers share this one machine's processes."""
    host, _sep, rest = worker.rpartition(":")[0].rpartition(":")
    if connection.vendor != "sqlite" or host != socket.gethostname() or not rest.isdecimal():
        return False
    if int(rest) == os.getpid():
        return worker not in _here
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


_here: set[str] = set()


class EmbeddedWorker:
    """The worker inside the server: one thread runs jobs, one beats and watches the schedule."""

    def __init__(self, *, interval: float = INTERVAL) -> None:
        # The process number tells who is alive; it comes again after a restart, so chance makes the name unique.
        self.worker_id = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
        self._interval = interval
        self._worker = _worker(batch=True, interval=0, worker_id=self.worker_id)
        self._stopped = threading.Event()
        self._threads = [
            threading.Thread(target=self._work, name="summitry-jobs", daemon=True),
            threading.Thread(target=self._beat, name="summitry-jobs-beat", daemon=True),
        ]

    def start(self) -> None:
        """Start both threads."""
        now = timezone.now()
        WorkerBeat.objects.filter(seen_at__lt=now - dt.timedelta(days=1)).delete()
        WorkerBeat.objects.update_or_create(
            worker=self.worker_id, defaults={"started_at": now, "seen_at": now}
        )
        _here.add(self.worker_id)
        for thread in self._threads:
            thread.start()

    def stop(self, timeout: float = 10) -> None:
        """Let the running job finish, then end both threads; give up waiting after `timeout` seconds."""
        self._worker.running = False
        self._stopped.set()
        for thread in self._threads:
            thread.join(timeout)
        _here.discard(self.worker_id)
        WorkerBeat.objects.filter(worker=self.worker_id).delete()

    def _work(self) -> None:
        while not self._stopped.is_set():
            try:
                close_old_connections()
                # Looking costs a read; only taking a job needs the database to itself.
                if DBTaskResult.objects.ready().exists():
                    self._worker.run()
            except Exception:
                logger.exception("The job worker stumbled; it goes on")
                self._stopped.wait(BEAT_SECONDS)
            self._stopped.wait(self._interval)
        connection.close()

    def _beat(self) -> None:
        while not self._stopped.is_set():
            begun = time.monotonic()
            try:
                close_old_connections()
                WorkerBeat.objects.filter(worker=self.worker_id).update(seen_at=timezone.now())
                # Where this beat had to wait for the database, so had the others': they get the time to show they live.
                if time.monotonic() - begun < BEAT_SECONDS:
                    recover_abandoned()
                    enqueue_due()
            except Exception:
                logger.exception("The job heartbeat stumbled; it goes on")
            self._stopped.wait(BEAT_SECONDS)
        connection.close()
