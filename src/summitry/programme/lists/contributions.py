"""The list of contributions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from summitry.directory.queries.names import names_of
from summitry.directory.queries.sorting import collation_key
from summitry.foundation import clock
from summitry.foundation.access import within
from summitry.foundation.lists import (
    Chip,
    Column,
    Empty,
    ListSpec,
    Reader,
    by_text,
    choice,
    related,
    search,
    yes_no,
)
from summitry.programme.enums import PUBLIC_ROLES, ContributionKind
from summitry.programme.lists.changes import CONTRIBUTION_CHANGES
from summitry.programme.lists.options import (
    Place,
    draft_slots,
    forum_options,
    gaps,
    of_draft,
    places_of,
    record_url,
    text_filter,
)
from summitry.programme.models import Appearance, Contribution, Material

HEAVY = (
    "abstract",
    "session__abstract",
    "session__subtitle",
    "session__external",
    "session__forum__abstract",
    "session__forum__remarks",
)
"""What no column shows; pages of text for each row."""


@dataclass(frozen=True, slots=True)
class ContributionLine:
    """A contribution with its session's place in the draft, who speaks, and whether a file was handed in."""

    contribution: Contribution
    place: Place | None
    people: tuple[str, ...]
    has_material: bool


def rows(reader: Reader) -> QuerySet[Contribution]:
    """Return the contributions that the reader works on."""
    start = draft_slots(reader).filter(session=OuterRef("session")).values("starts_at")
    mine = within(reader.actor, Contribution.objects.filter(session__edition=reader.edition))
    return mine.select_related("session__forum").defer(*HEAVY).annotate(starts_at=Subquery(start))


def lines(contributions: Sequence[Contribution], reader: Reader) -> list[ContributionLine]:
    """Return the lines of these contributions, with four statements for all."""
    ids = [row.pk for row in contributions]
    places = places_of(reader, [row.session_id for row in contributions])
    parts = Appearance.objects.filter(contribution__in=ids, role__in=PUBLIC_ROLES)
    pairs = list(parts.values_list("contribution_id", "person_id"))
    names = names_of({person for _contribution, person in pairs})
    people: dict[int, list[str]] = defaultdict(list)
    for contribution_id, person_id in pairs:
        if contribution_id is not None:
            people[contribution_id].append(names.shown(person_id, reader.lang, reader.edition.fallback).text)
    files = set(Material.objects.filter(contribution__in=ids).values_list("contribution_id", flat=True))
    return [
        ContributionLine(row, places.get(row.session_id), tuple(people[row.pk]), row.pk in files)
        for row in contributions
    ]


def title(line: ContributionLine, reader: Reader) -> str:
    """Return what a contribution is called."""
    return reader.shown(line.contribution.title).text or str(line.contribution.pk)


def spellings(rows: QuerySet[Any]) -> Iterator[tuple[int, str]]:
    """Yield every public spelling of who speaks in each row; passports stay out."""
    parts = Appearance.objects.filter(contribution__in=rows.order_by().values("pk"), role__in=PUBLIC_ROLES)
    pairs = list(parts.order_by().values_list("contribution_id", "person_id"))
    names = names_of({person for _pk, person in pairs})
    for pk, person in pairs:
        for spelling in names.spellings(person) if pk is not None else ():
            yield pk, spelling


def _embargo(line: ContributionLine, _reader: Reader) -> Any:
    return line.contribution.embargo_until


def _peopled(_reader: Reader) -> Q:
    return Q(
        pk__in=Appearance.objects.filter(role__in=PUBLIC_ROLES, contribution__isnull=False).values(
            "contribution"
        )
    )


COLUMNS = (
    Column(
        key="title",
        label=_("Title"),
        value=lambda line, _reader: line.contribution.title,
        link=lambda line, reader: record_url("contribution_edit", reader, line.contribution.pk),
        sort=by_text("title", collation_key),
    ),
    Column(
        key="gaps",
        label=pgettext_lazy("languages", "Missing"),
        value=lambda line, reader: gaps(line.contribution.title, reader),
    ),
    Column(
        key="kind",
        label=_("Kind"),
        value=lambda line, _reader: line.contribution.get_kind_display(),
        sort="kind",
    ),
    Column(key="people", label=_("Speakers"), is_wide=True, value=lambda line, _reader: line.people),
    Column(
        key="session",
        label=_("Session"),
        is_wide=True,
        value=lambda line, _reader: line.contribution.session.title,
        link=lambda line, reader: record_url("session_edit", reader, line.contribution.session.code),
        sort=by_text("session__title", collation_key),
    ),
    Column(
        key="forum",
        label=_("Forum"),
        is_wide=True,
        value=lambda line, _reader: line.contribution.session.forum.title,
        sort=by_text("session__forum__title", collation_key),
    ),
    Column(
        key="when",
        label=_("Session begins"),
        value=lambda line, _reader: line.place.starts_at if line.place else None,
        sort="starts_at",
    ),
    Column(
        key="room",
        label=_("Room"),
        value=lambda line, _reader: line.place.room if line.place else None,
        is_hidden=True,
    ),
    Column(
        key="minutes",
        label=_("Minutes"),
        value=lambda line, _reader: line.contribution.minutes,
        sort="minutes",
        is_number=True,
    ),
    Column(
        key="material",
        label=_("Files"),
        value=lambda line, _reader: Chip(_("Handed in"), "jade") if line.has_material else None,
    ),
    Column(
        key="embargo", label=_("Under embargo until"), value=_embargo, sort="embargo_until", is_hidden=True
    ),
)

FILTERS = (
    search(
        "title",
        "session__title",
        "session__code",
        label=_("Title, session or person"),
        further=spellings,
    ),
    related("forum", _("Forum"), "session__forum__slug", forum_options),
    choice("kind", _("Kind"), "kind", ContributionKind),
    *of_draft("session"),
    text_filter("title", "text", _("Title")),
    text_filter("abstract", "abstract", _("Abstract")),
    yes_no("peopled", _("Speakers"), _peopled, _("Somebody speaks"), _("Nobody speaks yet")),
    yes_no(
        "material",
        _("Files"),
        lambda _reader: Q(pk__in=Material.objects.filter(contribution__isnull=False).values("contribution")),
        _("Handed in"),
        pgettext_lazy("files", "Missing"),
    ),
    yes_no("embargo", _("Under embargo"), lambda _reader: Q(embargo_until__gt=clock.now())),
    yes_no("timed", _("Length"), lambda _reader: Q(minutes__isnull=False), _("Set"), _("Not set")),
)


def _first_step(reader: Reader) -> tuple[str, str]:
    return reverse("programme_console:sessions", args=[reader.edition.slug]), str(_("To the sessions"))


CONTRIBUTIONS = ListSpec(
    key="programme.contributions",
    route="programme_console:contributions",
    nav="console-contributions",
    title=_("Contributions"),
    rows=rows,
    lines=lines,
    label=title,
    columns=COLUMNS,
    filters=FILTERS,
    order="when",
    actions=CONTRIBUTION_CHANGES,
    empty=Empty(
        title=_("No contributions yet"),
        text=_("Open a session and add the speeches, panels and dialogues in it."),
        step=_first_step,
    ),
)
