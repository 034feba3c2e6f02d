"""The page of a session, and the day list of a room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from summitry.foundation import clock
from summitry.foundation.errors import NotFound
from summitry.foundation.i18n import formats
from summitry.foundation.web.markup import rendered
from summitry.programme.enums import ForumKind
from summitry.programme.queries.cells import cells_of, unmarked
from summitry.programme.queries.changes import changes_of
from summitry.programme.queries.clocks import reader_zone, second_clock
from summitry.programme.queries.details import PersonRole, session_details
from summitry.programme.queries.links import Links, links_of
from summitry.programme.queries.present import present_edition
from summitry.programme.queries.programme import Programme, RoomLine, SessionLine
from summitry.programme.queries.timetable import Viewing, moment_key, plans_of
from summitry.programme.views.shared_page import Subject, shared_page, subject_of
from summitry.programme.views.tabs import clock_context


@require_safe
def session(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Show a session, before, while and after it takes place, at the same address."""
    subject = subject_of(present_edition(request, edition, nav="programme"), "programme")
    line = subject.programme.by_code.get(code)
    if line is None:
        raise NotFound
    now, reader = clock.now(), reader_zone(request)
    key = (reader.key if reader else "", moment_key(subject.programme, [line.day], now))
    return shared_page(
        request, subject, "programme/session.html", key, lambda: _context(subject, line, now, reader)
    )


@require_safe
def room(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Show what takes place in a room, day by day."""
    subject = subject_of(present_edition(request, edition, nav="programme"), "programme")
    programme = subject.programme
    line = next((line for line in programme.rooms if line.code == code), None)
    if line is None:
        raise NotFound
    viewing = Viewing(clock.now(), reader_zone(request), as_grid=False)
    key = (viewing.reader.key if viewing.reader else "", moment_key(programme, programme.days, viewing.now))
    return shared_page(
        request, subject, "programme/room.html", key, lambda: _room_context(subject, line, viewing)
    )


def _context(
    subject: Subject, line: SessionLine, now: dt.datetime, reader: ZoneInfo | None
) -> dict[str, Any]:
    edition, programme = subject.edition, subject.programme
    links = links_of(edition.slug, programme.lang)
    details = session_details(edition, programme, line)
    return {
        "addresses": links,
        "here": links.session(line.code),
        "session": line,
        "forum_url": links.forum(line.forum.slug),
        "room_url": links.room(line.room.code) if line.room else "",
        "details": details,
        "kind": ForumKind(line.forum.kind).label,
        "abstract_html": rendered(details.abstract.text),
        "day": formats.date(line.day, programme.lang, "full"),
        "state": line.state(now),
        "state_text": state_text(programme, line, now),
        "elapsed": elapsed(line, now),
        "clocks": clocks(line, programme.zone, reader),
        "people": people_lines(details.people, links),
        "contributions": [
            {
                "line": contribution,
                "html": rendered(contribution.abstract.text),
                "people": people_lines(contribution.people, links),
            }
            for contribution in details.contributions
        ],
        "changes": changes_of(edition, programme, line),
        "before": cells_of(programme, [details.previous] if details.previous else [], links, now),
        "after": cells_of(programme, [details.next] if details.next else [], links, now),
    }


def _room_context(subject: Subject, line: RoomLine, viewing: Viewing) -> dict[str, Any]:
    programme = subject.programme
    links = links_of(subject.edition.slug, programme.lang)
    return {
        "addresses": links,
        "here": links.room(line.code),
        "room": line,
        "plans": plans_of(programme, programme.in_room(line.id), links, viewing),
        "hour_tag": "p",
        **clock_context(viewing),
    }


def state_text(programme: Programme, line: SessionLine, now: dt.datetime) -> str:
    """Return in one sentence where the session stands in time, by the venue's clock."""
    start = formats.time(line.starts_at, programme.zone)
    end = formats.time(line.ends_at, programme.zone)
    day = formats.date(line.day, programme.lang, "MMMEd")
    sentences = {
        "cancelled": _("This session has been cancelled."),
        "upcoming": _("Starts on %(day)s at %(start)s.") % {"day": day, "start": start},
        "now": _("On now, until %(end)s.") % {"end": end},
        "past": _("Ended on %(day)s at %(end)s.") % {"day": day, "end": end},
    }
    return sentences[line.state(now)]


def elapsed(line: SessionLine, now: dt.datetime) -> int:
    """Return how much of the session has passed, in per cent."""
    share = (now - line.starts_at) / (line.ends_at - line.starts_at)
    return max(0, min(100, round(100 * share)))


def clocks(line: SessionLine, venue: ZoneInfo, reader: ZoneInfo | None) -> dict[str, Any]:
    """Return both clocks of a session, as the component of that name shows them."""
    start, end = line.starts_at.astimezone(venue), line.ends_at.astimezone(venue)
    return {
        "start": start,
        "end": end,
        "zone": venue,
        "offset": formats.offset(venue, start),
        "start_iso": start.isoformat("T", "minutes"),
        "end_iso": end.isoformat("T", "minutes"),
        "start_local": second_clock(start, venue, reader),
        "end_local": second_clock(end, venue, reader),
    }


def people_lines(people: Sequence[PersonRole], links: Links) -> list[dict[str, Any]]:
    """Return people as the component `person` shows them."""
    return [
        {
            "name": unmarked(person.name),
            "initial": person.name.text[:1],
            "url": links.speaker(person.slug),
            "role": role,
        }
        for person, role in people
    ]
