"""Comparing a document with an edition: everything that an import would have to do, worked out without writing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from summitry.directory.models import Person
from summitry.foundation.jobs import SILENT, Tracker
from summitry.programme.actions.exchange.facets import Scope, shortened
from summitry.programme.actions.exchange.matching import (
    Match,
    Matches,
    match_people,
    match_rooms,
    match_tracks,
    namesakes,
    without_biographies,
)
from summitry.programme.actions.exchange.report import (
    FieldChange,
    Note,
    NoteCode,
    RowAction,
    RowKind,
    RowPlan,
)
from summitry.programme.actions.exchange.sessions import SessionStep, compare_sessions
from summitry.programme.interchange.document import ScheduleDocument
from summitry.programme.models import Slot
from summitry.programme.queries.export_kept import fingerprint
from summitry.programme.queries.export_keys import BIOGRAPHY
from summitry.programme.queries.export_rows import DraftRows, KnownSource

NAME = "name"
ORDER = "order"


@dataclass(frozen=True, slots=True)
class NameStep:
    """What is to be done about a room, track or person of the file: create it, change `fields`, or only remember."""

    match: Match
    action: RowAction | None
    fields: frozenset[str] = frozenset()
    order: int = 0

    @property
    def is_new(self) -> bool:
        """Whether there is no row of ours yet."""
        return self.match.object_id is None


@dataclass(frozen=True, slots=True)
class _Facts:
    """What we say of a room, forum or person."""

    name: str
    biography: str = ""


@dataclass(slots=True)
class Comparison:
    """The result: steps for the writer, and the lines of the report that go with them."""

    document: ScheduleDocument
    scope: Scope
    known: KnownSource | None
    rows: DraftRows | None
    matches: Matches
    sessions: list[SessionStep] = field(default_factory=list)
    cancelled: list[tuple[str, Slot]] = field(default_factory=list)
    names: list[NameStep] = field(default_factory=list)
    reordered: bool = False
    lines: list[RowPlan] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    unchanged: Counter[RowKind] = field(default_factory=Counter)
    silent: int = 0


def compare(
    document: ScheduleDocument,
    rows: DraftRows | None,
    known: KnownSource | None,
    zone: ZoneInfo,
    scope: Scope,
    watch: Tracker = SILENT,
) -> Comparison:
    """Return what taking in `document` means for an edition's `rows` (None: a new edition). Writes nothing."""
    matches = Matches(
        match_rooms(document, known, rows),
        match_tracks(document, known, rows),
        match_people(document, known, rows),
    )
    comparison = Comparison(document, scope, known, rows, matches)
    _compare_names(comparison)
    result = compare_sessions(
        without_biographies(document, matches.people), matches, known, rows, zone, scope, watch
    )
    comparison.sessions, comparison.cancelled = result.steps, result.cancelled
    comparison.lines += result.lines
    comparison.notes += result.notes
    comparison.unchanged[RowKind.SESSION] = result.unchanged
    comparison.silent += result.silent
    return comparison


def _compare_names(comparison: Comparison) -> None:
    matches = comparison.matches
    present = _present_facts(comparison)
    for order, match in enumerate(matches.rooms.values()):
        _compare_name(comparison, match, present, order)
    for match in (*matches.tracks.values(), *matches.persons):
        _compare_name(comparison, match, present)
    comparison.reordered = _is_reordered(comparison)
    _mention_namesakes(comparison)


def _present_facts(comparison: Comparison) -> dict[tuple[RowKind, int], _Facts]:
    """What our rooms, forums and people are called now, and what is said of people's lives."""
    ids = {match.object_id for match in comparison.matches.people.values() if match.object_id is not None}
    people = Person.objects.filter(pk__in=ids).values_list("pk", "reference_name", "biography")
    present = {(RowKind.PERSON, pk): _Facts(name, text.get(text.source)) for pk, name, text in people}
    if comparison.rows:
        for pk, room in comparison.rows.rooms.items():
            present[RowKind.ROOM, pk] = _Facts(room.name.get(room.name.source))
        for pk, forum in comparison.rows.forums.items():
            present[RowKind.FORUM, pk] = _Facts(forum.title.get(forum.title.source))
    return present


def _compare_name(
    comparison: Comparison, match: Match, present: Mapping[tuple[RowKind, int], _Facts], order: int = 0
) -> None:
    if match.object_id is None:
        comparison.names.append(NameStep(match, RowAction.CREATE, order=order))
        comparison.lines.append(RowPlan(match.kind, RowAction.CREATE, match.key, match.name))
        return
    changes = tuple(_changes(match, present[match.kind, match.object_id]))
    if changes:
        fields = frozenset(change.field for change in changes)
        comparison.names.append(NameStep(match, RowAction.CHANGE, fields, order))
        comparison.lines.append(RowPlan(match.kind, RowAction.CHANGE, match.key, match.name, changes))
        return
    comparison.unchanged[match.kind] += 1
    if not _is_remembered(match, order):
        comparison.names.append(NameStep(match, None, order=order))
        comparison.silent += 1


def _changes(match: Match, present: _Facts) -> Iterator[FieldChange]:
    """What the file has changed itself since it was last taken in; what it says for the first time is only noted."""
    last = match.digests
    if match.known and last.get(NAME) != fingerprint(match.name) and present.name != match.name:
        conflict = last.get("called") != fingerprint(present.name)
        yield FieldChange(NAME, present.name, match.name, conflict)
    text = match.biography
    if text and text != present.biography and last.get(BIOGRAPHY) != fingerprint(text):
        conflict = bool(present.biography) and last.get(BIOGRAPHY) != fingerprint(present.biography)
        yield FieldChange(BIOGRAPHY, shortened(present.biography), shortened(text), conflict)


def _is_remembered(match: Match, order: int) -> bool:
    """Whether a later import would already know what the file says now."""
    last = match.digests
    return (
        last.get(NAME) == fingerprint(match.name)
        and last.get(ORDER, str(order)) == str(order)
        and (not match.biography or last.get(BIOGRAPHY) == fingerprint(match.biography))
    )


def _is_reordered(comparison: Comparison) -> bool:
    """Whether the file lists its rooms in another order than last time; for the first time, their order is no news."""
    rooms = list(comparison.matches.rooms.values())
    known = [match.digests[ORDER] for match in rooms if ORDER in match.digests]
    if not known:
        return False
    came_between = any(match.object_id is None for match in rooms[: len(known)])
    return known != sorted(known, key=int) or came_between


def _mention_namesakes(comparison: Comparison) -> None:
    people = comparison.matches.persons
    slugs = namesakes(people)
    for match in people:
        slug = slugs.get(match.name.lower())
        if match.object_id is None and slug:
            comparison.notes.append(Note(NoteCode.NAMESAKE, match.name, (("slug", slug),)))
