"""Finding a schedule's values in the XML dialects; what they mean is understood in ``assembly``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

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
from summitry.programme.interchange.frab_xml.parsing import parse_xml
from summitry.programme.interchange.identity import is_guid
from summitry.programme.interchange.json_text import parse_json
from summitry.programme.interchange.problems import ProblemCode, Problems
from summitry.programme.interchange.raw import (
    EVENT_BLOCKS,
    EVENT_FIELDS,
    RawDay,
    RawEvent,
    RawRoom,
    RawSchedule,
    RawValue,
    Remainder,
)
from summitry.programme.interchange.remainder import MARK, remainder_in
from summitry.programme.interchange.texts import line, unindented
from summitry.programme.interchange.values import integer_of

if TYPE_CHECKING:
    from lxml import etree

_EVENT_TAGS = ("event", "entry")
_CONFERENCE_FIELDS = {
    "title": "title",
    "acronym": "acronym",
    "start": "start",
    "end": "end",
    "days": "days_count",
    "timeslot_duration": "timeslot",
    "time_zone_name": "time_zone",
    "day_change": "day_change",
    "url": "url",
    "logo": "logo",
}


def read_frab_xml(data: bytes, *, fallback_zone: dt.tzinfo | None = None) -> Reading:
    """Read schedule XML of any dialect. ``fallback_zone`` is used where the file names no time zone."""
    problems = Problems()
    source = read_source(data, problems)
    root = parse_xml(source.text, problems) if source else None
    if root is None:
        return Reading(None, problems.condensed())
    if _name(root) != "schedule":
        problems.error(
            ProblemCode.WRONG_ROOT, f"line {root.sourceline}", seen=_name(root)[:80], expected="schedule"
        )
        return Reading(None, problems.condensed())
    return assemble(raw_from_element(root, problems), fallback_zone)


def raw_from_element(root: etree._Element, problems: Problems) -> RawSchedule:
    """What the XML says, with the canonical names of ``raw``."""
    raw = RawSchedule(problems, generator=_generator_in_comments(root), remainder=_remainder(root))
    for name, value in root.attrib.items():
        raw.extra["@" + _local(str(name))] = str(value)
    for child in _children(root):
        match _name(child):
            case "generator":
                raw.generator = _generator(child)
            case "version":
                raw.version = line(_text(child)).strip()
            case "url":
                raw.url = _text(child).strip()
            case "conference":
                _read_conference(child, raw)
            case "tracks":
                raw.tracks += [_track(track) for track in _children(child)]
            case "day":
                raw.days.append(_day(child, f"/schedule/day[{len(raw.days) + 1}]", raw))
            case name:
                _add(raw.extra, name, _json(child))
    return raw


def _read_conference(element: etree._Element, raw: RawSchedule) -> None:
    for child in _children(element):
        name = _name(child)
        if name in _CONFERENCE_FIELDS and _CONFERENCE_FIELDS[name] not in raw.fields:
            raw.fields[_CONFERENCE_FIELDS[name]] = line(_text(child)).strip()
        elif name == "base_url" and not raw.base_url:
            raw.base_url = _text(child).strip()
        elif name == "release" and not raw.version:
            raw.version = line(_text(child)).strip()
        elif name == "track":
            raw.tracks.append(_track(child))
        elif name == "color":
            raw.colors = _attributes(child)
        else:
            _add(raw.conference_extra, name, _json(child))


def _track(element: etree._Element) -> Track:
    attributes = _attributes(element)
    text = line(_text(element)).strip()
    name = attributes.pop("name", "") or text
    extra: dict[str, Json] = {
        "@" + key: value for key, value in attributes.items() if key not in ("slug", "color")
    }
    if text and text != name:
        extra["#text"] = text
    return Track(
        name=line(name), slug=attributes.get("slug", ""), color=attributes.get("color", ""), extra=extra
    )


def _day(element: etree._Element, path: str, raw: RawSchedule) -> RawDay:
    fields: dict[str, RawValue] = {
        name: value
        for name, value in _attributes(element).items()
        if name in ("index", "date", "start", "end")
    }
    day = RawDay(_place(element, path), fields)
    for position, child in enumerate(_children(element), start=1):
        here = f"{path}/{_name(child)}[{position}]"
        if _name(child) == "room":
            day.rooms.append(_room(child, here, raw))
        elif _name(child) in _EVENT_TAGS:
            day.rooms.append(RawRoom("", None, [_event(child, here, "")]))
        else:
            _add(raw.extra, path, _json(child))
    return day


def _room(element: etree._Element, path: str, raw: RawSchedule) -> RawRoom:
    attributes = _attributes(element)
    name, guid = line(attributes.pop("name", "")), attributes.pop("guid", "").strip() or None
    if guid is not None and not is_guid(guid):
        attributes["guid"], guid = guid, None
    if attributes and all(room.name != name for room in raw.rooms):
        raw.rooms.append(
            Room(name=name, guid=guid, extra={"@" + key: value for key, value in attributes.items()})
        )
    events = [child for child in _children(element) if _name(child) in _EVENT_TAGS]
    return RawRoom(
        name,
        guid,
        [_event(event, f"{path}/event[{number}]", name) for number, event in enumerate(events, start=1)],
    )


def _event(element: etree._Element, path: str, room: str) -> RawEvent:
    attributes = _attributes(element)
    event = RawEvent(_place(element, path), room, {}, remainder=_remainder(element))
    for name, value in attributes.items():
        if name in ("id", "guid", "code"):
            event.fields[name] = value
        else:
            event.extra["@" + name] = value
    for child in _children(element):
        _read_event_child(event, child)
    return event


def _read_event_child(event: RawEvent, child: etree._Element) -> None:
    match _name(child):
        case "persons" | "speakers":
            event.persons += [_person(person) for person in _children(child)]
        case "links":
            event.links += [_reference(link) for link in _children(child)]
        case "attachments":
            event.attachments += [_reference(attachment) for attachment in _children(child)]
        case "recording":
            _read_recording(event, child)
        case name if name in EVENT_FIELDS and name not in event.fields:
            event.fields[name] = _block(child) if name in EVENT_BLOCKS else _text(child)
            if attributes := _attributes(child):
                _add(event.extra, name, {"@" + key: value for key, value in attributes.items()})
        case name:
            _add(event.extra, name, _json(child))


def _read_recording(event: RawEvent, element: etree._Element) -> None:
    others: dict[str, Json] = {}
    for child in _children(element):
        match _name(child):
            case "license":
                event.fields["recording_license"] = _text(child)
            case "optout":
                event.fields["do_not_record"] = _text(child).strip()
            case name:
                _add(others, name, _json(child))
    if others:
        _add(event.extra, "recording", others)


def _person(element: etree._Element) -> EventPerson:
    extra: dict[str, Json] = {}
    attributes = _attributes(element)
    name = next((_text(child) for child in _children(element) if _name(child) == "name"), None)
    if name is None:
        name = _text(element)
    else:
        for child in _children(element):
            if _name(child) != "name":
                _add(extra, _name(child), _json(child))
    number, guid = integer_of(attributes.get("id")), attributes.get("guid", "").strip()
    for key, value in attributes.items():
        known = key == "url" or (key == "id" and number is not None) or (key == "guid" and is_guid(guid))
        if not known and value:
            extra["@" + key] = value
    return EventPerson(
        name=line(name),
        id=number,
        guid=guid if is_guid(guid) else None,
        url=attributes.get("url", "").strip(),
        extra=extra,
    )


def _reference(element: etree._Element) -> Reference:
    attributes = _attributes(element)
    text = line(_text(element))
    address = (attributes.pop("href", "") or attributes.pop("url", "")).strip() or text.strip()
    return Reference(
        url=address,
        title=text if text.strip() != address else "",
        type=attributes.pop("type", ""),
        service=attributes.pop("service", ""),
        extra={"@" + key: value for key, value in attributes.items()},
    )


def _generator(element: etree._Element) -> Generator:
    attributes = _attributes(element)
    name = attributes.get("name", "") or line(_text(element)).strip()
    return Generator(name=name, version=attributes.get("version", ""), url=attributes.get("system", ""))


def _generator_in_comments(root: etree._Element) -> Generator:
    """Before there was an element for it, pretalx named itself in a comment above the root."""
    before = root.getprevious()
    while before is not None:  # comments and instructions
        if "pretalx" in (before.text or "").lower():
            return Generator(name="pretalx")
        before = before.getprevious()
    return Generator()


def _remainder(element: etree._Element) -> Remainder | None:
    for child in element:
        if getattr(child, "target", "") == MARK:  # only a processing instruction has one
            return remainder_in(parse_json(child.text or "", Problems()))
    return None


def _children(element: etree._Element) -> Iterator[etree._Element]:
    return (child for child in element if isinstance(child.tag, str))


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _name(element: etree._Element) -> str:
    return _local(str(element.tag))


def _attributes(element: etree._Element) -> dict[str, str]:
    return {_local(str(name)): str(value) for name, value in element.attrib.items()}


def _text(element: etree._Element) -> str:
    """All text inside, across comments and nested elements."""
    if len(element) == 0:
        return element.text or ""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _block(element: etree._Element) -> str:
    """Text kept to the letter; markup that was not escaped is text all the same."""
    if not any(True for _ in _children(element)):
        return unindented(_text(element))
    from lxml import etree  # noqa: PLC0415 - heavy: see parsing

    inner = escape(element.text or "", quote=False)
    inner += "".join(etree.tostring(child, encoding="unicode") for child in element)
    return unindented(inner)


def _json(element: etree._Element) -> Json:
    """An element that the format does not know, as a value for ``extra``."""
    value: dict[str, Json] = {"@" + name: text for name, text in _attributes(element).items()}
    for child in _children(element):
        _add(value, _name(child), _json(child))
    text = unindented(element.text or "")
    if not value:
        return text
    return value | ({"#text": text} if text else {})


def _add(mapping: dict[str, Json], name: str, value: Json) -> None:
    """Set ``name``; where it is set already, both values stand in a list."""
    if name not in mapping:
        mapping[name] = value
        return
    known = mapping[name]
    mapping[name] = [*known, value] if isinstance(known, list) else [known, value]


def _place(element: etree._Element, path: str) -> str:
    number = element.get("id")
    named = f' id="{number[:40]}"' if number else ""
    return f"{path}{named} (line {element.sourceline})"
