"""A speaker's own page, by link: no account, no password, nothing kept in the browser.

The address is the key. A form needs no token against forgery: nobody can forge a post to an address that she does not
know, and no cookie gives a request here any right.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from summitry.foundation.errors import NotFound
from summitry.foundation.files.sending import sent
from summitry.foundation.models import StoredFile
from summitry.foundation.web.security import PERMISSIONS
from summitry.programme.actions.speaker import mark_seen, send_link_again
from summitry.programme.models import Material
from summitry.programme.queries.speaker_links import Holder, Opened, has_assistant, opened_by, page_address
from summitry.programme.views.speaker_context import context_of
from summitry.programme.views.speaker_desk import DEEDS, Desk, desk_for

MISSES, WINDOW = 30, 600
RESEND_SECONDS = 3600
LOAD = 1_000_000
TOLD = ("browser", "camera", "microphone", "down", "up", "delay", "agent")
View = Callable[..., HttpResponseBase]
R = TypeVar("R", bound=HttpResponseBase)


def by_link(view: Callable[[HttpRequest, Opened], HttpResponseBase] | View) -> View:
    """Open the record of the secret in the address; whoever holds none, or an old one, is told so in peace.

    After many wrong secrets an address has to wait, whatever it sends next.
    """

    @csrf_exempt
    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, secret: str, **rest: Any) -> HttpResponseBase:
        misses = f"speaking.misses.{get_adapter().get_client_ip(request)}"
        if cache.get(misses, 0) >= MISSES:
            return _guarded(render(request, "programme/speaking/closed.html", {"why": "wait"}, status=429))
        found = opened_by(secret)
        if found is None:
            cache.add(misses, 0, WINDOW)
            cache.incr(misses)
            return _guarded(render(request, "programme/speaking/closed.html", {"why": "unknown"}, status=404))
        request.edition = found.speaker.edition  # type: ignore[attr-defined]
        if not found.is_current:
            return _guarded(_old(request, found, secret))
        return _guarded(view(request, found, **rest))

    return opened


@by_link
@require_safe
def page(request: HttpRequest, found: Opened) -> HttpResponse:
    """Show a speaker her page."""
    mark_seen(found.speaker)
    return _page(request, found, desk_for(request, found.speaker, found.actor))


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def deed(request: HttpRequest, found: Opened, what: str) -> HttpResponse:
    """Save one form of the page; a refused one is shown with what was typed."""
    here = _here(request)
    if what not in DEEDS:
        raise NotFound
    if request.method != "POST":
        return redirect(here)
    desk = desk_for(request, found.speaker, found.actor)
    anchor = DEEDS[what](desk, request)
    if anchor is None:
        return _page(request, found, desk, status=422)
    return redirect(f"{here}?saved={anchor}#{anchor}")


@by_link
@require_safe
def link_test(request: HttpRequest, found: Opened) -> HttpResponse:
    """Let a remote speaker try her camera, microphone and line; this page alone may ask the browser for them."""
    context = {
        "speaker": found.speaker,
        "base": _here(request),
        "steps": [
            ("browser", _("Browser")),
            ("camera", _("Camera")),
            ("microphone", _("Microphone")),
            ("down", _("Line to you")),
            ("up", _("Line from you")),
        ],
        "fields": TOLD,
    }
    response = render(request, "programme/speaking/link_test.html", context)
    response.headers["Permissions-Policy"] = PERMISSIONS.replace("camera=()", "camera=(self)").replace(
        "microphone=()", "microphone=(self)"
    )
    return response


@by_link
@require_http_methods(["GET", "POST"])
def load(request: HttpRequest, found: Opened) -> HttpResponse:
    """Send a megabyte that cannot be compressed, or take one in and forget it: by that the line is measured."""
    if request.method == "POST":
        return HttpResponse(status=204)
    return HttpResponse(os.urandom(LOAD), content_type="application/octet-stream")


@by_link
@require_safe
def file(request: HttpRequest, found: Opened, pk: int) -> HttpResponseBase:
    """Send one of her own files."""
    material = Material.objects.filter(speaker=found.speaker, pk=pk).select_related("file").first()
    if material is None:
        raise NotFound
    return sent(material.file)


@by_link
@require_safe
def portrait(request: HttpRequest, found: Opened) -> HttpResponseBase:
    """Send her portrait, approved or not."""
    picture: StoredFile | None = found.speaker.person.portrait
    if picture is None:
        raise NotFound
    return sent(picture, is_shown=True)


@csrf_exempt
@never_cache
@require_POST
def send_again(request: HttpRequest, secret: str) -> HttpResponse:
    """Have the present link written to the address we know, for whoever holds an old one; once an hour."""
    found = opened_by(secret)
    if found is None:
        return _guarded(render(request, "programme/speaking/closed.html", {"why": "unknown"}, status=404))
    request.edition = found.speaker.edition  # type: ignore[attr-defined]
    is_owed = found.holder is Holder.SPEAKER or has_assistant(found.speaker)
    if is_owed and cache.add(f"speaking.again.{found.speaker.pk}.{found.holder}", 1, RESEND_SECONDS):
        send_link_again(found.speaker, by=found.actor, holder=found.holder)
    return _guarded(render(request, "programme/speaking/closed.html", {"why": "sent"}))


def _page(request: HttpRequest, found: Opened, desk: Desk, status: int = 200) -> HttpResponse:
    speaker = desk.speaker
    context = {
        **context_of(desk),
        "opened": found,
        "is_assistant": found.holder is Holder.ASSISTANT,
        "base": _here(request),
        "saved": request.GET.get("saved", "")[:40],
        "assistant_url": page_address(speaker, Holder.ASSISTANT) if has_assistant(speaker) else "",
    }
    return render(request, "programme/speaking/page.html", context, status=status)


def _old(request: HttpRequest, found: Opened, secret: str) -> HttpResponse:
    is_owed = found.holder is Holder.SPEAKER or has_assistant(found.speaker)
    context = {"why": "old", "again_url": reverse("speaking:again", args=[secret]) if is_owed else ""}
    return render(request, "programme/speaking/closed.html", context, status=410)


def _here(request: HttpRequest) -> str:
    """Return the address of the page, as this request spells it."""
    match = request.resolver_match
    return reverse("speaking:page", args=[match.kwargs["secret"]]) if match else ""


def _guarded(response: R) -> R:
    """Keep the address, which is the key, from search engines and from the sites that links lead to."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
