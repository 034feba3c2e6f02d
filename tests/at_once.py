"""Real threads for races: each act in one of its own, with a connection of its own, by the clock of the test."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import copy_context
from typing import Any

from django.db import connections

from summitry.foundation.errors import SummitryError

PATIENCE = 60
"""Seconds after which a thread is left behind: whatever waits longer waits for ever."""


def outcomes(*acts: Callable[[], object]) -> list[Any]:
    """Run all acts at the same time; return what each gave, or the class of its refusal."""
    start = threading.Barrier(len(acts))
    results: list[Any] = [None] * len(acts)

    def run(n: int) -> None:
        start.wait(10)
        try:
            results[n] = acts[n]()
        except SummitryError as error:
            results[n] = type(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=copy_context().run, args=(run, n)) for n in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return results


def at_once(*acts: Callable[[], object]) -> list[type[SummitryError] | None]:
    """Run all acts at the same time; return the class of what each was refused with, None where it was not."""
    return [
        given if isinstance(given, type) and issubclass(given, SummitryError) else None
        for given in outcomes(*acts)
    ]
