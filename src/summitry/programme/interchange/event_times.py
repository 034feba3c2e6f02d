"""When an event happens: its start and its length, out of whatever the file gives."""

import datetime as dt
from dataclasses import dataclass

from summitry.programme.interchange.document import Day
from summitry.programme.interchange.problems import ProblemCode, Problems
from summitry.programme.interchange.raw import RawEvent
from summitry.programme.interchange.times import DAY, MIDNIGHT
from summitry.programme.interchange.values import (
    aware,
    clock_of,
    duration_of,
    elapsed,
    later,
    moment_of,
    text_of,
)

_TOLERANCE = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Clockwork:
    """How times are read in one file. ``days_first``: its generator writes days, hours, minutes in three parts."""

    zone: dt.tzinfo
    problems: Problems
    days_first: bool = False


def event_start(event: RawEvent, day: Day | None, clockwork: Clockwork) -> dt.datetime | None:
    """The start in the conference's zone, or None (with an error) where neither the event nor its day tells."""
    given = _given_moment(event, clockwork)
    clock = clock_of(event.fields.get("start"))
    if isinstance(given, dt.datetime):
        start = aware(given, clockwork.zone)
        _compare_clock(event, given, start, clock, clockwork)
        return start
    if clock is None and text_of(event.fields.get("start")).strip():
        _unreadable(event, "start", clockwork)
    if given is not None and clock is not None:
        return later(aware(given, clockwork.zone), clock)
    if day is not None and given is None and clock is not None:
        clockwork.problems.note(ProblemCode.DATE_DERIVED, event.where, day=day.date.isoformat())
        return _on_day(day, clock, clockwork.zone)
    clockwork.problems.error(ProblemCode.START_MISSING, event.where)
    if given is not None:
        return aware(given, clockwork.zone)
    return day.start if day is not None else None


def _given_moment(event: RawEvent, clockwork: Clockwork) -> dt.datetime | dt.date | None:
    """The date, or date and time, that the event itself carries, in ``date`` or in ``start``."""
    given = moment_of(event.fields.get("date"))
    if isinstance(given, dt.datetime) and given.utcoffset() is None and given.time() == MIDNIGHT:
        # A date that was stored as a datetime; the clock time beside it is what counts.
        given = given.date() if clock_of(event.fields.get("start")) is not None else given
    if given is None and text_of(event.fields.get("date")).strip():
        _unreadable(event, "date", clockwork)
    if not isinstance(given, dt.datetime):
        full = event.fields.get("start")
        start = moment_of(full) if clock_of(full) is None else None
        if isinstance(start, dt.datetime) or given is None:
            return start
    return given


def _on_day(day: Day, clock: dt.timedelta, zone: dt.tzinfo) -> dt.datetime:
    """A clock time on a conference day. Hours before the day begins are those after its midnight."""
    start = later(aware(day.date, zone), clock)
    shifted = later(start, DAY)
    return shifted if start < day.start and shifted < day.end else start


def _compare_clock(
    event: RawEvent, given: dt.datetime, start: dt.datetime, clock: dt.timedelta | None, clockwork: Clockwork
) -> None:
    if clock is None:
        return
    # Seconds are often left out of one of the two.
    shown = dt.timedelta(minutes=(clock % DAY) // dt.timedelta(minutes=1))
    if all(dt.timedelta(hours=moment.hour, minutes=moment.minute) != shown for moment in (given, start)):
        clockwork.problems.note(
            ProblemCode.START_DIFFERS,
            event.where,
            start=text_of(event.fields.get("start")),
            date=start.isoformat(),
        )


def event_duration(event: RawEvent, start: dt.datetime, clockwork: Clockwork) -> dt.timedelta:
    """The length. Where the file gives both an end and a duration that contradict each other, the end counts."""
    stated = duration_of(event.fields.get("duration"), days_first=clockwork.days_first)
    if stated is None and text_of(event.fields.get("duration")).strip():
        _unreadable(event, "duration", clockwork)
    to_end = _until_end(event, start, clockwork)
    if to_end is None:
        if stated is None:
            clockwork.problems.warning(ProblemCode.DURATION_MISSING, event.where)
        return stated or dt.timedelta()
    if stated is not None and abs(stated - to_end) >= _TOLERANCE:
        other_way = duration_of(event.fields.get("duration"), days_first=not clockwork.days_first)
        if other_way is None or abs(other_way - to_end) >= _TOLERANCE:
            clockwork.problems.warning(
                ProblemCode.DURATION_DIFFERS, event.where, duration=str(stated), until_end=str(to_end)
            )
    return to_end


def _until_end(event: RawEvent, start: dt.datetime, clockwork: Clockwork) -> dt.timedelta | None:
    value = event.fields.get("end")
    clock = clock_of(value)
    if clock is not None:
        end = later(aware(start.date(), clockwork.zone), clock)
        return elapsed(start, end if end > start else later(end, DAY))
    moment = moment_of(value)
    if isinstance(moment, dt.datetime):
        length = elapsed(start, aware(moment, clockwork.zone))
        return length if length > dt.timedelta() else None
    if text_of(value).strip() and moment is None:
        _unreadable(event, "end", clockwork)
    return None


def _unreadable(event: RawEvent, name: str, clockwork: Clockwork) -> None:
    text = text_of(event.fields.get(name))
    event.extra.setdefault(name, text)
    clockwork.problems.warning(ProblemCode.VALUE_UNREADABLE, event.where, field=name, value=text[:80])
