"""A speaker's own page, by link: no account, no password, nothing kept in the browser.

The address is the key. A form needs no token against forgery: nobody can forge a post to an address that she does not
know, and no cookie gives a request here any right.
"""

from __future__ import annotations

import os

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from summitry.editions.views.by_link import LinkDoor, once_an_hour
from summitry.foundation.errors import NotFound
from summitry.foundation.files.sending import sent
from summitry.foundation.models import StoredFile
from summitry.foundation.web.security import PERMISSIONS
from summitry.programme.actions.speaker import mark_seen, send_link_again
from summitry.programme.models import Material
from summitry.programme.queries.speaker_links import Holder, Opened, has_assistant, opened_by, page_address
from summitry.programme.views.speaker_context import context_of
from summitry.programme.views.speaker_desk import DEEDS, Desk, desk_for

LOAD = 1_000_000
TOLD = ("browser", "camera", "microphone", "down", "up", "delay", "agent")


def _again(found: Opened, secret: str) -> str:
    return reverse("speaking:again", args=[secret]) if _is_owed(found) else ""


def _is_owed(found: Opened) -> bool:
    return found.holder is Holder.SPEAKER or has_assistant(found.speaker)


by_link: LinkDoor[Opened] = LinkDoor(
    key="speaking",
    open=opened_by,
    edition=lambda found: found.speaker.edition,
    is_current=lambda found: found.is_current,
    again=_again,
    closed="programme/speaking/closed.html",
)


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


@by_link.sending_again
def send_again(found: Opened) -> None:
    """Have the present link written to the address we know, for whoever holds an old one; once an hour."""
    if _is_owed(found) and once_an_hour(f"speaking.again.{found.speaker.pk}.{found.holder}"):
        send_link_again(found.speaker, by=found.actor, holder=found.holder)


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


def _here(request: HttpRequest) -> str:
    """Return the address of the page, as this request spells it."""
    match = request.resolver_match
    return reverse("speaking:page", args=[match.kwargs["secret"]]) if match else ""
