"""The list of who appears: one row for each part of a person in a session or contribution."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from summitry.directory.queries.affiliations import Post, posts_on
from summitry.directory.queries.names import NamesIndex, names_of
from summitry.directory.queries.sorting import collation_key
from summitry.foundation.access import policy_for, within
from summitry.foundation.i18n import Shown
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
    related,
    search,
)
from summitry.programme.actions.speaker import note_travel_listed
from summitry.programme.enums import AppearanceState, Delivery, LinkTest, SpeakerRole
from summitry.programme.lists.changes import APPEARANCE_CHANGES
from summitry.programme.lists.options import (
    Place,
    draft_slots,
    forum_options,
    of_draft,
    places_of,
    record_url,
)
from summitry.programme.models import Appearance, Speaker
from summitry.programme.queries.owed import (
    expected,
    with_proposal,
    with_wish,
    without_answer,
    without_biography,
    without_link_test,
    without_recording,
    without_slides,
)

HEAVY = (
    "person__biography",
    "session__abstract",
    "session__subtitle",
    "session__external",
    "session__forum__abstract",
    "session__forum__remarks",
    "contribution__abstract",
)
ANSWERS = {AppearanceState.CONFIRMED: "jade", AppearanceState.DECLINED: "seal"}
TESTS = {LinkTest.PASSED: "jade", LinkTest.FAILED: "seal"}


@dataclass(frozen=True, slots=True)
class AppearanceLine:
    """An appearance with the person's name for this reader, her post, her record, and the session's place."""

    appearance: Appearance
    name: Shown
    post: Post | None
    place: Place | None
    speaker: Speaker | None


def rows(reader: Reader) -> QuerySet[Appearance]:
    """Return the appearances that the reader works on."""
    start = draft_slots(reader).filter(session=OuterRef("session")).values("starts_at")
    mine = within(reader.actor, Appearance.objects.filter(session__edition=reader.edition))
    return (
        mine.select_related("person", "session__forum", "contribution")
        .defer(*HEAVY)
        .annotate(starts_at=Subquery(start))
    )


def lines(appearances: Sequence[Appearance], reader: Reader) -> list[AppearanceLine]:
    """Return the lines of these appearances, with four statements for all."""
    people = {row.person_id for row in appearances}
    names = names_of(people)
    posts = posts_on(list(people), reader.edition.starts_on)
    places = places_of(reader, [row.session_id for row in appearances])
    records = {
        row.person_id: row for row in Speaker.objects.filter(edition=reader.edition, person__in=people)
    }
    return [
        AppearanceLine(
            row,
            names.shown(row.person_id, reader.lang, reader.edition.fallback),
            posts[row.person_id][0] if posts.get(row.person_id) else None,
            places.get(row.session_id),
            records.get(row.person_id),
        )
        for row in appearances
    ]


def name(line: AppearanceLine, reader: Reader) -> str:
    """Return whose part it is, and in what."""
    return f"{line.name.text} – {reader.shown(line.appearance.session.title).text}"


def _by_name(rows: QuerySet[Any], reader: Reader) -> Mapping[int, str]:
    pairs = list(rows.order_by().values_list("pk", "person_id"))
    names: NamesIndex = names_of({person for _pk, person in pairs})
    keys = {
        person: names.sort_key(person, reader.lang, reader.edition.fallback)
        for person in {p for _pk, p in pairs}
    }
    return {pk: keys[person] for pk, person in pairs}


def spellings(rows: QuerySet[Any]) -> Iterator[tuple[int, str]]:
    """Yield every public spelling of each row's person; passports stay out."""
    pairs = list(rows.order_by().values_list("pk", "person_id"))
    names = names_of({person for _pk, person in pairs})
    for pk, person in pairs:
        for spelling in names.spellings(person):
            yield pk, spelling


def _record(line: AppearanceLine, reader: Reader) -> str:
    return record_url("speaker_record", reader, line.speaker.pk) if line.speaker else ""


def _link_test(line: AppearanceLine, _reader: Reader) -> Chip | None:
    if line.appearance.delivery != Delivery.LIVE_LINK:
        return None
    state = line.speaker.link_test if line.speaker else LinkTest.OPEN
    return Chip(LinkTest(state).label, TESTS.get(LinkTest(state), "amber"))


def _fallback(line: AppearanceLine, _reader: Reader) -> Any:
    part = line.appearance
    if part.fallback:
        return part.get_fallback_display()
    return Chip(_("None"), "amber") if part.delivery == Delivery.LIVE_LINK else None


def _tested(rows: QuerySet[Any], value: str, reader: Reader) -> QuerySet[Any]:
    """Narrow live links by their test; nobody who has declined is waited for."""
    if value == "untested":
        return without_link_test(rows)
    record = Speaker.objects.filter(edition=reader.edition, person=OuterRef("person"), link_test=value)
    return expected(rows).filter(Exists(record), delivery=Delivery.LIVE_LINK)


def _without_fallback(rows: QuerySet[Any], value: str, _reader: Reader) -> QuerySet[Any]:
    if value == "none":
        return rows.filter(delivery=Delivery.LIVE_LINK, fallback="").exclude(state=AppearanceState.DECLINED)
    return rows.filter(fallback=value)


OWED: dict[str, tuple[str | Promise, Callable[[QuerySet[Appearance]], QuerySet[Appearance]]]] = {
    "answer": (_("Answer missing"), without_answer),
    "biography": (_("Biography not approved"), without_biography),
    "slides": (_("Slides missing"), without_slides),
    "video": (_("Recording missing"), without_recording),
    "substitute": (_("Substitute to decide about"), with_proposal),
    "wish": (_("Wish to decide about"), with_wish),
}
ON_TRAVEL = {
    "visa": (_("Needs a visa"), "needs_visa"),
    "travel": (_("Needs travel"), "needs_travel"),
}


def _travel_options(reader: Reader) -> list[Option]:
    """Only the direction and the travel desk may ask; to all others there is nothing to choose."""
    may = policy_for(Speaker).may(reader.actor, "travel", Speaker(edition=reader.edition))
    return [Option(key, label) for key, (label, _field) in ON_TRAVEL.items()] if may else []


def _travelling(rows: QuerySet[Any], value: str, reader: Reader) -> QuerySet[Any]:
    """Narrow by what was said of travel; that somebody asked is recorded."""
    note_travel_listed(reader.edition, by=reader.actor)
    said = {ON_TRAVEL[value][1]: True}
    return rows.filter(person__in=Speaker.objects.filter(edition=reader.edition, **said).values("person"))


COLUMNS = (
    Column(key="name", label=_("Name"), value=lambda line, _reader: line.name, link=_record, sort=_by_name),
    Column(
        key="post",
        label=_("Post"),
        is_wide=True,
        value=lambda line, reader: (
            [
                words.text
                for text in (line.post.title, line.post.organisation)
                if (words := reader.shown(text))
            ]
            if line.post
            else None
        ),
    ),
    Column(
        key="role",
        label=_("Role"),
        value=lambda line, _reader: line.appearance.get_role_display(),
        sort="role",
    ),
    Column(
        key="session",
        label=_("Session"),
        is_wide=True,
        value=lambda line, _reader: line.appearance.session.title,
        link=lambda line, reader: record_url("session_edit", reader, line.appearance.session.code),
        sort=by_text("session__title", collation_key),
    ),
    Column(
        key="contribution",
        label=_("Contribution"),
        value=lambda line, _reader: (
            line.appearance.contribution.title if line.appearance.contribution else None
        ),
        is_hidden=True,
    ),
    Column(
        key="forum",
        label=_("Forum"),
        is_wide=True,
        value=lambda line, _reader: line.appearance.session.forum.title,
        sort=by_text("session__forum__title", collation_key),
        is_hidden=True,
    ),
    Column(
        key="when",
        label=_("Session begins"),
        value=lambda line, _reader: line.place.starts_at if line.place else None,
        sort="starts_at",
    ),
    Column(key="room", label=_("Room"), value=lambda line, _reader: line.place.room if line.place else None),
    Column(
        key="delivery",
        label=_("Delivery"),
        value=lambda line, _reader: line.appearance.get_delivery_display(),
        sort="delivery",
    ),
    Column(key="fallback", label=_("Fallback"), value=_fallback, sort="fallback"),
    Column(key="link", label=_("Link test"), value=_link_test),
    Column(
        key="state",
        label=_("Answer"),
        value=lambda line, _reader: Chip(
            line.appearance.get_state_display(), ANSWERS.get(line.appearance.state, "amber")
        ),
        sort="state",
    ),
)

FILTERS = (
    search(
        "session__title",
        label=_("Name or session"),
        further=spellings,
    ),
    related("forum", _("Forum"), "session__forum__slug", forum_options),
    *of_draft("session"),
    choice("role", _("Role"), "role", SpeakerRole),
    choice("delivery", _("Delivery"), "delivery", Delivery),
    choice("state", _("Answer"), "state", AppearanceState),
    Filter(
        key="link",
        label=_("Link test"),
        options=lambda _reader: [
            Option("untested", _("Not passed yet")),
            *(Option(*pair) for pair in LinkTest.choices),
        ],
        narrow=_tested,
    ),
    Filter(
        key="fallback",
        label=_("Fallback"),
        options=lambda _reader: [
            Option("none", _("Live link without one")),
            *(Option(*pair) for pair in Delivery.choices),
        ],
        narrow=_without_fallback,
    ),
    Filter(
        key="due",
        label=_("Still due"),
        options=lambda _reader: [Option(key, label) for key, (label, _narrow) in OWED.items()],
        narrow=lambda rows, value, _reader: OWED[value][1](rows),
    ),
    Filter(key="travel", label=_("Visa and travel"), options=_travel_options, narrow=_travelling),
)


def _first_step(reader: Reader) -> tuple[str, str]:
    return reverse("programme_console:sessions", args=[reader.edition.slug]), str(_("To the sessions"))


SPEAKERS = ListSpec(
    key="programme.speakers",
    route="programme_console:speakers",
    nav="console-speakers",
    title=_("Speakers"),
    lead=_("One line for each part: somebody who chairs one session and speaks in two has three."),
    rows=rows,
    lines=lines,
    label=name,
    columns=COLUMNS,
    filters=FILTERS,
    order="name",
    actions=APPEARANCE_CHANGES,
    empty=Empty(
        title=_("Nobody appears yet"),
        text=_("Open a session and say who chairs it and who speaks."),
        step=_first_step,
    ),
)
