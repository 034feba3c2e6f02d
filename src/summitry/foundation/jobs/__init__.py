"""Work that need not be done before the answer: with retries, a schedule, and health that people can see.

Jobs are Django Tasks in the database, enqueued in the business transaction; they take ids and are idempotent. By
default the server runs its own worker thread; scaled out, `summitry work` runs as many processes as are wanted.
Work that somebody waits for is `tracked`: it tells how far it is, on a page, and how it ended.
"""

from summitry.foundation.jobs.health import JobHealth, job_health
from summitry.foundation.jobs.job import job
from summitry.foundation.jobs.schedule import Recurring, every, recurring_jobs
from summitry.foundation.jobs.tracked import Kind, Stage, TrackedWork, start, tracked
from summitry.foundation.jobs.tracker import SILENT, Tracker
from summitry.foundation.jobs.worker import EmbeddedWorker, run_pending

__all__ = [
    "SILENT",
    "EmbeddedWorker",
    "JobHealth",
    "Kind",
    "Recurring",
    "Stage",
    "TrackedWork",
    "Tracker",
    "every",
    "job",
    "job_health",
    "recurring_jobs",
    "run_pending",
    "start",
    "tracked",
]
