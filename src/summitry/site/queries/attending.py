"""Which sessions guests can attend online at the moment, and whether one guest may be counted there."""

from __future__ import annotations

import datetime as dt

from summitry.foundation.errors import NotFound
from summitry.guests.enums import GuestState
from summitry.guests.models import Guest, Purpose
from summitry.guests.queries.consents import holds
from summitry.programme.queries.programme import Programme, SessionLine

BEFORE, AFTER = dt.timedelta(minutes=15), dt.timedelta(minutes=30)
"""How long before a session its doors are open, and after: sessions overrun."""
PURPOSE = "attendance"
"""The slug of the purpose that says why online attendance is taken down, where an edition has one."""


def is_open(session: SessionLine, now: dt.datetime) -> bool:
    """Return whether one can attend a session online now: it is shown to those outside, and on."""
    on = session.starts_at - BEFORE <= now <= session.ends_at + AFTER
    return session.is_broadcast and not session.is_cancelled and on


def open_sessions(programme: Programme, now: dt.datetime) -> list[SessionLine]:
    """Return the sessions that one can attend online now."""
    return [session for session in programme.sessions if is_open(session, now)]


def attended_session(programme: Programme, code: str) -> SessionLine:
    """Return the session of a code that is shown to those outside. Raises NotFound."""
    session = programme.by_code.get(code)
    if session is None or not session.is_broadcast:
        raise NotFound
    return session


def may_attend(guest: Guest) -> bool:
    """Return whether a guest is admitted: only accredited guests attend by their own link."""
    return guest.state == GuestState.CONFIRMED


def missing_consent(guest: Guest) -> Purpose | None:
    """Return the purpose to which a guest has to consent before her attendance is taken down; None where nothing is missing."""
    rows = Purpose.objects.filter(edition=guest.edition_id, slug=PURPOSE, needs_consent=True)
    purpose = rows.select_related("edition").first()
    return purpose if purpose is not None and not holds(guest, purpose) else None
