"""The files of the day for a room's operator, and of every session for the interpreters."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from summitry.editions.models import Edition, Room
from summitry.editions.queries.edition import edition_of
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.errors import NotFound
from summitry.foundation.files.sending import sent
from summitry.foundation.web.actor import actor_of
from summitry.programme.queries.materials import (
    Asked,
    material_at_work,
    packed,
    rooms_with_files,
    sessions_with_files,
)
from summitry.programme.views.speaker_files import sent_archive

NAV = "console-materials"


@never_cache
@login_required
@require_safe
def materials(request: HttpRequest, edition: str) -> HttpResponse:
    """List the sessions of a room's day with their newest files; without a choice, today's or the first day's."""
    shown, actor = _entered(request, edition)
    rooms = rooms_with_files(actor, shown)
    asked = _choice(request, shown, rooms)
    sessions = sessions_with_files(actor, shown, asked, get_language() or "en")
    context = {
        "rooms": rooms,
        "days": shown.days,
        "asked": asked,
        "sessions": sessions,
        "count": sum(len(one.files) for one in sessions),
        "query": request.GET.urlencode(),
    }
    return render(request, "programme/speaking/materials.html", context)


@never_cache
@login_required
@require_safe
def materials_archive(request: HttpRequest, edition: str) -> HttpResponseBase:
    """Send all newest files of a room's day as one archive."""
    shown, actor = _entered(request, edition)
    asked = _choice(request, shown, rooms_with_files(actor, shown))
    sessions = sessions_with_files(actor, shown, asked, get_language() or "en")
    if not any(one.files for one in sessions):
        raise NotFound
    words = [shown.slug, asked.room.code if asked.room else "", f"{asked.day:%Y-%m-%d}" if asked.day else ""]
    name = "_".join(slugify(word) for word in words if word)
    return sent_archive(f"{name}.zip", packed(shown, sessions))


@never_cache
@login_required
@require_safe
def session_materials(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Show one session's files with all their versions."""
    shown, actor = _entered(request, edition)
    found = sessions_with_files(actor, shown, Asked(None, None), get_language() or "en", code)
    if not found:
        raise NotFound
    return render(request, "programme/speaking/session_files.html", {"one": found[0]})


@never_cache
@login_required
@require_safe
def material_file(request: HttpRequest, edition: str, pk: int) -> HttpResponseBase:
    """Send one version of a file."""
    shown, actor = _entered(request, edition)
    found = material_at_work(actor, shown, pk)
    if found is None:
        raise NotFound
    return sent(found.file)


def _entered(request: HttpRequest, edition: str) -> tuple[Edition, Actor]:
    shown = edition_of(request, edition, nav=NAV)
    actor = actor_of(request)
    require(actor, "enter", shown)
    return shown, actor


def _choice(request: HttpRequest, edition: Edition, rooms: list[Room]) -> Asked:
    room = next((one for one in rooms if one.code == request.GET.get("room")), None)
    if room is None and len(rooms) == 1:
        room = rooms[0]
    wanted = request.GET.get("day", "")
    if wanted == "all":
        return Asked(room, None)
    try:
        day = dt.date.fromisoformat(wanted)
    except ValueError:
        day = clock.now().astimezone(edition.zone).date()
    days = edition.days
    return Asked(room, day if day in days else days[0])
