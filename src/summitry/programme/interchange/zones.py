"""Finding the time zone in which a schedule is to be read."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from summitry.programme.interchange.problems import ProblemCode
from summitry.programme.interchange.raw import RawEvent, RawSchedule
from summitry.programme.interchange.times import DAY, MIDNIGHT, resolve_zone, zone_of_offset
from summitry.programme.interchange.values import clock_of, moment_of, text_of


def find_zone(raw: RawSchedule, fallback: dt.tzinfo | None) -> tuple[dt.tzinfo, str]:
    """The zone and its name: as the file says, else ``fallback``, else from the offsets in it, else UTC."""
    named = text_of(raw.fields.get("time_zone")).strip()
    if zone := resolve_zone(named):
        if zone.key != named:
            raw.conference_extra.setdefault("time_zone_name", named)
        return zone, zone.key
    if named:
        raw.conference_extra.setdefault("time_zone_name", named)
        raw.problems.warning(ProblemCode.ZONE_UNKNOWN, "conference", zone=named)
    if fallback is not None:
        return fallback, getattr(fallback, "key", "") or ""
    offsets = Counter(_offsets(raw))
    if not offsets and (zone := resolve_zone(_city(raw))) and "/" in zone.key:
        raw.problems.warning(ProblemCode.ZONE_INFERRED, "conference", zone=zone.key)
        return zone, zone.key
    if not offsets:
        raw.problems.warning(ProblemCode.ZONE_ASSUMED, "conference", zone="UTC")
        return dt.UTC, "UTC"
    offset = offsets.most_common(1)[0][0]
    name = zone_of_offset(offset)
    raw.problems.note(ProblemCode.ZONE_INFERRED, "conference", zone=name or str(dt.timezone(offset)))
    return resolve_zone(name) or dt.timezone(offset), name


def _city(raw: RawSchedule) -> str:
    """Old dialects name the city, after which its zone is often called."""
    city = raw.conference_extra.get("city")
    return city.partition(",")[0] if isinstance(city, str) else ""


def _offsets(raw: RawSchedule) -> Iterator[dt.timedelta]:
    """What every event, or failing that every day, tells of the distance to UTC."""
    events = [event for day in raw.days for room in day.rooms for event in room.events] + raw.loose
    found = [offset for event in events if (offset := _offset_of(event)) is not None]
    yield from found
    if not found:
        for day in raw.days:
            moment = moment_of(day.fields.get("start"))
            if isinstance(moment, dt.datetime) and (offset := moment.utcoffset()) is not None:
                yield _whole_minutes(offset)


def _offset_of(event: RawEvent) -> dt.timedelta | None:
    moment = moment_of(event.fields.get("date")) or moment_of(event.fields.get("start"))
    if not isinstance(moment, dt.datetime) or (offset := moment.utcoffset()) is None:
        return None
    clock = clock_of(event.fields.get("start"))
    if offset or clock is None:
        return _whole_minutes(offset)
    # Some systems write the moment in UTC and the clock time of the place beside it.
    universal = moment.astimezone(dt.UTC).replace(tzinfo=None)
    shift = (clock - (universal - dt.datetime.combine(universal.date(), MIDNIGHT))) % DAY
    local = shift - DAY if shift > dt.timedelta(hours=14) else shift
    return local if local % dt.timedelta(minutes=15) == dt.timedelta() else _whole_minutes(offset)


def _whole_minutes(offset: dt.timedelta) -> dt.timedelta:
    return dt.timedelta(minutes=round(offset.total_seconds() / 60))
