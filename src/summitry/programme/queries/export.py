"""An edition's schedule as a document that any of the formats can be written from.

Editions that were built here and editions that were imported go out the same way; what an imported file said beyond
our own fields goes with it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from summitry.directory.models import Person
from summitry.directory.queries.names import names_of
from summitry.editions.models import Edition
from summitry.foundation.access import Actor
from summitry.programme.interchange.arrangement import arranged
from summitry.programme.interchange.document import Event, EventPerson, ScheduleDocument
from summitry.programme.models import Version
from summitry.programme.queries.export_envelope import Envelope, envelope_of
from summitry.programme.queries.export_event import (
    Numbers,
    Voice,
    day_of,
    native_event,
    native_person,
    programme_text,
    with_translations,
)
from summitry.programme.queries.export_kept import said
from summitry.programme.queries.export_people import People, persons_said
from summitry.programme.queries.export_rows import AppearanceRow, ScheduleRows, latest_version, schedule_rows
from summitry.programme.queries.export_slots import AnySession, AnySlot

NOWHERE = ""
"""What the document calls the place of a session that has no room yet."""


def export_document(
    edition: Edition, *, actor: Actor, version: Version | None = None, lang: str = ""
) -> ScheduleDocument:
    """Return the schedule as `actor` may see it: `version`, or else the newest that is published.

    With `lang`, texts are chosen for a reader of that language; without it, each text is in its own. People come with
    their biographies, which only some formats can hold.
    """
    version = version or latest_version(edition, actor)
    return document_of(schedule_rows(edition, actor=actor, version=version), lang, biographies=True)


def document_of(
    rows: ScheduleRows, lang: str = "", *, biographies: bool = False, addresses: bool = True
) -> ScheduleDocument:
    """Return the document that `rows` make, without another statement but for names in `lang` and `biographies`.

    For a format that has no place for them, people's pages and sessions' codes are left out of what was built here
    (`addresses`); an imported event keeps what its file said.
    """
    voice = Voice(rows.edition, lang)
    envelope = envelope_of(rows, voice)
    projection = Projection(rows, voice, envelope, biographies=biographies, addresses=addresses)
    events = tuple(projection.event(slot) for slot in rows.held)
    return arranged(replace(envelope.document, events=events))


class Projection:
    """Turns slots into events, with everything that needs to be known about the edition as a whole."""

    def __init__(
        self,
        rows: ScheduleRows,
        voice: Voice,
        envelope: Envelope,
        *,
        biographies: bool = False,
        addresses: bool = True,
    ) -> None:
        self.rows = rows
        self.voice = voice
        self.envelope = envelope
        self.people = People(rows.sources)
        self.numbers = Numbers(taken=_foreign_ids(slot.session for slot in rows.slots))
        self._addresses = addresses
        self._names = self._chosen_names()
        self._biographies = self._chosen_biographies() if biographies else {}

    def event(self, slot: AnySlot) -> Event:
        """Return the event that a slot is."""
        starts_at = slot.starts_at.astimezone(self.rows.edition.zone)
        return self.session_event(
            slot.session,
            room=self.envelope.room_names.get(slot.room_id or 0, NOWHERE),
            day=day_of(starts_at, self.envelope.document.days),
            starts_at=starts_at,
            duration=slot.ends_at - slot.starts_at,
        )

    def session_event(
        self, session: AnySession, *, room: str, day: int, starts_at: dt.datetime, duration: dt.timedelta
    ) -> Event:
        """Return the event that a session is at a time and place."""
        kept: Mapping[str, Any] = session.external.get("frab", {})
        appearances = self.rows.appearances.get(session.pk, ())
        addresses = self._addresses or bool(kept)
        natives = self._natives(appearances, addresses=addresses)
        event = native_event(
            session,
            voice=self.voice,
            numbers=self.numbers,
            forum=self.rows.forums[session.forum_id],
            room=room,
            day=day,
            starts_at=starts_at,
            duration=duration,
            persons=tuple(natives.values()),
            description=self._description(session, appearances, natives),
            addresses=addresses,
        )
        values = said(event, kept) if kept else {}
        if persons := kept.get("persons"):
            values["persons"] = persons_said(persons, natives, self.people)
        extra = values.get("extra", event.extra)
        values["extra"] = with_translations(extra, session, kept)
        return replace(event, **values) if kept or values["extra"] else event

    def person_ids(self, session: AnySession) -> tuple[int, ...]:
        """Return the ids of all who appear in a session, once and in order."""
        return tuple(dict.fromkeys(row.person_id for row in self.rows.appearances.get(session.pk, ())))

    def _chosen_names(self) -> dict[int, str]:
        rows = [row for rows in self.rows.appearances.values() for row in rows]
        references = {row.person_id: row.reference_name for row in rows}
        if not self.voice.lang:
            return references
        index = names_of(references)
        return {pk: str(index.shown(pk, self.voice.lang, self.rows.edition.fallback)) for pk in references}

    def _chosen_biographies(self) -> dict[int, str]:
        people = Person.objects.filter(pk__in=self._names).values_list("pk", "biography")
        return {pk: self.voice.say(text) for pk, text in people if text}

    def _natives(self, appearances: Iterable[AppearanceRow], *, addresses: bool) -> dict[int, EventPerson]:
        """Everybody who appears, once, in order."""
        natives: dict[int, EventPerson] = {}
        for row in appearances:
            if row.person_id not in natives:
                natives[row.person_id] = native_person(
                    row,
                    self._names[row.person_id],
                    self.voice,
                    self.numbers,
                    self._biographies.get(row.person_id, ""),
                    addresses=addresses,
                )
        return natives

    def _description(
        self, session: AnySession, appearances: Iterable[AppearanceRow], natives: Mapping[int, EventPerson]
    ) -> str:
        contributions = self.rows.contributions.get(session.pk)
        if not contributions:
            return ""
        names: dict[int, list[str]] = defaultdict(list)
        for row in appearances:
            if row.contribution_id is not None:
                names[row.contribution_id].append(natives[row.person_id].name)
        return programme_text(contributions, names, self.voice)


def _foreign_ids(sessions: Iterable[AnySession]) -> set[int]:
    kept = (session.external.get("frab", {}) for session in sessions)
    return {number for each in kept if (number := each.get("theirs", {}).get("id")) is not None}
