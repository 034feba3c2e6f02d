"""On the stage of a final: one step at a time, each taken once however many press at the same moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy

from summitry.calls.actions.final import fill_pitches, tell
from summitry.calls.actions.round import open_round
from summitry.calls.actions.seeds import commit_seed
from summitry.calls.enums import FINAL, FinalState, PitchState, RoundState
from summitry.calls.models import Final, Pitch, Round
from summitry.calls.queries.finals import podium_of
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.errors import StaleState, SummitryError
from summitry.foundation.states import transition


class NoStep(SummitryError):
    """There is nothing to do on the stage that this step could do."""

    code = "no-step"
    message = gettext_lazy("There is nothing to do for this step now.")


def start_final(final: Final, *, by: Actor) -> Final:
    """Begin: the round opens, its entries are with the jury, jurors can mark and commit. Announces FinalChanged.

    Raises RoundNotReady with what is missing, NoStep without a pitch, TransitionRefused.
    """
    require(by, "edit", final)
    with recording():
        round_ = _round(final)
        if round_.state == RoundState.PLANNED:
            open_round(round_, by=by)
        commit_seed(round_.call)
        fill_pitches(final, by=by)
        if not Pitch.objects.filter(final=final).exists():
            raise NoStep
        transition(final, FINAL, FinalState.RUNNING, by=by, audit="calls.final.started")
        _count_step(final)
        tell(final, by)
    return final


def next_pitch(final: Final, *, by: Actor, revision: int | None = None) -> Pitch | None:
    """Take the pitch on the stage off it and call the next one up; None where it was the last.

    `revision` is what the caller saw: where a step was taken meanwhile, nothing changes. Announces FinalChanged. Raises
    StaleState, and NoStep where no pitch is left or the final does not run.
    """
    with _step(final, by, revision) as step:
        now = clock.now()
        present = step.on_stage
        if present is not None:
            step.write(present, state=PitchState.DONE, ended_at=now, paused_at=None)
        following = step.pitches.filter(state=PitchState.WAITING).first()
        if following is not None:
            step.write(following, state=PitchState.ON_STAGE)
        elif present is None:
            raise NoStep
        step.say("next", following or present)
    return following


def begin_clock(final: Final, *, by: Actor, revision: int | None = None) -> Pitch:
    """Let the clock of the pitch on the stage run, first or again. Announces FinalChanged. Raises like `next_pitch`."""
    with _step(final, by, revision) as step:
        pitch = step.needed()
        now = clock.now()
        if pitch.paused_at is not None:
            pause = now - pitch.paused_at
            step.write(
                pitch,
                paused_at=None,
                started_at=_later(pitch.started_at, pause),
                questions_at=_later(pitch.questions_at, pause),
            )
        elif pitch.started_at is None and pitch.questions_at is None:
            step.write(pitch, started_at=now)
        else:
            raise NoStep
        step.say("clock_started", pitch)
    return pitch


def stop_clock(final: Final, *, by: Actor, revision: int | None = None) -> Pitch:
    """Stop the clock of the pitch on the stage. Announces FinalChanged. Raises like `next_pitch`."""
    with _step(final, by, revision) as step:
        pitch = step.needed()
        if pitch.paused_at is not None or (pitch.started_at is None and pitch.questions_at is None):
            raise NoStep
        step.write(pitch, paused_at=clock.now())
        step.say("clock_stopped", pitch)
    return pitch


def begin_questions(final: Final, *, by: Actor, revision: int | None = None) -> Pitch:
    """End the pitch and let the jury ask; the clock of the questions runs. Announces FinalChanged. Raises like `next_pitch`."""
    with _step(final, by, revision) as step:
        pitch = step.needed()
        if pitch.questions_at is not None:
            raise NoStep
        step.write(pitch, questions_at=clock.now(), paused_at=None)
        step.say("questions", pitch)
    return pitch


def step_back(final: Final, *, by: Actor, revision: int | None = None) -> Pitch | None:
    """Take the last step back: the questions, the clock, the call to the stage, as though it had not been pressed.

    Announces FinalChanged. Raises like `next_pitch`.
    """
    with _step(final, by, revision) as step:
        present = step.on_stage
        if present is not None and present.questions_at is not None:
            step.write(present, questions_at=None, paused_at=None)
        elif present is not None and present.started_at is not None:
            step.write(present, started_at=None, paused_at=None)
        else:
            before = step.pitches.filter(state=PitchState.DONE).last()
            if present is None and before is None:
                raise NoStep
            if present is not None:
                step.write(present, state=PitchState.WAITING)
            if before is not None:
                step.write(before, state=PitchState.ON_STAGE, ended_at=None)
            present = before or present
        step.say("back", present)
    return present


def unveil_place(final: Final, *, by: Actor, revision: int | None = None) -> Final:
    """Reveal one more place on the stage, from the last awarded one up to the winner. Announces FinalChanged.

    Raises StaleState, and NoStep where all are shown, or nothing is counted.
    """
    return _unveil(final, 1, by, revision)


def veil_place(final: Final, *, by: Actor, revision: int | None = None) -> Final:
    """Hide the place that was revealed last. Announces FinalChanged. Raises like `unveil_place`."""
    return _unveil(final, -1, by, revision)


def _unveil(final: Final, steps: int, by: Actor, revision: int | None) -> Final:
    with _step(final, by, revision, state=FinalState.REVEALED) as step:
        shown = final.unveiled + steps
        if not 0 <= shown <= podium_of(final):
            raise NoStep
        Final.objects.filter(pk=final.pk).update(unveiled=shown)
        final.unveiled = shown
        step.say("unveiled", None, places=shown)
    return final


class _Held:
    """A final that is held against others while a step is taken."""

    def __init__(self, final: Final, by: Actor) -> None:
        self.final, self.by = final, by
        self.pitches = Pitch.objects.filter(final=final).select_related("entry").order_by("position", "pk")

    @property
    def on_stage(self) -> Pitch | None:
        """The pitch on the stage."""
        return self.pitches.filter(state=PitchState.ON_STAGE).first()

    def needed(self) -> Pitch:
        """Return the pitch on the stage. Raises NoStep where there is none."""
        pitch = self.on_stage
        if pitch is None:
            raise NoStep
        return pitch

    def write(self, pitch: Pitch, **values: Any) -> None:
        """Write values to a pitch."""
        Pitch.objects.filter(pk=pitch.pk).update(**values)
        for name, value in values.items():
            setattr(pitch, name, value)

    def say(self, what: str, pitch: Pitch | None, **params: Any) -> None:
        """Record the step in the log."""
        entry = str(pitch.entry) if pitch is not None else ""
        record(f"calls.final.{what}", by=self.by, obj=self.final, entry=entry, **params)


@contextmanager
def _step(
    final: Final, by: Actor, revision: int | None, state: FinalState = FinalState.RUNNING
) -> Iterator[_Held]:
    """Hold the final against others for one step, which is written, counted and told of, or does not happen at all."""
    require(by, "edit", final)
    with recording():
        fresh = Final.objects.select_for_update().get(pk=final.pk)
        if revision is not None and fresh.revision != revision:
            raise StaleState
        for name in ("state", "revision", "unveiled", "tally"):
            setattr(final, name, getattr(fresh, name))
        if fresh.state != state:
            raise NoStep
        yield _Held(final, by)
        _count_step(final)
        tell(final, by)


def _count_step(final: Final) -> None:
    """Count a step; the count in the condition holds where nothing can be locked."""
    rows = Final.objects.filter(pk=final.pk, revision=final.revision)
    if not rows.update(revision=F("revision") + 1):
        raise StaleState
    final.revision += 1


def _later(moment: dt.datetime | None, by: dt.timedelta) -> dt.datetime | None:
    return None if moment is None else moment + by


def _round(final: Final) -> Round:
    return Round.objects.select_related("call__edition").get(pk=final.round_id)
