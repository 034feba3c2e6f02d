"""Pages that a link opens: no account, no password, nothing kept in the browser.

The address is the key. A form needs no token against forgery: nobody can forge a post to an address that she does not
know, and no cookie gives a request here any right.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Generic, TypeVar

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from summitry.editions.models import Edition

MISSES, WINDOW = 30, 600
RESEND_SECONDS = 3600
View = Callable[..., HttpResponseBase]
O = TypeVar("O")  # noqa: E741 - what a link opens
R = TypeVar("R", bound=HttpResponseBase)


@dataclass(frozen=True, slots=True)
class LinkDoor(Generic[O]):
    """The door of one room's pages by link; itself the decorator of their views.

    `key` counts wrong secrets, `open` gives what a secret opens, `edition` and `is_current` ask that; `again` is where whoever
    has an old link may ask for the present one ("" for nobody), `closed` the page that says why nothing is opened.
    """

    key: str
    open: Callable[[str], O | None]
    edition: Callable[[O], Edition]
    is_current: Callable[[O], bool]
    again: Callable[[O, str], str]
    closed: str

    def __call__(self, view: Callable[[HttpRequest, O], HttpResponseBase] | View) -> View:
        """Open the record of the secret in the address; whoever holds none, or an old one, is told so in peace.

        The view gets the request and what was opened. After many wrong secrets an address has to wait, whatever it sends
        next.
        """

        @csrf_exempt
        @never_cache
        @wraps(view)
        def opened(request: HttpRequest, secret: str, **rest: Any) -> HttpResponseBase:
            misses = f"{self.key}.misses.{get_adapter().get_client_ip(request)}"
            if cache.get(misses, 0) >= MISSES:
                return self.refused(request, "wait", 429)
            found = self.open(secret)
            if found is None:
                cache.add(misses, 0, WINDOW)
                cache.incr(misses)
                return self.refused(request, "unknown", 404)
            request.edition = self.edition(found)  # type: ignore[attr-defined]
            if not self.is_current(found):
                return self.refused(request, "old", 410, again_url=self.again(found, secret))
            return guarded(view(request, found, **rest))

        return opened

    def sending_again(self, send: Callable[[O], None]) -> View:
        """Return the view that has the present link written to the address we know, for whoever holds an old one."""

        @csrf_exempt
        @never_cache
        @require_POST
        def send_again(request: HttpRequest, secret: str) -> HttpResponse:
            found = self.open(secret)
            if found is None:
                return self.refused(request, "unknown", 404)
            request.edition = self.edition(found)  # type: ignore[attr-defined]
            send(found)
            return self.refused(request, "sent", 200)

        return send_again

    def refused(self, request: HttpRequest, why: str, status: int, **more: Any) -> HttpResponse:
        """Return the page that says why nothing is opened: "unknown", "old", "wait" or "sent"."""
        return guarded(render(request, self.closed, {"why": why, **more}, status=status))


def once_an_hour(key: str) -> bool:
    """Return whether this is the first time within an hour."""
    return bool(cache.add(key, 1, RESEND_SECONDS))


def secret_in(request: HttpRequest) -> str:
    """Return the secret of this request's address, as it spells it."""
    match = request.resolver_match
    return str(match.kwargs.get("secret", "")) if match else ""


def guarded(response: R) -> R:
    """Keep the address, which is the key, from search engines and from the sites that links lead to."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
