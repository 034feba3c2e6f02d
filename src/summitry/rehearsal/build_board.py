"""What makes the demo's board look lived in: too few crews on the busiest day, two late sessions, and a move with a clash."""

from __future__ import annotations

import datetime as dt

from summitry.foundation.access import Actor
from summitry.foundation.i18n import Text
from summitry.programme.actions.board import move_session
from summitry.programme.actions.capacity import set_capacities
from summitry.programme.actions.schedule import draft_of
from summitry.programme.actions.session import create_session
from summitry.programme.enums import CapacityKind, ForumKind
from summitry.programme.models import Capacity, Forum, Slot, Version
from summitry.programme.queries.diff import Place
from summitry.rehearsal.built import Built

TEAMS = {"en": 12, "zh-hans": 11, "fr": 11, "es": 10, "ru": 9, "ar": 9}
CREWS, LINKS = 11, 22
OVERLAP_BEFORE = dt.timedelta(minutes=30)
LATE = (
    {
        "en": "Lanterns for the river: an evening of stories",
        "zh-hans": "河灯：故事之夜",
        "fr": "Des lanternes pour la rivière : une soirée de récits",
        "es": "Faroles para el río: una noche de relatos",
        "ru": "Фонари для реки: вечер историй",
        "ar": "فوانيس للنهر: أمسية حكايات",
    },
    {
        "en": "Open hour with the secretariat",
        "zh-hans": "秘书处开放时间",
        "fr": "Heure ouverte avec le secrétariat",
        "es": "Hora abierta con la secretaría",
        "ru": "Открытый час с секретариатом",
        "ar": "ساعة مفتوحة مع الأمانة",
    },
)


def build_board(built: Built, by: Actor) -> None:
    """Say how many teams, crews and links there are, add sessions nobody has placed, and move one onto another."""
    set_capacities(built.edition, _capacities(), by=by)
    forum = Forum.objects.filter(edition=built.edition, kind=ForumKind.CAFE).order_by("pk").first()
    if forum is not None:
        for titles in LATE:
            create_session(forum, by=by, title=Text.of(titles), spoken=["en"])
    draft = draft_of(built.edition)
    pair = _neighbours(draft)
    if pair is not None:
        first, second = pair
        starts_at = second.starts_at - OVERLAP_BEFORE
        to = Place(first.room_id, starts_at, starts_at + (first.ends_at - first.starts_at))
        move_session(draft, first.session, to, by=by)


def _capacities() -> list[Capacity]:
    teams = [
        Capacity(kind=CapacityKind.INTERPRETATION, lang=lang, amount=amount) for lang, amount in TEAMS.items()
    ]
    crews = Capacity(kind=CapacityKind.BROADCAST, amount=CREWS, setup_minutes=15, strike_minutes=10)
    links = Capacity(kind=CapacityKind.LIVE_LINK, amount=LINKS, setup_minutes=15)
    return [*teams, crews, links]


def _neighbours(draft: Version) -> tuple[Slot, Slot] | None:
    """Return the last two sessions that follow each other in one room on one day with a pause between them."""
    slots = list(draft.slots.exclude(room=None).select_related("session").order_by("-starts_at", "-pk"))
    for second in slots:
        for first in slots:
            pause = second.starts_at - first.ends_at
            if first.room_id == second.room_id and dt.timedelta() < pause < dt.timedelta(hours=2):
                return first, second
    return None
