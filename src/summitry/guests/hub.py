"""A guest's "My summit": one next thing, and below it what every room has for her.

Rooms register here what they contribute; the page itself knows none of them. A card says what is to be done next, the
first that has something to say is shown; a section is a part of the page, in the order of their numbers. Whoever works on
this page has opened it by a guest's link, or is signed in as her person.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from summitry.directory.queries.names import display_names
from summitry.editions.models import Edition
from summitry.foundation.access import Actor
from summitry.foundation.i18n import Shown
from summitry.guests.enums import GONE, GuestState, InvitationState
from summitry.guests.models import Guest, Invitation
from summitry.guests.queries.guest_links import RELATED, Opened, page_path
from summitry.guests.queries.standing import due_by, standing

STANDING = 500
"""Where the card of the guest's standing comes; what a room registers before it is shown instead."""


@dataclass(frozen=True, slots=True)
class Card:
    """The next thing: a title and a sentence, where it is done, and by when. `tone` is jade, amber, seal or nothing."""

    title: str
    text: str
    url: str = ""
    label: str = ""
    tone: str = ""
    due_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: a key (its anchor), a heading, and a template that shows `it`, the context. `is_aside` is small."""

    key: str
    title: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    is_aside: bool = False


@dataclass(frozen=True, slots=True)
class Hub:
    """The page of one guest."""

    guest: Guest
    name: Shown
    card: Card
    sections: tuple[Section, ...]

    @property
    def main(self) -> list[Section]:
        """The parts with room for words."""
        return [one for one in self.sections if not one.is_aside]

    @property
    def aside(self) -> list[Section]:
        """The small parts."""
        return [one for one in self.sections if one.is_aside]


CardMaker = Callable[[Opened], Card | None]
SectionMaker = Callable[[Opened], Section | None]
_cards: dict[str, tuple[int, CardMaker]] = {}
_sections: dict[str, tuple[int, SectionMaker]] = {}


def register_card(order: int, make: CardMaker) -> None:
    """Let `make` offer the next thing; below STANDING it goes before the guest's standing. Twice is once."""
    _cards[f"{make.__module__}.{make.__qualname__}"] = (order, make)


def register_section(order: int, make: SectionMaker) -> None:
    """Let `make` contribute a part of the page, or nothing for this guest. Twice is once."""
    _sections[f"{make.__module__}.{make.__qualname__}"] = (order, make)


def hub_of(opened: Opened, but: frozenset[str] = frozenset()) -> Hub:
    """Return the page of a guest in the active language; without the parts `but`, which its reader is shown otherwise."""
    guest, lang = opened.guest, get_language() or "en"
    cards = (make(opened) for _order, make in sorted(_cards.values(), key=lambda pair: pair[0]))
    parts = (make(opened) for _order, make in sorted(_sections.values(), key=lambda pair: pair[0]))
    return Hub(
        guest,
        display_names([guest.person_id], lang, guest.edition.fallback)[guest.person_id],
        next(card for card in cards if card is not None),
        tuple(part for part in parts if part is not None and part.key not in but),
    )


def opened_for(actor: Actor, edition: Edition) -> Opened | None:
    """Return what a signed-in account's own link would open in an edition; None where its person is no guest."""
    if actor.account_id is None:
        return None
    rows = Guest.objects.filter(edition=edition, person__account=actor.account_id)
    guest = rows.select_related(*RELATED).first()
    return None if guest is None else Opened(guest, is_current=True)


def standing_card(opened: Opened) -> Card:
    """How far she has come, and what is hers to do: answer, complete, confirm, come."""
    guest = opened.guest
    how, due = standing(guest), due_by(guest)
    application = page_path(guest, page="guest:application")
    if guest.state in {GuestState.INVITED, GuestState.DECLINED}:
        invitation = Invitation.objects.filter(guest=guest).exclude(state=InvitationState.DRAFT).first()
        if invitation is not None:
            is_open = invitation.state == InvitationState.SENT
            return Card(
                how.title,
                _("Please tell us whether you come.") if is_open else how.text,
                page_path(guest, page="guest:invitation"),
                _("Answer the invitation") if is_open else _("Open the invitation"),
                how.tone,
                invitation.answer_by if is_open else None,
            )
    if guest.state == GuestState.APPROVED:
        return Card(how.title, how.text, application, _("Confirm that I come"), how.tone, due)
    if how.is_hers:
        return Card(how.title, how.text, application, _("Go on to your application"), how.tone, due)
    if guest.state == GuestState.CONFIRMED:
        return Card(how.title, how.text, application, _("See what you told us"), how.tone)
    return Card(how.title, how.text, tone=how.tone)


def participation(opened: Opened) -> Section:
    """As what, with whom and how she comes, and who comes with her."""
    guest = opened.guest
    return Section(
        "participation",
        _("Your participation"),
        "guests/page/participation.html",
        {
            "guest": guest,
            "comes": guest.state not in GONE,
            "application_url": page_path(guest, page="guest:application"),
            "leave_url": page_path(guest, page="guest:leave"),
        },
        is_aside=True,
    )


def companions(opened: Opened) -> Section | None:
    """Who accompanies her, and who still may."""
    guest = opened.guest
    if guest.principal_id is not None or guest.state in GONE or not guest.category.companions:
        return None
    lang = get_language() or "en"
    rows = list(guest.companions.exclude(state__in=GONE).select_related("category").order_by("pk"))
    names = display_names([row.person_id for row in rows], lang, guest.edition.fallback)
    return Section(
        "companions",
        _("Who accompanies you"),
        "guests/page/companions.html",
        {
            "lines": [(names[row.person_id], standing(row)) for row in rows],
            "url": page_path(guest, page="guest:companions"),
            "left": max(0, guest.category.companions - len(rows)),
        },
    )


register_card(STANDING, standing_card)
register_section(300, companions)
register_section(900, participation)
