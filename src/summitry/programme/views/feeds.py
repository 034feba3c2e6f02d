"""The programme in other forms: files for apps and tables, calendars to subscribe to, and the page that lists them."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from summitry.editions.models import Edition, Room
from summitry.editions.queries.edition import edition_of
from summitry.foundation.access import PUBLIC, Actor, visible
from summitry.foundation.errors import NotFound
from summitry.foundation.i18n import Text
from summitry.foundation.web.actor import actor_of
from summitry.foundation.web.page_cache import finished, pages, respond
from summitry.programme.models import Agenda, Forum, Session
from summitry.programme.queries.export_calendar import calendar
from summitry.programme.queries.export_feeds import feeds_of
from summitry.programme.queries.export_formats import FORMATS, Format
from summitry.programme.queries.export_rows import ScheduleRows, latest_version, schedule_rows
from summitry.programme.queries.programme import programme_of

CALENDAR = FORMATS["ics"]


@require_safe
def schedule_file(request: HttpRequest, edition: str, format_key: str) -> HttpResponse:
    """Send the published programme in one of the formats."""
    chosen = FORMATS[format_key]
    shown = edition_of(request, edition)
    response = _answer(request, shown, chosen, ("whole",), chosen.write)
    if format_key in {"csv", "xlsx"}:
        response["Content-Disposition"] = f'attachment; filename="{shown.slug}-{chosen.filename}"'
    return response


@require_safe
def room_calendar(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Send the calendar of one room."""
    shown = edition_of(request, edition)
    room = Room.objects.filter(edition=shown, code=code).first()
    if room is None:
        raise NotFound
    return _calendar(request, shown, ("room", code), Q(room=room), room.name)


@require_safe
def forum_calendar(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """Send the calendar of one forum."""
    shown = edition_of(request, edition)
    forum = visible(_reader(request, shown), Forum.objects.filter(edition=shown, slug=slug)).first()
    if forum is None:
        raise NotFound
    return _calendar(request, shown, ("forum", slug), Q(session__forum=forum), forum.title)


@require_safe
def session_calendar(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Send one session for a calendar."""
    shown = edition_of(request, edition)
    session = visible(_reader(request, shown), Session.objects.filter(edition=shown, code=code)).first()
    if session is None:
        raise NotFound
    return _calendar(request, shown, ("session", code), Q(session=session), session.title)


@require_safe
def agenda_calendar(request: HttpRequest, edition: str, token: str) -> HttpResponse:
    """Send the calendar of a visitor's agenda to whoever knows its secret address."""
    shown = edition_of(request, edition)
    try:
        agenda = Agenda.objects.filter(edition=shown, feed_token=uuid.UUID(token)).first()
    except ValueError:
        agenda = None
    if agenda is None:
        raise NotFound
    stars = sorted(agenda.stars.values_list("session_id", flat=True))
    response = _calendar(
        request,
        shown,
        ("agenda", *stars),
        Q(session__in=stars),
        shown.name,
        lambda name: _("My agenda: %(edition)s") % {"edition": name},
    )
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def export(request: HttpRequest, edition: str) -> HttpResponse:
    """Show every address from which the programme can be had."""
    shown = edition_of(request, edition, nav="programme")
    programme = programme_of(shown, get_language() or "en")
    return render(request, "programme/exchange/export.html", {"feeds": feeds_of(shown, programme)})


def _calendar(
    request: HttpRequest,
    edition: Edition,
    key: tuple[object, ...],
    only: Q,
    name: Text,
    called: Callable[[str], str] = str,
) -> HttpResponse:
    def write(rows: ScheduleRows, lang: str) -> bytes:
        return calendar(rows, lang, called(name.shown(lang, edition.fallback).text))

    return _answer(request, edition, CALENDAR, key, write, only)


def _answer(
    request: HttpRequest,
    edition: Edition,
    chosen: Format,
    key: tuple[object, ...],
    write: Callable[[ScheduleRows, str], bytes],
    only: Q | None = None,
) -> HttpResponse:
    """Answer with what the public may see, kept until that changes; for an edition that is not public, with nothing kept."""
    lang = get_language() or "en"
    actor = _reader(request, edition)

    def build() -> bytes:
        version = latest_version(edition, actor)
        return write(schedule_rows(edition, actor=actor, version=version, only=only), lang)

    if edition.is_public:
        full_key = ("export", chosen.key, edition.pk, edition.content_version, lang, *key)
        page = pages.get_or_build(full_key, build)
    else:
        page = finished(build())
    response = respond(request, page, chosen.media_type)
    if edition.is_public:
        response["Access-Control-Allow-Origin"] = (
            "*"  # what everybody may read, every site's program may read
        )
    return response


def _reader(request: HttpRequest, edition: Edition) -> Actor:
    """For whom an export is made: the public wherever it may see the edition, so that all can share it."""
    return PUBLIC if edition.is_public else actor_of(request)
