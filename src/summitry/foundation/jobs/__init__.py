"""Work that need not be done before the answer: with retries, a schedule, and health that people can see.

Jobs are Django Tasks in the database, enqueued in the business transaction; they take ids and are idempotent. By
default the server runs its own worker thread; scaled out, `summitry work` runs as many processes as are wanted.
"""

from summitry.foundation.jobs.health import JobHealth, job_health
from summitry.foundation.jobs.job import job
from summitry.foundation.jobs.schedule import Recurring, every, recurring_jobs
from summitry.foundation.jobs.worker import EmbeddedWorker, run_pending

__all__ = [
    "EmbeddedWorker",
    "JobHealth",
    "Recurring",
    "every",
    "job",
    "job_health",
    "recurring_jobs",
    "run_pending",
]
