"""What this room announces."""

from __future__ import annotations

from dataclasses import dataclass

from summitry.foundation.bus import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PrecedenceChanged(Event):
    """A precedence list has a new version."""

    list_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatingChanged(Event):
    """A seating plan has a new version."""

    plan_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelChanged(Event):
    """Journeys, rides or stays of these guests changed, or how far they have come."""

    guest_ids: tuple[int, ...]
