"""Comparing a file's events with the sessions of an edition, facet by facet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from summitry.foundation.jobs import SILENT, Tracker
from summitry.programme.actions.exchange.facets import (
    NO_SLOT,
    PLACING,
    QUIET,
    STAYING,
    Facet,
    Identities,
    Scope,
    Verdict,
    digests,
    facets,
    merged,
    said,
    verdict,
)
from summitry.programme.actions.exchange.matching import Matches
from summitry.programme.actions.exchange.report import (
    FIELDS_KEPT,
    FieldChange,
    Note,
    NoteCode,
    RowAction,
    RowKind,
    RowPlan,
)
from summitry.programme.interchange.document import Event, ScheduleDocument
from summitry.programme.models import Session, Slot
from summitry.programme.queries.export import NOWHERE, Projection
from summitry.programme.queries.export_envelope import envelope_of
from summitry.programme.queries.export_event import Voice
from summitry.programme.queries.export_keys import session_key
from summitry.programme.queries.export_rows import DraftRows, KnownSource

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_PLACE = (Facet.TIME, Facet.ROOM)
_CREATED_WITH = (*_PLACE, Facet.TRACK, Facet.PEOPLE)


@dataclass(frozen=True, slots=True)
class SessionStep:
    """What is to be done about one event: `event` is what shall be, `digests` what its file says.

    `session` is None where it is new, `slot` where it has no place. Without an `action`, only an export would show
    the difference.
    """

    event: Event
    digests: Mapping[str, str]
    session: Session | None = None
    slot: Slot | None = None
    changed: frozenset[Facet] = frozenset()
    action: RowAction | None = None

    @property
    def moves(self) -> bool:
        """Whether the session gets a slot or another one."""
        return self.session is None or bool(self.changed & PLACING)


@dataclass(slots=True)
class SessionsResult:
    """Steps, and the lines of the report."""

    steps: list[SessionStep] = field(default_factory=list)
    cancelled: list[tuple[str, Slot]] = field(default_factory=list)
    lines: list[RowPlan] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    unchanged: int = 0
    silent: int = 0


def compare_sessions(
    document: ScheduleDocument,
    matches: Matches,
    known: KnownSource | None,
    rows: DraftRows | None,
    zone: ZoneInfo,
    scope: Scope,
    watch: Tracker = SILENT,
) -> SessionsResult:
    """Return what is to be done about each event of the file, and about sessions that left it."""
    comparer = _Comparer(matches, _OurSessions(matches, known, rows) if rows else None, zone, scope)
    for event in watch.each(document.events):
        comparer.compare(event)
    comparer.cancel_missing({session_key(event.guid) for event in document.events})
    return comparer.result


class _Comparer:
    def __init__(self, matches: Matches, ours: _OurSessions | None, zone: ZoneInfo, scope: Scope) -> None:
        self._matches = matches
        self._ours = ours
        self._zone = zone
        self._scope = scope
        self._person_keys = matches.keys_by_row(
            RowKind.PERSON
        )  # two people who were merged here have one key
        self.result = SessionsResult()

    def compare(self, event: Event) -> None:
        """Decide about one event of the file."""
        key = session_key(event.guid)
        last = self._ours.last(key) if self._ours else {}
        session = self._ours.find(key) if self._ours else None
        if session is None or self._ours is None:
            self._create(event, key, last)
        else:
            self._change(event, key, last, session, self._ours)

    def _create(self, event: Event, key: str, last: Mapping[str, str]) -> None:
        now = digests(self._told(event))
        if last and last == now:
            self.result.notes.append(Note(NoteCode.REMOVED_HERE, event.title))
            return
        changes = tuple(FieldChange(facet, "", said(event, facet, self._zone)) for facet in _CREATED_WITH)
        self.result.steps.append(SessionStep(event, now, action=RowAction.CREATE))
        self.result.lines.append(RowPlan(RowKind.SESSION, RowAction.CREATE, key, event.title, changes))

    def _change(
        self, event: Event, key: str, last: Mapping[str, str], session: Session, ours: _OurSessions
    ) -> None:
        present, identities = ours.event(session)
        if not self._scope.lengths:
            event = replace(event, duration=present.duration)
        told = self._told(event)
        now = digests(told)
        slot = ours.slots.get(session.pk)
        verdicts = _verdicts(told, facets(present, identities), last, is_placed=slot is not None)
        self._note_kept(verdicts, event)
        changed = frozenset(facet for facet in Facet if verdicts[facet] in (Verdict.TAKEN, Verdict.CONFLICT))
        if not changed - QUIET:
            self.result.unchanged += 1
        if not changed and now == last:
            return
        wanted = merged(event, present, verdicts)
        action = _action(changed, slot)
        self.result.steps.append(SessionStep(wanted, now, session, slot, changed, action))
        if action is None:
            self.result.silent += 1
            return
        changes = tuple(
            FieldChange(
                facet,
                said(present, facet, self._zone, placed=slot is not None),
                said(wanted, facet, self._zone),
                verdicts[facet] is Verdict.CONFLICT,
            )
            for facet in Facet
            if facet in changed - QUIET
        )
        self.result.lines.append(RowPlan(RowKind.SESSION, action, key, event.title, changes))

    def cancel_missing(self, keys: set[str]) -> None:
        """Cancel the sessions that came from this source and are no longer in it."""
        for key, session in self._ours.imported() if self._ours else ():
            slot = self._ours.slots.get(session.pk) if self._ours else None
            if key in keys or slot is None or self._ours is None:
                continue
            event, _known = self._ours.event(session)
            changes = tuple(FieldChange(facet, said(event, facet, self._zone), "") for facet in _PLACE)
            self.result.cancelled.append((key, slot))
            self.result.lines.append(RowPlan(RowKind.SESSION, RowAction.CANCEL, key, event.title, changes))

    def _told(self, event: Event) -> dict[Facet, object]:
        room = self._matches.rooms[event.room].key if event.room else NOWHERE
        matches = (self._matches.person(person) for person in event.persons)
        people = tuple(self._person_keys.get(match.object_id or 0, match.key) for match in matches)
        values = facets(event, Identities(room, self._matches.tracks[event.track].key, people))
        return {facet: value for facet, value in values.items() if facet in self._scope.told}

    def _note_kept(self, verdicts: Mapping[Facet, Verdict], event: Event) -> None:
        kept = [facet for facet in Facet if verdicts[facet] is Verdict.KEPT and facet not in QUIET]
        if kept:
            self.result.notes.append(Note(NoteCode.KEPT, event.title, ((FIELDS_KEPT, " ".join(kept)),)))


def _verdicts(
    told: Mapping[Facet, object], present: Mapping[Facet, object], last: Mapping[str, str], *, is_placed: bool
) -> dict[Facet, Verdict]:
    verdicts = dict.fromkeys(Facet, Verdict.UNTOLD)
    verdicts |= {facet: verdict(value, present[facet], last.get(facet)) for facet, value in told.items()}
    if not is_placed and any(verdicts[facet] not in STAYING for facet in PLACING):
        # Half a place is none: a session without a slot gets both its time and its room from the file.
        verdicts |= dict.fromkeys(PLACING, Verdict.CONFLICT if last else Verdict.TAKEN)
    return verdicts


def _action(changed: frozenset[Facet], slot: Slot | None) -> RowAction | None:
    """What a reader sees of the change; None where only an export shows it."""
    if changed & PLACING:
        return RowAction.MOVE if slot else RowAction.RESTORE
    return RowAction.CHANGE if changed - QUIET else None


class _OurSessions:
    """The edition's sessions as events, found by the identities of a file."""

    def __init__(self, matches: Matches, known: KnownSource | None, rows: DraftRows) -> None:
        voice = Voice(rows.edition)
        self._projection = Projection(rows, voice, envelope_of(rows, voice))
        self._rows = rows
        self._known = known
        self.slots = {slot.session_id: slot for slot in rows.held}
        sessions = [*(slot.session for slot in rows.slots), *rows.unplaced]
        self._by_id = {session.pk: session for session in sessions}
        self._by_guid = {str(session.guid): session for session in sessions}
        self._keys = {
            kind: self._keys_of(kind, matches) for kind in (RowKind.ROOM, RowKind.FORUM, RowKind.PERSON)
        }

    def _keys_of(self, kind: RowKind, matches: Matches) -> dict[int, str]:
        """By which identity the file, or else its last version, knows our rows."""
        stored = self._known.rows.items() if self._known else ()
        keys = {row.object_id: key.external_id for key, row in stored if key.kind == kind and row.digests}
        return keys | matches.keys_by_row(kind)

    def last(self, key: str) -> Mapping[str, str]:
        """Return the digests of what the file last said of an event; nothing where it never did, or had dropped it."""
        row = self._known.row(RowKind.SESSION, key) if self._known else None
        return row.digests if row else {}

    def find(self, key: str) -> Session | None:
        """Return the session that an event means."""
        row = self._known.row(RowKind.SESSION, key) if self._known else None
        if row and row.object_id in self._by_id:
            return self._by_id[row.object_id]
        return self._by_guid.get(key.removeprefix("guid:"))

    def imported(self) -> list[tuple[str, Session]]:
        """Return all sessions that came from this source and are still there, with their identities."""
        rows = self._known.rows.items() if self._known else ()
        return [
            (key.external_id, self._by_id[row.object_id])
            for key, row in rows
            if key.kind == RowKind.SESSION and row.object_id in self._by_id
        ]

    def event(self, session: Session) -> tuple[Event, Identities]:
        """Return a session as an event, with the identities of its room, track and people."""
        slot = self.slots.get(session.pk)
        if slot:
            event = self._projection.event(slot)
            room = (
                self._keys[RowKind.ROOM].get(slot.room_id, f"own:{slot.room_id}") if slot.room_id else NOWHERE
            )
        else:
            event = self._projection.session_event(
                session, room=NOWHERE, day=0, starts_at=_EPOCH, duration=dt.timedelta()
            )
            room = NO_SLOT
        people = self._projection.person_ids(session)
        known = self._keys[RowKind.PERSON]
        return event, Identities(
            room,
            self._keys[RowKind.FORUM].get(session.forum_id, f"own:{session.forum_id}"),
            tuple(known.get(pk, f"own:{pk}") for pk in people),
        )
