"""The list of forums and the page of each."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from summitry.foundation import clock
from summitry.foundation.errors import NotFound
from summitry.foundation.i18n import formats
from summitry.foundation.web.markup import rendered
from summitry.programme.enums import ForumKind
from summitry.programme.queries.cells import cells_by_day, unmarked
from summitry.programme.queries.details import forum_details, people_of_forum
from summitry.programme.queries.links import links_of
from summitry.programme.queries.present import present_edition
from summitry.programme.queries.programme import ForumLine, Programme
from summitry.programme.queries.timetable import moment_key
from summitry.programme.views.shared_page import Subject, shared_page, subject_of
from summitry.programme.views.tabs import session_count


@require_safe
def forums(request: HttpRequest, edition: str) -> HttpResponse:
    """List the forums by kind."""
    subject = subject_of(present_edition(request, edition, nav="forums"), "forums")
    return shared_page(request, subject, "programme/forums.html", (), lambda: _list_context(subject))


@require_safe
def forum(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """Show a forum: what it is about, who builds it, its sessions and its people."""
    subject = subject_of(present_edition(request, edition, nav="forums"), "forums")
    line = next((line for line in subject.programme.forums if line.slug == slug), None)
    if line is None:
        raise NotFound
    days = sorted({session.day for session in subject.programme.of_forum(line.id)})
    key = moment_key(subject.programme, days, clock.now())
    return shared_page(request, subject, "programme/forum.html", key, lambda: _context(subject, line))


def _list_context(subject: Subject) -> dict[str, Any]:
    programme = subject.programme
    links = links_of(subject.edition.slug, programme.lang)
    order = [kind.value for kind in ForumKind]
    in_order = sorted(programme.forums, key=lambda line: order.index(line.kind))
    return {
        "addresses": links,
        "kinds": [
            {
                "kind": kind,
                "label": ForumKind(kind).label,
                "forums": [_card(programme, line, links.forum(line.slug)) for line in of_kind],
            }
            for kind, of_kind in groupby(in_order, key=lambda line: line.kind)
        ],
    }


def _card(programme: Programme, line: ForumLine, url: str) -> dict[str, Any]:
    sessions = programme.of_forum(line.id)
    return {
        "line": line,
        "url": url,
        "count": session_count(len(sessions)),
        "days": _days(programme, line),
        "rooms": list(dict.fromkeys(session.room.name.text for session in sessions if session.room)),
    }


def _days(programme: Programme, line: ForumLine) -> str:
    days = sorted({session.day for session in programme.of_forum(line.id)})
    return formats.date_range(days[0], days[-1], programme.lang) if days else ""


def _context(subject: Subject, line: ForumLine) -> dict[str, Any]:
    edition, programme = subject.edition, subject.programme
    links = links_of(edition.slug, programme.lang)
    details = forum_details(edition, programme, line)
    return {
        "addresses": links,
        "here": links.forum(line.slug),
        "forum": line,
        "kind": ForumKind(line.kind).label,
        "days": _days(programme, line),
        "abstract": details.abstract,
        "abstract_html": rendered(details.abstract.text),
        "organisers": details.organisers,
        "cells_by_day": cells_by_day(programme, programme.of_forum(line.id), links, clock.now()),
        "people": [
            {
                "name": unmarked(person.name),
                "initial": person.name.text[:1],
                "url": links.speaker(person.slug),
                "role": role,
            }
            for person, role in people_of_forum(programme, line)
        ],
    }
