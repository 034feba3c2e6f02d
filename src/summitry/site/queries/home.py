"""What the home page shows at a given moment of an edition's life."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from summitry.editions.enums import Moment
from summitry.editions.models import Edition
from summitry.programme.enums import ForumKind
from summitry.programme.queries.programme import ForumLine, Programme, SessionLine

LIVE_SHOWN = 4
FORUMS_SHOWN = 9


@dataclass(frozen=True, slots=True)
class LiveSession:
    """A session that is on now, or begins next, with how far it has come in percent."""

    session: SessionLine
    percent: int
    languages: int


@dataclass(frozen=True, slots=True)
class Home:
    """`day_number` counts the edition's days from 1 while it is on, else 0; `days_left` is until it opens."""

    moment: Moment
    day_number: int
    day_count: int
    days_left: int
    live: tuple[LiveSession, ...]
    live_count: int
    upcoming: tuple[LiveSession, ...]
    forums: tuple[tuple[ForumLine, int], ...]


def home_of(edition: Edition, programme: Programme, now: dt.datetime) -> Home:
    """Return what the home page of `edition` shows at `now`."""
    moment = edition.moment(now)
    today = now.astimezone(edition.zone).date()
    running = [s for s in programme.sessions if s.state(now) == "now"]
    next_ = [s for s in programme.sessions if s.state(now) == "upcoming"][:LIVE_SHOWN]
    counts: dict[int, int] = {}
    for session in programme.sessions:
        counts[session.forum.id] = counts.get(session.forum.id, 0) + 1
    main = [f for f in programme.forums if f.kind in {ForumKind.CEREMONY, ForumKind.MAIN, ForumKind.SUB}]
    return Home(
        moment=moment,
        day_number=(today - edition.starts_on).days + 1 if moment is Moment.DURING else 0,
        day_count=len(edition.days),
        days_left=max(0, (edition.starts_on - today).days),
        live=tuple(_live(s, now) for s in sorted(running, key=lambda s: not s.is_broadcast)[:LIVE_SHOWN]),
        live_count=len(running),
        upcoming=tuple(_live(s, now) for s in next_),
        forums=tuple((f, counts[f.id]) for f in (main or programme.forums)[:FORUMS_SHOWN]),
    )


def _live(session: SessionLine, now: dt.datetime) -> LiveSession:
    passed = (now - session.starts_at) / (session.ends_at - session.starts_at)
    languages = len({*session.spoken, *session.interpreted})
    return LiveSession(session, max(0, min(100, round(passed * 100))), languages)
