"""From what the gates did to who was where: derived from the scans in the order of time, however late they arrive."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from summitry.gates.enums import Direction


class Passed(NamedTuple):
    """That somebody went through a gate of a zone."""

    scan: uuid.UUID
    at: dt.datetime
    direction: str


class Stay(NamedTuple):
    """From when until when somebody was in a zone, and the scan that let her in; without an end, she is inside."""

    from_at: dt.datetime
    until_at: dt.datetime | None
    scan: uuid.UUID


def stays(
    passed: Iterable[Passed], end_of_day: Callable[[dt.datetime], dt.datetime], now: dt.datetime
) -> list[Stay]:
    """Return the stays that follow from the passages of one guest through the gates of one zone.

    To enter twice without leaving is one stay; to leave without having entered is none; of the same instant, to enter comes
    first. A stay that no gate ended ends with its day, if that day is over.
    """
    in_order = sorted(passed, key=lambda one: (one.at, one.direction == Direction.OUT, one.scan))
    return [*_stays(in_order, end_of_day, now)]


def _stays(
    passed: Iterable[Passed], end_of_day: Callable[[dt.datetime], dt.datetime], now: dt.datetime
) -> Iterator[Stay]:
    begun: Passed | None = None
    for one in passed:
        if begun is not None and one.at >= end_of_day(begun.at):
            yield Stay(begun.at, end_of_day(begun.at), begun.scan)
            begun = None
        if one.direction == Direction.IN:
            begun = begun or one
        elif begun is not None:
            yield Stay(begun.at, one.at, begun.scan)
            begun = None
    if begun is not None:
        over = end_of_day(begun.at)
        yield Stay(begun.at, over if over <= now else None, begun.scan)
