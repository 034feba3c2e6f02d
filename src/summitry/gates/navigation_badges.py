"""The entry of badges in the console's rail."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from summitry.editions.enums import EditionOrigin
from summitry.foundation.access import Actor, policy_for
from summitry.foundation.web.navigation import NavEntry, Phase, register_nav
from summitry.gates.models import Credential


def badges_link(edition: Any, actor: Actor) -> str | None:
    """Return where badges are listed, for whoever sees them."""
    if edition is None or edition.origin != EditionOrigin.RUN:
        return None
    if not policy_for(Credential).may(actor, "view", Credential(edition=edition)):
        return None
    return reverse("gates:badges", args=[edition.slug])


def register() -> None:
    """Add the entry."""
    register_nav(NavEntry("badges", _("Badges"), 60, badges_link, "scan", Phase.RECEIVE), console=True)
