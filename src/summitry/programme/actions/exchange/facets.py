"""The facets of an event that an import compares, and the rule by which file and edits here are brought together.

Rooms, tracks and people enter by identity, not by name: a room that the file renames has not moved anything.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from summitry.programme.interchange.document import TRANSLATIONS, Event
from summitry.programme.queries.export_kept import fingerprint


class Facet(StrEnum):
    """What may differ between a file's event and ours."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    TIME = "time"
    ROOM = "room"
    TRACK = "track"
    PEOPLE = "people"
    TYPE = "type"
    LANGUAGE = "language"
    TEXT = "text"
    TRANSLATIONS = "translations"
    RECORDING = "recording"
    LINKS = "links"
    DETAILS = "details"
    FORMS = "forms"


LABELS = {
    Facet.TITLE: _("Title"),
    Facet.SUBTITLE: _("Subtitle"),
    Facet.TIME: _("Time"),
    Facet.ROOM: _("Room"),
    Facet.TRACK: _("Track"),
    Facet.PEOPLE: _("People"),
    Facet.TYPE: _("Kind of session"),
    Facet.LANGUAGE: _("Language"),
    Facet.TEXT: _("Description"),
    Facet.TRANSLATIONS: _("Translations"),
    Facet.RECORDING: _("Recording"),
    Facet.LINKS: _("Links and attachments"),
    Facet.DETAILS: _("Further details"),
    Facet.FORMS: _("How people are named"),
}
PLACING = frozenset({Facet.TIME, Facet.ROOM})
QUIET = frozenset({Facet.DETAILS, Facet.FORMS})
"""Facets that only an export shows again; that somebody changed them here as well is no news."""
FIELDS: Mapping[Facet, tuple[str, ...]] = {
    Facet.TITLE: ("title",),
    Facet.SUBTITLE: ("subtitle",),
    Facet.TIME: ("starts_at", "duration"),
    Facet.ROOM: ("room",),
    Facet.TRACK: ("track",),
    Facet.PEOPLE: ("persons",),
    Facet.TYPE: ("type",),
    Facet.LANGUAGE: ("language",),
    Facet.TEXT: ("abstract", "description"),
    Facet.RECORDING: ("recording_license", "do_not_record", "do_not_stream"),
    Facet.LINKS: ("links", "attachments"),
    Facet.DETAILS: (
        "guid",
        "id",
        "code",
        "slug",
        "url",
        "day",
        "logo",
        "feedback_url",
        "origin_url",
        "video_download_url",
    ),
    Facet.FORMS: ("persons",),
}
"""The fields of an event that make up a facet; translations are a part of its `extra`, and details the rest of that."""
NO_SLOT = "-"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which facets a file tells of at all. A schedule file tells of all, a table of those it has columns for.

    Without `lengths`, only the starts are told; a session that is there already keeps its length.
    """

    told: frozenset[Facet] = frozenset(Facet)
    lengths: bool = True

    @property
    def is_whole(self) -> bool:
        """Whether what the file does not say is meant to be empty."""
        return len(self.told) == len(Facet)

    @property
    def fields(self) -> frozenset[str]:
        """The fields of an event of which the file tells."""
        return frozenset(name for facet in self.told for name in FIELDS.get(facet, ()))


WHOLE = Scope()


@dataclass(frozen=True, slots=True)
class Identities:
    """What an event's room, track and people are known by; `room` is NO_SLOT for a session without a slot."""

    room: str
    track: str
    people: tuple[str, ...]


def facets(event: Event, known: Identities) -> dict[Facet, object]:
    """Return each facet of an event as a value that can be compared."""
    values: dict[Facet, object] = {
        facet: tuple(getattr(event, name) for name in names) for facet, names in FIELDS.items()
    }
    extra = dict(event.extra)
    values[Facet.TRANSLATIONS] = extra.pop(TRANSLATIONS, {})
    values[Facet.DETAILS] = (values[Facet.DETAILS], extra)
    values[Facet.PEOPLE] = tuple(dict.fromkeys(known.people))
    values[Facet.ROOM] = known.room
    values[Facet.TRACK] = known.track
    if known.room == NO_SLOT:
        values[Facet.TIME] = None
    return values


def digests(values: Mapping[Facet, object]) -> dict[str, str]:
    """Return the digest of each facet, by which a later import knows what the file said."""
    return {str(facet): fingerprint(value) for facet, value in values.items()}


class Verdict(StrEnum):
    """What becomes of one facet."""

    SAME = "same"
    TAKEN = "taken"
    KEPT = "kept"
    UNTOLD = "untold"
    CONFLICT = "conflict"


STAYING = frozenset({Verdict.KEPT, Verdict.UNTOLD})


def verdict(file: object, ours: object, last: str | None) -> Verdict:
    """Decide about one facet: `last` is the digest of what the file said before, None where it never did.

    The file counts where it has changed itself; an edit made here stays where it has not. A conflict is where both
    have changed; then the file counts, and the report says so.
    """
    if file == ours:
        return Verdict.SAME
    if last is None:
        return Verdict.TAKEN
    if fingerprint(file) == last:
        return Verdict.KEPT
    return Verdict.TAKEN if fingerprint(ours) == last else Verdict.CONFLICT


def merged(file: Event, ours: Event, verdicts: Mapping[Facet, Verdict]) -> Event:
    """Return the event as it shall be: the file's, with those facets that keep what stands here."""
    event = file
    staying = {facet for facet, decision in verdicts.items() if decision in STAYING}
    if Facet.PEOPLE not in staying and verdicts[Facet.PEOPLE] is not Verdict.SAME:
        staying.discard(Facet.FORMS)
    for facet in Facet:
        if facet in staying and facet in FIELDS:
            event = replace(event, **{name: getattr(ours, name) for name in FIELDS[facet]})
    if Facet.TIME in staying:
        event = replace(event, day=ours.day)
    if Facet.TRANSLATIONS in staying:
        extra = {name: value for name, value in event.extra.items() if name != TRANSLATIONS}
        if TRANSLATIONS in ours.extra:
            extra[TRANSLATIONS] = ours.extra[TRANSLATIONS]
        event = replace(event, extra=extra)
    return event


def completed(event: Event, ours: Event, scope: Scope) -> Event:
    """Return an event with our own values for whatever its file does not tell, people and blank details included."""
    if scope.is_whole:
        return event
    names = {name for names in FIELDS.values() for name in names}
    details = {name for name in FIELDS[Facet.DETAILS] if getattr(event, name)}
    untold = {*(names - scope.fields - details), "persons"}
    return replace(event, **{name: getattr(ours, name) for name in untold})


def said(event: Event, facet: Facet, zone: dt.tzinfo, *, placed: bool = True) -> str:
    """Return a facet as a reader of the report sees it."""
    match facet:
        case Facet.TIME:
            return span(event.starts_at, event.duration, zone) if placed else ""
        case Facet.ROOM:
            return event.room if placed else ""
        case Facet.PEOPLE:
            return ", ".join(person.name or f"#{person.id}" for person in event.persons)
        case Facet.TITLE | Facet.SUBTITLE | Facet.TRACK | Facet.TYPE | Facet.LANGUAGE:
            return str(getattr(event, FIELDS[facet][0]))
        case Facet.TEXT:
            return shortened(event.abstract or event.description)
        case _:
            return ""


def span(start: dt.datetime, duration: dt.timedelta, zone: dt.tzinfo) -> str:
    """Return an interval as `2026-11-09 10:30–11:15`."""
    local = start.astimezone(zone)
    return f"{local:%Y-%m-%d %H:%M}–{(start.astimezone(dt.UTC) + duration).astimezone(zone):%H:%M}"


def shortened(text: str, limit: int = 80) -> str:
    """Return the beginning of a long text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
