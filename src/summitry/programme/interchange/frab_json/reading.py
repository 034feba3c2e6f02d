"""Finding a schedule's values in the JSON variants; what they mean is understood in ``assembly``."""

import datetime as dt
from collections.abc import Iterator, Mapping

from summitry.foundation.tables.source import read_source
from summitry.programme.interchange.assembly import assemble
from summitry.programme.interchange.document import (
    EventPerson,
    Generator,
    Json,
    Reading,
    Reference,
    Room,
    Track,
)
from summitry.programme.interchange.identity import is_guid
from summitry.programme.interchange.json_text import parse_json
from summitry.programme.interchange.problems import ProblemCode, Problems
from summitry.programme.interchange.raw import (
    EVENT_FIELDS,
    RawDay,
    RawEvent,
    RawRoom,
    RawSchedule,
    RawValue,
    Remainder,
)
from summitry.programme.interchange.remainder import MARK, remainder_in
from summitry.programme.interchange.texts import line
from summitry.programme.interchange.values import integer_of, text_of

_CONFERENCE_FIELDS = {
    "title": "title",
    "acronym": "acronym",
    "start": "start",
    "end": "end",
    "daysCount": "days_count",
    "days_count": "days_count",
    "timeslot_duration": "timeslot",
    "time_zone_name": "time_zone",
    "timezone": "time_zone",
    "time_zone": "time_zone",
    "day_change": "day_change",
    "url": "url",
    "logo": "logo",
    "description": "description",
}
_DAY_FIELDS = {
    "index": "index",
    "date": "date",
    "day_start": "start",
    "start": "start",
    "day_end": "end",
    "end": "end",
}
_PERSON_LISTS = ("persons", "speakers", "participants", "presenters")


def read_frab_json(data: bytes, *, fallback_zone: dt.tzinfo | None = None) -> Reading:
    """Read schedule JSON of any variant. ``fallback_zone`` is used where the file names no time zone."""
    problems = Problems()
    source = read_source(data, problems)
    if source is None:
        return Reading(None, problems.condensed())
    root = parse_json(source.text, problems)
    told = problems.condensed()
    if root is None and told:
        return Reading(None, told)
    if not isinstance(root, dict) or _schedule_in(root) is None:
        seen = ", ".join(sorted(root)[:8]) if isinstance(root, dict) else type(root).__name__
        problems.error(ProblemCode.WRONG_ROOT, "", seen=seen[:200], expected="schedule.conference")
        return Reading(None, problems.condensed())
    return assemble(raw_from_json(root, problems), fallback_zone)


def _schedule_in(root: dict[str, Json]) -> dict[str, Json] | None:
    """The object that holds the conference, with or without the outer wrapper."""
    for candidate in (root.get("schedule"), root):
        if isinstance(candidate, dict) and any(
            isinstance(candidate.get(name), kind) for name, kind in (("conference", dict), ("days", list))
        ):
            return candidate
    return None


def raw_from_json(root: dict[str, Json], problems: Problems) -> RawSchedule:
    """What the JSON says, with the canonical names of ``raw``."""
    schedule = _schedule_in(root) or {}
    conference = _object(schedule.get("conference"))
    generator = root.get("generator") or schedule.get("generator") or conference.get("generator")
    raw = RawSchedule(problems, generator=_generator(generator))
    raw.version, raw.url, raw.base_url = (
        text_of(_plain(schedule.get(name))) for name in ("version", "url", "base_url")
    )
    remainders = _read_conference(conference, raw)
    for name, value in schedule.items():
        if name not in ("version", "url", "base_url", "conference", "days", "events", "generator"):
            raw.extra[name] = value
    days = conference.get("days") or schedule.get("days")
    for position, day in enumerate(_listed(days)):
        raw.days.append(_day(day, f"days[{position}]", raw, remainders))
    flat = schedule.get("events") or conference.get("events")
    for position, event in enumerate(_listed(flat)):
        raw.loose.append(_event(event, f"events[{position}]", "", raw, remainders))
    return raw


def _read_conference(conference: dict[str, Json], raw: RawSchedule) -> dict[str, Remainder]:
    """Fill in what concerns the conference; the remainders of events that our own writer left are returned."""
    for name, value in conference.items():
        if (field := _CONFERENCE_FIELDS.get(name)) is not None:
            raw.fields.setdefault(field, _plain(value))
        elif name == "keywords" and isinstance(value, list):
            raw.keywords = [word for word in value if isinstance(word, str)]
        elif name in ("colors", "color") and isinstance(value, dict):
            raw.colors = {key: text_of(_plain(color)) for key, color in value.items()}
        elif name == "tracks" and isinstance(value, list):
            raw.tracks = [_track(track) for track in _objects(value)]
        elif name == "rooms" and isinstance(value, list):
            raw.rooms = [_room(room) for room in _objects(value)]
        elif name not in ("days", "events", "generator"):
            raw.conference_extra[name] = value
    return _take_remainders(raw)


def _take_remainders(raw: RawSchedule) -> dict[str, Remainder]:
    meta = _object(raw.conference_extra.get("meta"))
    ours = _object(meta.get(MARK))
    if not ours:
        return {}
    others: dict[str, Json] = {name: value for name, value in meta.items() if name != MARK}
    if others:
        raw.conference_extra["meta"] = others
    else:
        del raw.conference_extra["meta"]
    raw.remainder = remainder_in(ours.get("document"))
    found = {guid: remainder_in(value) for guid, value in _object(ours.get("events")).items()}
    return {guid: remainder for guid, remainder in found.items() if remainder is not None}


def _day(day: dict[str, Json], path: str, raw: RawSchedule, remainders: Mapping[str, Remainder]) -> RawDay:
    fields: dict[str, RawValue] = {
        _DAY_FIELDS[name]: _plain(value) for name, value in day.items() if name in _DAY_FIELDS
    }
    read = RawDay(path, fields)
    guids = {room.name: room.guid for room in raw.rooms}
    for name, guid, events in _rooms(day.get("rooms")):
        room = RawRoom(name, guid or guids.get(name))
        for position, event in enumerate(_objects(events)):
            room.events.append(_event(event, f'{path}.rooms["{name}"][{position}]', name, raw, remainders))
        read.rooms.append(room)
    for position, event in enumerate(_objects(day.get("events"))):
        read.rooms.append(
            RawRoom("", None, [_event(event, f"{path}.events[{position}]", "", raw, remainders)])
        )
    others: dict[str, Json] = {
        name: value for name, value in day.items() if name not in (*_DAY_FIELDS, "rooms", "events")
    }
    if others:
        raw.extra[path] = others
    return read


def _rooms(rooms: Json) -> Iterator[tuple[str, str | None, Json]]:
    """Name, GUID and events of a day's rooms, which come as an object by name or as a list."""
    if isinstance(rooms, dict):
        for name, events in rooms.items():
            yield line(name), None, list(events.values()) if isinstance(events, dict) else events
    for room in _objects(rooms):
        guid = text_of(_plain(room.get("guid"))).strip()
        events = next((room[key] for key in ("events", "talks") if key in room), None)
        yield line(text_of(_plain(room.get("name")))), guid if is_guid(guid) else None, events


def _event(
    event: dict[str, Json], where: str, room: str, raw: RawSchedule, remainders: Mapping[str, Remainder]
) -> RawEvent:
    number, guid = event.get("id"), event.get("guid")
    named = f" id={number}" if isinstance(number, int | str) and number != "" else ""
    read = RawEvent(
        where + named[:60], room, {}, remainder=remainders.get(guid) if isinstance(guid, str) else None
    )
    for name, value in event.items():
        if name in _PERSON_LISTS and isinstance(value, list) and not read.persons:
            read.persons = [_person(person) for person in value]
        elif name in ("links", "attachments") and isinstance(value, list):
            setattr(read, name, [_reference(reference) for reference in value])
        elif name == "track":
            read.fields[name] = _track_name(value, raw.tracks)
        elif name in EVENT_FIELDS:
            read.fields[name] = _plain(value)
        elif name == "feedback" and isinstance(value, dict) and "feedback_url" not in event:
            read.fields["feedback_url"] = _plain(value)
        else:
            read.extra[name] = value
    return read


def _track_name(value: Json, tracks: list[Track]) -> str:
    if isinstance(value, dict) and "name" not in value and (slug := value.get("slug")):
        return next((track.name for track in tracks if track.slug == slug), text_of(_plain(slug)))
    return text_of(_plain(value))


def _person(value: Json) -> EventPerson:
    person: dict[str, Json] = value if isinstance(value, dict) else {"name": value}
    names = [
        text_of(_plain(person.get(key)))
        for key in ("name", "public_name", "full_public_name", "display_name")
    ]
    name = next((name for name in names if name.strip()), "")
    number, guid = integer_of(_plain(person.get("id"))), text_of(_plain(person.get("guid"))).strip()
    extra: dict[str, Json] = {}
    for key, part in person.items():
        known = (
            key == "name"
            or (key == "url" and (part is None or isinstance(part, str)))
            or (key == "id" and (number is not None or part is None))
            or (key == "guid" and (is_guid(guid) or part is None))
            or (key in ("public_name", "full_public_name", "display_name") and part in (name, "", None))
        )
        if not known:
            extra[key] = part
    url = person.get("url")
    return EventPerson(
        name=line(name),
        id=number,
        guid=guid if is_guid(guid) else None,
        url=url.strip() if isinstance(url, str) else "",
        extra=extra,
    )


def _reference(value: Json) -> Reference:
    reference: dict[str, Json] = value if isinstance(value, dict) else {"url": value}
    texts = {
        key: line(text_of(_plain(reference.get(key)))) for key in ("url", "href", "title", "type", "service")
    }
    address = (texts["url"] or texts["href"]).strip()
    return Reference(
        url=address,
        title=texts["title"] if texts["title"].strip() != address else "",
        type=texts["type"],
        service=texts["service"],
        extra={key: part for key, part in reference.items() if key not in texts},
    )


def _track(track: dict[str, Json]) -> Track:
    texts = {key: line(text_of(_plain(track.get(key)))) for key in ("name", "slug", "color")}
    extra: dict[str, Json] = {key: part for key, part in track.items() if key not in texts}
    return Track(name=texts["name"], slug=texts["slug"], color=texts["color"], extra=extra)


def _room(room: dict[str, Json]) -> Room:
    guid = text_of(_plain(room.get("guid"))).strip()
    description, capacity = room.get("description"), integer_of(_plain(room.get("capacity")))
    extra: dict[str, Json] = {
        key: part for key, part in room.items() if key not in ("name", "guid", "description", "capacity")
    }
    if guid and not is_guid(guid):
        extra["guid"] = guid
    if isinstance(description, dict | list):
        extra["description"] = description
    if capacity is None and room.get("capacity") is not None:
        extra["capacity"] = room["capacity"]
    return Room(
        name=line(text_of(_plain(room.get("name")))),
        guid=guid if is_guid(guid) else None,
        description=text_of(_plain(description)),
        capacity=capacity,
        extra=extra,
    )


def _generator(value: Json) -> Generator:
    if not isinstance(value, dict):
        return Generator(name=line(text_of(_plain(value))))
    texts = {key: line(text_of(_plain(value.get(key)))) for key in ("name", "version", "url", "system")}
    return Generator(name=texts["name"], version=texts["version"], url=texts["url"] or texts["system"])


def _plain(value: Json) -> str | int | float | bool | None:
    """A single value; of an object its name, its address or one of its languages."""
    if isinstance(value, dict):
        keys = [key for key in ("name", "title", "url", "en") if isinstance(value.get(key), str)]
        chosen = (
            value[keys[0]] if keys else next((part for part in value.values() if isinstance(part, str)), None)
        )
        return chosen if isinstance(chosen, str) else None
    return None if isinstance(value, list) else value


def _object(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}


def _listed(value: Json) -> list[dict[str, Json]]:
    """The objects of a list, which some write as an object with a key for each."""
    return _objects(list(value.values()) if isinstance(value, dict) else value)


def _objects(value: Json) -> list[dict[str, Json]]:
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []
