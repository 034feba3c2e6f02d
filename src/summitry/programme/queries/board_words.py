"""What happened on the board, in words: where a session is now, who moved it last, and what others did meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from summitry.foundation import clock
from summitry.foundation.i18n import formats
from summitry.foundation.models import AuditEntry
from summitry.programme.models import Session
from summitry.programme.queries.board import Board
from summitry.programme.queries.clash_names import POP, isolated
from summitry.programme.queries.diff import Place

MOVES = ("programme.slot.placed", "programme.slot.moved", "programme.slot.removed")
NEWS_LIMIT = 5


class LastMove(NamedTuple):
    """Who moved a session last, and when, in words; empty where nobody knows."""

    who: str
    when: str


def place_words(board: Board, place: Place | None) -> str:
    """Return "Mon 9 Nov, 09:00–10:30, Moon Bridge", or that it is in the tray."""
    if place is None:
        return _("the tray of unscheduled sessions")
    room = next((room for room in board.rooms if room.id == place.room_id), None)
    span = f"{formats.time(place.starts_at, board.zone)}–{formats.time(place.ends_at, board.zone)}"
    day = formats.date(place.starts_at.astimezone(board.zone).date(), board.lang, "MMMEd")
    facts = {
        "day": day,
        "time": f"\u2066{span}{POP}",
        "room": isolated(room.name) if room else _("no room"),
    }
    return _("%(day)s, %(time)s, %(room)s") % facts


def moved_words(board: Board, session_id: int) -> str:
    """Say where a session is now."""
    card = board.cards[session_id]
    facts = {"title": isolated(card.title), "place": place_words(board, card.place)}
    if card.place is None:
        return _("“%(title)s” is unscheduled now and lies in the tray.") % facts
    return _("“%(title)s” moved to %(place)s.") % facts


def last_move(session: Session) -> LastMove:
    """Return who moved a session last."""
    entry = _moves().filter(object_type="programme.session", object_id=str(session.pk)).first()
    return LastMove(entry.actor_label, ago(entry.at)) if entry else LastMove("", "")


def ago(instant: dt.datetime) -> str:
    """Return how long ago something was: "a moment ago", "5 minutes ago", "3 hours ago"."""
    minutes = int((clock.now() - instant).total_seconds() // 60)
    if minutes < 1:
        return _("a moment ago")
    if minutes < 60:
        return ngettext("%(count)d minute ago", "%(count)d minutes ago", minutes) % {"count": minutes}
    hours = minutes // 60
    return ngettext("%(count)d hour ago", "%(count)d hours ago", hours) % {"count": hours}


def latest_move(edition_id: int) -> int:
    """Return the number of the last move in an edition; what comes after it is news."""
    return _moves().filter(edition_id=edition_id).values_list("pk", flat=True).first() or 0


def news_since(board: Board, number: int, account_id: int | None) -> list[str]:
    """Return what others did after the move `number`, oldest first, at most a few sentences."""
    rows = _moves().filter(edition_id=board.edition.pk, pk__gt=number).exclude(actor_id=account_id)
    return [_told(board, entry) for entry in reversed(rows[:NEWS_LIMIT])]


def _moves() -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(action__in=MOVES).order_by("-pk")


def _told(board: Board, entry: AuditEntry) -> str:
    stored: Mapping[str, object] = entry.after
    place = Place.from_json(stored) if stored.get("starts_at") else None
    card = board.cards.get(int(entry.object_id))
    facts = {
        "who": isolated(entry.actor_label),
        "title": isolated(card.title if card else entry.object_label),
        "place": place_words(board, place),
    }
    if place is None:
        return _("%(who)s took “%(title)s” out of the schedule.") % facts
    return _("%(who)s moved “%(title)s” to %(place)s.") % facts
