"""Conference days: those that the file lists, and those that its events call for."""

import datetime as dt

from summitry.programme.interchange.document import Day
from summitry.programme.interchange.event_times import Clockwork, event_start
from summitry.programme.interchange.problems import ProblemCode
from summitry.programme.interchange.raw import RawDay, RawEvent, RawRoom, RawSchedule
from summitry.programme.interchange.texts import clean, line
from summitry.programme.interchange.times import DAY
from summitry.programme.interchange.values import (
    aware,
    clock_of,
    conference_date,
    integer_of,
    later,
    moment_of,
    text_of,
)


def assemble_days(raw: RawSchedule, clockwork: Clockwork) -> list[Day] | None:
    """The listed days in the file's order; None (with an error) where one of them cannot be dated."""
    change = clock_of(raw.fields.get("day_change")) or dt.timedelta()
    if "day_change" in raw.fields:
        raw.conference_extra.setdefault("day_change", text_of(raw.fields["day_change"]).strip())
    if not raw.days and not raw.loose:
        tell = clockwork.problems.warning if raw.fields else clockwork.problems.error
        tell(ProblemCode.NO_DAYS, "conference")
    opening = moment_of(raw.fields.get("start"))
    indexes = _indexes(raw, clockwork)
    days = []
    for position, raw_day in enumerate(raw.days):
        date = _date(raw_day, clockwork)
        if date is None and opening is not None:
            date = aware(opening, clockwork.zone).date() + position * DAY
            clockwork.problems.warning(ProblemCode.DAY_DATE_MISSING, raw_day.where, date=date.isoformat())
        if date is None:
            clockwork.problems.error(ProblemCode.NO_DATES, raw_day.where)
            return None
        days.append(_day(raw_day, indexes[position], date, change, clockwork))
    return days


def _indexes(raw: RawSchedule, clockwork: Clockwork) -> list[int]:
    found = [integer_of(day.fields.get("index")) for day in raw.days]
    indexes = [index for index in found if index is not None and index > 0]
    if len(set(indexes)) == len(found):
        return indexes
    if any(index is not None for index in found):
        clockwork.problems.note(ProblemCode.DAYS_RENUMBERED, raw.days[0].where)
    return list(range(1, len(found) + 1))


def _date(raw_day: RawDay, clockwork: Clockwork) -> dt.date | None:
    for name in ("date", "start"):
        moment = moment_of(raw_day.fields.get(name))
        if isinstance(moment, dt.datetime):
            return aware(moment, clockwork.zone).date()
        if moment is not None:
            return moment
    moments = [moment_of(event.fields.get("date")) for room in raw_day.rooms for event in room.events]
    return min((aware(moment, clockwork.zone).date() for moment in moments if moment), default=None)


def _day(raw_day: RawDay, index: int, date: dt.date, change: dt.timedelta, clockwork: Clockwork) -> Day:
    start = _boundary(raw_day, "start", clockwork) or later(aware(date, clockwork.zone), change)
    end = _boundary(raw_day, "end", clockwork) or later(start, DAY)
    if end <= start:
        clockwork.problems.warning(
            ProblemCode.DAY_ENDS_EARLY, raw_day.where, start=start.isoformat(), end=end.isoformat()
        )
        end = later(start, DAY)
    return Day(index=index, date=date, start=start, end=end)


def _boundary(raw_day: RawDay, name: str, clockwork: Clockwork) -> dt.datetime | None:
    """Where a day begins or ends, if the file gives a time and not only a date."""
    value = raw_day.fields.get(name)
    moment = moment_of(value)
    if isinstance(moment, dt.datetime):
        return aware(moment, clockwork.zone)
    if moment is None and (text := text_of(value).strip()):
        clockwork.problems.warning(ProblemCode.VALUE_UNREADABLE, raw_day.where, field=name, value=text[:80])
    return None


def assign_loose_events(raw: RawSchedule, days: list[Day], clockwork: Clockwork) -> list[Day]:
    """Put events that stand under no day into theirs, adding days where there is none; ``raw.days`` follows suit.

    An event without a start cannot be placed; it is left out, with the error that ``event_start`` tells.
    """
    placed = [
        (start, event) for event in raw.loose if (start := event_start(event, None, clockwork)) is not None
    ]
    raw.loose = []
    if not placed:
        return days
    change = clock_of(raw.fields.get("day_change")) or dt.timedelta()
    listing = list(zip(days, raw.days, strict=True))
    for start, event in sorted(placed, key=lambda pair: pair[0]):
        event.fields["date"] = start
        raw_day = _raw_day_for(start, listing)
        if raw_day is None:
            day, raw_day = _new_day(start, change, 1 + max((day.index for day, _ in listing), default=0))
            listing.append((day, raw_day))
        _room_for(event, raw_day, raw).events.append(event)
    raw.days = [raw_day for _, raw_day in listing]
    return [day for day, _ in listing]


def _raw_day_for(start: dt.datetime, listing: list[tuple[Day, RawDay]]) -> RawDay | None:
    for day, raw_day in sorted(listing, key=lambda pair: pair[0].start):
        if day.start <= start < day.end:
            return raw_day
    return next((raw_day for day, raw_day in listing if day.date == start.date()), None)


def _new_day(start: dt.datetime, change: dt.timedelta, index: int) -> tuple[Day, RawDay]:
    date = conference_date(start, change)
    zone = start.tzinfo or dt.UTC
    opens = later(aware(date, zone), change)
    return Day(index=index, date=date, start=opens, end=later(opens, DAY)), RawDay(date.isoformat(), {})


def _room_for(event: RawEvent, raw_day: RawDay, raw: RawSchedule) -> RawRoom:
    name = event.room or line(clean(text_of(event.fields.get("room")))).strip()
    by_name = {room.name: room for room in raw_day.rooms}
    if name not in by_name:
        raw_day.rooms.append(
            RawRoom(name, next((room.guid for room in raw.rooms if room.name == name), None))
        )
        return raw_day.rooms[-1]
    return by_name[name]
