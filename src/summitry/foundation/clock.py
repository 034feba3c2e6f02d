"""The installation's clock: real time, or a rehearsal clock that starts at a chosen instant and then runs.

Domain code asks `now()` instead of the system, so that a demo edition can be "on now" and tests can stand still.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.utils import timezone

_frozen: ContextVar[dt.datetime | None] = ContextVar("frozen_clock", default=None)


def offset_of(setting: str) -> dt.timedelta:
    """Return what a `SUMMITRY_CLOCK` value adds to real time.

    The value is empty, a signed number of seconds, or an ISO 8601 instant with an offset, which becomes the present.
    Raises ValueError for anything else.
    """
    if not setting:
        return dt.timedelta()
    try:
        return dt.timedelta(seconds=float(setting))
    except ValueError:
        instant = dt.datetime.fromisoformat(setting)
    if instant.tzinfo is None:
        raise ValueError(f"The clock needs an offset from UTC: {setting}")
    return instant - timezone.now()


_offset = offset_of(settings.CLOCK)


def now() -> dt.datetime:
    """Return the present instant, aware, by the installation's clock."""
    return _frozen.get() or timezone.now() + _offset


def is_rehearsal() -> bool:
    """Return whether the clock shows another time than the real one."""
    return bool(_offset)


@contextmanager
def frozen(instant: dt.datetime) -> Iterator[None]:
    """Hold the clock of this context at `instant` (tests, previews "as of")."""
    token = _frozen.set(instant)
    try:
        yield
    finally:
        _frozen.reset(token)


def now_offset() -> dt.timedelta:
    """Return what the clock adds to real time, for processes that are started from this one."""
    return _offset
