"""A guest's own pages, by link: no account, no password, nothing kept in the browser.

The address is the key. A form needs no token against forgery: nobody can forge a post to an address that she does not
know, and no cookie gives a request here any right.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from summitry.guests.actions.links import send_link_again
from summitry.guests.queries.guest_links import Opened, opened_by

MISSES, WINDOW = 30, 600
RESEND_SECONDS = 3600
CLOSED = "guests/page/closed.html"
View = Callable[..., HttpResponseBase]
R = TypeVar("R", bound=HttpResponseBase)


def by_link(view: Callable[[HttpRequest, Opened], HttpResponseBase] | View) -> View:
    """Open the record of the secret in the address; whoever holds none, or an old one, is told so in peace.

    The view gets the request and what was opened. After many wrong secrets an address has to wait, whatever it sends next.
    """

    @csrf_exempt
    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, secret: str, **rest: Any) -> HttpResponseBase:
        misses = f"guests.misses.{get_adapter().get_client_ip(request)}"
        if cache.get(misses, 0) >= MISSES:
            return guarded(render(request, CLOSED, {"why": "wait"}, status=429))
        found = opened_by(secret)
        if found is None:
            cache.add(misses, 0, WINDOW)
            cache.incr(misses)
            return guarded(render(request, CLOSED, {"why": "unknown"}, status=404))
        request.edition = found.guest.edition  # type: ignore[attr-defined]
        if not found.is_current:
            context = {"why": "old", "again_url": reverse("guest:again", args=[secret])}
            return guarded(render(request, CLOSED, context, status=410))
        return guarded(view(request, found, **rest))

    return opened


@csrf_exempt
@never_cache
@require_POST
def send_again(request: HttpRequest, secret: str) -> HttpResponse:
    """Have the present link written to the address we know, for whoever holds an old one; once an hour."""
    found = opened_by(secret)
    if found is None:
        return guarded(render(request, CLOSED, {"why": "unknown"}, status=404))
    request.edition = found.guest.edition  # type: ignore[attr-defined]
    if cache.add(f"guests.again.{found.guest.pk}", 1, RESEND_SECONDS):
        send_link_again(found.guest, by=found.actor)
    return guarded(render(request, CLOSED, {"why": "sent"}))


def secret_in(request: HttpRequest) -> str:
    """Return the secret of this request's address, as it spells it."""
    match = request.resolver_match
    return str(match.kwargs.get("secret", "")) if match else ""


def guarded(response: R) -> R:
    """Keep the address, which is the key, from search engines and from the sites that links lead to."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
