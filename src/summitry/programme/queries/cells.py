"""Cells: what a session looks like in the timetable and in every list, worked out once for a programme.

The inside of a cell is the same whenever and to whomever it is shown; its classes say where it stands and whether it is
on. A visitor's stars are put in afterwards, by the page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from django.template.loader import get_template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from summitry.foundation.i18n import Shown, direction, formats, language_tag
from summitry.foundation.templatetags.summitry import shown_html
from summitry.programme.queries.hyphens import soft_hyphens
from summitry.programme.queries.kept import Kept
from summitry.programme.queries.links import Links
from summitry.programme.queries.programme import Programme, SessionLine

_MARK = "<!--cell-->"
_WAITING = '<span class="live" hidden>'
_RUNNING = '<span class="live">'


class Cell(NamedTuple):
    """A session in a list or grid: the classes of its item, and what stands in it."""

    classes: str
    body: SafeString


_kept: Kept[Mapping[int, SafeString]] = Kept(16)


def bodies_of(programme: Programme, links: Links) -> Mapping[int, SafeString]:
    """Return the insides of all cells by session id."""
    key = (programme.edition_id, programme.content_version, programme.lang)
    return _kept.get_or_load(key, lambda: _rendered(programme, links))


def cells_of(
    programme: Programme, sessions: Iterable[SessionLine], links: Links, now: dt.datetime
) -> list[Cell]:
    """Return cells without a place, for lists."""
    bodies = bodies_of(programme, links)
    return [cell_of(session, bodies[session.id], now) for session in sessions]


def cells_by_day(
    programme: Programme, sessions: Iterable[SessionLine], links: Links, now: dt.datetime
) -> list[tuple[str, list[Cell]]]:
    """Return cells for lists that span days, each day with its name."""
    by_day = groupby(sorted(sessions, key=lambda session: session.day), key=lambda session: session.day)
    return [
        (formats.date(day, programme.lang, "MMMEd"), cells_of(programme, of_day, links, now))
        for day, of_day in by_day
    ]


def cell_of(session: SessionLine, body: SafeString, now: dt.datetime, place: str = "") -> Cell:
    """Return a session's cell at an instant; `place` holds the classes of its place in the grid."""
    state = session.state(now)
    tone = f" {session.forum.tone}" if session.forum.tone else ""
    if state == "now" and session.is_broadcast:
        body = mark_safe(body.replace(_WAITING, _RUNNING))  # noqa: S308 - only the word "Live" appears
    return Cell(f"tt-cell{tone}{place}{'' if state == 'upcoming' else f' is-{state}'}", body)


def _rendered(programme: Programme, links: Links) -> Mapping[int, SafeString]:
    marks = {change.session_id: str(change.kind.label) for change in reversed(programme.changes)}
    faces = [_face(session, programme, links, marks.get(session.id, "")) for session in programme.sessions]
    html = get_template("programme/cell_bodies.html").render({"faces": faces})
    bodies = html.split(_MARK)
    return {
        session.id: mark_safe(body.strip())  # noqa: S308 - rendered by an escaping template
        for session, body in zip(programme.sessions, bodies, strict=False)
    }


def _face(session: SessionLine, programme: Programme, links: Links, change: str) -> dict[str, Any]:
    start, end = session.starts_at.astimezone(programme.zone), session.ends_at.astimezone(programme.zone)
    title = session.title
    return {
        "id": SafeString(session.id),
        "url": conditional_escape(links.session(session.code)),
        "title": shown_html(Shown(soft_hyphens(title.text), title.lang, title.fallback)),
        "plain_title": conditional_escape(title.text),
        "start": SafeString(f"{start:%H:%M}"),
        "end": SafeString(f"{end:%H:%M}"),
        "start_iso": SafeString(start.isoformat("T", "minutes")),
        "end_iso": SafeString(end.isoformat("T", "minutes")),
        "room": unmarked(session.room.name) if session.room else "",
        "forum": unmarked(session.forum.title),
        "people": listed([person.name for person in session.people], programme.lang),
        "is_broadcast": session.is_broadcast,
        "is_cancelled": session.is_cancelled,
        "change": change,
    }


def unmarked(shown: Shown) -> SafeString:
    """Return a name as HTML: where it is in another language it says so to machines, without a mark for the eye."""
    if not shown.fallback or not shown.lang:
        return conditional_escape(shown.text)
    lang = shown.lang
    return format_html('<span lang="{}" dir="{}">{}</span>', language_tag(lang), direction(lang), shown.text)


def listed(names: Sequence[Shown], lang: str) -> SafeString:
    """Return names as the reader's language joins them, each isolated from the direction of the others."""
    if not names:
        return SafeString("")
    isolated = [f"<bdi>{unmarked(name)}</bdi>" for name in names]
    return mark_safe(formats.listing(isolated, lang))  # noqa: S308 - each name was escaped, the joints are CLDR's
