"""The entry of delegations in the console's rail: the list for the office, her own delegation for a focal point."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from summitry.editions.enums import EditionOrigin
from summitry.foundation.access import Actor, policy_for
from summitry.foundation.web.navigation import NavEntry, Phase, register_nav
from summitry.guests.lists.delegations import NAV
from summitry.guests.models import Delegation
from summitry.guests.permissions import FOCAL_POINT


def delegations_link(edition: Any, actor: Actor) -> str | None:
    """Return where delegations are listed; None for those who work with none of this edition."""
    if edition is None or edition.origin != EditionOrigin.RUN:
        return None
    own = actor.scope_ids("delegation", frozenset({FOCAL_POINT.code}))
    sees_all = policy_for(Delegation).may(actor, "view", Delegation(edition=edition))
    if not sees_all and not (own and Delegation.objects.filter(pk__in=own, edition=edition).exists()):
        return None
    return reverse("guests:delegations", args=[edition.slug])


def register() -> None:
    """Add the entry."""
    entry = NavEntry(NAV, _("Delegations"), 20, delegations_link, "people", Phase.INVITE)
    register_nav(entry, console=True)
