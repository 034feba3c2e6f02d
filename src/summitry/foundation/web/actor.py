"""The actor behind a request."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from summitry.foundation.access import PUBLIC, Actor


def actor_of(request: HttpRequest) -> Actor:
    """Return who makes this request; asked once and kept on the request.

    A request without a session cookie is the public's, at no cost of a query.
    """
    known: Actor | None = getattr(request, "summitry_actor", None)
    if known is not None:
        return known
    actor = PUBLIC
    if request.COOKIES.get(settings.SESSION_COOKIE_NAME) and request.user.is_authenticated:
        actor = request.user.actor()
    set_actor(request, actor)
    return actor


def set_actor(request: HttpRequest, actor: Actor) -> None:
    """Decide who makes this request: the API's tokens, and pages that are rendered for the public."""
    request.summitry_actor = actor  # type: ignore[attr-defined]
