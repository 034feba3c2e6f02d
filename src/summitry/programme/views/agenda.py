"""My agenda: the page, the stars, and the choice of the second clock. None of it needs an account."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_of
from summitry.foundation import clock
from summitry.foundation.errors import NotFound
from summitry.foundation.web.actor import actor_of
from summitry.foundation.web.security import same_origin_only
from summitry.programme.actions.agenda import star, unstar
from summitry.programme.forms import TimetableQuery
from summitry.programme.models import Agenda, Session
from summitry.programme.queries import clocks
from summitry.programme.queries.agenda import COOKIE_AGE, agenda_for, cookie_name, cookie_value, starred_ids
from summitry.programme.queries.conflicts import clashing
from summitry.programme.queries.links import links_of
from summitry.programme.queries.timetable import Viewing, plans_of
from summitry.programme.views.shared_page import Subject, changes_note, replaced, star_parts
from summitry.programme.views.tabs import clock_context, view_tabs

MAX_STARS_AT_ONCE = 500


def agenda_page(request: HttpRequest, subject: Subject) -> HttpResponse:
    """Show the sessions the visitor has starred, day by day, with those that overlap marked."""
    programme, edition = subject.programme, subject.edition
    agenda = agenda_for(request, edition)
    starred = starred_ids(agenda)
    sessions = [session for session in programme.sessions if session.id in starred]
    links = links_of(edition.slug, programme.lang)
    viewing = Viewing(clock.now(), clocks.reader_zone(request), as_grid=False)
    response = render(
        request,
        "programme/agenda.html",
        {
            "programme": programme,
            "agenda": agenda,
            "addresses": links,
            "views": view_tabs(TimetableQuery(view="agenda"), links),
            "plans": plans_of(programme, sessions, links, viewing),
            "count": len(sessions),
            "clashes": clashing(sessions),
            "here": links.agenda,
            "hour_tag": "p",
            "changes_slot": changes_note(agenda, edition, programme) if agenda else "",
            **clock_context(viewing),
        },
    )
    response.content = replaced(response.content, star_parts(starred))
    response["Cache-Control"] = "private, no-store"
    return response


@never_cache
@same_origin_only
@require_http_methods(["GET", "POST"])
def stars(request: HttpRequest, edition: str) -> HttpResponse:
    """Star or unstar sessions (`session`, `state` = on or off; without a state each is turned round), or list the stars.

    Scripts that accept JSON get the stars back; a form is sent back to its page.
    """
    this = edition_of(request, edition)
    agenda = agenda_for(request, this)
    if request.method == "POST":
        agenda = _turn(request, this, agenda)
    if "application/json" in request.headers.get("Accept", "") or request.method == "GET":
        response: HttpResponse = JsonResponse({"signed_in": True, "stars": sorted(starred_ids(agenda))})
    else:
        response = HttpResponseRedirect(_way_back(request, this))
    if agenda is not None and agenda.account_id is None:
        response.set_cookie(
            cookie_name(this.pk),
            cookie_value(agenda),
            max_age=COOKIE_AGE,
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )
    return response


@same_origin_only
@require_POST
def choose_zone(request: HttpRequest, edition: str) -> HttpResponse:
    """Keep the zone of the reader's own clock; an unknown one is forgotten."""
    this = edition_of(request, edition)
    response = HttpResponseRedirect(_way_back(request, this))
    name = request.POST.get("zone", "")
    if name in clocks.known_zones():
        response.set_cookie(
            clocks.COOKIE, name, max_age=COOKIE_AGE, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax"
        )
    else:
        response.delete_cookie(clocks.COOKIE)
    return response


def _turn(request: HttpRequest, edition: Edition, agenda: Agenda | None) -> Agenda | None:
    ids = [int(value) for value in request.POST.getlist("session")[:MAX_STARS_AT_ONCE] if value.isdecimal()]
    sessions = list(Session.objects.filter(edition=edition, pk__in=ids[:MAX_STARS_AT_ONCE]))
    if not sessions:
        raise NotFound
    state = request.POST.get("state", "")
    held = starred_ids(agenda)
    for session in sessions:
        if state == "on" or (state != "off" and session.pk not in held):
            agenda = star(session, by=actor_of(request), agenda=agenda)
        elif agenda is not None:
            unstar(session, agenda=agenda)
    return agenda


def _way_back(request: HttpRequest, edition: Edition) -> str:
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return links_of(edition.slug, request.LANGUAGE_CODE).timetable
