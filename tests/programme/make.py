"""Builders for the programme: each calls a real action, as the system unless told otherwise."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from summitry.directory.models import Person
from summitry.editions.models import Edition, Room
from summitry.foundation.access import Actor, ActorKind, Scope, system
from summitry.foundation.i18n import Text
from summitry.programme.actions.appearance import set_appearances
from summitry.programme.actions.forum import create_forum
from summitry.programme.actions.schedule import draft_of, place_session, publish_schedule
from summitry.programme.actions.session import create_session
from summitry.programme.models import Appearance, Forum, Session, Slot, Version
from summitry.programme.queries import cells, changes, filtering, present, programme, speakers

SYSTEM = system("tests")
ZONE = ZoneInfo("Asia/Shanghai")
DAY = dt.date(2026, 11, 9)
AUDIT_LOCK = int(connection.vendor == "postgresql")
"""The audit log's chain is locked by a statement of its own on PostgreSQL."""
_numbers = itertools.count(1)


def at(hour: int, minute: int = 0, day: int = 0) -> dt.datetime:
    """Return an instant by the venue's clock, `day` days after the first; hours may exceed 23."""
    return dt.datetime.combine(DAY, dt.time(), ZONE) + dt.timedelta(days=day, hours=hour, minutes=minute)


def in_forum(role: str, forum: Forum) -> Actor:
    """Return a signed-in person who holds one role in a forum and has no account row."""
    return Actor(ActorKind.PERSON, role, account_id=1, grants=frozenset({(role, Scope("forum", forum.pk))}))


def make_forum(edition: Edition, title: str = "", by: Actor = SYSTEM, **facts: Any) -> Forum:
    n = next(_numbers)
    return create_forum(
        edition, by=by, slug=facts.pop("slug", f"forum-{n}"), title=Text.of(title or f"Forum {n}"), **facts
    )


def make_session(forum: Forum, title: str | Text = "", by: Actor = SYSTEM, **facts: Any) -> Session:
    words = title if isinstance(title, Text) else Text.of(title or f"Session {next(_numbers)}")
    return create_session(forum, by=by, title=words, **facts)


def place(
    session: Session, room: Room | None, start: dt.datetime, minutes: int = 60, by: Actor = SYSTEM
) -> Slot:
    """Place a session in the draft of its edition."""
    draft = draft_of(session.edition)
    return place_session(draft, session, room, start, start + dt.timedelta(minutes=minutes), by=by)


def publish(edition: Edition, by: Actor = SYSTEM, **facts: Any) -> Version:
    """Publish the draft, and read the edition anew so that its content version is the present one."""
    version = publish_schedule(edition, by=by, **facts)
    edition.refresh_from_db()
    return version


def appear(session: Session, *people: Person, **facts: Any) -> list[Appearance]:
    """Make `people` all who appear in a session."""
    return set_appearances(session, [Appearance(person=person, **facts) for person in people], by=SYSTEM)


def forget() -> None:
    """Forget all kept read models, as a fresh process has none."""
    for kept in (
        programme._kept,
        cells._kept,
        changes._kept,
        filtering._haystacks,
        present._kept,
        speakers._kept,
    ):
        kept.clear()
