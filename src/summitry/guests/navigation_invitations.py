"""The entries of invitations and of the import of guests in the console's rail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from summitry.foundation.access import Actor, policy_for
from summitry.foundation.web.navigation import NavEntry, Phase, register_nav
from summitry.guests.models import Guest, Invitation


def _link(name: str, verb: str) -> Callable[[Any, Actor], str | None]:
    def link(edition: Any, actor: Actor) -> str | None:
        blank = Invitation(guest=Guest(edition=edition)) if edition is not None else None
        if blank is None or not policy_for(Invitation).may(actor, verb, blank):
            return None
        return reverse(f"guests:{name}", args=[edition.slug])

    return link


def register() -> None:
    """Add the entries."""
    invitations = NavEntry(
        "console-invitations", _("Invitations"), 10, _link("invitations", "view"), "document", Phase.INVITE
    )
    register_nav(invitations, console=True)
    importing = NavEntry(
        "console-guest-import", _("Import guests"), 12, _link("import", "edit"), "upload", Phase.INVITE
    )
    register_nav(importing, console=True)
