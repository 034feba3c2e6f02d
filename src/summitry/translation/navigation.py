"""The entries of this room in the console's rail."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from summitry.foundation.access import Actor
from summitry.foundation.errors import PermissionRefused
from summitry.foundation.web.navigation import NavEntry, Phase, register_nav
from summitry.translation.queries.reach import reach_of


def _workbench(edition: Any, actor: Actor) -> str | None:
    return reverse("translation:overview", args=[edition.slug]) if _enters(edition, actor) else None


def _terms(edition: Any, actor: Actor) -> str | None:
    return reverse("translation:terms", args=[edition.slug]) if _enters(edition, actor) else None


def _enters(edition: Any, actor: Actor) -> bool:
    if edition is None:
        return False
    try:
        reach_of(actor, edition)
    except PermissionRefused:
        return False
    return True


def register() -> None:
    """Add them."""
    register_nav(
        NavEntry("translation", _("Translation"), 60, _workbench, "language", Phase.PROGRAMME), console=True
    )
    register_nav(NavEntry("terms", _("Terms"), 65, _terms, "document", Phase.PROGRAMME), console=True)
