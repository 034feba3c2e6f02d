"""The answer: clashes, each with all that a sentence about it has to name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any


class Severity(IntEnum):
    """How bad it is: it cannot take place so, it should not, or somebody should know."""

    BLOCKING = 0
    WARNING = 1
    NOTE = 2


class Kind(StrEnum):
    """What clashes."""

    SPEAKER = "speaker"
    CHAIR = "chair"
    ROOM = "room"
    SEATS = "seats"
    AVAILABILITY = "availability"
    NIGHT = "night"
    WALK = "walk"
    RESOURCE = "resource"
    EQUIPMENT = "equipment"
    BOOTHS = "booths"
    SPLIT = "split"
    EMBARGO = "embargo"
    DAY = "day"


_PLACE = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Clash:
    """One clash. `starts` and `ends` are the span in which it holds; `sittings` stand in the order of time.

    `wanted` and `there` are the two figures that do not agree: seats, seconds of a walk, amounts of a resource, booths.
    `items` are codes (equipment) or ids (buildings); `launch` is the embargoed launch, `until` its hour.
    """

    kind: Kind
    severity: Severity
    sittings: tuple[int, ...]
    starts: int
    ends: int
    person: int = 0
    room: int = 0
    forum: int = 0
    resource: str = ""
    wanted: int = 0
    there: int = 0
    items: tuple[str, ...] = ()
    launch: int = 0
    until: int = 0

    def order(self) -> tuple[Any, ...]:
        """Return what the list is sorted by: the worst first, then by time; unique for each clash of a plan."""
        return (
            self.severity, self.starts, _PLACE[self.kind], self.sittings, self.person, self.room, self.resource,
            self.launch, self.ends,
        )  # fmt: skip
