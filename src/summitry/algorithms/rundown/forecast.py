"""From planned cues and what has happened so far to the expected time of every cue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue of `seconds` planned length; `started` and `ended` are when it did.

    `fixed` is a time before which it must not start (a live broadcast, the arrival of a guest). A skipped cue takes no
    time any more.
    """

    id: int
    seconds: int
    started: int | None = None
    ended: int | None = None
    fixed: int | None = None
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class CueForecast:
    """When a cue was planned to start and end, and when it is expected to (or did)."""

    id: int
    planned_start: int
    planned_end: int
    start: int
    end: int

    @property
    def late(self) -> int:
        """Seconds by which it starts later than planned; negative where it starts earlier."""
        return self.start - self.planned_start


@dataclass(frozen=True, slots=True)
class Forecast:
    """All cues, which one runs and which is next (ids), and how far the session's end moves.

    `overrun` is by how many seconds the expected end lies after the planned end of the session (negative: before it).
    """

    cues: tuple[CueForecast, ...]
    running: int | None
    following: int | None
    overrun: int


def forecast(cues: Sequence[Cue], starts: int, ends: int, now: int) -> Forecast:
    """Return the forecast of a session planned from `starts` to `ends`, as things stand at `now`.

    A cue starts when the one before it ends, but not before its fixed time; a running cue ends as planned or, once it
    has overrun, now; one that has not started cannot start in the past.
    """
    planned_at, expected_at = starts, starts
    running = following = None
    result = []
    for cue in cues:
        length = 0 if cue.skipped else cue.seconds
        planned_start = max(planned_at, cue.fixed) if cue.fixed is not None else planned_at
        planned_at = planned_start + cue.seconds
        start, end = _expected(cue, length, expected_at, now)
        expected_at = end
        if cue.started is not None and cue.ended is None and not cue.skipped:
            running = cue.id
        elif cue.started is None and not cue.skipped and following is None:
            following = cue.id
        result.append(CueForecast(cue.id, planned_start, planned_at, start, end))
    return Forecast(tuple(result), running, following, expected_at - ends if result else 0)


def _expected(cue: Cue, length: int, earliest: int, now: int) -> tuple[int, int]:
    if cue.started is not None:
        return cue.started, cue.ended if cue.ended is not None else max(cue.started + length, now)
    if cue.skipped:
        return earliest, earliest
    start = max(earliest, now) if cue.fixed is None else max(earliest, now, cue.fixed)
    return start, start + length
