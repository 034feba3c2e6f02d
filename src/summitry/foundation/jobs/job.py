"""`@job`: a background form of an action, tried again with growing pauses when it fails."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.utils import timezone
from django_tasks import task
from django_tasks.base import Task

logger = logging.getLogger(__name__)
ATTEMPT = "_attempt"


def job(
    *, retries: int = 4, first_pause: dt.timedelta = dt.timedelta(seconds=15)
) -> Callable[..., Task[..., Any]]:
    """Make a module-level function a job: `send_notice.enqueue(notice_id)`.

    A failed attempt stays visible as failed; the next one follows after `first_pause`, doubled each time, up to
    `retries` times. Arguments must be JSON values. Enqueue inside the business transaction: the job appears with its
    commit.
    """

    def decorate(function: Callable[..., Any]) -> Task[..., Any]:
        @wraps(function)
        def attempt(*args: Any, **kwargs: Any) -> Any:
            number = int(kwargs.pop(ATTEMPT, 1))
            try:
                return function(*args, **kwargs)
            except Exception:
                if number <= retries:
                    pause = first_pause * 2 ** (number - 1)
                    made.using(run_after=timezone.now() + pause).enqueue(
                        *args, **{**kwargs, ATTEMPT: number + 1}
                    )
                    logger.warning("Job %s failed, attempt %d; trying again in %s", made.name, number, pause)
                raise

        made: Task[..., Any] = task()(attempt)
        return made

    return decorate
