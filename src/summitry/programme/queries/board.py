"""The board's read model: the draft as those see it who build it, with every room, every session, and who moved what."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Sum

from summitry.editions.models import Edition
from summitry.editions.queries.venue import RoomView, rooms_of
from summitry.foundation.i18n import Shown
from summitry.programme.models import Forum, Session, Slot, Version
from summitry.programme.queries.diff import Place
from summitry.programme.queries.programme import event_day, tones_of

USUAL_MINUTES = 60


class ForumMark(NamedTuple):
    """A forum as a card shows it: its title, and the class of its colour."""

    title: Shown
    tone: str


@dataclass(frozen=True, slots=True)
class Card:
    """A session on the board. Without a `place` it lies in the tray; `minutes` is then how long it would take."""

    id: int
    code: str
    title: Shown
    forum: ForumMark
    place: Place | None
    revision: int
    minutes: int
    is_broadcast: bool
    is_public: bool


@dataclass(frozen=True, slots=True)
class Board:
    """The draft at one moment; `state` changes whenever anything on the board does."""

    edition: Edition
    draft: Version
    lang: str
    state: str
    rooms: Sequence[RoomView]
    cards: Mapping[int, Card]

    @property
    def zone(self) -> ZoneInfo:
        """The host city's time zone."""
        return self.edition.zone

    @property
    def tray(self) -> list[Card]:
        """The sessions without a place, by forum and title."""
        unplaced = [card for card in self.cards.values() if card.place is None]
        return sorted(unplaced, key=lambda card: (card.forum.title.text, card.title.text, card.id))

    @property
    def days(self) -> list[dt.date]:
        """The edition's days, and whichever others have sessions by mistake."""
        used = {day for card in self.cards.values() if (day := self.day_of(card)) is not None}
        return sorted(used | set(self.edition.days))

    def day_of(self, card: Card) -> dt.date | None:
        """Return the day on which a card stands."""
        return None if card.place is None else event_day(card.place.starts_at, self.zone)

    def on(self, day: dt.date) -> list[Card]:
        """Return the cards of one day in the order of time, then of the rooms."""
        order = {room.id: place for place, room in enumerate(self.rooms)}
        placed = [
            (card.place.starts_at, order.get(card.place.room_id or 0, len(order)), card.id, card)
            for card in self.cards.values()
            if card.place is not None and self.day_of(card) == day
        ]
        return [card for _start, _room, _pk, card in sorted(placed, key=lambda row: row[:3])]


def board_of(draft: Version, lang: str) -> Board:
    """Return the board of a draft for readers of `lang`, in four statements."""
    edition = draft.edition
    chain = tuple(edition.fallback)
    forums = _forums(edition, lang, chain)
    slots = _slots(draft)
    rows = (
        Session.objects.filter(edition=edition).order_by("pk").annotate(total=Sum("contributions__minutes"))
    )
    cards = {
        pk: Card(
            id=pk,
            code=code,
            title=title.shown(lang, chain),
            forum=forums[forum_id],
            place=Place(*slots[pk][:3]) if pk in slots else None,
            revision=slots[pk][3] if pk in slots else 0,
            minutes=_minutes(slots.get(pk), total),
            is_broadcast=is_broadcast,
            is_public=is_public,
        )
        for pk, code, title, forum_id, is_broadcast, is_public, total in rows.values_list(
            "pk", "code", "title", "forum_id", "is_broadcast", "is_public", "total"
        )
    }
    state = _digest(edition.content_version, slots.items())
    return Board(edition, draft, lang, state, rooms_of(edition, lang), cards)


def state_of(draft: Version) -> str:
    """Return the state of a draft as `board_of` would name it, in one statement."""
    return _digest(draft.edition.content_version, _slots(draft).items())


def _slots(draft: Version) -> dict[int, tuple[int | None, dt.datetime, dt.datetime, int]]:
    rows = Slot.objects.filter(version=draft, is_cancelled=False).order_by("session_id")
    return {
        session_id: (room_id, starts_at, ends_at, revision)
        for session_id, room_id, starts_at, ends_at, revision in rows.values_list(
            "session_id", "room_id", "starts_at", "ends_at", "revision"
        )
    }


def _digest(content_version: int, slots: Iterable[tuple[int, tuple[Any, ...]]]) -> str:
    parts = [str(content_version)]
    parts += [
        f"{pk}:{room}:{start.timestamp():.0f}:{end.timestamp():.0f}:{revision}"
        for pk, (room, start, end, revision) in slots
    ]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


def _forums(edition: Edition, lang: str, chain: Sequence[str]) -> dict[int, ForumMark]:
    rows = list(
        Forum.objects.filter(edition=edition).order_by("position", "pk").values_list(
            "pk", "slug", "kind", "title", "topic_id", "topic__slug", "topic__name", "chair_id", "topic__tone",
            "topic__parent__tone",
        )
    )  # fmt: skip
    return {
        row[0]: ForumMark(row[3].shown(lang, chain), tone)
        for row, tone in zip(rows, tones_of(rows), strict=True)
    }


def _minutes(slot: tuple[Any, ...] | None, total: int | None) -> int:
    if slot is not None:
        return int((slot[2] - slot[1]).total_seconds() // 60)
    return total or USUAL_MINUTES
