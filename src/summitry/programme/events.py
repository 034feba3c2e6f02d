"""What this room announces."""

from __future__ import annotations

from dataclasses import dataclass

from summitry.foundation.bus import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumsChanged(Event):
    """Forums were created or edited, or their organisers were set."""

    forum_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionsChanged(Event):
    """Sessions were created or edited, or their contributions or appearances were."""

    session_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotsPlaced(Event):
    """Sessions got, changed or lost their place in the draft; the public sees nothing of it yet."""

    session_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SchedulePublished(Event):
    """A version of the schedule was published; `session_ids` are those that it adds, moves, renames or cancels."""

    version_id: int
    number: int
    session_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumStepTaken(Event):
    """A forum was submitted, taken back, returned, signed off or published; `state` is where it stands now."""

    forum_id: int
    state: str
    was: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacitiesChanged(Event):
    """How many teams, crews or links an edition has was changed."""
