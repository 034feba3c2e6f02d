"""Cells: what a session looks like in the timetable and in every list, worked out once for a programme.

The inside of a cell is the same whenever and to whomever it is shown; its classes say where it stands and whether it is
on. A visitor's stars are put in afterwards, by the page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from summitry.foundation.i18n import Shown, direction, formats, language_tag
from summitry.foundation.i18n.marking import shown_html
from summitry.programme.queries.hyphens import soft_hyphens
from summitry.programme.queries.kept import Kept
from summitry.programme.queries.links import Links
from summitry.programme.queries.programme import Programme, SessionLine

_WAITING = '<span class="live" hidden>'
_RUNNING = '<span class="live">'


class Cell(NamedTuple):
    """A session in a list or grid: the classes of its item, and what stands in it."""

    classes: str
    body: SafeString


_kept: Kept[Mapping[int, bytes]] = Kept(8)
"""In UTF-8, which takes half of what the texts do."""


def bodies_of(programme: Programme, links: Links) -> Mapping[int, bytes]:
    """Return the insides of all cells by session id, as `cell_of` takes them."""
    key = (programme.edition_id, programme.lang)
    return _kept.get_or_load(key, lambda: _rendered(programme, links), state=programme.content_version)


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


def cell_of(session: SessionLine, body: bytes, now: dt.datetime, place: str = "") -> Cell:
    """Return a session's cell at an instant; `place` holds the classes of its place in the grid."""
    state = session.state(now)
    tone = f" {session.forum.tone}" if session.forum.tone else ""
    inside = body.decode()
    if state == "now" and session.is_broadcast:
        inside = inside.replace(_WAITING, _RUNNING)
    classes = f"tt-cell{tone}{place}{'' if state == 'upcoming' else f' is-{state}'}"
    return Cell(classes, mark_safe(inside))  # noqa: S308 - every part of it was escaped


def _rendered(programme: Programme, links: Links) -> Mapping[int, bytes]:
    marks = {change.session_id: str(change.kind.label) for change in reversed(programme.changes)}
    words = _Words(escape(_("Live")), escape(_("Cancelled")), escape(_("Star")))
    return {
        session.id: _body(session, programme, links, words, marks.get(session.id, "")).encode()
        for session in programme.sessions
    }


class _Words(NamedTuple):
    """What every cell may say of itself, as HTML in the reader's language."""

    live: str
    cancelled: str
    star: str


def _body(session: SessionLine, programme: Programme, links: Links, words: _Words, change: str) -> str:
    """The inside of a cell. It is written out here since a template takes far longer for hundreds of them."""
    title = session.title
    shown = shown_html(Shown(soft_hyphens(title.text), title.lang, title.fallback))
    live = f'<span class="live" hidden>{words.live}</span> ' if session.is_broadcast else ""
    mark = words.cancelled if session.is_cancelled else escape(change)
    chip = f'<span class="chip chip-amber">{mark}</span> ' if mark else ""
    room = unmarked(session.room.name) if session.room else ""
    people = listed([person.name for person in session.people], programme.lang)
    return (
        f'<h3 class="tt-title"><a href="{escape(links.session(session.code))}"><bdi>{shown}</bdi></a></h3>'
        f'<p class="tt-meta">{live}{_span(session, programme.zone)} {chip}'
        f'<span class="tt-where">{room}</span> <span class="topic">{unmarked(session.forum.title)}</span></p>'
        + (f'<p class="tt-people">{people}</p>' if people else "")
        + f'<button class="star" form="stars" name="session" value="{session.id}" aria-pressed="false">'
        f'<span class="vh">{words.star}: {escape(title.text)}</span></button>'
    )


def _span(session: SessionLine, zone: ZoneInfo) -> str:
    """When the session is, as HTML."""
    start, end = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
    return (
        f'<span class="tt-when"><time datetime="{start.isoformat("T", "minutes")}">{start:%H:%M}</time>'
        f'<span class="tt-end">–<time datetime="{end.isoformat("T", "minutes")}">{end:%H:%M}</time></span></span>'
    )


def unmarked(shown: Shown) -> SafeString:
    """Return a name as HTML: where it is in another language it says so to machines, without a mark for the eye."""
    if not shown.fallback or not shown.lang:
        return SafeString(escape(shown.text))
    lang = shown.lang
    return format_html('<span lang="{}" dir="{}">{}</span>', language_tag(lang), direction(lang), shown.text)


def listed(names: Sequence[Shown], lang: str) -> SafeString:
    """Return names as the reader's language joins them, each isolated from the direction of the others."""
    if not names:
        return SafeString("")
    isolated = [f"<bdi>{unmarked(name)}</bdi>" for name in names]
    return mark_safe(formats.listing(isolated, lang))  # noqa: S308 - each name was escaped, the joints are CLDR's
