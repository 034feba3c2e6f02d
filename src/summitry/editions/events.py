"""What this room announces."""

from __future__ import annotations

from dataclasses import dataclass

from summitry.foundation.bus import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionCreated(Event):
    """There is a new edition; where it was cloned, `source_id` says from which."""

    source_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionChanged(Event):
    """Facts about an edition, its phases, languages, organisers or topics changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueChanged(Event):
    """Venues, buildings, rooms or walks of an edition changed."""
