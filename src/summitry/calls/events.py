"""What this room announces."""

from __future__ import annotations

from dataclasses import dataclass

from summitry.foundation.bus import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CallChanged(Event):
    """A call, its areas, its form, its rules, its rounds or its quotas changed."""

    call_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntriesChanged(Event):
    """Entries were begun, changed, handed in, or came from one state to another."""

    call_id: int
    entry_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JuryChanged(Event):
    """Jurors were appointed or left, or their conflicts changed."""

    call_id: int
    juror_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentsChanged(Event):
    """Entries were given to jurors or taken back, or a juror recused herself."""

    call_id: int
    round_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSubmitted(Event):
    """A juror handed in a review; of which entry, never what it says."""

    call_id: int
    round_id: int
    entry_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputationEnded(Event):
    """A computation came to an answer, or to none."""

    call_id: int
    computation_id: int
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalChanged(Event):
    """Something moved in a live final: a pitch, a clock, a ballot, the vote."""

    call_id: int
    final_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionDecided(Event):
    """The chair decided about entries; not for the public."""

    call_id: int
    entry_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallAnnounced(Event):
    """The laureates of a call are public from now on."""

    call_id: int
