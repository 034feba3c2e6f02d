"""The list of guests: who comes as what, with whom and how, how far each has come, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.directory.models import Entity
from summitry.directory.queries.affiliations import Post, posts_on
from summitry.directory.queries.entities import EntityNames
from summitry.directory.queries.names import names_of
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
from summitry.guests.enums import EXAMINED, GONE, Attendance, Source
from summitry.guests.lists.guest_changes import CHANGES
from summitry.guests.models import Category, Delegation, Guest
from summitry.guests.queries.guest_search import by_name, spellings
from summitry.guests.queries.outside import (
    SeenState,
    codes_seen,
    in_state,
    is_inside,
    seen_state,
    state_choices,
)
from summitry.guests.queries.owed import OWED, gaps_of
from summitry.guests.queries.questions import form_of

NAV = "console-guests"


@dataclass(frozen=True, slots=True)
class GuestLine:
    """A guest with where she stands, her name and post for this reader, what she represents, and how many answers are missing."""

    guest: Guest
    state: SeenState
    name: Shown
    post: Post | None
    entity: Shown | None
    missing: int


def rows(reader: Reader) -> QuerySet[Guest]:
    """Return the guests that the reader works on."""
    mine = within(reader.actor, Guest.objects.filter(edition=reader.edition))
    return mine.select_related("person", "category", "delegation").defer("person__biography")


def lines(guests: Sequence[Guest], reader: Reader) -> list[GuestLine]:
    """Return the lines of these guests, with seven statements for all."""
    people = [guest.person_id for guest in guests]
    chain = reader.edition.fallback
    names, posts = names_of(people), posts_on(people, reader.edition.starts_on)
    entities = EntityNames(reader.edition.naming_profile_id, reader.lang, chain)
    inside = is_inside(reader.actor, reader.edition)
    gaps = gaps_of(Guest.objects.filter(pk__in=[guest.pk for guest in guests]), form_of(reader.edition.pk))
    return [
        GuestLine(
            guest,
            seen_state(guest, inside=inside),
            names.shown(guest.person_id, reader.lang, chain),
            posts[guest.person_id][0] if posts.get(guest.person_id) else None,
            entities.short(entity) if (entity := entity_of(guest)) else None,
            0 if guest.state in GONE else len(gaps[guest.pk]),
        )
        for guest in guests
    ]


def entity_of(guest: Guest) -> int | None:
    """Return the id of what a guest represents: her delegation's, else her own."""
    return (guest.delegation.entity_id if guest.delegation else None) or guest.person.entity_id


def record_url(line: GuestLine, reader: Reader) -> str:
    """Return the address of a guest's record."""
    return reverse("guests:guest", args=[reader.edition.slug, line.guest.pk])


def category_options(reader: Reader) -> list[Option]:
    """Return the edition's categories, in their order."""
    found = Category.objects.filter(edition=reader.edition).values_list("slug", "name")
    return [Option(slug, reader.shown(name).text or slug) for slug, name in found]


def delegation_options(reader: Reader) -> list[Option]:
    """Return the delegations that the reader works on, in the order of her language."""
    mine = within(reader.actor, Delegation.objects.filter(edition=reader.edition))
    options = [
        Option(slug, reader.shown(name).text or slug) for slug, name in mine.values_list("slug", "name")
    ]
    return [
        *sorted(options, key=lambda option: collation_key(str(option.label), reader.lang)),
        Option("-", _("None")),
    ]


def entity_options(reader: Reader) -> list[Option]:
    """Return the countries and regions of the reader's guests, in the order of her language."""
    pairs = within(reader.actor, Guest.objects.filter(edition=reader.edition)).order_by()
    ids = {
        pk
        for pair in pairs.values_list("delegation__entity", "person__entity").distinct()
        for pk in pair
        if pk
    }
    names = EntityNames(reader.edition.naming_profile_id, reader.lang, reader.edition.fallback)
    found = names.in_order(Entity.objects.filter(pk__in=ids))
    return [Option(entity.code, names.short(entity).text) for entity in found]


def _of_delegation(found: QuerySet[Any], value: str, _reader: Reader) -> QuerySet[Any]:
    return found.filter(delegation=None) if value == "-" else found.filter(delegation__slug=value)


def _of_entity(found: QuerySet[Any], value: str, _reader: Reader) -> QuerySet[Any]:
    own = Q(person__entity__code=value) & (Q(delegation=None) | Q(delegation__entity=None))
    return found.filter(Q(delegation__entity__code=value) | own)


def _state(line: GuestLine, _reader: Reader) -> Chip:
    return Chip(line.state.words, line.state.tone)


def _by_state(found: QuerySet[Any], reader: Reader) -> dict[int, Any]:
    return codes_seen(found, inside=is_inside(reader.actor, reader.edition))


def _by_since(found: QuerySet[Any], reader: Reader) -> dict[int, Any]:
    inside = is_inside(reader.actor, reader.edition)
    rows = found.order_by().values_list("pk", "state", "state_since")
    return {pk: None if state in EXAMINED and not inside else since for pk, state, since in rows}


def _state_options(reader: Reader) -> list[Option]:
    choices = state_choices(inside=is_inside(reader.actor, reader.edition))
    return [Option(value, label) for value, label in choices]


def _in_state(found: QuerySet[Any], value: str, reader: Reader) -> QuerySet[Any]:
    return in_state(found, value, inside=is_inside(reader.actor, reader.edition))


def _owing(found: QuerySet[Any], value: str, reader: Reader) -> QuerySet[Any]:
    owing = OWED[value](found, reader.edition.pk)
    hides = value == "overdue" and not is_inside(reader.actor, reader.edition)
    return owing.exclude(state__in=EXAMINED) if hides else owing


def _post(line: GuestLine, reader: Reader) -> Any:
    if line.post is None:
        return None
    return [words.text for text in (line.post.title, line.post.organisation) if (words := reader.shown(text))]


OWED_LABELS = {
    "photo": gettext_lazy("Photo"),
    "answers": gettext_lazy("Answers"),
    "address": gettext_lazy("E-mail address"),
    "overdue": gettext_lazy("Overdue"),
}
COLUMNS = (
    Column(
        key="name",
        label=gettext_lazy("Name"),
        value=lambda line, _r: line.name,
        link=record_url,
        sort=by_name,
    ),
    Column(key="post", label=gettext_lazy("Post"), value=_post, is_wide=True),
    Column(key="state", label=gettext_lazy("State"), value=_state, sort=_by_state),
    Column(
        key="category",
        label=gettext_lazy("Category"),
        value=lambda line, _r: line.guest.category.name,
        sort="category__position",
    ),
    Column(
        key="missing",
        label=gettext_lazy("Missing"),
        value=lambda line, _r: line.missing or None,
        is_number=True,
    ),
    Column(
        key="entity",
        label=gettext_lazy("Country or region"),
        value=lambda line, _r: line.entity,
    ),
    Column(
        key="delegation",
        label=gettext_lazy("Delegation"),
        value=lambda line, _r: line.guest.delegation.name if line.guest.delegation else None,
        sort=by_text("delegation__name", collation_key),
        is_wide=True,
    ),
    Column(
        key="attendance",
        label=gettext_lazy("Takes part"),
        value=lambda line, _r: line.guest.get_attendance_display(),
        sort="attendance",
    ),
    Column(
        key="since",
        label=gettext_lazy("Since"),
        value=lambda line, _r: line.state.since,
        sort=_by_since,
    ),
    Column(key="due", label=gettext_lazy("Due"), value=lambda line, _r: line.state.due, is_hidden=True),
    Column(
        key="source",
        label=gettext_lazy("Came by"),
        value=lambda line, _r: line.guest.get_source_display(),
        sort="source",
        is_hidden=True,
    ),
    Column(
        key="deskword",
        label=gettext_lazy("For the desk"),
        value=lambda line, _r: line.guest.deskword,
        is_wide=True,
        is_hidden=True,
    ),
    Column(
        key="seen",
        label=gettext_lazy("Page opened"),
        value=lambda line, _r: line.guest.seen_at,
        sort="seen_at",
        is_hidden=True,
    ),
)
FILTERS = (
    search(
        "delegation__name",
        "badge_name",
        "badge_second_name",
        "badge_line",
        label=gettext_lazy("Name or organisation"),
        further=spellings,
    ),
    Filter(key="state", label=gettext_lazy("State"), options=_state_options, narrow=_in_state),
    related("category", gettext_lazy("Category"), "category__slug", category_options),
    Filter(
        key="delegation", label=gettext_lazy("Delegation"), options=delegation_options, narrow=_of_delegation
    ),
    Filter(key="entity", label=gettext_lazy("Country or region"), options=entity_options, narrow=_of_entity),
    choice("attendance", gettext_lazy("Takes part"), "attendance", Attendance),
    Filter(
        key="missing",
        label=gettext_lazy("Missing"),
        options=lambda _reader: [Option(key, label) for key, label in OWED_LABELS.items()],
        narrow=_owing,
    ),
    choice("source", gettext_lazy("Came by"), "source", Source),
)


def _new(reader: Reader) -> tuple[str, str] | None:
    if not policy_for(Guest).may(reader.actor, "nominate", Guest(edition=reader.edition)):
        return None
    return reverse("guests:invite", args=[reader.edition.slug]), str(_("Invite a person"))


GUESTS = ListSpec(
    key="guests.guests",
    route="guests:guests",
    nav=NAV,
    title=gettext_lazy("Guests"),
    lead=gettext_lazy("One line for each person of this edition, from the invitation to the accreditation."),
    rows=rows,
    lines=lines,
    label=lambda line, _reader: line.name.text,
    columns=COLUMNS,
    filters=FILTERS,
    order="name",
    actions=CHANGES,
    head=_new,
    empty=Empty(
        title=gettext_lazy("No guests yet"),
        text=gettext_lazy("Invite people, let delegations nominate them, or bring a list."),
        step=_new,
    ),
)
