"""What this room announces."""

from __future__ import annotations

from dataclasses import dataclass

from summitry.foundation.bus import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RunEvent(Event):
    """Something happened in the run of a session."""

    session_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CueSheetChanged(RunEvent):
    """A cue sheet was drafted, or a cue was added, changed, moved or removed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CueStarted(RunEvent):
    """A cue began, `late_seconds` after its planned time (negative: before it). The first one begins the session."""

    cue_id: int
    is_first: bool
    late_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CueSkipped(RunEvent):
    """A cue will not take place, or will after all."""

    cue_id: int
    is_skipped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSteppedBack(RunEvent):
    """The last step was taken back; `cue_id` runs again, none where the session waits again."""

    cue_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFinished(RunEvent):
    """A session ended, `overrun_seconds` after its planned end (negative: before it)."""

    overrun_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOverran(RunEvent):
    """A running session is expected to end `minutes` after its planned end, in steps of five."""

    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivalSet(RunEvent):
    """Somebody who appears in a session arrived, is in the green room or on the link, on stage, gone, or missing."""

    appearance_id: int
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InterpretersChanged(Event):
    """Interpreters were engaged, or what they master was changed."""

    interpreter_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InterpretationPlanned(Event):
    """Booths, teams, relays or turns of sessions were planned or changed."""

    session_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UndertakingAccepted(Event):
    """An interpreter accepted the undertaking of confidentiality."""

    interpreter_id: int
    number: int
