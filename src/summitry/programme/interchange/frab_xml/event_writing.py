"""One event after the other as XML text, with what the schema wants only once or only in a certain form."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from summitry.programme.interchange.addresses import http_address, legal_slug, other_address, xml_acronym
from summitry.programme.interchange.document import Event, EventPerson, Reference, ScheduleDocument
from summitry.programme.interchange.frab_xml.markup import (
    attributes,
    branch,
    contents,
    filled_leaf,
    instruction,
    leaf,
)
from summitry.programme.interchange.identity import derived_id, is_guid
from summitry.programme.interchange.plain import is_plain
from summitry.programme.interchange.raw import RawEvent, RawValue, Remainder
from summitry.programme.interchange.remainder import MARK, plain_remainder
from summitry.programme.interchange.times import format_hours, format_moment, resolve_zone

_DEPTH = 3
_INNER = _DEPTH + 1
_CODE = re.compile(r"[0-9A-Z]{6}")
EVENT_END = "      </event>\n"
_NO_REFERENCES = "        <links/>\n        <attachments/>\n"
_LONGEST_HOURS = dt.timedelta(hours=100)
_LONGEST_DAYS = dt.timedelta(days=100)


@dataclass(slots=True)
class WrittenEvent:
    """An event's element, its end (``EVENT_END``) apart, so that a ``remainder`` can come last in it."""

    event: Event
    is_plain: bool
    opening: bytes
    remainder: str = ""


def carried(depth: int, remainder: Remainder | None) -> str:
    """A remainder as the processing instruction that carries it."""
    if remainder is None:
        return ""
    text = json.dumps({"of": remainder.of, "fields": remainder.fields}, ensure_ascii=True)
    return instruction(depth, MARK, text.replace("?>", "?\\u003e"))


class EventWriter:
    """Writes the events of a document; knows which IDs, codes and slugs are taken."""

    def __init__(self, document: ScheduleDocument) -> None:
        self._base = document.base_url
        self._zone = resolve_zone(document.conference.time_zone)
        self._acronym = xml_acronym(document.conference)
        self._ids = {event.id for event in document.events if event.id}
        self._used: set[int] = set()
        self._codes: set[str] = set()
        self._slugs: set[str] = set()

    def moment(self, moment: dt.datetime) -> str:
        """A moment by the clocks of the conference, where it says which they are."""
        return format_moment(moment.astimezone(self._zone) if self._zone else moment)

    def written(self, event: Event) -> WrittenEvent:
        """The event's element, with the remainder where it is plain."""
        number = self._number(event)
        code = self._code(event)
        plain = self._zone is not None and number == event.id and is_plain(event)
        first = self._texts(event, number)
        second = {"language": event.language, "description": event.description}
        names = [person.name for person in event.persons]
        texts = contents([*first.values(), *second.values(), *names], are_clean=plain)
        lines = [
            f"        <{name}>{text}</{name}>\n" if text else f"        <{name}/>\n"
            for name, text in zip((*first, *second), texts, strict=False)
        ]
        persons = "".join(map(_person, event.persons, texts[len(lines) :]))
        code_given = f' code="{code}"' if code else ""
        start = f'      <event guid="{event.guid}" id="{number}"{code_given}>\n'
        persons = f"        <persons>\n{persons}        </persons>\n" if persons else "        <persons/>\n"
        if plain:
            url = leaf(_INNER, "url", event.url)
            opening = "".join((start, *lines[:-2], persons, *lines[-2:], _NO_REFERENCES, url))
            return WrittenEvent(
                event, plain, opening.encode(), _plain_remainder(event, code, {**first, **second})
            )
        between, after = self._address("logo", event.logo), "".join(self._seldom(event))
        opening = "".join((start, *lines[:-2], between, persons, *lines[-2:], after))
        return WrittenEvent(event, plain, opening.encode())

    def _texts(self, event: Event, number: int) -> dict[str, str]:
        start = event.starts_at.astimezone(self._zone) if self._zone else event.starts_at
        return {
            "room": event.room,
            "title": event.title,
            "subtitle": event.subtitle,
            "type": event.type,
            "date": format_moment(start),
            "start": f"{start.hour:02d}:{start.minute:02d}",
            "duration": format_duration(event.duration),
            "abstract": event.abstract,
            "slug": legal_slug(event, number, self._acronym, self._slugs),
            "track": event.track,
        }

    def _seldom(self, event: Event) -> Iterator[str]:
        yield _recording(event)
        yield branch(_INNER, "links", "".join(self._links(event.links)))
        yield branch(_INNER, "attachments", "".join(self._attachments(event.attachments)))
        for name in ("video_download_url", "url", "feedback_url", "origin_url"):
            yield self._address(name, getattr(event, name))

    def _code(self, event: Event) -> str:
        if not _CODE.fullmatch(event.code) or event.code in self._codes:
            return ""
        self._codes.add(event.code)
        return event.code

    def _number(self, event: Event) -> int:
        number = event.id
        if number is None or number < 1 or number in self._used:
            number = derived_id(event.guid, self._used | self._ids)
        self._used.add(number)
        return number

    def _links(self, links: tuple[Reference, ...]) -> Iterator[str]:
        for reference, address in self._addressed(links):
            given = {"href": address, "type": reference.type, "service": reference.service}
            yield _reference("link", reference.title or address, given)

    def _attachments(self, attachments: tuple[Reference, ...]) -> Iterator[str]:
        for reference, address in self._addressed(attachments):
            given = {"href": address, "type": reference.type}
            yield _reference("attachment", reference.title or address, given)

    def _addressed(self, references: tuple[Reference, ...]) -> Iterator[tuple[Reference, str]]:
        for reference in references:
            if address := http_address(reference.url, self._base) or other_address(reference.url):
                yield reference, address

    def _address(self, name: str, address: str) -> str:
        legal = http_address(address, self._base) if address else ""
        return leaf(_INNER, name, legal) if legal else ""


def _reference(name: str, text: str, given: dict[str, str]) -> str:
    return leaf(_INNER + 1, name, text, attributes({key: value for key, value in given.items() if value}))


def _person(person: EventPerson, name: str) -> str:
    given = f' id="{person.id}"' if person.id is not None else ""
    if person.guid and is_guid(person.guid):
        given += f' guid="{person.guid}"'
    return filled_leaf(_INNER + 1, "person", name, given)


def _recording(event: Event) -> str:
    if not event.recording_license and event.do_not_record is None:
        return ""
    inner = leaf(_INNER + 1, "license", event.recording_license)
    return branch(
        _INNER, "recording", inner + leaf(_INNER + 1, "optout", "true" if event.do_not_record else "false")
    )


def _plain_remainder(event: Event, code: str, texts: dict[str, str]) -> str:
    """What a plain event says beyond its element, which has ``code`` and ``texts``, and who appears but not their pages."""
    persons = event.persons
    if any(person.url or person.extra for person in persons):
        persons = tuple(EventPerson(name=each.name, id=each.id, guid=each.guid) for each in persons)
    elif code == event.code and texts["slug"] == event.slug and not event.extra:
        return ""
    said: dict[str, RawValue] = {"guid": event.guid, "id": str(event.id), **texts, "url": event.url}
    if code:
        said["code"] = code
    raw = RawEvent("", event.room, said, persons=list(persons))
    return carried(_INNER, plain_remainder(event, raw, code=code, slug=texts["slug"], persons=persons))


def format_duration(length: dt.timedelta) -> str:
    """Hours and minutes as long as two digits do, beyond that days, hours and minutes as pretalx writes them."""
    if length < _LONGEST_HOURS:
        return format_hours(length)
    minutes = int(min(length, _LONGEST_DAYS - dt.timedelta(minutes=1)).total_seconds() // 60)
    return f"{minutes // 1440}:{minutes // 60 % 24:02d}:{minutes % 60:02d}"
