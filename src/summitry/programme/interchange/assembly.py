"""From what a file says to a document in normal form, with every repair told."""

import datetime as dt
from collections.abc import Iterable

from summitry.foundation.tables.findings import FileCode
from summitry.programme.interchange.clashes import Identities
from summitry.programme.interchange.days import assemble_days, assign_loose_events
from summitry.programme.interchange.document import (
    Conference,
    Day,
    DayRoom,
    Event,
    EventPerson,
    Reading,
    ScheduleDocument,
)
from summitry.programme.interchange.event_times import Clockwork, event_duration, event_start
from summitry.programme.interchange.problems import ProblemCode, Problems
from summitry.programme.interchange.raw import (
    EVENT_ADDRESSES,
    EVENT_BLOCKS,
    EVENT_LINES,
    RawDay,
    RawEvent,
    RawRoom,
    RawSchedule,
)
from summitry.programme.interchange.remainder import restored_document, restored_event
from summitry.programme.interchange.texts import clean, line
from summitry.programme.interchange.values import duration_of, flag_of, integer_of, moment_of, text_of
from summitry.programme.interchange.zones import find_zone

MAX_EVENTS = 20_000
"""Ten times the largest conference schedule that is known."""


def assemble(raw: RawSchedule, fallback_zone: dt.tzinfo | None = None) -> Reading:
    """Understand a raw schedule. ``fallback_zone`` is used where the file names no zone."""
    problems = raw.problems
    if sum(len(room.events) for day in raw.days for room in day.rooms) + len(raw.loose) > MAX_EVENTS:
        problems.error(FileCode.TOO_COMPLEX, "", limit=MAX_EVENTS)
        return Reading(None, problems.condensed())
    zone, zone_name = find_zone(raw, fallback_zone)
    clockwork = Clockwork(zone, problems, days_first="pretalx" in raw.generator.name.lower())
    title, acronym = (line(clean(text_of(raw.fields.get(name)))).strip() for name in ("title", "acronym"))
    if not title:
        problems.warning(ProblemCode.CONFERENCE_UNTITLED, "conference")
    days = assemble_days(raw, clockwork)
    if days is None or not (raw.fields or raw.days or raw.loose):
        return Reading(None, problems.condensed())
    days = assign_loose_events(raw, days, clockwork)
    source = acronym.lower() or title or min((day.date.isoformat() for day in days), default="")
    identities = Identities(source, problems)
    finished: list[Day] = []
    events: list[Event] = []
    for raw_day, day in zip(raw.days, days, strict=True):
        finished.append(_listing_rooms(raw_day, day))
        for room in raw_day.rooms:
            events += (_event(event, day, clockwork, identities) for event in room.events)
    document = ScheduleDocument(
        conference=_conference(raw, title, acronym, zone_name, finished),
        days=tuple(finished),
        events=tuple(events),
        generator=raw.generator,
        version=line(clean(raw.version)).strip(),
        url=raw.url.strip(),
        base_url=raw.base_url.strip(),
        extra=raw.extra,
    )
    return Reading(restored_document(document, raw), problems.condensed())


def _conference(raw: RawSchedule, title: str, acronym: str, zone_name: str, days: list[Day]) -> Conference:
    fields = raw.fields
    start, end = (_conference_date(raw, name) for name in ("start", "end"))
    timeslot = duration_of(fields.get("timeslot"))
    if timeslot is None and (text := text_of(fields.get("timeslot")).strip()):
        raw.conference_extra.setdefault("timeslot_duration", text)
    return Conference(
        title=title,
        acronym=acronym,
        start=start or min((day.date for day in days), default=None),
        end=end or max((day.date for day in days), default=None),
        days_count=integer_of(fields.get("days_count")),
        timeslot=timeslot,
        time_zone=zone_name,
        url=text_of(fields.get("url")).strip(),
        logo=text_of(fields.get("logo")).strip(),
        description=clean(text_of(fields.get("description"))),
        keywords=tuple(raw.keywords),
        colors=raw.colors,
        tracks=tuple(raw.tracks),
        rooms=tuple(raw.rooms),
        extra=raw.conference_extra,
    )


def _conference_date(raw: RawSchedule, name: str) -> dt.date | None:
    value = raw.fields.get(name)
    moment = moment_of(value)
    text = text_of(value).strip()
    if moment is None and text:
        raw.problems.warning(ProblemCode.VALUE_UNREADABLE, "conference", field=name, value=text[:80])
    if (moment is None and text) or isinstance(moment, dt.datetime):
        raw.conference_extra.setdefault(name, text)
    return moment.date() if isinstance(moment, dt.datetime) else moment


def _merged(rooms: Iterable[RawRoom]) -> list[RawRoom]:
    """The rooms of a day with each name once; events that no room encloses stand under the room they name."""
    merged: dict[str, RawRoom] = {}
    for room in rooms:
        if room.name or not room.events:
            known = merged.setdefault(room.name, RawRoom(room.name))
            known.guid = known.guid or room.guid
        for event in room.events:
            event.room = event.room or line(clean(text_of(event.fields.get("room")))).strip()
            merged.setdefault(event.room, RawRoom(event.room)).events.append(event)
    return list(merged.values())


def _listing_rooms(raw_day: RawDay, day: Day) -> Day:
    raw_day.rooms = _merged(raw_day.rooms)
    rooms = tuple(DayRoom(name=room.name, guid=room.guid) for room in raw_day.rooms)
    return Day(index=day.index, date=day.date, start=day.start, end=day.end, rooms=rooms)


def _event(raw: RawEvent, day: Day, clockwork: Clockwork, identities: Identities) -> Event:
    problems = clockwork.problems
    number, guid = identities.identify(raw)
    # A listed event always has a start, if need be that of its day.
    start = event_start(raw, day, clockwork) or day.start
    if not day.start <= start < day.end:
        problems.warning(
            ProblemCode.OUTSIDE_DAY, raw.where, start=start.isoformat(), day=day.date.isoformat()
        )
    duration = event_duration(raw, start, clockwork)
    _check_room(raw, problems)
    texts = _texts(raw, problems)
    if not texts["title"].strip():
        problems.warning(ProblemCode.TITLE_MISSING, raw.where)
    for person in raw.persons:
        identities.check_person(person, raw.where)
    event = Event(
        guid=guid,
        day=day.index,
        room=raw.room,
        starts_at=start,
        duration=duration,
        id=number,
        title=texts["title"],
        subtitle=texts["subtitle"],
        code=texts["code"],
        slug=texts["slug"],
        track=texts["track"],
        type=texts["type"],
        language=texts["language"],
        abstract=texts["abstract"],
        description=texts["description"],
        recording_license=texts["recording_license"],
        do_not_record=_flag(raw, "do_not_record"),
        do_not_stream=_flag(raw, "do_not_stream"),
        url=texts["url"],
        logo=texts["logo"],
        feedback_url=texts["feedback_url"],
        origin_url=texts["origin_url"],
        video_download_url=texts["video_download_url"],
        persons=_persons(raw),
        links=tuple(raw.links),
        attachments=tuple(raw.attachments),
        extra=raw.extra,
    )
    return restored_event(event, raw, problems)


def _texts(raw: RawEvent, problems: Problems) -> dict[str, str]:
    fields = raw.fields
    texts = {name: line(text_of(fields.get(name))) for name in EVENT_LINES}
    texts |= {name: text_of(fields.get(name)) for name in EVENT_BLOCKS}
    texts |= {name: text_of(fields.get(name)).strip() for name in (*EVENT_ADDRESSES, "code", "slug")}
    cleaned = {name: clean(text) for name, text in texts.items()}
    if cleaned != texts:
        problems.note(ProblemCode.CONTROL_CHARACTERS, raw.where)
    return cleaned


def _flag(raw: RawEvent, name: str) -> bool | None:
    flag = flag_of(raw.fields.get(name))
    if flag is None and (text := text_of(raw.fields.get(name)).strip()):
        raw.extra.setdefault(name, text)
    return flag


def _persons(raw: RawEvent) -> tuple[EventPerson, ...]:
    return tuple(
        person for person in raw.persons if person.name.strip() or person.id is not None or person.guid
    )


def _check_room(raw: RawEvent, problems: Problems) -> None:
    named = line(clean(text_of(raw.fields.get("room")))).strip()
    if not raw.room.strip() and not named:
        problems.warning(ProblemCode.ROOM_MISSING, raw.where)
    elif named and named != raw.room.strip():
        raw.extra.setdefault("room", named)
        problems.warning(ProblemCode.ROOM_DIFFERS, raw.where, room=raw.room[:80], named=named[:80])
