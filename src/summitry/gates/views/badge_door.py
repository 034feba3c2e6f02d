"""The door of the pages of badges: the edition, and who asks."""

from __future__ import annotations

from django.http import HttpRequest

from summitry.editions.models import Edition
from summitry.editions.views.door import at_work
from summitry.foundation.access import Actor

NAV = "badges"


def at_badges(request: HttpRequest, slug: str) -> tuple[Edition, Actor]:
    """Return the edition of a page of badges and who asks. Raises NotFound and PermissionRefused."""
    return at_work(request, slug, NAV)
