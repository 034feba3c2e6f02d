"""Writing the rooms, tracks and people of an import, through the actions of the rooms that own them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias, cast

from django.utils.text import slugify

from summitry.directory.actions.person import NewPerson, create_people, update_person
from summitry.directory.models import Person
from summitry.editions.actions.room import NewRoom, create_rooms, update_room
from summitry.editions.models import Edition, Room
from summitry.foundation.access import Actor
from summitry.foundation.i18n import Text
from summitry.programme.actions.exchange.comparing import NAME, ORDER, Comparison, NameStep
from summitry.programme.actions.exchange.matching import Match, Matches, name_digests
from summitry.programme.actions.exchange.report import RowAction, RowKind
from summitry.programme.actions.forum import create_forums, update_forum
from summitry.programme.enums import ForumKind
from summitry.programme.interchange.document import Event, EventPerson
from summitry.programme.models import Forum, ImportedRow, ScheduleSource
from summitry.programme.queries.export_kept import fingerprint
from summitry.programme.queries.export_keys import BIOGRAPHY

ROOM_NAME, TRACK_NAME, PERSON_NAME, SLUG = 200, 300, 200, 80
_CHUNK = 500
Row: TypeAlias = Room | Forum | Person


class Written:
    """Our rows for everything that the file names."""

    def __init__(self, matches: Matches) -> None:
        self._matches = matches
        self._rows: dict[tuple[RowKind, str], Row] = {}

    def set(self, match: Match, row: Row) -> None:
        """Say which row a match is."""
        self._rows[match.kind, match.key] = row

    def row(self, match: Match) -> Row:
        """Return the row of a match."""
        return self._rows[match.kind, match.key]

    def room(self, event: Event) -> Room | None:
        """Return the room of an event of the file."""
        return cast("Room", self.row(self._matches.rooms[event.room])) if event.room else None

    def forum(self, event: Event) -> Forum:
        """Return the forum that is an event's track."""
        return cast("Forum", self.row(self._matches.tracks[event.track]))

    def person(self, person: EventPerson) -> Person:
        """Return a person whom an event names."""
        return cast("Person", self.row(self._matches.person(person)))


def write_names(comparison: Comparison, edition: Edition, source: ScheduleSource, *, by: Actor) -> Written:
    """Create what is new, rename what the file renamed, and remember what the file said."""
    written = Written(comparison.matches)
    _fetch(comparison, edition, written)
    new = [step.match for step in comparison.names if step.is_new]
    language = edition.languages[0] if edition.languages else "en"
    _create_rooms(
        [match for match in new if match.kind is RowKind.ROOM], comparison, edition, written, language, by
    )
    _create_forums([match for match in new if match.kind is RowKind.FORUM], edition, written, language, by)
    _create_people([match for match in new if match.kind is RowKind.PERSON], written, language, by)
    for step in comparison.names:
        if step.action is RowAction.CHANGE:
            _change(step, written.row(step.match), language, by)
    if comparison.reordered:
        _reorder([cast("Room", written.row(match)) for match in comparison.matches.rooms.values()], by)
    _remember(comparison.names, written, source)
    return written


def _fetch(comparison: Comparison, edition: Edition, written: Written) -> None:
    """Our rows that the file means."""
    matches = comparison.matches
    ids = {match.object_id for match in matches.people.values() if match.object_id}
    people = {person.pk: person for person in _in_chunks(sorted(ids))}
    rooms, forums = (comparison.rows.rooms, comparison.rows.forums) if comparison.rows else ({}, {})
    for match in matches.rooms.values():
        if match.object_id:
            written.set(match, rooms[match.object_id])
    for match in matches.tracks.values():
        if match.object_id:
            forum = forums[match.object_id]
            forum.edition = edition
            written.set(match, forum)
    for match in matches.people.values():
        if match.object_id:
            written.set(match, people[match.object_id])


def _in_chunks(ids: Sequence[int]) -> Iterable[Person]:
    for start in range(0, len(ids), _CHUNK):
        yield from Person.objects.filter(pk__in=ids[start : start + _CHUNK])


def _create_rooms(
    new: Sequence[Match], comparison: Comparison, edition: Edition, written: Written, language: str, by: Actor
) -> None:
    capacities = {room.name: room.capacity for room in comparison.document.conference.rooms}
    rooms = [
        NewRoom(name=Text.of({language: match.name[:ROOM_NAME]}), capacity=capacities.get(match.name))
        for match in new
    ]
    for match, room in zip(new, create_rooms(edition, rooms, by=by), strict=True):
        written.set(match, room)


def _create_forums(
    new: Sequence[Match], edition: Edition, written: Written, language: str, by: Actor
) -> None:
    if not new:
        return
    taken = set(Forum.objects.filter(edition=edition).values_list("slug", flat=True))
    forums = []
    for match in new:
        title = Text.of({language: match.name[:TRACK_NAME]}) if match.name.strip() else edition.name
        slug = free_code(slugify(match.name or str(edition.slug))[: SLUG - 4].strip("-_") or "track", taken)
        forums.append(Forum(edition=edition, slug=slug, title=title, kind=ForumKind.TRACK))
    for match, forum in zip(new, create_forums(edition, forums, by=by), strict=True):
        written.set(match, forum)


def _create_people(new: Sequence[Match], written: Written, language: str, by: Actor) -> None:
    rows = [
        NewPerson(reference_name=match.name[:PERSON_NAME], biography=_biography(match, language))
        for match in new
    ]
    people = create_people(rows, by=by)
    for match, person in zip(new, people, strict=True):
        written.set(match, person)


def free_code(stem: str, taken: set[str]) -> str:
    """Return `stem`, or with the first number that makes it free, and mark it as taken."""
    code, number = stem, 1
    while code in taken:
        number += 1
        code = f"{stem}-{number}"
    taken.add(code)
    return code


def _biography(match: Match, language: str) -> Text:
    return Text.of({language: match.biography} if match.biography else {})


def _change(step: NameStep, row: Row, language: str, by: Actor) -> None:
    match = step.match
    if isinstance(row, Room):
        update_room(row, by=by, name=row.name.with_text(row.name.source, match.name[:ROOM_NAME]))
    elif isinstance(row, Forum):
        update_forum(row, by=by, title=row.title.with_text(row.title.source, match.name[:TRACK_NAME]))
    else:
        if NAME in step.fields:
            update_person(row, by=by, reference_name=match.name[:PERSON_NAME])
        if BIOGRAPHY in step.fields:
            old = row.biography
            new = old.with_text(old.source, match.biography) if old else _biography(match, language)
            update_person(row, by=by, biography=new)


def _reorder(rooms: Sequence[Room], by: Actor) -> None:
    """Put the file's rooms into its order, on the places that they have among the others."""
    places = sorted(room.position for room in rooms)
    for room, place in zip(rooms, places, strict=True):
        if room.position != place:
            update_room(room, by=by, position=place)


def _remember(steps: Iterable[NameStep], written: Written, source: ScheduleSource) -> None:
    rows = []
    for step in steps:
        match, row = step.match, written.row(step.match)
        digests = {**match.digests, **name_digests(match.name, called(row))}
        if match.kind is RowKind.ROOM:
            digests[ORDER] = str(step.order)
        if match.biography:
            digests[BIOGRAPHY] = fingerprint(match.biography)
        rows.append(imported_row(source, match.kind, match.key, row.pk, digests))
        rows += [imported_row(source, match.kind, alias, row.pk, {}) for alias in match.aliases]
    store_rows(rows)


def called(row: Row) -> str:
    """Return what a row is called by us, in its own language."""
    if isinstance(row, Person):
        return row.reference_name
    name: Text = row.name if isinstance(row, Room) else row.title
    return name.get(name.source)


def imported_row(
    source: ScheduleSource, kind: RowKind, key: str, object_id: int, digests: dict[str, str]
) -> ImportedRow:
    """Return the unsaved memory of one row."""
    return ImportedRow(source=source, kind=str(kind), external_id=key, object_id=object_id, digests=digests)


def store_rows(rows: Sequence[ImportedRow]) -> None:
    """Remember rows, replacing what was remembered of the same identities."""
    ImportedRow.objects.bulk_create(
        rows,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["source", "kind", "external_id"],
        update_fields=["object_id", "digests"],
    )
