"""What a format cannot say, carried beside what it can, so that our own files come back exactly as they were.

The schemas allow no unknown elements and demand values that a document may lack: a numeric ID, a slug of a certain
form, an absolute address. Writers repair such values, compare what a reader would now understand with the document, and
put the difference into a place that other systems pass over. A remainder is tied to the state of the element it was
written beside: if somebody has edited that since, the edit counts and the remainder does not.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from functools import lru_cache
from types import NoneType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from summitry.programme.interchange.document import Conference, Event, Json, ScheduleDocument
from summitry.programme.interchange.problems import ProblemCode, Problems
from summitry.programme.interchange.raw import RawEvent, RawSchedule, Remainder
from summitry.programme.interchange.texts import clean, clean_json

Record = TypeVar("Record", Event, Conference, ScheduleDocument)

MARK = "summitry"
"""Name of the processing instruction in XML and of the member of ``conference.meta`` in JSON."""

# Both formats can always say these, and a document hangs together by them.
_NEVER_LACKING = frozenset(("guid", "day", "room", "starts_at", "events"))
_SCALARS = (str, int, float, NoneType)
_LISTS = (tuple, list)
_BROKEN = (KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError)


def remainder_in(value: Json) -> Remainder | None:
    """The remainder that a value found at its place in a file is; None where it is something else."""
    match value:
        case {"of": str(of), "fields": dict(lacking)}:
            return Remainder(of, lacking)
    return None


def event_fingerprint(raw: RawEvent) -> str:
    """Tells whether an event's element still says what it said."""
    fields = raw.fields
    parts: list[object] = []
    for name in sorted(fields):
        parts += (name, fields[name])
    for person in raw.persons:
        parts += (person.name, person.id, person.guid, person.url, person.extra)
    return _fingerprint(*parts, raw.links, raw.attachments)


def document_fingerprint(raw: RawSchedule) -> str:
    """Tells whether everything outside the events still says what it said."""
    days = [(sorted(day.fields.items()), [(room.name, room.guid) for room in day.rooms]) for day in raw.days]
    about = (
        raw.generator,
        raw.version,
        raw.url,
        raw.base_url,
        raw.keywords,
        raw.colors,
        raw.tracks,
        raw.rooms,
    )
    return _fingerprint(sorted(raw.fields.items()), days, about)


def _fingerprint(*parts: object) -> str:
    text = "\x1f".join(map(str, parts))
    return hashlib.blake2b(text.encode("utf-8", "backslashreplace"), digest_size=8).hexdigest()


def event_remainder(original: Event, understood: Event, raw: RawEvent) -> Remainder | None:
    """What ``understood``, read from the written element, lacks of ``original``."""
    lacking = _difference(original, understood)
    return Remainder(event_fingerprint(raw), lacking) if lacking else None


def plain_remainder(original: Event, raw: RawEvent, **written: object) -> Remainder | None:
    """The same for a plain event (see ``plain``), of which only what is ``written`` otherwise, and ``extra``, is lost."""
    lacking = {
        name: _packed(getattr(original, name))
        for name, value in written.items()
        if value != getattr(original, name)
    }
    if original.extra:
        lacking["extra"] = _packed(original.extra)
    return Remainder(event_fingerprint(raw), lacking) if lacking else None


def document_remainder(
    original: ScheduleDocument, understood: ScheduleDocument, raw: RawSchedule
) -> Remainder | None:
    """The same for the conference, the days and the rest of the document, events apart."""
    lacking = _difference(original, understood)
    lacking.pop("conference", None)
    if conference := _difference(original.conference, understood.conference):
        lacking["conference"] = conference
    return Remainder(document_fingerprint(raw), lacking) if lacking else None


def _difference(original: Record, understood: Record) -> dict[str, Json]:
    return {
        field.name: _packed(getattr(original, field.name))
        for field in fields(original)
        if field.name not in _NEVER_LACKING
        and getattr(original, field.name) != getattr(understood, field.name)
    }


def _packed(value: object) -> Json:
    if isinstance(value, _SCALARS):
        return cast("Json", value)
    if isinstance(value, _LISTS):
        return [_packed(part) for part in value]
    if isinstance(value, Mapping):
        return {str(key): _packed(part) for key, part in value.items()}
    if isinstance(value, dt.timedelta):
        return value // dt.timedelta(microseconds=1)
    return value.isoformat() if isinstance(value, dt.date) else _packed_record(value)


def _packed_record(record: object) -> Json:
    return {
        name: part if type(part) is str else _packed(part)
        for name, default in _defaults(cast("type", type(record)))
        if (part := getattr(record, name)) != default
    }


@lru_cache
def _defaults(record: type) -> tuple[tuple[str, object], ...]:
    """The fields of a record, each with what it is where a remainder does not name it."""
    return tuple(
        (field.name, field.default if field.default_factory is MISSING else field.default_factory())
        for field in fields(record)
    )


def restored_event(event: Event, raw: RawEvent, problems: Problems) -> Event:
    """``event`` with what its remainder, if it is still true, adds."""
    if raw.remainder is None:
        return event
    if raw.remainder.of == event_fingerprint(raw):
        try:
            return _with(event, raw.remainder.fields)
        except _BROKEN:
            pass
    problems.note(ProblemCode.REMAINDER_STALE, raw.where)
    return event


def restored_document(document: ScheduleDocument, raw: RawSchedule) -> ScheduleDocument:
    """``document`` with what its remainder, if it is still true, adds."""
    if raw.remainder is None:
        return document
    if raw.remainder.of == document_fingerprint(raw):
        lacking = dict(raw.remainder.fields)
        try:
            conference = _with(document.conference, cast("Mapping[str, Json]", lacking.pop("conference", {})))
            restored = replace(_with(document, lacking), conference=conference)
            if _coherent(restored):
                return restored
        except _BROKEN:
            pass
    raw.problems.note(ProblemCode.REMAINDER_STALE, "conference")
    return document


def _coherent(document: ScheduleDocument) -> bool:
    listed = {(day.index, room.name) for day in document.days for room in day.rooms}
    return all((event.day, event.room) in listed for event in document.events)


def _with(record: Record, lacking: Mapping[str, Json]) -> Record:
    if _NEVER_LACKING.intersection(lacking):
        raise ValueError
    hints = _hints(cast("type", type(record)))
    changes: dict[str, Any] = {name: _unpacked(hints[name], value) for name, value in lacking.items()}
    # Typed by the hints above; the record may be of three types, which replace() cannot follow.
    changed: Record = cast("Any", replace)(record, **changes)
    return changed


@lru_cache
def _hints(record: type) -> dict[str, object]:
    return get_type_hints(record)


def _unpacked(hint: object, value: Json) -> object:
    """``value`` as the type that ``hint`` asks for; remainders come from outside like everything in a file."""
    kinds = get_args(hint)
    match get_origin(hint), value:
        case origin, list() if origin is tuple:
            unpacked: object = tuple(_unpacked(kinds[0], part) for part in value)
        case origin, dict() if origin is Mapping and kinds[1] is str:
            unpacked = {clean(key): _unpacked(str, part) for key, part in value.items()}
        case origin, dict() if origin is Mapping:
            unpacked = clean_json(value)
        case None, dict() if isinstance(hint, type) and is_dataclass(hint):
            hints = _hints(hint)
            unpacked = hint(**{name: _unpacked(hints[name], part) for name, part in value.items()})
        case _ if NoneType in kinds:
            unpacked = None if value is None else _unpacked(kinds[0], value)
        case _:
            unpacked = _SINGLE[hint](value)
    return unpacked


def _exactly(kind: type) -> Callable[[Any], object]:
    def checked(value: object) -> object:
        # A bool is an int to Python, but not here.
        if type(value) is not kind:
            raise TypeError
        return clean(value) if isinstance(value, str) else value

    return checked


_SINGLE: dict[object, Callable[[Any], object]] = {
    str: _exactly(str),
    int: _exactly(int),
    bool: _exactly(bool),
    dt.date: dt.date.fromisoformat,
    dt.datetime: lambda text: dt.datetime.fromisoformat(text).astimezone(dt.UTC),
    dt.timedelta: lambda microseconds: dt.timedelta(microseconds=microseconds),
}
