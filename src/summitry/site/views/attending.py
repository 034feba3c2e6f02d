"""Attending a session online, by a guest's own link: the page says each minute that it is open, and that is the evidence.

Nobody is counted for having opened a page: a guest joins with the first beat of her page, or by the button where no program
runs in it. Whoever is not identified as a guest is counted by nobody here.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from summitry.editions.queries.edition import edition_of
from summitry.editions.views.by_link import secret_in
from summitry.foundation import clock
from summitry.foundation.errors import NotFound
from summitry.foundation.web.actor import actor_of
from summitry.gates.actions.presences import BEAT, hear_from, leave_online
from summitry.guests.hub import opened_for
from summitry.guests.queries.guest_links import Opened, secret_of
from summitry.guests.views.by_link import by_link
from summitry.programme.queries.programme import SessionLine, programme_of
from summitry.site.queries.attending import attended_session, is_open, may_attend, missing_consent

JOIN, BEAT_MESSAGE, LEAVE = "join", "beat", "leave"


@never_cache
@login_required
@require_safe
def attend_signed_in(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Lead a guest who has signed in to the page of her own link; whoever is no guest of this edition finds nothing."""
    opened = opened_for(actor_of(request), edition_of(request, edition))
    if opened is None:
        raise NotFound
    return redirect(reverse("attending:session", args=[secret_of(opened.guest), code]))


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def attend(request: HttpRequest, found: Opened, code: str) -> HttpResponse:
    """Show a session that a guest attends online, and hear from her page."""
    guest = found.guest
    session = attended_session(programme_of(guest.edition, get_language() or "en"), code)
    if not may_attend(guest):
        raise NotFound
    purpose = missing_consent(guest)
    counts = purpose is None and is_open(session, clock.now())
    here = reverse("attending:session", args=[secret_in(request), code])
    if request.method == "POST":
        return _heard(request, found, session, here=here, counts=counts)
    context: dict[str, Any] = {
        "guest": guest,
        "session": session,
        "purpose": purpose,
        "is_open": is_open(session, clock.now()),
        "state": session.state(clock.now()),
        "has_joined": "joined" in request.GET,
        "here": here,
        "beat": int(BEAT.total_seconds()),
        "home": reverse("guest:page", args=[secret_in(request)]),
        "privacy_url": reverse("guest:privacy", args=[secret_in(request)]),
    }
    return render(request, "site/attend.html", context)


def _heard(
    request: HttpRequest, found: Opened, session: SessionLine, *, here: str, counts: bool
) -> HttpResponse:
    what = request.POST.get("what", "")
    if what == LEAVE:
        leave_online(found.guest, session.code)
        return redirect(here) if "by_hand" in request.POST else HttpResponse(status=204)
    if what not in {JOIN, BEAT_MESSAGE}:
        return HttpResponse(status=422)
    if not counts:
        return HttpResponse(status=409) if what == BEAT_MESSAGE else redirect(here)
    evidence = "own link, by hand" if what == JOIN else "own link, page open"
    hear_from(found.guest, session.code, evidence=evidence)
    return redirect(f"{here}?joined=1") if what == JOIN else HttpResponse(status=204)
