"""The way into every page of this room."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_of
from summitry.foundation.access import Actor, require
from summitry.foundation.web.actor import actor_of
from summitry.translation.queries.reach import Reach, reach_of


@dataclass(frozen=True, slots=True)
class Entered:
    """Who came in, to which edition, and how far she reaches there."""

    edition: Edition
    actor: Actor
    reach: Reach


def enter(request: HttpRequest, slug: str, nav: str = "translation") -> Entered:
    """Let somebody in. Raises NotFound and PermissionRefused."""
    actor = actor_of(request)
    edition = edition_of(request, slug, nav=nav)
    require(actor, "enter", edition)
    return Entered(edition, actor, reach_of(actor, edition))
