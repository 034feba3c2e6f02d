"""The door of an edition's pages in the console: who enters, what she may there, and what an address or a form carries."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.contrib.auth.decorators import login_required
from django.db.models import Model
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_of
from summitry.foundation.access import Actor, policy_for, require
from summitry.foundation.web.actor import actor_of

WAYS = ["GET", "HEAD", "POST"]
V = TypeVar("V", bound=Callable[..., HttpResponseBase])


def page(view: V) -> V:
    """Let a view answer to whoever has signed in, with nothing kept in caches on the way."""
    decorated: V = never_cache(login_required(require_http_methods(WAYS)(view)))
    return decorated


def at_work(
    request: HttpRequest, slug: str, nav: str, model: type[Model] | None = None
) -> tuple[Edition, Actor]:
    """Return the edition of a page and who asks.

    Raises NotFound and PermissionRefused, the latter also for whoever may not see a `model` with an edition of its own.
    """
    edition = edition_of(request, slug, nav=nav)
    actor = actor_of(request)
    require(actor, "enter", edition)
    if model is not None:
        require(actor, "view", model(edition=edition))
    return edition, actor


def may_in(actor: Actor, edition: Edition, verb: str, model: type[Model]) -> bool:
    """Return whether `actor` may do `verb` to rows of `model` in an edition; of models with an edition of their own."""
    return policy_for(model).may(actor, verb, model(edition=edition))


def number_in(text: str | None) -> int:
    """Return a number that a form or an address carries; 0, which no row has, for anything else."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0
