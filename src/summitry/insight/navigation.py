"""The entry of this room in the console's rail."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from summitry.editions.enums import EditionOrigin
from summitry.foundation.access import Actor, policy_for
from summitry.foundation.web.navigation import NavEntry, Phase, register_nav
from summitry.insight.models import Observation


def _closing(edition: Any, actor: Actor) -> str | None:
    if edition is None or edition.origin != EditionOrigin.RUN:
        return None
    may = policy_for(Observation).may(
        actor, "record", Observation(edition=edition, summit_id=edition.summit_id)
    )
    return reverse("insight_console:closing", args=[edition.slug]) if may else None


def register() -> None:
    """Add the console's entry."""
    entry = NavEntry("closing-figures", _("Closing figures"), 86, _closing, "list", Phase.CLOSE)
    register_nav(entry, console=True)
