"""Writing schedule XML that validates, and that our own reader understands exactly."""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from lxml import etree

from summitry.programme.interchange.addresses import http_address, legal_slug, other_address, xml_acronym
from summitry.programme.interchange.arrangement import arranged, with_a_day
from summitry.programme.interchange.assembly import assemble
from summitry.programme.interchange.document import (
    Conference,
    Day,
    Event,
    EventPerson,
    Reference,
    ScheduleDocument,
)
from summitry.programme.interchange.frab_xml.reading import raw_from_element
from summitry.programme.interchange.identity import derived_id, is_guid
from summitry.programme.interchange.plain import is_plain
from summitry.programme.interchange.problems import Problems
from summitry.programme.interchange.raw import RawEvent, RawValue, Remainder
from summitry.programme.interchange.remainder import (
    MARK,
    document_remainder,
    event_remainder,
    plain_remainder,
)
from summitry.programme.interchange.texts import clean
from summitry.programme.interchange.times import format_hours, format_moment, resolve_zone

_CODE = re.compile(r"[0-9A-Z]{6}")
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_TRACK_SLUG = re.compile(r"[a-z][a-z0-9-]+")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_LONGEST_HOURS = dt.timedelta(hours=100)
_LONGEST_DAYS = dt.timedelta(days=100)


def write_frab_xml(document: ScheduleDocument) -> bytes:
    """The document as schedule XML in UTF-8.

    Values that the schema does not allow are repaired, always in the same way; what that changes travels in
    processing instructions that other systems pass over.
    """
    original = arranged(document)
    writer = _Writer(with_a_day(original))
    root = writer.schedule()
    with writer.without_plain_events() as odd:
        raw = raw_from_element(root, Problems())
    understood = assemble(raw).document
    if understood is not None:
        _attach(root, document_remainder(original, understood, raw))
        raw_events = [event for day in raw.days for room in day.rooms for event in room.events]
        pairs = zip(odd, raw_events, understood.events, strict=True)
        for (wanted, element), raw_event, found in pairs:
            _attach(element, event_remainder(wanted, found, raw_event))
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _attach(element: etree._Element, remainder: Remainder | None) -> None:
    if remainder is not None:
        text = json.dumps({"of": remainder.of, "fields": remainder.fields}, ensure_ascii=True)
        element.append(etree.ProcessingInstruction(MARK, text.replace("?>", "?\\u003e")))


def _plain_remainder(event: Event, said: dict[str, RawValue]) -> Remainder | None:
    """The remainder of a plain event whose element says what is in ``said``, and who appears but not their addresses."""
    persons = [EventPerson(name=person.name, id=person.id, guid=person.guid) for person in event.persons]
    raw = RawEvent("", event.room, said, persons=persons)
    return plain_remainder(event, raw, code=said.get("code", ""), slug=said["slug"], persons=tuple(persons))


class _Writer:
    """Builds the tree; knows which IDs, codes and slugs are taken, since the schema wants each only once."""

    def __init__(self, document: ScheduleDocument) -> None:
        self._document = document
        self._zone = resolve_zone(document.conference.time_zone)
        self._acronym = xml_acronym(document.conference)
        self._ids = {event.id for event in document.events if event.id}
        self._used: set[int] = set()
        self._codes: set[str] = set()
        self._slugs: set[str] = set()
        self._written: list[tuple[etree._Element, list[tuple[Event, etree._Element]]]] = []
        self._plain: set[str] = set()
        self._events: dict[tuple[int, str], list[Event]] = {}
        for event in document.events:
            self._events.setdefault((event.day, event.room), []).append(event)

    def schedule(self) -> etree._Element:
        document = self._document
        root = etree.Element("schedule")
        generator = document.generator
        attributes = {"name": generator.name, "system": generator.url, "version": generator.version}
        if any(attributes.values()):
            etree.SubElement(
                root, "generator", {name: clean(text) for name, text in attributes.items() if text}
            )
        self._address(root, "url", document.url)
        _text(root, "version", document.version)
        self._conference(etree.SubElement(root, "conference"), document.conference)
        for day in document.days:
            self._day(root, day)
        return root

    @contextmanager
    def without_plain_events(self) -> Iterator[list[tuple[Event, etree._Element]]]:
        """Take the plain events out of the tree for as long as it is read; the others are given, in order."""
        odd: list[tuple[Event, etree._Element]] = []
        for room, events in self._written:
            here = [(event, element) for event, element in events if event.guid not in self._plain]
            room[:] = [element for _event, element in here]
            odd += here
        yield odd
        for room, events in self._written:
            room[:] = [element for _event, element in events]

    def _conference(self, element: etree._Element, conference: Conference) -> None:
        _text(element, "title", conference.title)
        _text(element, "acronym", self._acronym)
        for name, date in (("start", conference.start), ("end", conference.end)):
            if date is not None:
                _text(element, name, date.isoformat())
        days = conference.days_count if conference.days_count is not None else len(self._document.days)
        _text(element, "days", str(days))
        if conference.timeslot is not None:
            _text(element, "timeslot_duration", _duration(conference.timeslot))
        self._address(element, "base_url", self._document.base_url)
        self._address(element, "logo", conference.logo)
        self._address(element, "url", conference.url)
        if conference.time_zone:
            _text(element, "time_zone_name", conference.time_zone)
        if _COLOR.fullmatch(conference.colors.get("primary", "")):
            colors = {
                name: clean(color) for name, color in conference.colors.items() if _NAME.fullmatch(name)
            }
            if not _COLOR.fullmatch(colors.get("background", "#000000")):
                del colors["background"]
            etree.SubElement(element, "color", colors)
        for track in conference.tracks:
            attributes = {"name": clean(track.name)}
            if _TRACK_SLUG.fullmatch(track.slug):
                attributes["slug"] = track.slug
            if _COLOR.fullmatch(track.color):
                attributes["color"] = track.color
            etree.SubElement(element, "track", attributes)

    def _day(self, root: etree._Element, day: Day) -> None:
        attributes = {
            "index": str(day.index),
            "date": day.date.isoformat(),
            "start": self._moment(day.start),
            "end": self._moment(day.end),
        }
        element = etree.SubElement(root, "day", attributes)
        for room in day.rooms:
            place = etree.SubElement(element, "room", {"name": clean(room.name)})
            if room.guid and is_guid(room.guid):
                place.set("guid", room.guid)
            events = self._events.get((day.index, room.name), [])
            self._written.append((place, [(event, self._event(place, event)) for event in events]))

    def _event(self, room: etree._Element, event: Event) -> etree._Element:
        number = self._number(event)
        element = etree.SubElement(room, "event", {"guid": event.guid, "id": str(number)})
        if _CODE.fullmatch(event.code) and event.code not in self._codes:
            element.set("code", event.code)
            self._codes.add(event.code)
        start = event.starts_at.astimezone(self._zone) if self._zone else event.starts_at
        first = {
            "room": event.room,
            "title": event.title,
            "subtitle": event.subtitle,
            "type": event.type,
            "date": format_moment(start),
            "start": f"{start:%H:%M}",
            "duration": _duration(event.duration),
            "abstract": event.abstract,
            "slug": legal_slug(event, number, self._acronym, self._slugs),
            "track": event.track,
        }
        second = {"language": event.language, "description": event.description}
        _texts(element, first)
        self._address(element, "logo", event.logo)
        self._persons(element, event)
        _texts(element, second)
        if event.recording_license or event.do_not_record is not None:
            recording = etree.SubElement(element, "recording")
            _text(recording, "license", event.recording_license)
            _text(recording, "optout", "true" if event.do_not_record else "false")
        self._references(etree.SubElement(element, "links"), "link", event.links)
        self._references(etree.SubElement(element, "attachments"), "attachment", event.attachments)
        for name in ("video_download_url", "url", "feedback_url", "origin_url"):
            self._address(element, name, getattr(event, name))
        if self._zone is not None and number == event.id and is_plain(event):
            self._plain.add(event.guid)
            said: dict[str, RawValue] = {
                **{str(name): str(value) for name, value in element.attrib.items()},
                **first,
                **second,
                "url": event.url,
            }
            _attach(element, _plain_remainder(event, said))
        return element

    def _number(self, event: Event) -> int:
        number = event.id
        if number is None or number < 1 or number in self._used:
            number = derived_id(event.guid, self._used | self._ids)
        self._used.add(number)
        return number

    def _persons(self, element: etree._Element, event: Event) -> None:
        persons = etree.SubElement(element, "persons")
        for person in event.persons:
            child = _text(persons, "person", person.name)
            if person.id is not None:
                child.set("id", str(person.id))
            if person.guid and is_guid(person.guid):
                child.set("guid", person.guid)

    def _references(self, parent: etree._Element, name: str, references: tuple[Reference, ...]) -> None:
        for reference in references:
            address = http_address(reference.url, self._document.base_url) or other_address(reference.url)
            if not address:
                continue
            element = _text(parent, name, reference.title or address)
            element.set("href", address)
            for attribute in ("type", "service") if name == "link" else ("type",):
                if value := getattr(reference, attribute):
                    element.set(attribute, clean(value))

    def _moment(self, moment: dt.datetime) -> str:
        return format_moment(moment.astimezone(self._zone) if self._zone else moment)

    def _address(self, element: etree._Element, name: str, address: str) -> None:
        if legal := http_address(address, self._document.base_url):
            _text(element, name, legal)


def _texts(parent: etree._Element, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        _text(parent, name, text)


def _text(parent: etree._Element, name: str, text: str) -> etree._Element:
    element = etree.SubElement(parent, name)
    if text:
        element.text = clean(text) or None
    return element


def _duration(length: dt.timedelta) -> str:
    """Hours and minutes as long as two digits do, beyond that days, hours and minutes as pretalx writes them."""
    if length < _LONGEST_HOURS:
        return format_hours(length)
    minutes = int(min(length, _LONGEST_DAYS - dt.timedelta(minutes=1)).total_seconds() // 60)
    return f"{minutes // 1440}:{minutes // 60 % 24:02d}:{minutes % 60:02d}"
