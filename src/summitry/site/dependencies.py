"""What this room finds by the address of a purpose of the guests' form."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from summitry.editions.models import Edition
from summitry.guests.models import Purpose
from summitry.guests.queries.dependencies import Dependency, register_dependency
from summitry.site.queries.attending import PURPOSE


def _always(_edition: Edition) -> bool:
    return True


def register() -> None:
    """Declare it."""
    words = _("Online attendance is taken down for it; where it needs consent, of those who gave it.")
    register_dependency(Purpose, PURPOSE, Dependency(words, _always))
