"""Those who answer for forums: their chairs, and the co-organisers' people who edit them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext_lazy, override

from summitry.editions.models import Edition
from summitry.foundation.access import Actor, within
from summitry.foundation.i18n import formats
from summitry.mailing.audiences import Audience, Filter, Placeholder, Question, Recipient
from summitry.mailing.queries.people import holders, person_recipient
from summitry.programme.audiences.choices import forum_choices, kind_choices
from summitry.programme.enums import ForumState
from summitry.programme.models import Forum
from summitry.programme.permissions import FORUM_EDITOR

CHAIR, EDITOR, UNSIGNED = "chair", "editor", "unsigned"
UNSIGNED_STATES = frozenset({ForumState.DRAFT, ForumState.SUBMITTED, ForumState.RETURNED})
WHO = ((CHAIR, gettext_lazy("Chairs")), (EDITOR, gettext_lazy("Editors at the co-organisers")))


def find(question: Question) -> Iterator[Recipient]:
    """Yield chairs and editors of the forums that fit, each once with all of them."""
    edition = question.edition
    forums = _forums(question)
    who = question.among("who") or {CHAIR, EDITOR}
    people: dict[str, tuple[Recipient, list[Forum]]] = {}

    def add(recipient: Recipient, forum: Forum) -> None:
        key = str(recipient.person_id or recipient.address)
        people.setdefault(key, (recipient, []))[1].append(forum)

    editors = holders({FORUM_EDITOR.code}, "forum", [forum.pk for forum in forums]) if EDITOR in who else {}
    for forum in forums:
        if CHAIR in who and forum.chair is not None:
            add(person_recipient(forum.chair), forum)
        for recipient in editors.get(forum.pk, ()):
            add(recipient, forum)
    for recipient, theirs in people.values():
        yield _told(recipient, theirs, edition)


def _forums(question: Question) -> list[Forum]:
    rows = within(question.actor, Forum.objects.filter(edition=question.edition))
    if chosen := question.among("forum"):
        rows = rows.filter(pk__in=chosen)
    if kinds := question.among("kind"):
        rows = rows.filter(kind__in=kinds)
    if states := question.among("state"):
        wanted = set(states - {UNSIGNED}) | (set(UNSIGNED_STATES) if UNSIGNED in states else set())
        rows = rows.filter(state__in=wanted)
    return list(rows.select_related("chair__account"))


def _told(recipient: Recipient, forums: list[Forum], edition: Edition) -> Recipient:
    def titles(lang: str) -> str:
        return formats.listing([forum.title.shown(lang, edition.fallback).text for forum in forums], lang)

    def lines(lang: str) -> tuple[str, ...]:
        with override(lang):
            return tuple(
                f"{forum.title.shown(lang, edition.fallback)} ({forum.get_state_display()})"
                for forum in forums
            )

    return replace(recipient, reason=titles, context={"forums": titles, "forum_states": lines})


def _open_to(actor: Actor, edition: Edition) -> bool:
    return within(actor, Forum.objects.filter(edition=edition)).exists()


FORUMS = Audience(
    key="forums",
    label=gettext_lazy("Forum contacts"),
    summary=gettext_lazy("Who answers for a forum: its chair, and the co-organisers’ people who edit it."),
    filters=(
        Filter("who", gettext_lazy("Who"), lambda _question: WHO),
        Filter(
            "state",
            gettext_lazy("State of the forum"),
            lambda _question: [(UNSIGNED, gettext_lazy("Not signed off yet")), *ForumState.choices],
        ),
        Filter("kind", gettext_lazy("Kind of forum"), kind_choices),
        Filter("forum", gettext_lazy("Forum"), forum_choices),
    ),
    find=find,
    placeholders=(
        Placeholder("forums", gettext_lazy("The titles of their forums")),
        Placeholder("forum_states", gettext_lazy("Their forums with states, one line each")),
    ),
    open_to=_open_to,
)
