"""A delegation with places, its focal point, and people to name."""

from __future__ import annotations

from typing import Any

from summitry.directory.actions.person import NewPerson
from summitry.editions.models import Edition
from summitry.foundation.access import Actor
from summitry.foundation.i18n import Text
from summitry.guests.actions.delegation import NewDelegation, create_delegation
from summitry.guests.actions.nomination import Nominee, nominate
from summitry.guests.actions.quota import QuotaGiven, set_quotas
from summitry.guests.models import Category, Delegation, Guest
from summitry.guests.permissions import FOCAL_POINT
from tests.directory.make import make_organisation
from tests.guests.make import SYSTEM, in_scope


def make_delegation(edition: Edition, title: str = "Riverland", *places: Any, **facts: Any) -> Delegation:
    """Make a delegation; `places` are QuotaGiven or pairs of a category and how many."""
    facts.setdefault("organisation", make_organisation(title))
    delegation = create_delegation(edition, NewDelegation(**facts), by=SYSTEM)
    if places:
        quotas = [one if isinstance(one, QuotaGiven) else QuotaGiven(*one) for one in places]
        set_quotas(delegation, quotas, by=SYSTEM)
    return delegation


def focal(delegation: Delegation) -> Actor:
    """Return a focal point of the delegation, who has no account row."""
    return in_scope(FOCAL_POINT.code, "delegation", delegation.pk)


def nominee(name: str, email: str = "", **facts: Any) -> Nominee:
    return Nominee(person=NewPerson(reference_name=name, names=(), email=email), **facts)


def named(delegation: Delegation, category: Category, name: str, by: Actor = SYSTEM, **facts: Any) -> Guest:
    """Name somebody new."""
    return nominate(delegation, category, nominee(name, **facts), by=by)


def text(words: str) -> Text:
    return Text.of(words)
