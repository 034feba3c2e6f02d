"""People who accredit, and applications in the state in which a test needs them."""

from __future__ import annotations

from typing import Any

from summitry.editions.models import Edition
from summitry.editions.permissions import PARTNER
from summitry.foundation.access import Actor, Scope
from summitry.foundation.grants import grant_role
from summitry.foundation.models import Account
from summitry.guests.actions.moving import move
from summitry.guests.enums import GuestState
from summitry.guests.models import Category, Guest
from summitry.guests.permissions import ACCREDITATION
from tests.directory.make import make_account, make_person, name
from tests.guests.make import SYSTEM, make_category, make_guest


def make_officer(edition: Edition, who: str = "officer", role: str = ACCREDITATION.code) -> Account:
    """Make somebody who accredits for an edition, and may sign in."""
    account = make_account(f"{who}@example.org")
    for code in (role, PARTNER.code):
        grant_role(account, code, Scope("edition", edition.pk), by=SYSTEM)
    return account


def officer(edition: Edition, who: str = "officer", role: str = ACCREDITATION.code) -> Actor:
    """Return such a person as an actor."""
    return make_officer(edition, who, role).actor()


def make_applicant(
    edition: Edition,
    state: str = GuestState.SUBMITTED,
    category: Category | None = None,
    who: str = "",
    **facts: Any,
) -> Guest:
    """Make a guest whose application is in `state`, by the steps that lead there."""
    person = make_person(
        name("display", "en", who or "Ada Guest"), email=facts.pop("email", "ada@example.org")
    )
    category = category or make_category(edition)
    guest = make_guest(edition, category, person, **facts)
    for step in WAYS[GuestState(state)]:
        guest = fresh(guest)
        if guest.state != step:  # her category may have no such step
            move(guest, step, by=SYSTEM)
    return fresh(guest)


def fresh(guest: Guest) -> Guest:
    """Return the guest as she is now."""
    return Guest.objects.select_related("category", "edition", "person", "delegation").get(pk=guest.pk)


G = GuestState
TO_DECIDING = (G.SUBMITTED, G.DECIDING)
WAYS: dict[GuestState, tuple[GuestState, ...]] = {
    G.INVITED: (),
    G.APPLYING: (G.APPLYING,),
    G.SUBMITTED: (G.SUBMITTED,),
    G.SCREENING: (G.SUBMITTED, G.SCREENING),
    G.DECIDING: TO_DECIDING,
    G.ON_HOLD: (*TO_DECIDING, G.ON_HOLD),
    G.APPROVED: (*TO_DECIDING, G.APPROVED),
    G.CONFIRMED: (*TO_DECIDING, G.CONFIRMED),
    G.REFUSED: (*TO_DECIDING, G.REFUSED),
}
