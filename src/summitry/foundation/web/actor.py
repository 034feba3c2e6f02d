"""The actor behind a request."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from summitry.foundation.access import PUBLIC, Actor
from summitry.foundation.models import Account


def actor_of(request: HttpRequest) -> Actor:
    """Return who makes this request; asked once and kept on the request.

    A request without a session cookie is the public's, at no cost of a query.
    """
    known: Actor | None = getattr(request, "_actor", None)
    if known is not None:
        return known
    actor = PUBLIC
    if request.COOKIES.get("sessionid") and request.user.is_authenticated:
        actor = cast("Account", request.user).actor()
    request._actor = actor  # type: ignore[attr-defined]
    return actor
