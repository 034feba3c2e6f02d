"""The entry of public registration in the public menu, as long as a category is open."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext_lazy

from summitry.editions.enums import EditionOrigin
from summitry.foundation.web.navigation import NavEntry, register_nav
from summitry.guests.queries.registering import registration_until

NAV = "register"


def registration_link(edition: Any) -> str | None:
    """Return where one registers; None where nothing is open now."""
    if edition is None or edition.origin != EditionOrigin.RUN or not registration_until(edition)[0]:
        return None
    return reverse("guests_public:registration", args=[edition.slug])


def register() -> None:
    """Add the entry."""
    register_nav(NavEntry(NAV, pgettext_lazy("button", "Register"), 40, registration_link))
