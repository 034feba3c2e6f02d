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


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerEvent(Event):
    """Something happened on a speaker's record."""

    speaker_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerChanged(SpeakerEvent):
    """A speaker told something of herself: availability, needs, wishes, travel, or somebody did for her."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerAnswered(SpeakerEvent):
    """A speaker confirmed or declined one of her parts; `state` is her answer."""

    appearance_id: int
    session_id: int
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstituteNamed(SpeakerEvent):
    """A speaker named somebody in her place."""

    substitution_id: int
    session_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstitutionDecided(SpeakerEvent):
    """A proposed substitute was accepted or not, or the speaker withdrew the proposal; `state` says which."""

    substitution_id: int
    session_id: int
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialHandedIn(SpeakerEvent):
    """A version of a file was handed in for a session."""

    material_id: int
    session_id: int
    kind: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BiographySigned(SpeakerEvent):
    """A speaker approved her biography in one language."""

    lang: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTested(SpeakerEvent):
    """A remote speaker's link was tried; `state` is how it went."""

    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerLinkRenewed(SpeakerEvent):
    """A link of a speaker's page was replaced or revoked; `is_assistant` says whose."""

    is_assistant: bool
