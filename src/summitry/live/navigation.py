"""The entries of this room in the console's rail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from summitry.foundation.access import Actor, policy_for
from summitry.foundation.web.navigation import NavEntry, Phase, register_nav


def _link(name: str) -> Callable[[Any, Actor], str | None]:
    """Return the link of an entry for everybody who may enter the edition's console; it shows what she works on."""

    def link(edition: Any, actor: Actor) -> str | None:
        if edition is None or not policy_for(type(edition)).may(actor, "enter", edition):
            return None
        return reverse(f"live:{name}", args=[edition.slug])

    return link


def register() -> None:
    """Add the console's entries."""
    register_nav(NavEntry("run", _("Run of show"), 10, _link("runs"), "play", Phase.RUN), console=True)
