"""The entries of this room in the console's rail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from summitry.foundation.access import Actor, policy_for
from summitry.foundation.web.navigation import NavEntry, Phase, register_nav


def _for_directors(name: str) -> Callable[[Any, Actor], str | None]:
    def link(edition: Any, actor: Actor) -> str | None:
        if edition is None or not policy_for(type(edition)).may(actor, "edit", edition):
            return None
        return reverse(f"editions:{name}", args=[edition.slug])

    return link


def register() -> None:
    """Add them."""
    for place, (key, label, icon) in enumerate(
        [("team", _("Team"), "people"), ("deadlines", _("Deadlines"), "calendar")], 1
    ):
        register_nav(NavEntry(key, label, place * 10, _for_directors(key), icon, Phase.PLAN), console=True)
