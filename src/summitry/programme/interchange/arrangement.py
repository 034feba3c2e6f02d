"""Bringing any document into normal form before it is written, so that exporters need not."""

import datetime as dt
from dataclasses import replace

from summitry.programme.interchange.document import Day, DayRoom, Event, ScheduleDocument
from summitry.programme.interchange.identity import derived_guid, is_guid
from summitry.programme.interchange.times import resolve_zone
from summitry.programme.interchange.values import aware, later

_SOME_DAY = dt.date(1970, 1, 1)


def arranged(document: ScheduleDocument) -> ScheduleDocument:
    """``document`` in normal form: events that name no listed day stand under the day of their start.

    Rooms that a day does not list are added to it, missing days are made, GUIDs that are not unique are replaced.
    A document already in normal form comes back equal.
    """
    days = _numbered(document)
    indexes = {day.index for day in days}
    placed: list[Event] = []
    for event in _distinct(document.events):
        if event.day in indexes:
            placed.append(event)
            continue
        day = _day_of(event, days)
        if day is None:
            day = _made_day(event.starts_at.date(), event.starts_at.tzinfo, days)
            days.append(day)
            indexes.add(day.index)
        placed.append(replace(event, day=day.index))
    days = [_with_rooms(day, placed) for day in days]
    order = {
        (day.index, room.name): (number, place)
        for number, day in enumerate(days)
        for place, room in enumerate(day.rooms)
    }
    placed.sort(key=lambda event: order[event.day, event.room])
    return replace(document, days=tuple(days), events=tuple(placed))


def with_a_day(document: ScheduleDocument) -> ScheduleDocument:
    """The same document with at least one day, as the XML schema demands."""
    if document.days:
        return document
    zone = resolve_zone(document.conference.time_zone) or dt.UTC
    return replace(document, days=(_made_day(document.conference.start or _SOME_DAY, zone, []),))


def _numbered(document: ScheduleDocument) -> list[Day]:
    days = list(document.days)
    indexes = [day.index for day in days]
    if len(set(indexes)) == len(indexes) and all(index > 0 for index in indexes):
        return days
    return [replace(day, index=number) for number, day in enumerate(days, start=1)]


def _distinct(events: tuple[Event, ...]) -> list[Event]:
    seen: dict[str, int] = {}
    distinct = []
    for event in events:
        guid = (
            event.guid
            if is_guid(event.guid)
            else derived_guid("event", event.guid, str(event.id or event.title))
        )
        while (times := seen.get(guid.lower(), 0)) > 0:
            seen[guid.lower()] = times + 1
            guid = derived_guid("again", guid.lower(), str(times))
        seen[guid.lower()] = 1
        distinct.append(event if guid == event.guid else replace(event, guid=guid))
    return distinct


def _day_of(event: Event, days: list[Day]) -> Day | None:
    within = (day for day in days if day.start <= event.starts_at < day.end)
    return next(within, None) or next((day for day in days if day.date == event.starts_at.date()), None)


def _made_day(date: dt.date, zone: dt.tzinfo | None, days: list[Day]) -> Day:
    start = aware(date, zone or dt.UTC)
    return Day(
        index=1 + max((day.index for day in days), default=0),
        date=date,
        start=start,
        end=later(start, dt.timedelta(days=1)),
    )


def _with_rooms(day: Day, events: list[Event]) -> Day:
    rooms = {room.name: room for room in reversed(day.rooms)}
    rooms = {room.name: rooms[room.name] for room in day.rooms}
    for event in events:
        if event.day == day.index:
            rooms.setdefault(event.room, DayRoom(name=event.room))
    return day if len(rooms) == len(day.rooms) else replace(day, rooms=tuple(rooms.values()))
