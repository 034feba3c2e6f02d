"""The programme inside other people's pages: a bare list without scripts and cookies, and the oEmbed answer for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils.html import format_html
from django.utils.translation import get_language, get_language_from_path, override
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_by_slug
from summitry.foundation.access import PUBLIC
from summitry.foundation.errors import NotFound
from summitry.foundation.i18n import direction, formats, language_tag
from summitry.foundation.web.page_cache import pages, respond
from summitry.foundation.web.security import content_policy
from summitry.programme.queries.cells import listed
from summitry.programme.queries.export_event import absolute
from summitry.programme.queries.links import links_of
from summitry.programme.queries.programme import Programme, SessionLine, programme_of

WIDTH, HEIGHT, NARROWEST = 720, 600, 240
CACHE_SECONDS = 3600
FILTERS = {
    "timetable": ("day", "forum"),
    "forum": ("slug",),
    "session": ("code",),
    "embed": ("day", "forum", "session"),
}
"""The pages that can be embedded, with what of their address chooses the sessions."""


@content_policy(frame_ancestors="*")
@xframe_options_exempt
@require_safe
def embed(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the programme's sessions, of one `day`, `forum` or `session` if asked, to whichever site frames it."""
    shown = edition_by_slug(PUBLIC, edition)
    programme = programme_of(shown, get_language() or settings.LANGUAGE_CODE)
    chosen = {name: request.GET.get(name, "")[:160] for name in ("day", "forum", "session")}
    sessions = chosen_sessions(programme, chosen)
    key = ("embed", programme.edition_id, programme.content_version, programme.lang, *chosen.values())
    page = pages.get_or_build(key, lambda: _rendered(shown, programme, sessions))
    return respond(request, page)


def chosen_sessions(programme: Programme, chosen: Mapping[str, str]) -> list[SessionLine]:
    """Return the sessions that an embed shows. Raises NotFound for a day, forum or session that is not there."""
    sessions = list(programme.sessions)
    if chosen["day"]:
        sessions = [line for line in sessions if line.day.isoformat() == chosen["day"]]
    if chosen["forum"]:
        sessions = [line for line in sessions if line.forum.slug == chosen["forum"]]
    if chosen["session"]:
        sessions = [line for line in sessions if line.code == chosen["session"]]
    if not sessions and any(chosen.values()):
        raise NotFound
    return sessions


def _rendered(edition: Edition, programme: Programme, sessions: Sequence[SessionLine]) -> str:
    links = links_of(edition.slug, programme.lang)
    days: dict[dt.date, list[dict[str, Any]]] = {}
    for line in sessions:
        people = listed([person.name for person in line.people], programme.lang)
        item = {"line": line, "people": people, "url": absolute(links.session(line.code))}
        days.setdefault(line.day, []).append(item)
    context = {
        "edition": edition,
        "zone": programme.zone,
        "offset": formats.offset(programme.zone, sessions[0].starts_at) if sessions else "",
        "days": days.items(),
        "programme_url": absolute(links.timetable),
        "lang_tag": language_tag(programme.lang),
        "lang_dir": direction(programme.lang),
    }
    return render_to_string("programme/embed/programme.html", context)


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """Answer how a page of a programme is embedded, after the oEmbed specification: JSON only, 404, 501."""
    if request.GET.get("format", "json") != "json":
        return _answer({"error": "Only the format json is offered."}, 501)
    try:
        address = _embed_address(request.GET.get("url", ""), request.get_host())
    except NotFound:
        return _answer({"error": "There is nothing to embed at this address."}, 404)
    edition, path = address
    width, height = _size(request.GET, "maxwidth", WIDTH), _size(request.GET, "maxheight", HEIGHT)
    title = str(edition.name)
    frame = format_html(
        '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy" frameborder="0"></iframe>',
        absolute(path),
        width,
        height,
        title,
    )
    return _answer(
        {
            "version": "1.0",
            "type": "rich",
            "title": title,
            "provider_name": "Summitry",
            "provider_url": settings.BASE_URL,
            "cache_age": CACHE_SECONDS,
            "html": frame,
            "width": width,
            "height": height,
        },
        200,
    )


def _answer(data: Mapping[str, Any], status: int) -> JsonResponse:
    response = JsonResponse(dict(data), status=status)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _size(given: Mapping[str, str], name: str, usual: int) -> int:
    """The usual size, or the largest that the page which embeds allows."""
    text = given.get(name, "")
    return max(NARROWEST, min(usual, int(text))) if text.isdecimal() and len(text) < 6 else usual


def _embed_address(url: str, host: str) -> tuple[Edition, str]:
    """The edition that a page of ours is about, and the address of its embed. Raises NotFound for any other page."""
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise NotFound from error
    if parts.scheme not in {"http", "https"} or parts.netloc not in {
        host,
        urlsplit(settings.BASE_URL).netloc,
    }:
        raise NotFound
    lang = get_language_from_path(parts.path)
    if lang is None:
        raise NotFound
    with override(lang):
        try:
            match = resolve(parts.path)
        except Resolver404 as error:
            raise NotFound from error
        if match.namespaces != ["programme"] or match.url_name not in FILTERS:
            raise NotFound
        edition = edition_by_slug(PUBLIC, match.kwargs["edition"])
        chosen = _chosen(match, parts.query)
        chosen_sessions(programme_of(edition, lang), {"day": "", "forum": "", "session": "", **chosen})
        query = urlencode(chosen)
        path = reverse("programme:embed", args=[edition.slug])
    return edition, f"{path}?{query}" if query else path


def _chosen(match: ResolverMatch, query: str) -> dict[str, str]:
    if match.url_name == "forum":
        return {"forum": match.kwargs["slug"]}
    if match.url_name == "session":
        return {"session": match.kwargs["code"]}
    given = parse_qs(query)
    found = {name: given.get(name, [""])[-1] for name in FILTERS[match.url_name or ""]}
    return {name: value for name, value in found.items() if value and value != "all"}
