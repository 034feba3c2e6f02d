"""The lines of a programme: rooms, topics, people, forums and sessions as public lists show them, in one language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from summitry.foundation.i18n import Shown


class RoomLine(NamedTuple):
    """A room that the programme uses."""

    id: int
    code: str
    name: Shown
    building: Shown
    capacity: int | None


class TopicLine(NamedTuple):
    """A topic."""

    id: int
    slug: str
    name: Shown


class PersonLine(NamedTuple):
    """A person as a list shows her. `spellings` are all public forms of her name, for search."""

    id: int
    slug: str
    name: Shown
    sort_key: str
    spellings: tuple[str, ...]


class Part(NamedTuple):
    """Somebody's part in a session, or in one contribution of it."""

    person: PersonLine
    role: str
    delivery: str
    fallback: str
    contribution_id: int | None


@dataclass(frozen=True, slots=True, eq=False)
class ForumLine:
    """A forum of the programme. `tone` is the class of its colour, `topic-1` to `topic-8`."""

    id: int
    slug: str
    kind: str
    title: Shown
    topic: TopicLine | None
    chair: PersonLine | None
    tone: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class SessionLine:
    """A session with its published place. `parts` are in the order chair, moderator, speakers; nobody's private role.

    `words` are the titles in all languages, for search.
    """

    id: int
    code: str
    guid: UUID
    title: Shown
    subtitle: Shown
    forum: ForumLine
    room: RoomLine | None
    starts_at: dt.datetime
    ends_at: dt.datetime
    day: dt.date
    revision: int
    is_cancelled: bool
    is_broadcast: bool
    format: str
    spoken: tuple[str, ...]
    interpreted: tuple[str, ...]
    parts: tuple[Part, ...]
    words: tuple[str, ...]

    @property
    def people(self) -> list[PersonLine]:
        """Everybody who appears, once, in order."""
        return list({part.person.id: part.person for part in self.parts}.values())

    def state(self, now: dt.datetime) -> str:
        """Return `upcoming`, `now`, `past` or `cancelled`."""
        if self.is_cancelled:
            return "cancelled"
        if now < self.starts_at:
            return "upcoming"
        return "now" if now < self.ends_at else "past"
