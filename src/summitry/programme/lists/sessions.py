"""The list of sessions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from summitry.directory.queries.sorting import collation_key
from summitry.foundation.access import within
from summitry.foundation.lists import (
    Chip,
    Column,
    Empty,
    Filter,
    ListSpec,
    Local,
    Reader,
    by_text,
    choice,
    related,
    search,
    yes_no,
)
from summitry.programme.enums import PUBLIC_ROLES, ForumKind, ForumState
from summitry.programme.lists.changes import SESSION_CHANGES
from summitry.programme.lists.options import (
    Place,
    draft_slots,
    forum_options,
    forum_state,
    gaps,
    language_options,
    of_draft,
    places_of,
    record_url,
    text_filter,
)
from summitry.programme.models import Appearance, Session

HEAVY = ("abstract", "subtitle", "external", "forum__abstract", "forum__remarks")
"""What no column shows; pages of text for each row."""


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session with its place in the draft and how many people appear in it."""

    session: Session
    place: Place | None
    people: int


def rows(reader: Reader) -> QuerySet[Session]:
    """Return the sessions that the reader works on."""
    start = draft_slots(reader).filter(session=OuterRef("pk")).values("starts_at")
    mine = within(reader.actor, Session.objects.filter(edition=reader.edition))
    return mine.select_related("forum").defer(*HEAVY).annotate(starts_at=Subquery(start))


def lines(sessions: Sequence[Session], reader: Reader) -> list[SessionLine]:
    """Return the lines of these sessions, with two statements for all."""
    places = places_of(reader, [session.pk for session in sessions])
    parts = Appearance.objects.filter(session__in=[session.pk for session in sessions], role__in=PUBLIC_ROLES)
    people = Counter(session for session, _person in set(parts.values_list("session_id", "person_id")))
    return [SessionLine(session, places.get(session.pk), people[session.pk]) for session in sessions]


def title(line: SessionLine, reader: Reader) -> str:
    """Return what a session is called."""
    return reader.shown(line.session.title).text or line.session.code


def _codes(codes: Sequence[str]) -> list[Chip]:
    return [Chip(code.split("-")[0].upper()) for code in codes]


def _marks(line: SessionLine, _reader: Reader) -> list[Chip]:
    marks = [Chip(_("Broadcast"), "jade")] if line.session.is_broadcast else []
    return marks if line.session.is_public else [*marks, Chip(_("Not public"))]


COLUMNS = (
    Column(
        key="title",
        label=_("Title"),
        value=lambda line, _reader: line.session.title or line.session.code,
        link=lambda line, reader: record_url("session_edit", reader, line.session.code),
        sort=by_text("title", collation_key),
    ),
    Column(
        key="gaps",
        label=pgettext_lazy("languages", "Missing"),
        value=lambda line, reader: gaps(line.session.title, reader),
    ),
    Column(
        key="forum",
        label=_("Forum"),
        is_wide=True,
        value=lambda line, _reader: line.session.forum.title,
        sort=by_text("forum__title", collation_key),
    ),
    Column(
        key="state",
        label=_("State"),
        value=lambda line, _reader: forum_state(line.session.forum),
        sort="forum__state",
    ),
    Column(
        key="when",
        label=_("Begins"),
        value=lambda line, _reader: line.place.starts_at if line.place else None,
        sort="starts_at",
    ),
    Column(
        key="ends",
        label=_("Ends"),
        value=lambda line, _reader: Local(line.place.ends_at) if line.place else None,
        is_hidden=True,
    ),
    Column(key="room", label=_("Room"), value=lambda line, _reader: line.place.room if line.place else None),
    Column(key="people", label=_("People"), value=lambda line, _reader: line.people, is_number=True),
    Column(
        key="seats",
        label=_("Seats"),
        value=lambda line, _reader: line.session.seats,
        sort="seats",
        is_number=True,
    ),
    Column(
        key="interpreted",
        label=_("Interpreted into"),
        value=lambda line, _reader: _codes(line.session.interpreted),
    ),
    Column(
        key="spoken",
        label=_("Spoken"),
        value=lambda line, _reader: _codes(line.session.spoken),
        is_hidden=True,
    ),
    Column(key="marks", label=_("Marks"), value=_marks),
    Column(
        key="code",
        label=_("Code"),
        value=lambda line, _reader: line.session.code,
        sort="code",
        is_hidden=True,
    ),
)


def _into(rows: QuerySet[Any], value: str, _reader: Reader) -> QuerySet[Any]:
    return rows.filter(interpreted__icontains=f'"{value}"')


FILTERS = (
    search("title", "subtitle", "code", "forum__title", label=_("Title, forum or code")),
    related("forum", _("Forum"), "forum__slug", forum_options),
    choice("kind", _("Kind of forum"), "forum__kind", ForumKind),
    choice("state", _("Forum’s state"), "forum__state", ForumState),
    *of_draft("pk"),
    text_filter("title", "text", _("Title")),
    Filter(key="into", label=_("Interpreted into"), options=language_options, narrow=_into),
    yes_no("broadcast", _("Broadcast"), lambda _reader: Q(is_broadcast=True)),
    yes_no("public", _("Public"), lambda _reader: Q(is_public=True)),
    yes_no("seated", _("Seats"), lambda _reader: Q(seats__isnull=False), _("Set"), _("Not set")),
    yes_no(
        "peopled",
        _("People"),
        lambda _reader: Q(pk__in=Appearance.objects.filter(role__in=PUBLIC_ROLES).values("session")),
        _("Somebody appears"),
        _("Nobody appears yet"),
    ),
)


def _first_step(reader: Reader) -> tuple[str, str]:
    return reverse("programme_console:import", args=[reader.edition.slug]), str(_("Import a schedule"))


SESSIONS = ListSpec(
    key="programme.sessions",
    route="programme_console:sessions",
    nav="console-sessions",
    title=_("Sessions"),
    rows=rows,
    lines=lines,
    label=title,
    columns=COLUMNS,
    filters=FILTERS,
    order="when",
    actions=SESSION_CHANGES,
    empty=Empty(
        title=_("No sessions yet"),
        text=_("Import a schedule, or open a forum and add its first session."),
        step=_first_step,
    ),
)
