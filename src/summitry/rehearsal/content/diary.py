"""Where people are: nobody in two places at once, and time to walk from one building to the next."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from summitry.rehearsal.content.plan import VenuePlan


class Sitting(Protocol):
    """Anything with a room and a time."""

    @property
    def room(self) -> str:
        """Slug of the room."""

    @property
    def start(self) -> datetime:
        """First moment."""

    @property
    def end(self) -> datetime:
        """First moment after it."""


@dataclass(slots=True)
class Diary:
    """The engagements of all people."""

    buildings: dict[str, str]
    minutes: dict[frozenset[str], int]
    engagements: dict[str, list[Sitting]] = field(default_factory=lambda: defaultdict(list))

    def free(self, person: str, sitting: Sitting) -> bool:
        """Tell whether a person can be there, coming from the engagement before and going to the one after."""
        return all(self.apart(other, sitting) for other in self.engagements[person])

    def apart(self, one: Sitting, other: Sitting) -> bool:
        """Tell whether the walk between two sittings fits between them."""
        first, second = (one, other) if one.start <= other.start else (other, one)
        return first.end + self.walk(first.room, second.room) <= second.start

    def walk(self, start: str, end: str) -> timedelta:
        """Return the time on foot between two rooms."""
        between = frozenset((self.buildings[start], self.buildings[end]))
        return timedelta(minutes=self.minutes.get(between, 0))

    def engage(self, person: str, sitting: Sitting) -> None:
        """Note that a person is there."""
        self.engagements[person].append(sitting)


def diary(venue: VenuePlan) -> Diary:
    """Return an empty diary for a venue."""
    return Diary(
        {room.slug: room.building for room in venue.rooms},
        {frozenset((walk.start, walk.end)): walk.minutes for walk in venue.walks},
    )
