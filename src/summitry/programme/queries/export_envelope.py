"""Everything of a schedule document around its events: the conference, its days, rooms and tracks.

An imported edition gives back what its file said, except for what was changed here since; an edition that was built
here says it in its own terms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings

import summitry
from summitry.editions.models import Edition
from summitry.editions.models import Room as RoomRow
from summitry.programme.interchange.document import (
    Conference,
    DayRoom,
    Generator,
    Json,
    Room,
    ScheduleDocument,
    Track,
)
from summitry.programme.interchange.identity import derived_guid
from summitry.programme.models import Version
from summitry.programme.queries.export_event import Voice, absolute, calendar_day
from summitry.programme.queries.export_kept import fingerprint, packed, unpacked
from summitry.programme.queries.export_keys import room_keys, track_keys
from summitry.programme.queries.export_rows import KnownSource, ScheduleRows

DRAFT = "draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A document without its events, and the names of our rooms in it, by id."""

    document: ScheduleDocument
    room_names: Mapping[int, str]


def envelope_to_keep(document: ScheduleDocument, edition: Edition) -> dict[str, Any]:
    """Return what a source keeps of its file, with what the edition said at the time."""
    return {"document": packed(replace(document, events=())), "edition": _facts(edition)}


def _facts(edition: Edition) -> dict[str, Json]:
    return {
        "title": fingerprint(edition.name.get(edition.name.source)),
        "start": edition.starts_on.isoformat(),
        "end": edition.ends_on.isoformat(),
        "time_zone": edition.zone_name,
    }


def envelope_of(rows: ScheduleRows, voice: Voice) -> Envelope:
    """Return the envelope in which `rows` go out."""
    room_names = _room_names(list(rows.rooms.values()), voice)
    known = next((known for known in rows.sources if "document" in known.source.envelope), None)
    document = (
        _kept_document(known, rows, voice, room_names) if known else _native_document(rows, voice, room_names)
    )
    return Envelope(document=document, room_names=room_names)


def _room_names(rooms: Sequence[RoomRow], voice: Voice) -> dict[int, str]:
    """The rooms' names by id; a name that two rooms share gets the room's code."""
    names = {room.pk: voice.say(room.name) or room.code for room in rooms}
    shared = {name for name in names.values() if list(names.values()).count(name) > 1}
    return {
        room.pk: f"{names[room.pk]} ({room.code})" if names[room.pk] in shared else names[room.pk]
        for room in rooms
    }


def _kept_document(
    known: KnownSource, rows: ScheduleRows, voice: Voice, room_names: Mapping[int, str]
) -> ScheduleDocument:
    kept: Mapping[str, Any] = known.source.envelope
    document = unpacked(ScheduleDocument, kept["document"])
    rooms = _new_names(room_keys(document), "room", known, room_names)
    titles = {forum.pk: voice.say(forum.title) for forum in rows.forums.values()}
    tracks = _new_names(track_keys(document), "forum", known, titles)
    conference = replace(
        document.conference,
        rooms=tuple(
            replace(room, name=rooms.get(room.name, room.name)) for room in document.conference.rooms
        ),
        tracks=tuple(
            replace(track, name=tracks.get(track.name, track.name)) for track in document.conference.tracks
        ),
        **_changed_facts(kept["edition"], rows.edition, voice),
    )
    zone = rows.edition.zone
    days = tuple(
        replace(
            day,
            start=day.start.astimezone(zone),
            end=day.end.astimezone(zone),
            rooms=tuple(replace(room, name=rooms.get(room.name, room.name)) for room in day.rooms),
        )
        for day in document.days
    )
    version = _version_name(rows.version, document.version, kept.get("number"))
    return replace(document, conference=conference, days=days, version=version)


def _new_names(
    keys: Mapping[str, str], kind: str, known: KnownSource, present: Mapping[int, str]
) -> dict[str, str]:
    """The file's names of rooms or tracks that are called something else here by now."""
    names: dict[str, str] = {}
    for name, key in keys.items():
        row = known.row(kind, key)
        if (
            row
            and row.object_id in present
            and row.digests.get("called") != fingerprint(present[row.object_id])
        ):
            names[name] = present[row.object_id]
    return names


def _changed_facts(then: Mapping[str, Json], edition: Edition, voice: Voice) -> dict[str, Any]:
    now = _facts(edition)
    values = {
        "title": voice.say(edition.name),
        "start": edition.starts_on,
        "end": edition.ends_on,
        "time_zone": edition.zone_name,
    }
    return {name: value for name, value in values.items() if now[name] != then.get(name)}


def _version_name(version: Version | None, file: str, number: int | None) -> str:
    """The file's own name for its version, where that is the version; else ours."""
    if version is None or version.number is None:
        return file if number is None else DRAFT
    return file if version.number == number else version.label or str(version.number)


def _native_document(rows: ScheduleRows, voice: Voice, room_names: Mapping[int, str]) -> ScheduleDocument:
    edition = rows.edition
    used = {slot.room_id for slot in rows.held}
    rooms = tuple(
        Room(name=room_names[room.pk], guid=_room_guid(edition, room), capacity=room.capacity)
        for room in rows.rooms.values()
        if room.pk in used
    )
    listed = tuple(DayRoom(name=room.name, guid=room.guid) for room in rooms)
    days = tuple(
        replace(calendar_day(index, date, edition), rooms=listed)
        for index, date in enumerate(edition.days, 1)
    )
    number = rows.version.number if rows.version else None
    return ScheduleDocument(
        conference=_native_conference(rows, voice, rooms),
        days=days,
        generator=Generator(name="Summitry", version=summitry.__version__, url=settings.BASE_URL),
        version=(rows.version.label if rows.version else "") or (str(number) if number else DRAFT),
        url=absolute(f"{voice.links.timetable}schedule.json"),
        base_url=settings.BASE_URL,
    )


def _native_conference(rows: ScheduleRows, voice: Voice, rooms: tuple[Room, ...]) -> Conference:
    edition = rows.edition
    return Conference(
        title=voice.say(edition.name),
        acronym=edition.acronym or edition.slug,
        start=edition.starts_on,
        end=edition.ends_on,
        days_count=len(edition.days),
        time_zone=edition.zone_name,
        url=absolute(voice.links.timetable),
        description=voice.say(edition.lead),
        tracks=tuple(Track(name=voice.say(forum.title), slug=forum.slug) for forum in rows.forums.values()),
        rooms=rooms,
    )


def _room_guid(edition: Edition, room: RoomRow) -> str:
    """A room's GUID, the same on every host."""
    return derived_guid(edition.slug, "room", room.code)
