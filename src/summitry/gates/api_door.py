"""The door of this room's operations: the edition, who asks, and the rows that she works on."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_by_slug
from summitry.foundation.access import Actor, require, within
from summitry.foundation.errors import NotFound, StaleState
from summitry.foundation.web.actor import actor_of
from summitry.gates.models import Allotment, Zone

M = TypeVar("M", bound=Model)


def asked_for(request: HttpRequest, slug: str, model: type[Model]) -> tuple[Edition, Actor]:
    """Return the edition and who asks. Raises NotFound, and PermissionRefused also for who may not see `model`."""
    actor = actor_of(request)
    edition = edition_by_slug(actor, slug)
    require(actor, "enter", edition)
    blank = Allotment(zone=Zone(edition=edition)) if model is Allotment else model(edition=edition)
    require(actor, "view", blank)
    return edition, actor


def found(actor: Actor, rows: QuerySet[M]) -> M:
    """Return the only one of `rows` that the actor works on. Raises NotFound."""
    row = within(actor, rows).first()
    if row is None:
        raise NotFound
    return row


def unchanged(mark: str, present: str) -> None:
    """Raise StaleState where a request was written about another state than the present one."""
    if mark and mark != present:
        raise StaleState
