"""A schedule's XML text around its events: generator, conference, days and rooms."""

import re
from collections.abc import Iterator

from summitry.programme.interchange.addresses import http_address, xml_acronym
from summitry.programme.interchange.document import Conference, Day, Event, ScheduleDocument, Track
from summitry.programme.interchange.frab_xml.event_writing import (
    EVENT_END,
    EventWriter,
    WrittenEvent,
    format_duration,
)
from summitry.programme.interchange.frab_xml.markup import DECLARATION, attributes, branch, leaf
from summitry.programme.interchange.identity import is_guid

_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_TRACK_SLUG = re.compile(r"[a-z][a-z0-9-]+")
_NAME = re.compile(r"(?![Xx][Mm][Ll])[A-Za-z_][A-Za-z0-9_.-]*")
"""Names that an attribute may have; those that begin with "xml" mean something else."""


class Frame:
    """The whole text in pieces. Every event is written once, and put together with the rest as often as it takes."""

    def __init__(self, document: ScheduleDocument) -> None:
        self._document = document
        writer = EventWriter(document)
        held: dict[tuple[int, str], list[Event]] = {}
        for event in document.events:
            held.setdefault((event.day, event.room), []).append(event)
        self._head = self._generator() + self._about() + self._conference(document.conference)
        self._days = [
            (
                _day_attributes(day, writer),
                [
                    (
                        _room_attributes(room.name, room.guid),
                        [writer.written(event) for event in held.get((day.index, room.name), ())],
                    )
                    for room in day.rooms
                ],
            )
            for day in document.days
        ]

    def odd_events(self) -> Iterator[WrittenEvent]:
        """The events that are not plain, in the order of the text."""
        for _day, rooms in self._days:
            for _room, events in rooms:
                yield from (written for written in events if not written.is_plain)

    def data(self, remainder: str = "", *, with_plain: bool = True) -> bytes:
        """The document in UTF-8 with ``remainder`` at its end, with or without its plain events."""
        return b"".join(self._pieces(remainder, with_plain=with_plain))

    def _pieces(self, remainder: str, *, with_plain: bool) -> Iterator[bytes]:
        yield f"{DECLARATION}<schedule>\n{self._head}".encode()
        for day, rooms in self._days:
            yield (f"  <day{day}>\n" if rooms else f"  <day{day}/>\n").encode()
            for room, events in rooms:
                yield (f"    <room{room}>\n" if events else f"    <room{room}/>\n").encode()
                for written in events:
                    if with_plain or not written.is_plain:
                        yield written.opening
                        yield f"{written.remainder}{EVENT_END}".encode()
                if events:
                    yield b"    </room>\n"
            if rooms:
                yield b"  </day>\n"
        yield f"{remainder}</schedule>\n".encode()

    def _generator(self) -> str:
        generator = self._document.generator
        values = {"name": generator.name, "system": generator.url, "version": generator.version}
        given = {name: text for name, text in values.items() if text}
        return branch(1, "generator", "", attributes(given)) if given else ""

    def _about(self) -> str:
        return self._address(1, "url", self._document.url) + leaf(1, "version", self._document.version)

    def _conference(self, conference: Conference) -> str:
        days = conference.days_count if conference.days_count is not None else len(self._document.days)
        lines = [leaf(2, "title", conference.title), leaf(2, "acronym", xml_acronym(conference))]
        lines += [
            leaf(2, name, date.isoformat())
            for name, date in (("start", conference.start), ("end", conference.end))
            if date is not None
        ]
        lines.append(leaf(2, "days", str(days)))
        if conference.timeslot is not None:
            lines.append(leaf(2, "timeslot_duration", format_duration(conference.timeslot)))
        lines.append(self._address(2, "base_url", self._document.base_url))
        lines.append(self._address(2, "logo", conference.logo))
        lines.append(self._address(2, "url", conference.url))
        if conference.time_zone:
            lines.append(leaf(2, "time_zone_name", conference.time_zone))
        lines.append(_color(conference))
        lines += map(_track, conference.tracks)
        return branch(1, "conference", "".join(lines))

    def _address(self, depth: int, name: str, address: str) -> str:
        legal = http_address(address, self._document.base_url)
        return leaf(depth, name, legal) if legal else ""


def _color(conference: Conference) -> str:
    if not _COLOR.fullmatch(conference.colors.get("primary", "")):
        return ""
    colors = {name: color for name, color in conference.colors.items() if _NAME.fullmatch(name)}
    if not _COLOR.fullmatch(colors.get("background", "#000000")):
        del colors["background"]
    return branch(2, "color", "", attributes(colors))


def _track(track: Track) -> str:
    given = {"name": track.name}
    if _TRACK_SLUG.fullmatch(track.slug):
        given["slug"] = track.slug
    if _COLOR.fullmatch(track.color):
        given["color"] = track.color
    return branch(2, "track", "", attributes(given))


def _day_attributes(day: Day, writer: EventWriter) -> str:
    return attributes(
        {
            "index": str(day.index),
            "date": day.date.isoformat(),
            "start": writer.moment(day.start),
            "end": writer.moment(day.end),
        }
    )


def _room_attributes(name: str, guid: str | None) -> str:
    given = {"name": name}
    if guid and is_guid(guid):
        given["guid"] = guid
    return attributes(given)
