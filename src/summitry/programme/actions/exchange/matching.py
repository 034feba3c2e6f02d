"""Which of our rooms, forums and people a file means: by identity first, by name only inside the edition itself.

People are the exception: a name alone never makes two people one. Somebody in the directory who has the same name is
mentioned in the report, for a person to decide.
"""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models.functions import Lower

from summitry.directory.models import Person
from summitry.programme.actions.exchange.report import RowKind
from summitry.programme.interchange.document import EventPerson, ScheduleDocument
from summitry.programme.models import ImportedRow
from summitry.programme.queries.export_kept import fingerprint
from summitry.programme.queries.export_keys import BIOGRAPHY, person_keys, room_keys, track_keys
from summitry.programme.queries.export_rows import DraftRows, KnownRow, KnownSource, RowKey

_CHUNK = 500
LONGEST_BIOGRAPHY = 5000


@dataclass(frozen=True, slots=True)
class Match:
    """A room, track or person of the file: its identity, its name there, our row (None: new), and what we knew of it."""

    kind: RowKind
    key: str
    name: str
    object_id: int | None
    known: KnownRow | None = None
    aliases: tuple[str, ...] = ()
    biography: str = ""

    @property
    def digests(self) -> Mapping[str, str]:
        """What the file said last time."""
        return self.known.digests if self.known else {}


@dataclass(frozen=True, slots=True)
class Matches:
    """All rooms, tracks and people of a file. Rooms and tracks are by name, people by each of their identities."""

    rooms: Mapping[str, Match]
    tracks: Mapping[str, Match]
    people: Mapping[str, Match]

    @property
    def persons(self) -> list[Match]:
        """The match of each person, once."""
        return list({match.key: match for match in self.people.values()}.values())

    def person(self, person: EventPerson) -> Match:
        """Return the match of a person that an event names."""
        return self.people[next(person_keys(person))]

    def keys_by_row(self, kind: RowKind) -> dict[int, str]:
        """Return the identity in the file of each of our rows that the file means."""
        groups = {RowKind.ROOM: self.rooms, RowKind.FORUM: self.tracks, RowKind.PERSON: self.people}
        return {match.object_id: match.key for match in groups[kind].values() if match.object_id is not None}


def match_rooms(
    document: ScheduleDocument, known: KnownSource | None, rows: DraftRows | None
) -> dict[str, Match]:
    """Return the match of each room, by name and in the file's order."""
    names = {pk: list(room.name.texts.values()) for pk, room in rows.rooms.items()} if rows else {}
    return _match(RowKind.ROOM, room_keys(document), known, names)


def match_tracks(
    document: ScheduleDocument, known: KnownSource | None, rows: DraftRows | None
) -> dict[str, Match]:
    """Return the match of each track, by name and in the file's order; events without one share the track ``""``."""
    names = {pk: list(forum.title.texts.values()) for pk, forum in rows.forums.items()} if rows else {}
    used = {event.track for event in document.events}
    keys = {name: key for name, key in track_keys(document).items() if name or name in used}
    return _match(RowKind.FORUM, keys, known, names)


def _match(
    kind: RowKind, keys: Mapping[str, str], known: KnownSource | None, names: Mapping[int, Sequence[str]]
) -> dict[str, Match]:
    by_name: dict[str, int] = {}
    for pk, texts in names.items():
        for text in texts:
            by_name.setdefault(text, pk)
    matches: dict[str, Match] = {}
    taken: set[int] = set()
    for name, key in keys.items():
        row = known.row(kind, key) if known else None
        if row is None and known and not key.startswith("name:"):
            row = known.row(kind, f"name:{name}")
        object_id = row.object_id if row and row.object_id in names else by_name.get(name) if name else None
        if object_id in taken:
            object_id, row = None, None
        if object_id is not None:
            taken.add(object_id)
        matches[name] = Match(kind, key, name, object_id, row if object_id is not None else None)
    return matches


def match_people(
    document: ScheduleDocument, known: KnownSource | None, rows: DraftRows | None
) -> dict[str, Match]:
    """Return the match of each person, by every identity she has in the file.

    One id is one person, whatever names stand beside it; she is called by the one that is used most. Somebody who has
    nothing but a name is known only by the sessions in which she appears under it already.
    """
    groups = _groups(document)
    remembered = {key: row for keys in groups for key in keys if (row := _known_person(known, key))}
    living = _living(row.object_id for row in remembered.values())
    others = _by_guid([key for keys in groups for key in keys if key.startswith("guid:")])
    others |= _by_appearance(document, rows) if rows else {}
    told = _biographies(document)
    matches: dict[str, Match] = {}
    taken: set[int] = set()
    for keys, names in groups.items():
        row = next(
            (remembered[key] for key in keys if key in remembered and remembered[key].object_id in living),
            None,
        )
        object_id = row.object_id if row else next((others[key] for key in keys if key in others), None)
        if row is None and object_id in taken:
            object_id = None
        if object_id is not None:
            taken.add(object_id)
        name = names.most_common(1)[0][0]
        biography = next((told[key] for key in keys if key in told), "")
        match = Match(RowKind.PERSON, keys[0], name, object_id, row, aliases=keys[1:], biography=biography)
        matches.update(dict.fromkeys(keys, match))
    return matches


def _groups(document: ScheduleDocument) -> dict[tuple[str, ...], Counter[str]]:
    """Identities that belong to one person, with how often each name stands beside them."""
    keys_of: dict[str, dict[str, None]] = defaultdict(dict)
    named: dict[str, Counter[str]] = defaultdict(Counter)
    for event in document.events:
        for person in event.persons:
            first, *others = person_keys(person)
            keys_of[first] |= dict.fromkeys([first, *others])
            named[first][" ".join(person.name.split()) or _nameless(person)] += 1
    groups: dict[tuple[str, ...], Counter[str]] = {}
    claimed: set[str] = set()
    for first in sorted(keys_of, key=lambda key: not key.startswith("id:")):
        if first in claimed:
            continue
        keys = keys_of[first]
        own = tuple(key for key in keys if key not in claimed)
        claimed.update(own)
        groups[own] = named[first]
    return groups


def _biographies(document: ScheduleDocument) -> dict[str, str]:
    """What the file says of each person's life, where it is a text that a person can hold."""
    found: dict[str, str] = {}
    for event in document.events:
        for person in event.persons:
            text = person.extra.get(BIOGRAPHY)
            if isinstance(text, str) and text.strip() and len(text) <= LONGEST_BIOGRAPHY:
                found.setdefault(next(person_keys(person)), text)
    return found


def without_biographies(document: ScheduleDocument, people: Mapping[str, Match]) -> ScheduleDocument:
    """Return the document without the biographies that people hold themselves, once, instead of every event."""
    if not any(match.biography for match in people.values()):
        return document

    def lighter(person: EventPerson) -> EventPerson:
        text = person.extra.get(BIOGRAPHY)
        if not text or text != people[next(person_keys(person))].biography:
            return person
        return replace(
            person, extra={name: value for name, value in person.extra.items() if name != BIOGRAPHY}
        )

    events = (replace(event, persons=tuple(map(lighter, event.persons))) for event in document.events)
    return replace(document, events=tuple(events))


def _nameless(person: EventPerson) -> str:
    return f"#{person.id or person.guid}"


def _known_person(known: KnownSource | None, key: str) -> KnownRow | None:
    return known.rows.get(RowKey(RowKind.PERSON, key)) if known else None


def _living(ids: Iterable[int]) -> set[int]:
    wanted = sorted(set(ids))
    found: set[int] = set()
    for start in range(0, len(wanted), _CHUNK):
        found.update(
            Person.objects.filter(pk__in=wanted[start : start + _CHUNK]).values_list("pk", flat=True)
        )
    return found


def _by_guid(keys: list[str]) -> dict[str, int]:
    """People whom another schedule, or our own export, has under the same GUID."""
    found: dict[str, int] = {}
    for start in range(0, len(keys), _CHUNK):
        part = keys[start : start + _CHUNK]
        rows = ImportedRow.objects.filter(kind=RowKind.PERSON, external_id__in=part).order_by("pk")
        found |= dict(rows.values_list("external_id", "object_id"))
        guids = [uuid.UUID(key.removeprefix("guid:")) for key in part]
        people = Person.objects.filter(public_id__in=guids).values_list("public_id", "pk")
        found |= {f"guid:{public_id}": pk for public_id, pk in people}
    living = _living(found.values())
    return {key: pk for key, pk in found.items() if pk in living}


def _by_appearance(document: ScheduleDocument, rows: DraftRows) -> dict[str, int]:
    """Those who already appear, under the same name, in every session of ours for which the file names them."""
    sessions = [*(slot.session for slot in rows.slots), *rows.unplaced]
    ids = {str(session.guid): session.pk for session in sessions}
    found: dict[str, set[int]] = defaultdict(set)
    for event in document.events:
        session_id = ids.get(event.guid.lower())
        present = rows.appearances.get(session_id, ()) if session_id else ()
        for person in event.persons:
            if person.id is None and not person.guid:
                name = " ".join(person.name.split())
                found[next(person_keys(person))].update(
                    row.person_id for row in present if row.reference_name == name
                )
    return {key: next(iter(ids_)) for key, ids_ in found.items() if len(ids_) == 1}


def namesakes(matches: Iterable[Match]) -> dict[str, str]:
    """Return the slug of somebody in the directory for each new person's name that is taken there already."""
    new = {match.name.lower() for match in matches if match.object_id is None}
    found: dict[str, str] = {}
    names = sorted(new)
    for start in range(0, len(names), _CHUNK):
        people = Person.objects.annotate(low=Lower("reference_name")).filter(
            low__in=names[start : start + _CHUNK]
        )
        found |= dict(people.order_by("-pk").values_list("low", "slug"))
    return found


def name_digests(name: str, called: str) -> dict[str, str]:
    """Return what is remembered of a room's, track's or person's name: the file's, and what we made of it."""
    return {"name": fingerprint(name), "called": fingerprint(called)}
