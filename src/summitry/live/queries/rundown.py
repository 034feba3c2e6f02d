"""The run of one session as its pages show it: what happened, what runs, what follows, and what an overrun does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from summitry.algorithms import rundown
from summitry.editions.models import Edition, Room
from summitry.foundation import clock
from summitry.foundation.access import Actor
from summitry.foundation.errors import NotFound
from summitry.foundation.i18n import Text
from summitry.live.enums import CueState, RunState
from summitry.live.models import Cue, Run
from summitry.live.permissions import RunPolicy
from summitry.live.queries.places import Place, current_version, places_in, slots_in
from summitry.programme.models import Session

NOTICEABLE = 60
"""From how many seconds on a delay is worth telling."""


@dataclass(frozen=True, slots=True)
class CueLine:
    """A cue with its planned and expected times, and how far it has come."""

    cue: Cue
    planned_at: dt.datetime
    starts_at: dt.datetime
    ends_at: dt.datetime
    state: CueState

    @property
    def due_at(self) -> dt.datetime:
        """When its time is up, counted from when it begins or did."""
        return self.starts_at + dt.timedelta(minutes=self.cue.minutes)

    @property
    def late_minutes(self) -> int:
        """Minutes by which it begins later than planned (negative: earlier)."""
        return minutes(int((self.starts_at - self.planned_at).total_seconds()))


@dataclass(frozen=True, slots=True)
class Following:
    """The next session in the same room, and when it can begin as things stand."""

    session_id: int
    title: Text
    starts_at: dt.datetime
    expected_at: dt.datetime

    @property
    def late_minutes(self) -> int:
        """Minutes by which it will begin later than planned."""
        return minutes(int((self.expected_at - self.starts_at).total_seconds()))


@dataclass(frozen=True, slots=True)
class Rundown:
    """A session's run at one moment."""

    session: Session
    run: Run
    place: Place | None
    now: dt.datetime
    lines: tuple[CueLine, ...]
    running: CueLine | None
    following: CueLine | None
    overrun_seconds: int
    planned_seconds: int

    @property
    def overrun_minutes(self) -> int:
        """By how many minutes the expected end lies after the planned one (negative: before it)."""
        return minutes(self.overrun_seconds)

    @property
    def state(self) -> RunState:
        """How far the session has come."""
        return state_of(
            self.run, has_sheet=bool(self.lines), place=self.place, now=self.now, over=self.overrun_seconds
        )

    @property
    def rest(self) -> tuple[CueLine, ...]:
        """What comes after the next cue, and what was skipped."""
        return tuple(line for line in self.lines if line.state in (CueState.LATER, CueState.SKIPPED))

    @property
    def expected_end(self) -> dt.datetime | None:
        """When it will end as things stand, or did."""
        if self.run.ended_at is not None:
            return self.run.ended_at
        return self.lines[-1].ends_at if self.lines else (self.place.ends_at if self.place else None)

    @property
    def spare_minutes(self) -> int:
        """By how many minutes the sheet is shorter than the session (negative: longer)."""
        if self.place is None:
            return 0
        length = int((self.place.ends_at - self.place.starts_at).total_seconds()) + self.run.lead_minutes * 60
        return (length - self.planned_seconds) // 60

    @property
    def missing_minutes(self) -> int:
        """By how many minutes the sheet is longer than the session."""
        return max(0, -self.spare_minutes)

    @property
    def planned_minutes(self) -> int:
        """How long all cues are."""
        return self.planned_seconds // 60

    @property
    def planned_end(self) -> dt.datetime | None:
        """When the last cue ends as planned."""
        if not self.lines:
            return None
        last = self.lines[-1]
        return last.planned_at + dt.timedelta(minutes=last.cue.minutes)


def minutes(seconds: int) -> int:
    """Return full minutes, towards nought: less than one is none."""
    return abs(seconds) // 60 * (1 if seconds > 0 else -1)


def session_to_run(actor: Actor, edition: Edition, code: str) -> Session:
    """Return a session whose run `actor` may see, with its edition and run. Raises NotFound for any other."""
    rows = Session.objects.filter(edition=edition, code=code).select_related("edition", "forum", "run")
    found = sessions_to_run(actor, rows).first()
    if found is None:
        raise NotFound
    return found


def sessions_to_run(actor: Actor, rows: QuerySet[Session]) -> QuerySet[Session]:
    """Return those of `rows` whose run `actor` may see."""
    return RunPolicy().sessions(actor, rows)


def run_of(session: Session) -> Run:
    """Return a session's run; a fresh one, not stored, where nothing has been done yet."""
    return getattr(session, "run", None) or Run(session=session)


def rundown_of(run: Run, place: Place | None, cues: Sequence[Cue], now: dt.datetime | None = None) -> Rundown:
    """Return a session's run as it stands at `now`."""
    moment = now or clock.now()
    starts, ends = _span(run, place, moment)
    told = rundown.forecast(_cues(run, cues, place), starts, ends, _seconds(run.ended_at or moment))
    lines = tuple(
        CueLine(cue, _at(one.planned_start), _at(one.start), _at(one.end), _state(cue, run, told))
        for cue, one in zip(cues, told.cues, strict=True)
    )
    over = told.overrun if place is not None else 0
    if run.ended_at is not None and place is not None:
        over = _seconds(run.ended_at) - ends
    return Rundown(
        session=run.session,
        run=run,
        place=place,
        now=moment,
        lines=lines,
        running=next((line for line in lines if line.state is CueState.RUNNING), None),
        following=next((line for line in lines if line.state is CueState.NEXT), None),
        overrun_seconds=over,
        planned_seconds=sum(cue.minutes * 60 for cue in cues),
    )


def rundown_now(session: Session) -> Rundown:
    """Return a session's run at this moment, in the place that the public knows; four statements."""
    run = Run.objects.filter(session=session).first() or Run(session=session)
    run.session = session
    place = places_in(current_version(session.edition), [session.pk]).get(session.pk)
    return rundown_of(run, place, list(Cue.objects.filter(session=session)))


def following_in_room(told: Rundown) -> Following | None:
    """Return the next session in the same room on the same day, and what this one's end means for it."""
    place = told.place
    if place is None or place.room_id is None:
        return None
    soon = place.ends_at + dt.timedelta(hours=12)
    slots = slots_in(current_version(told.session.edition)).filter(
        room=place.room_id, starts_at__gte=place.ends_at, starts_at__lt=soon
    )
    slot = slots.exclude(session=told.session).select_related("session").order_by("starts_at").first()
    if slot is None:
        return None
    end = told.expected_end or place.ends_at
    return Following(slot.session_id, slot.session.title, slot.starts_at, max(slot.starts_at, end))


def state_of(run: Run, *, has_sheet: bool, place: Place | None, now: dt.datetime, over: int) -> RunState:
    """Return how far a session has come."""
    if run.ended_at is not None:
        return RunState.DONE
    if run.started_at is not None:
        return RunState.OVERRUN if over >= NOTICEABLE else RunState.RUNNING
    if not has_sheet:
        return RunState.NO_SHEET
    due = place.starts_at if place is not None else None
    return (
        RunState.LATE
        if due is not None and now >= due + dt.timedelta(seconds=NOTICEABLE)
        else RunState.WAITING
    )


def room_of(place: Place | None) -> Room | None:
    """Return the room of a place."""
    return Room.objects.filter(pk=place.room_id).first() if place is not None and place.room_id else None


def _cues(run: Run, cues: Sequence[Cue], place: Place | None) -> list[rundown.Cue]:
    """What opens the session does not begin before the session's time, however early the doors were opened."""
    result, before = [], 0
    lead, opening = run.lead_minutes * 60, _seconds(place.starts_at) if place is not None else None
    for cue in cues:
        fixed = _seconds(cue.fixed_at) if cue.fixed_at is not None else None
        if opening is not None and lead and before == lead:
            fixed = max(opening, fixed or opening)
        result.append(
            rundown.Cue(
                cue.pk,
                cue.minutes * 60,
                started=_seconds(cue.started_at) if cue.started_at else None,
                ended=_seconds(cue.ended_at) if cue.ended_at else None,
                fixed=fixed,
                skipped=cue.is_skipped,
            )
        )
        before += cue.minutes * 60
    return result


def _span(run: Run, place: Place | None, now: dt.datetime) -> tuple[int, int]:
    if place is None:
        return _seconds(now), _seconds(now)
    return _seconds(place.starts_at) - run.lead_minutes * 60, _seconds(place.ends_at)


def _state(cue: Cue, run: Run, told: rundown.Forecast) -> CueState:
    if cue.is_skipped:
        return CueState.SKIPPED
    if cue.started_at is not None:
        return CueState.DONE if cue.ended_at is not None else CueState.RUNNING
    if cue.pk == told.following and run.ended_at is None:
        return CueState.NEXT
    return CueState.LATER


def _seconds(instant: dt.datetime) -> int:
    return int(instant.timestamp())


def _at(seconds: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, dt.UTC)
