"""Writing schedule JSON that validates, and that our own reader understands exactly."""

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from summitry.programme.interchange.addresses import (
    http_address,
    legal_acronym,
    legal_slug,
    other_address,
)
from summitry.programme.interchange.arrangement import arranged
from summitry.programme.interchange.assembly import assemble
from summitry.programme.interchange.document import (
    Conference,
    Day,
    Event,
    EventPerson,
    Json,
    Reference,
    Room,
    ScheduleDocument,
)
from summitry.programme.interchange.frab_json.reading import raw_from_json
from summitry.programme.interchange.identity import derived_guid, derived_id, is_guid
from summitry.programme.interchange.plain import is_plain
from summitry.programme.interchange.problems import Problems
from summitry.programme.interchange.raw import EVENT_FIELDS, RawEvent, RawValue, Remainder
from summitry.programme.interchange.remainder import (
    MARK,
    document_remainder,
    event_remainder,
    plain_remainder,
)
from summitry.programme.interchange.texts import clean
from summitry.programme.interchange.times import format_hours, format_moment, resolve_zone

SCHEMA = "https://c3voc.de/schedule/schema.json"
_CODE = re.compile(r"[A-Z0-9]+")
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_SLUG = re.compile(r"[a-z0-9_-]+[a-z0-9]")
_ZONE_NAME = re.compile(r"([A-Z][a-z]+/[A-Z][a-z]+)|UTC")
_REFERENCE_TYPES = frozenset(("slides", "paper", "web", "blog", "article", "media", "related", "activitypub"))
_SOME_DAY = dt.date(1970, 1, 1)
_USUAL_TIMESLOT = dt.timedelta(minutes=5)
_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def write_frab_json(document: ScheduleDocument) -> bytes:
    """The document as schedule JSON in UTF-8.

    Values that the schema does not allow are repaired, always in the same way; what that changes travels in
    ``conference.meta``, which the schema leaves free.
    """
    original = arranged(document)
    writer = _Writer(original)
    raw = raw_from_json(writer.root([writer.odd_day(day) for day in original.days]), Problems())
    understood = assemble(raw).document
    if understood is not None:
        ours: dict[str, Json] = {}
        if remainder := document_remainder(original, understood, raw):
            ours["document"] = _carried(remainder)
        remainders = dict(writer.plain)
        raw_events = [event for day in raw.days for room in day.rooms for event in room.events]
        odd = (event for event in original.events if event.guid not in writer.plain)
        for wanted, found, raw_event in zip(odd, understood.events, raw_events, strict=True):
            remainders[wanted.guid] = event_remainder(wanted, found, raw_event)
        events: dict[str, Json] = {
            guid: _carried(remainder) for guid, remainder in remainders.items() if remainder
        }
        writer.carry(ours | ({"events": events} if events else {}))
    return b"".join(writer.file())


def _encoded(value: Json) -> bytes:
    return _encoder.encode(value).encode()


def _with_last(frame: dict[str, Json], empty: bytes, parts: Iterable[Iterable[bytes]]) -> Iterator[bytes]:
    """The text of an object whose last member, at whatever depth, is empty; with these parts in it, which need no objects."""
    head, _last, tail = _encoded(frame).rpartition(empty)
    yield head + empty[:1]
    for place, part in enumerate(parts):
        if place:
            yield b","
        yield from part
    yield empty[1:] + tail


def _carried(remainder: Remainder) -> Json:
    return {"of": remainder.of, "fields": dict(remainder.fields)}


class _Writer:
    """Builds the object; knows which IDs and slugs are taken. `plain` holds what is to be carried of plain events.

    Plain events are kept as they go into the file: as objects, the events of a summit take six times the memory.
    """

    def __init__(self, document: ScheduleDocument) -> None:
        self._document = document
        self._zone = resolve_zone(document.conference.time_zone)
        self._acronym = legal_acronym(document.conference)
        self._ids = {event.id for event in document.events if event.id}
        self._used: set[int] = set()
        self._slugs: set[str] = set()
        self._names_zone = self._zone is not None and bool(_ZONE_NAME.match(document.conference.time_zone))
        self.plain: dict[str, Remainder | None] = {}
        self._events: dict[tuple[int, str], list[Event]] = {}
        for event in document.events:
            self._events.setdefault((event.day, event.room), []).append(event)
        self._conference = self._conference_object(document.conference)
        self._odd: dict[str, Json] = {}
        self._finished: dict[str, bytes] = {}
        for event in document.events:
            written = self._event(event)
            if event.guid in self.plain:
                self._finished[event.guid] = _encoded(written)
            else:
                self._odd[event.guid] = written

    def file(self) -> Iterator[bytes]:
        """The whole, in pieces."""
        return _with_last(self.root([]), b"[]", (self._day_pieces(day) for day in self._document.days))

    def root(self, days: list[Json]) -> dict[str, Json]:
        """The object with these days, which come last in it."""
        document = self._document
        schedule: dict[str, Json] = {"version": clean(document.version)}
        schedule |= {"url": url} if (url := http_address(document.url, document.base_url)) else {}
        schedule |= {"base_url": base} if (base := http_address(document.base_url)) else {}
        schedule["conference"] = self._conference | {"days": days}
        generator: dict[str, Json] = {
            "name": clean(document.generator.name),
            "version": clean(document.generator.version),
        }
        if url := http_address(document.generator.url):
            generator["url"] = url
        return {"$schema": SCHEMA, "generator": generator, "schedule": schedule}

    def carry(self, ours: dict[str, Json]) -> None:
        if ours:
            meta = self._conference.get("meta")
            self._conference["meta"] = (meta if isinstance(meta, dict) else {}) | {MARK: ours}

    def _conference_object(self, conference: Conference) -> dict[str, Json]:
        days = self._document.days
        start = conference.start or min((day.date for day in days), default=_SOME_DAY)
        end = conference.end or max((day.date for day in days), default=start)
        written: dict[str, Json] = {
            "acronym": self._acronym,
            "title": clean(conference.title),
            "start": start.isoformat(),
            "end": end.isoformat(),
            "daysCount": conference.days_count if conference.days_count is not None else len(days),
            "timeslot_duration": format_hours(
                _USUAL_TIMESLOT if conference.timeslot is None else conference.timeslot
            ),
        }
        if _ZONE_NAME.match(conference.time_zone):
            written["time_zone_name"] = conference.time_zone
        for name in ("url", "logo"):
            if address := http_address(getattr(conference, name), self._document.base_url):
                written[name] = address
        if conference.description:
            written["description"] = clean(conference.description)
        if conference.colors:
            written["colors"] = {
                name: color for name, color in conference.colors.items() if _COLOR.fullmatch(color)
            }
        if conference.keywords:
            written["keywords"] = list(conference.keywords)
        if conference.tracks:
            written["tracks"] = [_track(track.name, track.slug, track.color) for track in conference.tracks]
        if rooms := self._rooms(conference):
            written["rooms"] = rooms
        if isinstance(meta := conference.extra.get("meta"), dict):
            written["meta"] = meta
        return written

    def _rooms(self, conference: Conference) -> list[Json]:
        """The rooms that the conference describes, then those of which only days know a GUID."""
        rooms = {room.name: room for room in conference.rooms}
        for day in self._document.days:
            for room in day.rooms:
                if room.guid and room.name not in rooms:
                    rooms[room.name] = Room(name=room.name, guid=room.guid)
        return [_room(room, self._acronym) for room in rooms.values()]

    def odd_day(self, day: Day) -> dict[str, Json]:
        """A day without its plain events: what has to be read again to know what could not be said."""
        return self._day(
            day,
            {
                name: [self._odd[event.guid] for event in events if event.guid in self._odd]
                for name, events in self._by_room(day).items()
            },
        )

    def _day_pieces(self, day: Day) -> Iterator[bytes]:
        rooms = (
            (_encoded(name), b":[", b",".join(map(self._event_text, events)), b"]")
            for name, events in self._by_room(day).items()
        )
        return _with_last(self._day(day, {}), b"{}", rooms)

    def _event_text(self, event: Event) -> bytes:
        return self._finished.get(event.guid) or _encoded(self._odd[event.guid])

    def _by_room(self, day: Day) -> dict[str, list[Event]]:
        return {clean(room.name): self._events.get((day.index, room.name), []) for room in day.rooms}

    def _day(self, day: Day, rooms: Mapping[str, Json]) -> dict[str, Json]:
        """The object of a day with these rooms, which come last in it."""
        return {
            "index": day.index,
            "date": day.date.isoformat(),
            "day_start": self._moment(day.start),
            "day_end": self._moment(day.end),
            "rooms": dict(rooms),
        }

    def _event(self, event: Event) -> dict[str, Json]:
        number = self._number(event)
        base = self._document.base_url
        start = event.starts_at.astimezone(self._zone) if self._zone else event.starts_at
        written: dict[str, Json] = {
            "id": number,
            "guid": event.guid,
            "logo": http_address(event.logo, base) or None,
            "date": format_moment(start),
            "start": f"{start:%H:%M}",
            "end": self._moment(event.ends_at),
            "duration": format_hours(event.duration),
            "room": clean(event.room),
            "slug": legal_slug(event, number, self._acronym, self._slugs),
            "url": http_address(event.url, base) or http_address(base) or f"urn:uuid:{event.guid}",
        }
        for name in (
            "title",
            "subtitle",
            "track",
            "type",
            "language",
            "abstract",
            "description",
            "recording_license",
        ):
            written[name] = clean(getattr(event, name))
        written["do_not_record"] = event.do_not_record
        if event.do_not_stream is not None:
            written["do_not_stream"] = event.do_not_stream
        if _CODE.fullmatch(event.code):
            written["code"] = event.code
        written["persons"] = [_person(person) for person in event.persons]
        written["links"] = _references(event.links, base)
        written["attachments"] = _references(event.attachments, base)
        for name in ("feedback_url", "origin_url"):
            if address := http_address(getattr(event, name), base):
                written[name] = address
        if self._names_zone and number == event.id and is_plain(event):
            self.plain[event.guid] = _plain_remainder(event, written)
        return written

    def _number(self, event: Event) -> int:
        number = event.id
        if number is None or number < 1 or number in self._used:
            number = derived_id(event.guid, self._used | self._ids)
        self._used.add(number)
        return number

    def _moment(self, moment: dt.datetime) -> str:
        return format_moment(moment.astimezone(self._zone) if self._zone else moment)


def _plain_remainder(event: Event, written: dict[str, Json]) -> Remainder | None:
    fields = {name: cast("RawValue", value) for name, value in written.items() if name in EVENT_FIELDS}
    raw = RawEvent("", event.room, fields, persons=list(event.persons))
    return plain_remainder(event, raw, code=written.get("code", ""), slug=written["slug"])


def _person(person: EventPerson) -> dict[str, Json]:
    """A person by number in frab's form, else in pretalx's; the schema wants exactly one of the two."""
    name = clean(person.name)
    written: dict[str, Json] = {"name": name, "public_name": name}
    if person.id is not None:
        written = {"id": person.id, "public_name": name}
    if person.guid and is_guid(person.guid):
        written["guid"] = person.guid
    if address := http_address(person.url):
        written["url"] = address
    for key, value in person.extra.items():
        if _is_allowed(key, value):
            written[key] = value
    return written


def _is_allowed(key: str, value: Json) -> bool:
    """Whether the schema takes a value that was kept of a person."""
    match key:
        case "name" | "public_name" | "id" | "guid" | "url" | "links":
            return False
        case "code":
            return isinstance(value, str) and _CODE.fullmatch(value) is not None
        case "avatar":
            return value is None or (isinstance(value, str) and http_address(value) == value)
        case "biography":
            return value is None or isinstance(value, str)
    return True


def _references(references: tuple[Reference, ...], base: str) -> list[Json]:
    written: list[Json] = []
    for reference in references:
        address = http_address(reference.url, base) or other_address(reference.url)
        if not address:
            continue
        entry: dict[str, Json] = {"url": address, "title": clean(reference.title)}
        if reference.type in _REFERENCE_TYPES:
            entry["type"] = reference.type
        written.append(entry)
    return written


def _track(name: str, slug: str, color: str) -> dict[str, Json]:
    written: dict[str, Json] = {"name": clean(name)}
    if _SLUG.fullmatch(slug):
        written["slug"] = slug
    if _COLOR.fullmatch(color):
        written["color"] = color
    return written


def _room(room: Room, acronym: str) -> dict[str, Json]:
    guid = room.guid if room.guid and is_guid(room.guid) else derived_guid(acronym, "room", room.name)
    written: dict[str, Json] = {"name": clean(room.name), "guid": guid}
    slug = room.extra.get("slug")
    if isinstance(slug, str) and _SLUG.fullmatch(slug):
        written["slug"] = slug
    if room.description:
        written["description"] = clean(room.description)
    if room.capacity is not None:
        written["capacity"] = room.capacity
    return written
