"""The list of forums."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from summitry.directory.queries.sorting import collation_key
from summitry.foundation import clock
from summitry.foundation.access import policy_for, within
from summitry.foundation.i18n import Text
from summitry.foundation.lists import (
    Chip,
    Column,
    Empty,
    Filter,
    ListSpec,
    Option,
    Reader,
    by_text,
    choice,
    search,
    yes_no,
)
from summitry.programme.enums import WITH_INSTITUTION, ForumKind, ForumState
from summitry.programme.lists.changes import FORUM_CHANGES
from summitry.programme.lists.options import draft_slots, forum_state, gaps, record_url, text_filter
from summitry.programme.models import Correction, Forum, ForumOrganiser, Session

DRAFTING = "drafting"
OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class ForumLine:
    """A forum with its institutions and how many of its sessions have a place."""

    forum: Forum
    organisers: tuple[Text, ...]
    sessions: int
    placed: int
    corrections: int


def rows(reader: Reader) -> QuerySet[Forum]:
    """Return the forums that the reader works on."""
    return within(reader.actor, Forum.objects.filter(edition=reader.edition)).select_related("topic")


def lines(forums: Sequence[Forum], reader: Reader) -> list[ForumLine]:
    """Return the lines of these forums, with three statements for all."""
    ids = [forum.pk for forum in forums]
    organisers: dict[int, list[Text]] = defaultdict(list)
    for forum_id, name in ForumOrganiser.objects.filter(forum__in=ids).values_list(
        "forum_id", "organisation__name"
    ):
        organisers[forum_id].append(name)
    placed = Exists(draft_slots(reader).filter(session=OuterRef("pk")))
    counts = {
        row["forum"]: (row["sessions"], row["placed"])
        for row in Session.objects.filter(forum__in=ids)
        .annotate(is_placed=placed)
        .order_by()
        .values("forum")
        .annotate(sessions=Count("pk"), placed=Count("pk", filter=Q(is_placed=True)))
    }
    corrections = dict(
        Correction.objects.filter(forum__in=ids, acknowledged_at=None)
        .order_by()
        .values_list("forum")
        .annotate(Count("pk"))
    )
    return [
        ForumLine(
            forum, tuple(organisers[forum.pk]), *counts.get(forum.pk, (0, 0)), corrections.get(forum.pk, 0)
        )
        for forum in forums
    ]


def title(line: ForumLine, reader: Reader) -> str:
    """Return what a forum is called."""
    return reader.shown(line.forum.title).text or line.forum.slug


def _due(line: ForumLine, _reader: Reader) -> Any:
    due = line.forum.due_at
    if due is not None and due < clock.now() and line.forum.state in WITH_INSTITUTION:
        return Chip(_("Overdue"), "seal")
    return due


def _sessions(line: ForumLine, _reader: Reader) -> str:
    return f"{line.placed} / {line.sessions}" if line.sessions else ""


def _by_state(rows: QuerySet[Any], value: str, _reader: Reader) -> QuerySet[Any]:
    return rows.filter(state__in=WITH_INSTITUTION if value == DRAFTING else [value])


def _states(_reader: Reader) -> Iterable[Option]:
    yield Option(DRAFTING, _("With the institution"))
    for value, label in ForumState.choices:
        yield Option(value, label)


def _organisers(reader: Reader) -> list[Option]:
    """Return the institutions of the reader's forums."""
    mine = within(reader.actor, Forum.objects.filter(edition=reader.edition))
    found = (
        ForumOrganiser.objects.filter(forum__in=mine.values("pk"))
        .order_by()
        .values_list("organisation_id", "organisation__name")
        .distinct()
    )
    options = {pk: reader.shown(name).text for pk, name in found}
    return [
        Option(str(pk), name)
        for pk, name in sorted(options.items(), key=lambda item: collation_key(item[1], reader.lang))
    ]


COLUMNS = (
    Column(
        key="title",
        label=_("Title"),
        value=lambda line, _reader: line.forum.title or line.forum.slug,
        link=lambda line, reader: record_url("forum_edit", reader, line.forum.slug),
        sort=by_text("title", collation_key),
    ),
    Column(
        key="gaps",
        label=pgettext_lazy("languages", "Missing"),
        value=lambda line, reader: gaps(line.forum.title, reader),
    ),
    Column(
        key="kind", label=_("Kind"), value=lambda line, _reader: line.forum.get_kind_display(), sort="kind"
    ),
    Column(
        key="organisers", label=_("Institutions"), is_wide=True, value=lambda line, _reader: line.organisers
    ),
    Column(key="state", label=_("State"), value=lambda line, _reader: forum_state(line.forum), sort="state"),
    Column(
        key="corrections",
        label=_("Open corrections"),
        value=lambda line, _reader: line.corrections or None,
        is_number=True,
        is_hidden=True,
    ),
    Column(key="due", label=_("Own deadline"), value=_due, sort="due_at"),
    Column(key="sessions", label=_("Sessions scheduled"), value=_sessions, is_number=True),
    Column(
        key="topic",
        label=_("Topic"),
        value=lambda line, _reader: line.forum.topic.name if line.forum.topic else None,
        sort=by_text("topic__name", collation_key),
        is_hidden=True,
    ),
    Column(
        key="seats",
        label=_("Seats"),
        value=lambda line, _reader: line.forum.seats,
        sort="seats",
        is_number=True,
    ),
    Column(
        key="public",
        label=_("Public"),
        value=lambda line, _reader: line.forum.is_public,
        sort="is_public",
        is_hidden=True,
    ),
    Column(
        key="position",
        label=_("Position"),
        value=lambda line, _reader: line.forum.position,
        sort="position",
        is_number=True,
        is_hidden=True,
    ),
)

FILTERS = (
    search("title", "slug", "organisers__organisation__name", label=_("Title or institution")),
    Filter(key="state", label=_("State"), options=_states, narrow=_by_state),
    choice("kind", _("Kind"), "kind", ForumKind),
    Filter(
        key="organiser",
        label=_("Institution"),
        options=_organisers,
        narrow=lambda rows, value, _reader: rows.filter(
            pk__in=ForumOrganiser.objects.filter(organisation=int(value)).values("forum")
        ),
    ),
    text_filter("title", "text", _("Title")),
    text_filter("abstract", "abstract", _("Abstract")),
    yes_no(
        "corrected",
        _("Open corrections"),
        lambda _reader: Q(pk__in=Correction.objects.filter(acknowledged_at=None).values("forum")),
    ),
    yes_no(
        OVERDUE,
        _("Overdue"),
        lambda _reader: Q(due_at__lt=clock.now(), state__in=WITH_INSTITUTION, due_at__isnull=False),
    ),
    yes_no("public", _("Public"), lambda _reader: Q(is_public=True)),
)


def _new(reader: Reader) -> tuple[str, str] | None:
    if not policy_for(Forum).may(reader.actor, "create", Forum(edition=reader.edition)):
        return None
    return reverse("programme_console:forum_new", args=[reader.edition.slug]), str(_("New forum"))


FORUMS = ListSpec(
    key="programme.forums",
    route="programme_console:forums",
    nav="console-forums",
    title=_("Forums"),
    head=_new,
    rows=rows,
    lines=lines,
    label=title,
    columns=COLUMNS,
    filters=FILTERS,
    order="position",
    actions=FORUM_CHANGES,
    empty=Empty(
        title=_("No forums yet"),
        text=_(
            "Create the first, or import a schedule. Co-organisers see here the forums that they were given."
        ),
        step=_new,
    ),
)
