"""The entries of this room in the console's rail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from summitry.foundation.access import Actor, policy_for
from summitry.foundation.web.navigation import NavEntry, Phase, register_nav
from summitry.protocol.models import HealthStep, Meal, PrecedenceList, Proof, SeatingPlan


def _link(name: str, model: type[Model], verb: str = "view") -> Callable[[Any, Actor], str | None]:
    """Return the link of an entry for those who may see what it shows."""

    def link(edition: Any, actor: Actor) -> str | None:
        if edition is None or not policy_for(type(edition)).may(actor, "enter", edition):
            return None
        may = policy_for(model).may(actor, verb, model(edition=edition))
        return reverse(f"protocol:{name}", args=[edition.slug]) if may else None

    return link


ENTRIES = (
    ("people", _("Reception"), _link("people", SeatingPlan), "person", Phase.RECEIVE, 60),
    ("precedence", _("Precedence"), _link("precedence_lists", PrecedenceList), "list", Phase.RECEIVE, 61),
    ("seating", _("Seating"), _link("seating", SeatingPlan), "grid", Phase.RECEIVE, 62),
    ("flags", _("Flags and names"), _link("flags", Proof), "globe", Phase.RECEIVE, 63),
    ("journeys", _("Journeys"), _link("journeys", SeatingPlan), "arrow", Phase.RECEIVE, 64),
    ("stays", _("Stays"), _link("stays", SeatingPlan), "moon", Phase.RECEIVE, 65),
    ("meals", _("Meals"), _link("meals", Meal), "document", Phase.RECEIVE, 66),
    ("health", _("Health step"), _link("health", HealthStep, "edit"), "info", Phase.RECEIVE, 67),
    ("arrivals", _("Arrivals and departures"), _link("arrivals", SeatingPlan), "clock", Phase.RECEIVE, 70),
    ("transfers", _("Rides"), _link("transfers", SeatingPlan), "map-pin", Phase.RECEIVE, 71),
)


def register() -> None:
    """Add the console's entries."""
    for key, label, link, icon, phase, order in ENTRIES:
        register_nav(NavEntry(f"protocol-{key}", label, order, link, icon, phase), console=True)
