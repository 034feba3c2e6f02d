"""The entries of the guest office in the console's rail: the guests, and what they are asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from summitry.editions.enums import EditionOrigin
from summitry.foundation.access import Actor, policy_for
from summitry.foundation.web.navigation import NavEntry, Phase, register_nav
from summitry.guests.lists.guests import NAV
from summitry.guests.models import Category, Guest
from summitry.guests.permissions import FOCAL_POINT

FORM_NAV = "console-guest-form"


def _link(
    name: str, model: type[Model], *, of_delegations: bool = False
) -> Callable[[Any, Actor], str | None]:
    """Return the link of an entry for those who may view rows of `model` in the edition."""

    def link(edition: Any, actor: Actor) -> str | None:
        if edition is None or edition.origin != EditionOrigin.RUN:
            return None
        may = policy_for(model).may(actor, "view", model(edition=edition))
        if not may and not (of_delegations and _acts_for(edition, actor)):
            return None
        return reverse(f"guests:{name}", args=[edition.slug])

    return link


def _acts_for(edition: Any, actor: Actor) -> bool:
    """Return whether the actor is focal point of one of the edition's delegations."""
    own = actor.scope_ids("delegation", frozenset({FOCAL_POINT.code}))
    return bool(own) and edition.delegations.filter(pk__in=own).exists()


def register() -> None:
    """Add the entries."""
    guests = NavEntry(
        NAV, _("Guests"), 15, _link("guests", Guest, of_delegations=True), "people", Phase.INVITE
    )
    register_nav(guests, console=True)
    asked = NavEntry(
        FORM_NAV, _("Categories and questions"), 60, _link("categories", Category), "list", Phase.INVITE
    )
    register_nav(asked, console=True)
