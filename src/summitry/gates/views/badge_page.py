"""A guest's own badge, by her link: how it looks, her lines on it, that it is right; and the badge on her telephone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from summitry.editions.views.by_link import secret_in
from summitry.foundation.errors import InvalidInput, NotFound, StaleState, SummitryError
from summitry.gates.actions.badge_lines import correct_badge, face_of, sign_badge
from summitry.gates.enums import BadgeElement as E
from summitry.gates.forms.badge import BadgeLinesForm
from summitry.gates.models import BadgeCheck
from summitry.gates.queries.badge_carried import EBadge, e_badge_of
from summitry.gates.queries.badge_faces import layouts_of
from summitry.gates.queries.badge_preview import picture_of, words_of
from summitry.gates.queries.badge_wallets import (
    WALLET_TYPE,
    apple_pass,
    apple_setup,
    google_address,
    google_setup,
)
from summitry.guests.enums import GONE
from summitry.guests.queries.guest_links import Opened
from summitry.guests.views.by_link import by_link

WAYS = ["GET", "HEAD", "POST"]
WORKER = "summitry/js/badge-worker.js"
KEPT = ("summitry/css/summitry.css", "summitry/js/badge-carried.js", "summitry/img/favicon.svg")


@by_link
@require_http_methods(WAYS)
def page(request: HttpRequest, found: Opened) -> HttpResponse:
    """Show a guest her badge; save her lines, or note that it is right."""
    guest = found.guest
    if guest.state in GONE:
        raise NotFound
    face = face_of(guest)
    form = BadgeLinesForm(
        request.POST if "name" in request.POST else None,
        initial={
            "name": guest.badge_name or face.texts[E.NAME],
            "second_name": guest.badge_second_name or face.texts[E.SECOND_NAME],
            "line": guest.badge_line or face.texts[E.LINE],
        },
    )
    stale = False
    if form.is_bound and form.is_valid():
        try:
            correct_badge(guest, by=found.actor, **form.cleaned_data)
        except InvalidInput as refusal:
            form.refuse(refusal)
        except SummitryError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(f"{request.path}?saved=1")
    elif "sign" in request.POST:
        try:
            sign_badge(guest, by=found.actor, seen=request.POST["sign"])
        except StaleState:
            stale = True
        else:
            return redirect(f"{request.path}?saved=1")
    check = BadgeCheck.objects.filter(guest=guest).first()
    context = {
        "guest": guest,
        "face": face,
        "form": form,
        "stale": stale,
        "saved": "saved" in request.GET,
        "problems": [words_of(each) for each in check.problems] if check else [],
        "is_outdated": bool(check and check.is_outdated),
        "has_layout": face.layout_id is not None,
        "base": _base(request),
        "hub_url": reverse("guest:page", args=[secret_in(request)]),
        "carried": e_badge_of(guest) is not None,
    }
    return render(request, "gates/badges/own.html", context, status=422 if form.errors or stale else 200)


@by_link
@require_safe
def picture(request: HttpRequest, found: Opened) -> HttpResponseBase:
    """Send a picture of her badge."""
    face, layouts = face_of(found.guest), layouts_of(found.guest.edition)
    layout = layouts.by_pk.get(face.layout_id or 0)
    if layout is None or found.guest.state in GONE:
        raise NotFound
    return HttpResponse(picture_of(face, layout), content_type="image/png")


@by_link
@require_safe
def carried(request: HttpRequest, found: Opened) -> HttpResponse:
    """Show the badge for her telephone: one page that keeps working without a line."""
    badge = _carried(found)
    context: dict[str, Any] = {
        "badge": badge,
        "base": _base(request),
        "has_apple": apple_setup().is_complete,
        "google_url": google_address(badge) if google_setup().is_complete else "",
        "page_title": _("Your badge"),
    }
    return render(request, "gates/badges/carried.html", context)


@by_link
@require_safe
def carried_worker(request: HttpRequest, found: Opened) -> HttpResponse:
    """Send the service worker that keeps the page of the badge, and nothing else."""
    kept = {"page": f"{_base(request)}carry/", "files": [static(name) for name in KEPT]}
    source = Path(str(finders.find(WORKER))).read_text(encoding="utf-8")
    body = f"const KEPT = {json.dumps(kept)};\n{source}"
    return HttpResponse(body, content_type="text/javascript; charset=utf-8")


@by_link
@require_safe
def wallet(request: HttpRequest, found: Opened) -> HttpResponse:
    """Send the badge as a pass for Apple's wallet."""
    response = HttpResponse(apple_pass(_carried(found)), content_type=WALLET_TYPE)
    response.headers["Content-Disposition"] = 'attachment; filename="badge.pkpass"'
    return response


def _carried(found: Opened) -> EBadge:
    badge = e_badge_of(found.guest)
    if badge is None:
        raise NotFound
    return badge


def _base(request: HttpRequest) -> str:
    return reverse("badge:page", args=[secret_in(request)])
