"""Writing the sessions of an import: their texts, who appears in them, and their places in the draft."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.text import slugify

from summitry.directory.models import Person
from summitry.editions.models import Edition, Room
from summitry.foundation.access import Actor
from summitry.foundation.bus import announce
from summitry.foundation.i18n import Text
from summitry.foundation.jobs import SILENT, Tracker
from summitry.programme.actions.addresses import check_plain_fields
from summitry.programme.actions.exchange.comparing import Comparison
from summitry.programme.actions.exchange.facets import Facet, Scope, completed
from summitry.programme.actions.exchange.languages import language_code
from summitry.programme.actions.exchange.report import ImportStage, RowKind
from summitry.programme.actions.exchange.sessions import SessionStep
from summitry.programme.actions.exchange.writing_names import Written, free_code, imported_row, store_rows
from summitry.programme.actions.schedule import Placement, draft_of, place_sessions, unplace_session
from summitry.programme.actions.session import create_sessions
from summitry.programme.enums import PUBLIC_ROLES
from summitry.programme.events import SessionsChanged
from summitry.programme.interchange.document import TRANSLATIONS, Day, Event
from summitry.programme.models import Appearance, ScheduleSource, Session
from summitry.programme.queries.export import NOWHERE
from summitry.programme.queries.export_event import (
    TRANSLATED,
    Numbers,
    Voice,
    day_of,
    kept_translations,
    native_event,
    native_person,
    programme_text,
)
from summitry.programme.queries.export_kept import BETWEEN, joined_text, kept_of
from summitry.programme.queries.export_keys import session_key
from summitry.programme.queries.export_people import kept_persons
from summitry.programme.queries.export_rows import AppearanceRow

SHORTEST = dt.timedelta(minutes=1)
TITLE, FORMAT, TEXT, CODE = 500, 120, 100_000, 150
_CHUNK = 500
COLUMNS = ("title", "subtitle", "abstract", "format", "spoken", "forum", "external")


def write_sessions(
    comparison: Comparison,
    edition: Edition,
    source: ScheduleSource,
    written: Written,
    *,
    by: Actor,
    watch: Tracker = SILENT,
) -> None:
    """Create, change, place and cancel sessions as the comparison says."""
    writer = _Writer(comparison, edition, source, written)
    new: list[Session] = []
    old: list[Session] = []
    for step in watch.each(comparison.sessions):
        if step.session is None:
            new.append(writer.created(step))
        else:
            old.append(writer.changed(step))
    watch.stage(ImportStage.STORE)
    if new:
        create_sessions(edition, new, by=by, appearances=writer.appearances)
    if old:
        Session.objects.bulk_update(old, COLUMNS, batch_size=200)
        _set_people(writer.people, edition)
        ids = tuple(session.pk for session in old)
        announce(SessionsChanged(by=by, edition_id=edition.pk, session_ids=ids))
    draft = draft_of(edition)
    place_sessions(draft, writer.placements, by=by)
    for _key, slot in comparison.cancelled:
        unplace_session(draft, slot.session, by=by)
    _remember(comparison, source, [*new, *old])


class _Writer:
    """Turns steps into unsaved rows; collects who appears and where things take place."""

    def __init__(
        self, comparison: Comparison, edition: Edition, source: ScheduleSource, written: Written
    ) -> None:
        self._scope = comparison.scope
        self._days: Sequence[Day] = comparison.document.days
        self._edition = edition
        self._source = source
        self._written = written
        self._voice = Voice(edition)
        self._numbers = Numbers()
        self._rows = comparison.rows
        self._language = edition.languages[0] if edition.languages else settings.LANGUAGE_CODE
        self._codes = set(Session.objects.filter(edition=edition).values_list("code", flat=True))
        self.appearances: list[Appearance] = []
        self.people: dict[int, list[Person]] = {}
        self.placements: list[Placement] = []

    def created(self, step: SessionStep) -> Session:
        """Return a new, unsaved session with its appearances and place."""
        event = step.event
        session = Session(edition=self._edition, guid=uuid.UUID(event.guid), code=self._code(event))
        self._set_texts(session, event, frozenset(Facet), "")
        people = self._people(event)
        for place, person in enumerate(people):
            self.appearances.append(Appearance(session=session, person=person, position=place))
        room = self._written.room(event)
        self._keep(session, event, room, _rows_after(session, (), people), "")
        self._place(session, event, room)
        return session

    def changed(self, step: SessionStep) -> Session:
        """Return an existing session with the new values set."""
        session, event = step.session, step.event
        if session is None or self._rows is None:
            raise TypeError("a step without a session creates one")
        session.forum = self._rows.forums[session.forum_id]
        rows: Sequence[AppearanceRow] = self._rows.appearances.get(session.pk, ())
        if Facet.PEOPLE in step.changed:
            self.people[session.pk] = people = self._people(event)
            rows = _rows_after(session, rows, people)
        programme = self._programme(session, rows)
        self._set_texts(session, event, step.changed, programme)
        room = self._written.room(event) if Facet.ROOM in step.changed else self._present_room(step)
        self._keep(session, event, room, rows, programme)
        if step.moves:
            self._place(session, event, room)
        check_plain_fields(session)
        return session

    def _present_room(self, step: SessionStep) -> Room | None:
        if self._rows is None or step.slot is None or step.slot.room_id is None:
            return None
        return self._rows.rooms[step.slot.room_id]

    def _code(self, event: Event) -> str:
        stems = (slugify(text)[:CODE].strip("-_") for text in (event.slug, event.title, event.code))
        stem = next((stem for stem in stems if stem), "") or f"session-{event.id or event.guid[:8]}"
        return free_code(stem, self._codes)

    def _set_texts(self, session: Session, event: Event, facets: frozenset[Facet], programme: str) -> None:
        code = language_code(event.language)
        language = _translated_into(event) or code or self._language
        if Facet.TITLE in facets:
            session.title = retold(session.title, event.title[:TITLE], language)
        if Facet.SUBTITLE in facets:
            session.subtitle = retold(session.subtitle, event.subtitle[:TITLE], language)
        if Facet.TEXT in facets:
            text = event.abstract if programme and event.description == programme else joined_text(event)
            session.abstract = retold(session.abstract, text[:TEXT], language)
        if Facet.TRANSLATIONS in facets:
            _translate(session, event)
        if Facet.TYPE in facets:
            session.format = event.type[:FORMAT]
        if Facet.LANGUAGE in facets:
            session.spoken = [code] if code else []
        if Facet.TRACK in facets:
            session.forum = self._written.forum(event)

    def _people(self, event: Event) -> list[Person]:
        found = (self._written.person(person) for person in event.persons)
        return list({person.pk: person for person in found}.values())

    def _programme(self, session: Session, rows: Iterable[AppearanceRow]) -> str:
        contributions = self._rows.contributions.get(session.pk, ()) if self._rows else ()
        names: dict[int, list[str]] = defaultdict(list)
        for row in rows:
            if row.contribution_id:
                names[row.contribution_id].append(row.reference_name)
        return programme_text(contributions, names, self._voice)

    def _place(self, session: Session, event: Event, room: Room | None) -> None:
        ends_at = event.starts_at.astimezone(dt.UTC) + max(event.duration, SHORTEST)
        self.placements.append(Placement(session, room, event.starts_at, ends_at))

    def _keep(
        self, session: Session, event: Event, room: Room | None, rows: Iterable[AppearanceRow], programme: str
    ) -> None:
        """Keep what our own fields do not say, so that an export says it all the same."""
        people = {row.person_id: row for row in reversed(list(rows))}
        ours = native_event(
            session,
            voice=self._voice,
            numbers=self._numbers,
            forum=session.forum,
            room=room.name.get(room.name.source) if room else NOWHERE,
            day=day_of(event.starts_at, self._days),
            starts_at=event.starts_at,
            duration=max(event.duration, SHORTEST),
            persons=tuple(
                native_person(row, row.reference_name, self._voice, self._numbers)
                for row in reversed(list(people.values()))
            ),
            description=programme,
        )
        event = completed(event, ours, self._scope)
        kept = kept_of(event, ours) | kept_translations(event, session)
        if persons := kept_persons(self._source.key, event.persons, ours.persons):
            kept["persons"] = persons
        if not self._scope.is_whole:
            kept = _with_untold(kept, session.external.get("frab", {}), self._scope)
        others = {name: value for name, value in session.external.items() if name != "frab"}
        session.external = others | ({"frab": kept} if kept else {})


def _with_untold(kept: Mapping[str, Any], old: Mapping[str, Any], scope: Scope) -> dict[str, Any]:
    """What is kept of a table's row, with what another file said of the session and the table does not tell."""
    if not old:
        return dict(kept)
    others = {name: value for name, value in old.get("while", {}).items() if name not in scope.fields}
    found = {"while": others | kept.get("while", {})}
    for name, facet in (("split", Facet.TEXT), ("translations", Facet.TRANSLATIONS)):
        source = kept if facet in scope.told else old
        if name in source:
            found[name] = source[name]
    return {**{name: old[name] for name in ("theirs", "persons") if name in old}, **found}


def retold(text: Text, words: str, language: str) -> Text:
    """Return `text` with other words in its own language, which is `language`; translations stay, and become stale."""
    others = {lang: other for lang, other in text.texts.items() if lang not in (text.source, language)}
    texts = {language: words, **others} if words else others
    marks = {lang: mark for lang, mark in text.marks.items() if lang in others}
    return Text(texts, language, marks)


def _translated_into(event: Event) -> str:
    """The language that an event's title is in, where the title stands among its translations."""
    stored = event.extra.get(TRANSLATIONS)
    titles = stored.get("title") if isinstance(stored, dict) else None
    found = (
        (lang for lang, title in titles.items() if title == event.title) if isinstance(titles, dict) else ()
    )
    return language_code(next(iter(found), ""))


def _translate(session: Session, event: Event) -> None:
    """Set the languages that the event brings beside its own, in place of those that are there."""
    stored = event.extra.get(TRANSLATIONS)
    by_field: Mapping[str, Any] = stored if isinstance(stored, dict) else {}
    for name in TRANSLATED:
        text: Text = getattr(session, name)
        parts = (
            [by_field.get(name), by_field.get("description")] if name == "abstract" else [by_field.get(name)]
        )
        words: dict[str, list[str]] = defaultdict(list)
        for part in parts:
            for lang, said in (part or {}).items():
                words[language_code(lang) or text.source].append(str(said))
        own = {text.source: text.get(text.source)}
        others = {lang: BETWEEN.join(said) for lang, said in words.items() if lang != text.source}
        setattr(session, name, Text.of({**own, **others}, text.source))


def _rows_after(
    session: Session, rows: Sequence[AppearanceRow], people: Sequence[Person]
) -> list[AppearanceRow]:
    """Who appears once `people` have been set: those first who do so in the session itself."""
    wanted = {person.pk for person in people}
    given = [row for row in rows if row.contribution_id is not None]
    own = [
        AppearanceRow(
            session.pk, None, person.pk, "", "", str(person.public_id), person.slug, person.reference_name
        )
        for person in people
    ]
    return own + [row for row in given if row.person_id not in wanted or row.contribution_id]


def _set_people(wanted: Mapping[int, Sequence[Person]], edition: Edition) -> None:
    """Make the people of each session, by its id, those who appear in it; who stays keeps her role and delivery."""
    present: dict[int, dict[int, list[Appearance]]] = defaultdict(lambda: defaultdict(list))
    rows = Appearance.objects.filter(session__edition=edition, contribution=None, role__in=PUBLIC_ROLES)
    for row in rows.order_by("position", "pk"):
        if row.session_id in wanted:
            present[row.session_id][row.person_id].append(row)
    gone: list[int] = []
    kept: list[Appearance] = []
    new: list[Appearance] = []
    for session_id, people in wanted.items():
        known = present[session_id]
        for place, person in enumerate(people):
            if person.pk not in known:
                new.append(Appearance(session_id=session_id, person=person, position=place))
            for row in known.pop(person.pk, ()):
                row.position = place
                kept.append(row)
        gone += [row.pk for rows_ in known.values() for row in rows_]
    for start in range(0, len(gone), _CHUNK):
        Appearance.objects.filter(pk__in=gone[start : start + _CHUNK]).delete()
    Appearance.objects.bulk_update(kept, ["position"], batch_size=_CHUNK)
    Appearance.objects.bulk_create(new, batch_size=1000)


def _remember(comparison: Comparison, source: ScheduleSource, sessions: Iterable[Session]) -> None:
    ids = {session.guid: session.pk for session in sessions}
    rows = [
        imported_row(
            source,
            RowKind.SESSION,
            session_key(step.event.guid),
            step.session.pk if step.session else ids[uuid.UUID(step.event.guid)],
            dict(step.digests),
        )
        for step in comparison.sessions
    ]
    keys = {slot.session_id: key for key, slot in comparison.cancelled}
    rows += [imported_row(source, RowKind.SESSION, key, pk, {}) for pk, key in keys.items()]
    store_rows(rows)
