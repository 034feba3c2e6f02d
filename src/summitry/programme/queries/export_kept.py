"""What a schedule document says beyond our own fields, in the form in which our tables keep it.

A value is packed as JSON without what is a default anyway. Beside each value that one of our fields can only say
differently ("German" for the language `de`) stands the digest of what our field says: as long as it still says that,
the exported document says it in the file's words; when somebody has edited our field, the edit counts.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from summitry.programme.interchange.document import TRANSLATIONS, Event, Json

Record = TypeVar("Record")

OURS = ("title", "subtitle", "track", "type", "language", "room", "day", "duration")
"""Fields of an event that our own tables say, perhaps in other words."""
THEIRS = (
    "guid",
    "id",
    "code",
    "slug",
    "url",
    "recording_license",
    "do_not_record",
    "do_not_stream",
    "logo",
    "feedback_url",
    "origin_url",
    "video_download_url",
    "links",
    "attachments",
    "extra",
)
"""Fields of an event that only the file can say; our tables merely keep them."""
BETWEEN = "\n\n"
_hints: dict[type, dict[str, Any]] = {}
_TIMES: Mapping[Any, Callable[[Any], object]] = {
    dt.timedelta: lambda seconds: dt.timedelta(seconds=seconds),
    dt.datetime: dt.datetime.fromisoformat,
    dt.date: dt.date.fromisoformat,
}


def packed(value: object) -> Json:
    """Return a document's value as JSON. Instants are in UTC, lengths of time in seconds, defaults left out."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: packed(getattr(value, field.name))
            for field in fields(value)
            if getattr(value, field.name) != _default(field)
        }
    if isinstance(value, Mapping):
        return {str(key): packed(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [packed(part) for part in value]
    return _packed_time(value) if isinstance(value, dt.timedelta | dt.date) else cast("Json", value)


def _packed_time(value: dt.timedelta | dt.date) -> Json:
    if isinstance(value, dt.timedelta):
        return value.total_seconds()
    return (value.astimezone(dt.UTC) if isinstance(value, dt.datetime) else value).isoformat()


def unpacked(kind: type[Record], stored: Mapping[str, Any]) -> Record:
    """Return the record of class `kind` that was packed; what has been added to the class since gets its default."""
    hints = hints_of(kind)
    return kind(**{name: reading(hints[name], value) for name, value in stored.items() if name in hints})


def reading(hint: Any, value: Any) -> Any:
    """Return a packed value as the type `hint` that a record's field declares (unions are with None only)."""
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return None if value is None else reading(get_args(hint)[0], value)
    if origin is tuple:
        return tuple(reading(get_args(hint)[0], part) for part in value)
    if is_dataclass(hint):
        return unpacked(cast("type[Any]", hint), value)
    return _TIMES[hint](value) if hint in _TIMES else value


def hints_of(kind: type) -> dict[str, Any]:
    """Return the declared type of each field of a record class; worked out once for each."""
    if kind not in _hints:
        _hints[kind] = get_type_hints(kind)
    return _hints[kind]


def _default(field: Field[Any]) -> object:
    if field.default is not MISSING:
        return field.default
    return field.default_factory() if field.default_factory is not MISSING else MISSING


def fingerprint(value: object) -> str:
    """Return a short digest of a document's value; equal values have equal ones, however a file spelled them."""
    text = json.dumps(packed(value), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def joined_text(event: Event) -> str:
    """Return an event's abstract and description as the one text that readers see."""
    return BETWEEN.join(text for text in (event.abstract, event.description) if text)


def kept_of(wanted: Event, ours: Event) -> dict[str, Json]:
    """Return what must be kept so that `said(ours, kept)` turns `ours` into `wanted`, people and translations apart."""
    kept: dict[str, Json] = {}
    extra = {name: value for name, value in wanted.extra.items() if name != TRANSLATIONS}
    wanted = replace(wanted, extra=extra)
    theirs = {
        name: packed(getattr(wanted, name)) for name in THEIRS if getattr(wanted, name) != getattr(ours, name)
    }
    if theirs:
        kept["theirs"] = theirs
    other = [name for name in OURS if getattr(wanted, name) != getattr(ours, name)]
    if other:
        kept["while"] = {
            name: [fingerprint(getattr(ours, name)), packed(getattr(wanted, name))] for name in other
        }
    if (wanted.abstract, wanted.description) != (ours.abstract, ours.description):
        kept["split"] = [fingerprint(ours.abstract), len(wanted.abstract)]
    return kept


def said(ours: Event, kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of an event that its file says in other words than ours, people and translations apart."""
    hints = hints_of(Event)
    values = {
        name: reading(hints[name], value) for name, value in kept.get("theirs", {}).items() if name in hints
    }
    for name, (digest, value) in kept.get("while", {}).items():
        if fingerprint(getattr(ours, name)) == digest:
            values[name] = reading(hints[name], value)
    split = kept.get("split")
    if split and fingerprint(ours.abstract) == split[0]:
        length = split[1]
        rest = ours.abstract[length:]
        values["abstract"] = ours.abstract[:length]
        values["description"] = rest.removeprefix(BETWEEN) if length else rest
    return values
