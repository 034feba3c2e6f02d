"""What guests are told by letter of what was decided about them. Reasons stay inside; of screening nothing is ever said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from django.utils import translation
from django.utils.translation import gettext as _

from summitry.editions.models import Edition
from summitry.foundation.access import Actor
from summitry.foundation.mail import Message, Value
from summitry.guests.enums import DecisionKind, GuestState
from summitry.guests.models import Guest
from summitry.guests.permissions import FOCAL_POINT
from summitry.guests.queries.addresses import cockpit_address
from summitry.guests.queries.guest_links import page_address
from summitry.mailing.actions.notices import preview_notice
from summitry.mailing.audiences import Fact
from summitry.mailing.models import Mailing
from summitry.mailing.notices import (
    NoticeKey,
    Recipient,
    holders,
    person_recipient,
    post_notice,
)

LETTERS: Mapping[str, NoticeKey] = {
    DecisionKind.APPROVE: NoticeKey.GUEST_APPROVED,
    DecisionKind.REFUSE: NoticeKey.GUEST_REFUSED,
    DecisionKind.ASK: NoticeKey.GUEST_ASKED,
    DecisionKind.REVOKE: NoticeKey.GUEST_REVOKED,
    DecisionKind.ADMIT: NoticeKey.REGISTRATION_PLACE,
}


def tell_of_decision(guests: Sequence[Guest], kind: str, told: str, *, by: Actor) -> Mailing | None:
    """Write to guests of one edition what was decided about them, in the caller's transaction; most decisions tell nothing.

    Whoever has no address of her own is told through the focal points of her delegation.
    """
    key = LETTERS.get(kind)
    if key is None or not guests:
        return None
    facts: dict[str, Fact] = {"told": lambda _lang: _lines(told)}
    edition = guests[0].edition
    return post_notice(edition, key, recipients_for(edition, guests), facts, by=by)


def preview_of(guests: Sequence[Guest], kind: str, told: str) -> tuple[Message | None, int]:
    """Return the first letter as it would be read, and how many would be written."""
    key = LETTERS.get(kind)
    recipients = (
        [one for one in recipients_for(guests[0].edition, guests) if one.address] if key and guests else []
    )
    if key is None or not recipients:
        return None, 0
    facts: dict[str, Fact] = {"told": lambda _lang: _lines(told)}
    return preview_notice(guests[0].edition, key, recipients[0], facts), len(recipients)


def recipients_for(edition: Edition, guests: Sequence[Guest]) -> list[Recipient]:
    """Return whom letters about these guests go to, each with the link that is meant for her."""
    found: list[Recipient] = []
    through: dict[int, list[Guest]] = defaultdict(list)
    for guest in guests:
        one = person_recipient(guest.person, language=guest.language, context=_facts(guest))
        if one.address or guest.delegation_id is None:
            found.append(one)
        else:
            through[guest.delegation_id].append(guest)
    points = holders({FOCAL_POINT.code}, "delegation", through) if through else {}
    for delegation, absent in through.items():
        found += [_through(point, guest) for guest in absent for point in points.get(delegation, ())]
    return found


def _facts(guest: Guest) -> dict[str, Fact]:
    link: Fact = lambda lang: page_address(guest, lang)  # noqa: E731 - a fact, beside the others
    return {"next": _next(guest), "category": guest.category.name, "link": link}


def _through(point: Recipient, guest: Guest) -> Recipient:
    """Return a focal point who is told about a guest: she reads whom it is about, and works in the console."""
    delegation = guest.delegation
    context: dict[str, Fact] = {"next": _next(guest), "category": guest.category.name}
    if delegation is not None:
        context["link"] = lambda lang: cockpit_address(delegation, lang)
    name = f"{point.name} ({guest.person})"
    return Recipient(None, name, point.address, point.language, "", context)


def _next(guest: Guest) -> Callable[[str], Value]:
    def sentence(lang: str) -> Value:
        with translation.override(lang):
            if guest.state == GuestState.APPROVED:
                return _("Please confirm on your page that you will come.")
            return _("Nothing more is needed from you.")

    return sentence


def _lines(told: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in told.splitlines() if line.strip())
