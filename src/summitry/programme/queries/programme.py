"""THE read model of a published programme: everything that timetable, lists, pages and feeds show of it.

One programme is loaded in seven statements, whatever its size, for one reader's language, and kept under the edition's
content version: an action that changes what the public may see raises that number, so a kept programme is never
stale. It holds what the public may see and nothing else; drafts and hidden forums and sessions are not in it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from sys import intern
from typing import Any
from zoneinfo import ZoneInfo

from summitry.directory.models import Person
from summitry.directory.queries.names import NamesIndex, names_of
from summitry.editions.models import Edition, Room
from summitry.foundation.i18n import Text
from summitry.foundation.i18n.text import NOTHING
from summitry.programme.enums import PUBLIC_ROLES, SpeakerRole
from summitry.programme.models import Appearance, Forum, Slot, Version
from summitry.programme.queries.diff import Change
from summitry.programme.queries.kept import Kept
from summitry.programme.queries.lines import ForumLine, Part, PersonLine, RoomLine, SessionLine, TopicLine

__all__ = [
    "DAY_BREAK",
    "ForumLine",
    "Part",
    "PersonLine",
    "Programme",
    "RoomLine",
    "SessionLine",
    "TopicLine",
    "event_day",
    "forget_programmes",
    "programme_of",
]

DAY_BREAK = dt.timedelta(hours=4)
"""A session that starts in the small hours belongs to the day before, as its audience would say."""

_TONES = tuple(f"topic-{number}" for number in range(1, 9))
_ROLE_ORDER = {str(role): place for place, role in enumerate(SpeakerRole)}
_kept: Kept[Programme] = Kept(8)
"""One for each language. What says the same in all of them, their texts for search, is interned: they share it."""


@dataclass(frozen=True, slots=True, eq=False)
class Programme:
    """A published programme for readers of one language. `number` is 0 while nothing is published.

    Sessions are in the order of their start, then of the rooms; `changes` is what the latest version changed, and
    `instants` are the moments of each day at which a session starts or ends.
    """

    edition_id: int
    content_version: int
    lang: str
    zone: ZoneInfo
    number: int
    label: str
    published_at: dt.datetime | None
    rooms: tuple[RoomLine, ...]
    forums: tuple[ForumLine, ...]
    sessions: tuple[SessionLine, ...]
    people: Mapping[int, PersonLine]
    changes: tuple[Change, ...]
    by_id: Mapping[int, SessionLine]
    by_code: Mapping[str, SessionLine]
    instants: Mapping[dt.date, Sequence[dt.datetime]]

    @property
    def days(self) -> list[dt.date]:
        """The days that have sessions, in order."""
        return list(self.instants)

    def on(self, day: dt.date) -> list[SessionLine]:
        """Return the sessions of one day."""
        return [session for session in self.sessions if session.day == day]

    def of_forum(self, forum_id: int) -> list[SessionLine]:
        """Return the sessions of one forum."""
        return [session for session in self.sessions if session.forum.id == forum_id]

    def of_person(self, person_id: int) -> list[SessionLine]:
        """Return the sessions in which a person appears."""
        return [
            session for session in self.sessions if any(part.person.id == person_id for part in session.parts)
        ]

    def in_room(self, room_id: int) -> list[SessionLine]:
        """Return the sessions in one room."""
        return [session for session in self.sessions if session.room and session.room.id == room_id]

    def day_of(self, instant: dt.datetime) -> dt.date:
        """Return the day of the programme to which an instant belongs."""
        return event_day(instant, self.zone)


def event_day(instant: dt.datetime, zone: ZoneInfo) -> dt.date:
    """Return the day of the event to which an instant belongs: it begins when the small hours end."""
    return (instant.astimezone(zone) - DAY_BREAK).date()


def programme_of(edition: Edition, lang: str) -> Programme:
    """Return what the public may see of the edition's last published programme, for readers of `lang`."""
    return _kept.get_or_load((edition.pk, lang), lambda: _load(edition, lang), state=edition.content_version)


def forget_programmes() -> None:
    """Forget all kept programmes (tests, benchmarks)."""
    _kept.clear()


def _load(edition: Edition, lang: str) -> Programme:
    version = Version.objects.filter(edition=edition, number__isnull=False).order_by("-number").first()
    chain = tuple(edition.fallback)
    parts = _parts(edition) if version else []
    forum_rows = _forum_rows(edition) if version else []
    people = _people({row[1] for row in parts} | {row[7] for row in forum_rows if row[7]}, lang, chain)
    forums = {
        row[0]: _forum(row, tone, people, lang, chain)
        for row, tone in zip(forum_rows, tones_of(forum_rows), strict=True)
    }
    rooms = _rooms(edition, lang, chain) if version else {}
    sessions = _sessions(edition, version, forums, rooms, _by_session(parts, people), lang) if version else []
    used_rooms = {session.room.id for session in sessions if session.room}
    used_forums = {session.forum.id for session in sessions}
    seen = {part.person.id for session in sessions for part in session.parts}
    seen |= {forum.chair.id for forum in forums.values() if forum.chair and forum.id in used_forums}
    by_id = {session.id: session for session in sessions}
    changes = [Change.from_json(stored) for stored in version.changes] if version else []
    return Programme(
        edition_id=edition.pk,
        content_version=edition.content_version,
        lang=lang,
        zone=edition.zone,
        number=(version.number or 0) if version else 0,
        label=version.label if version else "",
        published_at=version.published_at if version else None,
        rooms=tuple(room for room in rooms.values() if room.id in used_rooms),
        forums=tuple(forum for forum in forums.values() if forum.id in used_forums),
        sessions=tuple(sessions),
        people={pk: person for pk, person in people.items() if pk in seen},
        changes=tuple(change for change in changes if change.session_id in by_id),
        by_id=by_id,
        by_code={session.code: session for session in sessions},
        instants=_instants(sessions),
    )


def _rooms(edition: Edition, lang: str, chain: Sequence[str]) -> dict[int, RoomLine]:
    rows = Room.objects.filter(edition=edition).order_by("position", "pk")
    return {
        pk: RoomLine(
            pk, code, name.shown(lang, chain), building.shown(lang, chain) if building else NOTHING, capacity
        )
        for pk, code, name, building, capacity in rows.values_list(
            "pk", "code", "name", "building__name", "capacity"
        )
    }


def _forum_rows(edition: Edition) -> list[tuple[Any, ...]]:
    rows = Forum.objects.filter(edition=edition, is_public=True).order_by("position", "pk")
    return list(
        rows.values_list(
            "pk", "slug", "kind", "title", "topic_id", "topic__slug", "topic__name", "chair_id", "topic__tone",
            "topic__parent__tone",
        )
    )  # fmt: skip


def tones_of(rows: Iterable[tuple[Any, ...]]) -> list[str]:
    """Return a colour for each forum: its area's, or the next in turn for each topic or forum without one."""
    turns: dict[tuple[str, int], int] = {}
    tones = []
    for row in rows:
        own = row[8] or row[9] or ""
        if own not in _TONES:
            key = ("topic", row[4]) if row[4] else ("forum", row[0])
            own = _TONES[turns.setdefault(key, len(turns)) % len(_TONES)]
        tones.append(own)
    return tones


def _forum(
    row: tuple[Any, ...], tone: str, people: Mapping[int, PersonLine], lang: str, chain: Sequence[str]
) -> ForumLine:
    pk, slug, kind, title, topic_id, topic_slug, topic_name, chair_id, *_tones_of_topic = row
    return ForumLine(
        id=pk,
        slug=slug,
        kind=kind,
        title=title.shown(lang, chain),
        topic=TopicLine(topic_id, topic_slug, topic_name.shown(lang, chain)) if topic_id else None,
        chair=people.get(chair_id),
        tone=tone,
        words=tuple(title.texts.values()),
    )


def _parts(edition: Edition) -> list[tuple[Any, ...]]:
    """Return who appears in public sessions of public forums: only people whose role the public sees."""
    rows = Appearance.objects.filter(
        session__edition=edition,
        session__is_public=True,
        session__forum__is_public=True,
        role__in=PUBLIC_ROLES,
    )
    return list(
        rows.order_by("position", "pk").values_list(
            "session_id", "person_id", "role", "delivery", "fallback", "contribution_id"
        )
    )


def _people(ids: Iterable[int], lang: str, chain: Sequence[str]) -> dict[int, PersonLine]:
    """Return the people in the order of the reader's language."""
    names: NamesIndex = names_of(ids)
    slugs = dict(Person.objects.filter(pk__in=ids).values_list("pk", "slug"))
    return {
        pk: PersonLine(pk, slugs[pk], name, sort_key, tuple(map(intern, names.spellings(pk))))
        for pk, name, sort_key in names.in_order(lang, chain)
    }


def _by_session(
    rows: Iterable[tuple[Any, ...]], people: Mapping[int, PersonLine]
) -> dict[int, tuple[Part, ...]]:
    found: dict[int, list[Part]] = defaultdict(list)
    for session_id, person_id, *rest in rows:
        found[session_id].append(Part(people[person_id], *rest))
    return {
        session_id: tuple(sorted(parts, key=lambda part: _ROLE_ORDER[part.role]))
        for session_id, parts in found.items()
    }


def _sessions(
    edition: Edition,
    version: Version,
    forums: Mapping[int, ForumLine],
    rooms: Mapping[int, RoomLine],
    parts: Mapping[int, tuple[Part, ...]],
    lang: str,
) -> list[SessionLine]:
    slots = Slot.objects.filter(version=version, session__is_public=True, session__forum__is_public=True)
    rows = slots.order_by("starts_at", "room__position", "room_id", "session_id").values_list(
        "session_id", "room_id", "starts_at", "ends_at", "revision", "is_cancelled", "session__forum_id",
        "session__guid", "session__code", "session__title", "session__subtitle", "session__format",
        "session__spoken", "session__interpreted", "session__is_broadcast",
    )  # fmt: skip
    chain, zone = tuple(edition.fallback), edition.zone
    return [
        SessionLine(
            id=pk,
            code=code,
            guid=guid,
            title=title.shown(lang, chain),
            subtitle=subtitle.shown(lang, chain),
            forum=forums[forum_id],
            room=rooms.get(room_id),
            starts_at=starts_at,
            ends_at=ends_at,
            day=event_day(starts_at, zone),
            revision=revision,
            is_cancelled=is_cancelled,
            is_broadcast=is_broadcast,
            format=format_,
            spoken=tuple(spoken),
            interpreted=tuple(interpreted),
            parts=parts.get(pk, ()),
            words=_words(title, subtitle),
        )
        for (
            pk, room_id, starts_at, ends_at, revision, is_cancelled, forum_id, guid, code, title, subtitle, format_,
            spoken, interpreted, is_broadcast,
        ) in rows
    ]  # fmt: skip


def _instants(sessions: Iterable[SessionLine]) -> dict[dt.date, list[dt.datetime]]:
    found: dict[dt.date, set[dt.datetime]] = defaultdict(set)
    for session in sessions:
        found[session.day] |= {session.starts_at, session.ends_at}
    return {day: sorted(found[day]) for day in sorted(found)}


def _words(*texts: Text) -> tuple[str, ...]:
    return tuple(intern(words) for text in texts for words in text.texts.values())
