"""What the timetable's filters offer: only what the programme has."""

from __future__ import annotations

from typing import NamedTuple

from summitry.foundation.i18n import languages
from summitry.programme.enums import Delivery, ForumKind
from summitry.programme.queries.programme import Programme


class Choice(NamedTuple):
    """An entry of a select: its value in the address and its label."""

    value: str
    label: str


class Choices(NamedTuple):
    """All entries, by filter."""

    kind: list[Choice]
    topic: list[Choice]
    forum: list[Choice]
    room: list[Choice]
    lang: list[Choice]
    delivery: list[Choice]


def choices_of(programme: Programme) -> Choices:
    """Return the entries for this programme, in the order in which people look for them."""
    forums = programme.forums
    kinds = {forum.kind for forum in forums}
    topics = {forum.topic.slug: forum.topic.name.text for forum in forums if forum.topic}
    spoken = {code for session in programme.sessions for code in (*session.spoken, *session.interpreted)}
    deliveries = {part.delivery for session in programme.sessions for part in session.parts}
    return Choices(
        kind=[Choice(kind.value, str(kind.label)) for kind in ForumKind if kind.value in kinds],
        topic=[Choice(slug, name) for slug, name in topics.items()],
        forum=[Choice(forum.slug, forum.title.text) for forum in forums],
        room=[Choice(room.code, room.name.text) for room in programme.rooms],
        lang=sorted(
            (Choice(code, languages.name_in(code, programme.lang)) for code in spoken),
            key=lambda choice: choice.label,
        ),
        delivery=[Choice(way.value, str(way.label)) for way in Delivery if way.value in deliveries],
    )
