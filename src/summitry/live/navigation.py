"""The entries of this room in the console's rail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from summitry.foundation.access import Actor, Scope, policy_for
from summitry.foundation.web.navigation import NavEntry, Phase, register_nav
from summitry.programme.permissions import INTERPRETER


def _link(name: str) -> Callable[[Any, Actor], str | None]:
    """Return the link of an entry for everybody who may enter the edition's console; it shows what she works on."""

    def link(edition: Any, actor: Actor) -> str | None:
        if edition is None or not policy_for(type(edition)).may(actor, "enter", edition):
            return None
        return reverse(f"live:{name}", args=[edition.slug])

    return link


def _own_link(edition: Any, actor: Actor) -> str | None:
    """Return an interpreter's own page."""
    if edition is None or not actor.holds(INTERPRETER.code, scope=Scope("edition", edition.pk)):
        return None
    return reverse("live:mine", args=[edition.slug])


def register() -> None:
    """Add the console's entries."""
    entries = (
        NavEntry("run", _("Run of show"), 10, _link("runs"), "play", Phase.RUN),
        NavEntry("interpretation", _("Interpretation"), 20, _link("interpretation"), "language", Phase.RUN),
        NavEntry("mine", _("My turns"), 30, _own_link, "person", Phase.RUN),
    )
    for entry in entries:
        register_nav(entry, console=True)
