"""The door of the pages of badges: the edition, and who asks."""

from __future__ import annotations

from django.http import HttpRequest

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_of
from summitry.foundation.access import Actor, require
from summitry.foundation.web.actor import actor_of

WAYS = ["GET", "HEAD", "POST"]
NAV = "badges"


def at_badges(request: HttpRequest, slug: str) -> tuple[Edition, Actor]:
    """Return the edition of a page of badges and who asks. Raises NotFound and PermissionRefused."""
    edition = edition_of(request, slug, nav=NAV)
    actor = actor_of(request)
    require(actor, "enter", edition)
    return edition, actor


def number_in(text: str | None) -> int:
    """Return a number that a form or an address carries; 0, which no row has, for anything else."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0
