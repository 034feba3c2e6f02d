"""What this room announces."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from summitry.foundation.bus import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class BadgesChanged(Event):
    """Guests got a badge, lost it, or got another in its place."""

    guest_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BadgesIssued(BadgesChanged):
    """Accredited guests who had no badge got one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BadgesRevoked(BadgesChanged):
    """The badges of guests are worthless, and they have no other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BadgesReplaced(BadgesChanged):
    """Guests got another badge, and the one before is worthless."""


class FirstEntry(NamedTuple):
    """A guest, a zone, and when she entered it for the first time."""

    guest_id: int
    zone_id: int
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestsEntered(Event):
    """Guests were let into a zone for the first time."""

    entries: tuple[FirstEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentOpened(Event):
    """Gates disagree about something that a person has to settle."""

    incident_id: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentSettled(Event):
    """A person settled an incident."""

    incident_id: int
