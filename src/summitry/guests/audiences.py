"""Guests as people who can be written to: by how far they are, as what and with whom they come, and what they answered.

Whoever does not come is written to only where that is asked for: a letter to somebody who was refused or has withdrawn is a
matter of choice, never of forgetting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_lazy

from summitry.directory.queries.entities import EntityNames
from summitry.editions.models import Edition
from summitry.foundation.access import Actor, policy_for, within
from summitry.foundation.i18n import Text
from summitry.guests.enums import GONE, Attendance, GuestState, InvitationState, Source
from summitry.guests.models import Category, Delegation, Guest
from summitry.guests.queries.guest_links import page_address
from summitry.mailing.audiences import (
    Audience,
    Choices,
    Filter,
    Placeholder,
    Question,
    Recipient,
    register_audience,
)
from summitry.mailing.queries.people import person_recipient
from summitry.mailing.queries.writing import interface_language

NOT_INVITED = "none"
LOOKUPS = {
    "category": "category__slug__in",
    "delegation": "delegation__slug__in",
    "entity": "person__entity__code__in",
    "attendance": "attendance__in",
    "source": "source__in",
}


def find(question: Question) -> Iterator[Recipient]:
    """Yield the guests that fit (one query for all)."""
    rows = _guests(question)
    for key, lookup in LOOKUPS.items():
        if chosen := question.among(key):
            rows = rows.filter(**{lookup: chosen})
    states, invitations = question.among("state"), question.among("invitation")
    if states:
        rows = rows.filter(state__in=states)
    elif not invitations:
        rows = rows.exclude(state__in=GONE)
    if invitations:
        asked = rows.filter(invitation__state__in=invitations)
        rows = asked | rows.filter(invitation=None) if NOT_INVITED in invitations else asked
    related = ("edition", "category", "delegation", "person__account")
    for guest in rows.select_related(*related).order_by("pk"):
        yield recipient_of(guest)


def recipient_of(guest: Guest) -> Recipient:
    """Return a guest as somebody to write to, with what letters to guests may say."""

    def page(lang: str) -> str:
        return page_address(guest, interface_language(lang))

    def invitation(lang: str) -> str:
        return page_address(guest, interface_language(lang), "guest:invitation")

    return person_recipient(
        guest.person,
        language=guest.language,
        reason=guest.category.name,
        context={
            "category": guest.category.name,
            "delegation": guest.delegation.name if guest.delegation else "",
            "page": page,
            "invitation": invitation,
        },
    )


def _guests(question: Question) -> QuerySet[Guest]:
    return within(question.actor, Guest.objects.filter(edition=question.edition))


def _category_choices(question: Question) -> Choices:
    rows = Category.objects.filter(edition=question.edition)
    return [(row.slug, _shown(row, question.edition)) for row in rows]


def _delegation_choices(question: Question) -> Choices:
    rows = within(question.actor, Delegation.objects.filter(edition=question.edition))
    return sorted(((row.slug, _shown(row, question.edition)) for row in rows), key=lambda pair: pair[1])


def _entity_choices(question: Question) -> Choices:
    edition = question.edition
    rows = _guests(question).exclude(person__entity=None).order_by()
    found = dict(rows.values_list("person__entity__code", "person__entity_id").distinct())
    names = EntityNames(edition.naming_profile_id, get_language() or "en", edition.fallback)
    codes = sorted(found, key=lambda code: names.sort_key(found[code]))
    return [(code, names.short(found[code]).text or code) for code in codes]


def _invitation_choices(_question: Question) -> Choices:
    return [*InvitationState.choices, (NOT_INVITED, gettext_lazy("Without an invitation"))]


def _shown(row: Category | Delegation, edition: Edition) -> str:
    name: Text = row.name
    return name.shown(get_language() or "en", edition.fallback).text


def _open_to(actor: Actor, edition: Edition) -> bool:
    return policy_for(Guest).may(actor, "send", Guest(edition=edition))


def _filters() -> Iterable[Filter]:
    yield Filter("state", gettext_lazy("How far they are"), lambda _question: GuestState.choices)
    yield Filter("category", gettext_lazy("Category"), _category_choices)
    yield Filter("delegation", gettext_lazy("Delegation"), _delegation_choices)
    yield Filter("entity", gettext_lazy("Country or region"), _entity_choices)
    yield Filter("attendance", gettext_lazy("How they take part"), lambda _question: Attendance.choices)
    yield Filter("invitation", gettext_lazy("Their invitation"), _invitation_choices)
    yield Filter("source", gettext_lazy("How they came into the list"), lambda _question: Source.choices)


GUESTS = Audience(
    key="guests",
    label=gettext_lazy("Guests"),
    summary=gettext_lazy(
        "Everybody who is invited, nominated or registered and still comes, as far as anybody knows."
    ),
    filters=tuple(_filters()),
    find=find,
    placeholders=(
        Placeholder("category", gettext_lazy("As what the guest comes")),
        Placeholder("delegation", gettext_lazy("The name of the delegation")),
        Placeholder("page", gettext_lazy("The address of the guest’s own page"), is_secret=True),
        Placeholder("invitation", gettext_lazy("The address of the invitation"), is_secret=True),
    ),
    open_to=_open_to,
    is_personal=True,
)


def register() -> None:
    """Let letters be written to guests."""
    register_audience(GUESTS)
