"""The timetable: grid, list, now & next; and the list of changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from summitry.foundation import clock
from summitry.programme.actions.agenda import mark_seen
from summitry.programme.forms import TimetableQuery
from summitry.programme.queries.agenda import agenda_for
from summitry.programme.queries.changes import history_of
from summitry.programme.queries.clocks import reader_zone
from summitry.programme.queries.filtering import matching
from summitry.programme.queries.links import links_of
from summitry.programme.queries.present import present_edition
from summitry.programme.queries.programme import Programme
from summitry.programme.queries.timetable import Viewing, moment_key, now_and_next, plans_of
from summitry.programme.views.agenda import agenda_page
from summitry.programme.views.shared_page import Subject, is_anonymous, shared_page, subject_of
from summitry.programme.views.tabs import clock_context, day_tabs, selects, session_count, view_tabs


@require_safe
def timetable(request: HttpRequest, edition: str) -> HttpResponse:
    """Show a day of the programme, all days, what is on now, or the visitor's own agenda."""
    this = present_edition(request, edition, nav="programme")
    subject = subject_of(this, "programme")
    query = TimetableQuery.read(request.GET)
    if query.view == "agenda":
        return agenda_page(request, subject)
    now, reader = clock.now(), reader_zone(request)
    days = shown_days(subject.programme, query, now)
    viewing = Viewing(now, reader, as_grid=query.view == "grid")
    return shared_page(
        request,
        subject,
        "programme/timetable.html",
        (query, days, reader.key if reader else "", moment_key(subject.programme, days, now)),
        lambda: _context(subject, query, days, viewing),
        query=query.address(),
    )


@require_safe
def changes(request: HttpRequest, edition: str) -> HttpResponse:
    """Show what each version changed, newest first; whoever has an agenda has then seen it."""
    this = present_edition(request, edition, nav="programme")
    subject = subject_of(this, "programme")
    response = shared_page(
        request,
        subject,
        "programme/changes.html",
        (),
        lambda: {
            "versions": history_of(this, subject.programme),
            "addresses": links_of(this.slug, subject.programme.lang),
        },
    )
    agenda = None if is_anonymous(request, this) else agenda_for(request, this)
    if agenda is not None:
        mark_seen(agenda, subject.programme.number)
    return response


def shown_days(programme: Programme, query: TimetableQuery, now: dt.datetime) -> tuple[dt.date, ...]:
    """Return the days a page shows: those asked for, else today where today has sessions, else the first."""
    days = programme.days
    if query.day == "all" or query.view == "now":
        return tuple(days)
    wanted = [day for day in days if day.isoformat() == query.day]
    today = [day for day in days if day == programme.day_of(now)]
    return tuple(wanted or today or days[:1])


def _context(
    subject: Subject, query: TimetableQuery, days: tuple[dt.date, ...], viewing: Viewing
) -> dict[str, Any]:
    programme = subject.programme
    links = links_of(subject.edition.slug, programme.lang)
    found = matching(programme, programme.sessions, query.wanted)
    shown = [session for session in found if session.day in days]
    context: dict[str, Any] = {
        "query": query,
        "addresses": links,
        "here": links.timetable + query.address(),
        "clear_url": links.timetable + TimetableQuery(view=query.view, day=query.day).address(),
        "lead": _lead(programme),
        "tabs": day_tabs(programme, found, query, days, links),
        "views": view_tabs(query, links),
        "selects": selects(programme, query),
        "count_label": session_count(len(shown)),
        "cell_count": _("%(count)s sessions") % {"count": "{n}"},
        **clock_context(viewing),
    }
    if query.view == "now":
        return {**context, "rooms": now_and_next(programme, shown, links, viewing.now)}
    plans = plans_of(programme, shown, links, viewing)
    return {**context, "plans": plans, "hour_tag": "h2" if len(plans) == 1 else "p"}


def _lead(programme: Programme) -> str:
    counts: Mapping[str, int] = {
        "sessions": len(programme.sessions),
        "rooms": len(programme.rooms),
        "days": len(programme.days),
    }
    sessions = ngettext("%(sessions)d session", "%(sessions)d sessions", counts["sessions"]) % counts
    rooms = ngettext("%(rooms)d room", "%(rooms)d rooms", counts["rooms"]) % counts
    days = ngettext("%(days)d day", "%(days)d days", counts["days"]) % counts
    return _("%(sessions)s, %(rooms)s, %(days)s. Times are shown for the venue and for you.") % {
        "sessions": sessions,
        "rooms": rooms,
        "days": days,
    }
