"""The entries of this room in the console's rail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from summitry.editions.enums import EditionOrigin
from summitry.foundation.access import Actor, policy_for
from summitry.foundation.web.navigation import NavEntry, Phase, register_nav
from summitry.gates.models import Device, Incident, Presence, Scan, Zone
from summitry.guests.models import Guest


def _link(name: str, model: type[Model]) -> Callable[[Any, Actor], str | None]:
    """Return the link of an entry for those who may see what it shows."""

    def link(edition: Any, actor: Actor) -> str | None:
        if edition is None or edition.origin != EditionOrigin.RUN:
            return None
        may = policy_for(model).may(actor, "view", model(edition=edition))
        return reverse(f"gates:{name}", args=[edition.slug]) if may else None

    return link


ENTRIES = (
    ("gates", _("Zones and gates"), "grounds", Zone, "on-site", 80),
    ("gates-incidents", _("Incidents"), "incidents", Incident, "alert", 81),
    ("gates-devices", _("Devices"), "devices", Device, "scan", 82),
    ("gates-scans", _("Scans"), "scans", Scan, "list", 83),
    ("gates-presences", _("Presence"), "presences", Presence, "people", 84),
    ("gates-figures", _("Figures of guests"), "figures", Guest, "list", 85),
)


def register() -> None:
    """Add the console's entries."""
    for key, label, name, model, icon, order in ENTRIES:
        register_nav(NavEntry(key, label, order, _link(name, model), icon, Phase.GATES), console=True)
