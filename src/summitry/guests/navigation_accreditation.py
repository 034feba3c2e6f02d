"""The entries of accreditation in the console's rail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from summitry.foundation.access import Actor, policy_for
from summitry.foundation.web.navigation import NavEntry, Phase, register_nav
from summitry.guests.models import Guest, RetentionRun, VisaLetter


def _link(name: str, verb: str, model: type[Model]) -> Callable[[Any, Actor], str | None]:
    def link(edition: Any, actor: Actor) -> str | None:
        if edition is None or not policy_for(model).may(actor, verb, model(edition=edition)):
            return None
        return reverse(f"guests:{name}", args=[edition.slug])

    return link


ENTRIES = (
    ("decisions", _("Applications"), 30, "decide", Guest, "check"),
    ("screening", _("Screening"), 40, "screen", Guest, "scan"),
    ("visa", _("Visa letters"), 50, "view", VisaLetter, "document"),
    ("privacy", _("Data protection"), 90, "run", RetentionRun, "info"),
)
PAGES = {"visa": "visa_letters", "privacy": "data_protection"}


def register() -> None:
    """Add the entries."""
    for key, label, order, verb, model, icon in ENTRIES:
        link = _link(PAGES.get(key, key), verb, model)
        register_nav(NavEntry(f"console-{key}", label, order, link, icon, Phase.INVITE), console=True)
