"""The plan that is examined. Instants are POSIX seconds, lengths are seconds, everything else is known by its id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

HOUR = 3600
NIGHT = (0, 6 * HOUR)
"""Within these seconds of the local day nobody should have to speak."""

UNSOCIABLE = (7 * HOUR, 22 * HOUR)
"""Before the first and after the second of these it is early or late."""


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody who is needed during the whole of a sitting: whether she leads it, and whether she is there by live link."""

    person: int
    leads: bool = False
    remote: bool = False


@dataclass(frozen=True, slots=True)
class Launch:
    """Something said `offset` seconds into its sitting, of which nothing may be said before the instant `until`."""

    id: int
    until: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Draw:
    """How much of a resource a sitting uses while it lasts."""

    resource: str
    amount: int = 1


@dataclass(frozen=True, slots=True)
class Sitting:
    """A session in its place. `booths` is how many languages it is interpreted into.

    `seats` 0 means "not known", `forum` 0 that it belongs to none.
    """

    id: int
    starts: int
    ends: int
    room: int | None = None
    forum: int = 0
    parts: tuple[Part, ...] = ()
    seats: int = 0
    needs: frozenset[str] = frozenset()
    booths: int = 0
    launches: tuple[Launch, ...] = ()
    draws: tuple[Draw, ...] = ()


@dataclass(frozen=True, slots=True)
class Room:
    """A room. `capacity` and `booths` are None where nobody said how many there are."""

    id: int
    building: int | None = None
    capacity: int | None = None
    offers: frozenset[str] = frozenset()
    booths: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A person. Without `windows` she has not restricted herself; `zone` is where she will be, if she said so."""

    id: int
    zone: ZoneInfo | None = None
    windows: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Resource:
    """What many sittings share: teams, crews, links. Each use occupies it `setup` before and `strike` after as well."""

    key: str
    amount: int
    setup: int = 0
    strike: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that is examined. `walks` has both directions, by buildings; `within` is the way inside one building.

    `days` are the spans in which sittings may take place; none means that any time will do.
    """

    sittings: tuple[Sitting, ...]
    rooms: Mapping[int, Room] = field(default_factory=dict)
    people: Mapping[int, Person] = field(default_factory=dict)
    resources: Mapping[str, Resource] = field(default_factory=dict)
    walks: Mapping[tuple[int, int], int] = field(default_factory=dict)
    within: int = 0
    days: tuple[tuple[int, int], ...] = ()

    def walk(self, first: Sitting, second: Sitting) -> tuple[int, bool]:
        """Return how long one walks from one sitting to the other, and whether that leads to another building."""
        if first.room is None or second.room is None or first.room == second.room:
            return 0, False
        here, there = self.rooms[first.room].building, self.rooms[second.room].building
        if here is None or there is None:
            return 0, False
        if here == there:
            return self.within, False
        return self.walks.get((here, there), 0), True
