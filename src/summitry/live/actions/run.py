"""Running a session: one step at a time, each taken once however many press at the same moment."""

from __future__ import annotations

from django.db.models import F

from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.live.actions.cues import locked_run
from summitry.live.errors import NothingToDo, RunMovedOn
from summitry.live.events import CueSkipped, CueStarted, RunFinished, RunSteppedBack, SessionOverran
from summitry.live.models import Cue, Run
from summitry.live.queries.rundown import Rundown, minutes, rundown_now
from summitry.programme.models import Session

TOLD_STEP = 5
"""Other systems hear of an overrun in steps of so many minutes."""


def next_cue(session: Session, *, by: Actor, revision: int | None = None) -> Run:
    """End the cue that runs and start the one after it; the first one starts the session, after the last one it ends.

    `revision` is what the caller saw: if a step was taken meanwhile, RunMovedOn is raised and nothing changes. Announces
    CueStarted or RunFinished. Raises NothingToDo without cues, or when the session has ended.
    """
    require(by, "run", Run(session=session))
    with recording():
        run = _held(session, revision)
        cues = list(Cue.objects.filter(session=session))
        following = _following(cues)
        if run.ended_at is not None or not cues or (following is None and run.started_at is None):
            raise NothingToDo
        if following is None:
            return _finish(run, cues, by=by)
        now = clock.now()
        _end_running(cues)
        is_first = run.started_at is None
        Cue.objects.filter(pk=following.pk).update(started_at=now, ended_at=None)
        run.started_at = run.started_at or now
        _step(run, by)
        told = _told(session)
        line = next(line for line in told.lines if line.cue.pk == following.pk)
        late = int((now - line.planned_at).total_seconds())
        action = "live.run.started" if is_first else "live.cue.started"
        record(
            action, by=by, obj=session, edition_id=run.edition_id, cue=str(following), minutes=minutes(late)
        )
        announce(
            CueStarted(
                by=by,
                edition_id=run.edition_id,
                session_id=session.pk,
                cue_id=following.pk,
                is_first=is_first,
                late_seconds=late,
            )
        )
        tell_overrun(run, told, by=by)
    return run


def step_back(session: Session, *, by: Actor, revision: int | None = None) -> Run:
    """Take the last start or end back, as though it had not been pressed: the cue before runs on.

    Announces RunSteppedBack. Raises RunMovedOn, and NothingToDo where nothing has begun.
    """
    require(by, "run", Run(session=session))
    with recording():
        run = _held(session, revision)
        begun = list(
            Cue.objects.filter(session=session, started_at__isnull=False).order_by("started_at", "position")
        )
        if not begun:
            raise NothingToDo
        again: Cue | None = begun[-1]
        if run.ended_at is not None:
            run.ended_at = None
        else:
            Cue.objects.filter(pk=begun[-1].pk).update(started_at=None, ended_at=None)
            again = begun[-2] if len(begun) > 1 else None
        if again is not None:
            Cue.objects.filter(pk=again.pk).update(ended_at=None)
        else:
            run.started_at = None
        _step(run, by)
        record("live.run.stepped_back", by=by, obj=session, edition_id=run.edition_id, cue=str(again or ""))
        announce(
            RunSteppedBack(
                by=by,
                edition_id=run.edition_id,
                session_id=session.pk,
                cue_id=again.pk if again else None,
            )
        )
    return run


def skip_cue(cue: Cue, *, by: Actor, revision: int | None = None, is_skipped: bool = True) -> Run:
    """Leave a cue out that has not begun, or put it back in. Announces CueSkipped.

    Raises RunMovedOn, and NothingToDo for a cue that has begun, or that the session has passed.
    """
    require(by, "run", cue)
    with recording():
        run = _held(cue.session, revision)
        changed = Cue.objects.filter(pk=cue.pk, started_at=None, is_skipped=not is_skipped)
        later = Cue.objects.filter(
            session=cue.session_id, position__gt=cue.position, started_at__isnull=False
        )
        if not is_skipped and later.exists():
            raise NothingToDo
        if run.ended_at is not None or not changed.update(is_skipped=is_skipped):
            raise NothingToDo
        cue.is_skipped = is_skipped
        _step(run, by)
        action = "live.cue.skipped" if is_skipped else "live.cue.restored"
        record(action, by=by, obj=cue.session, edition_id=run.edition_id, cue=str(cue))
        announce(
            CueSkipped(
                by=by,
                edition_id=run.edition_id,
                session_id=cue.session_id,
                cue_id=cue.pk,
                is_skipped=is_skipped,
            )
        )
        tell_overrun(run, _told(cue.session), by=by)
    return run


def finish_run(session: Session, *, by: Actor, revision: int | None = None) -> Run:
    """End the session, whatever cues are left. Announces RunFinished. Raises RunMovedOn and NothingToDo."""
    require(by, "run", Run(session=session))
    with recording():
        run = _held(session, revision)
        if run.started_at is None or run.ended_at is not None:
            raise NothingToDo
        return _finish(run, list(Cue.objects.filter(session=session)), by=by)


def tell_overrun(run: Run, told: Rundown, *, by: Actor) -> None:
    """Announce SessionOverran whenever the overrun has grown by another five minutes."""
    step = max(0, told.overrun_minutes) // TOLD_STEP * TOLD_STEP
    if run.started_at is None or run.ended_at is not None or step <= run.told_minutes:
        return
    if Run.objects.filter(pk=run.pk, told_minutes__lt=step).update(told_minutes=step):
        run.told_minutes = step
        announce(SessionOverran(by=by, edition_id=run.edition_id, session_id=run.session_id, minutes=step))


def _finish(run: Run, cues: list[Cue], *, by: Actor) -> Run:
    _end_running(cues)
    run.ended_at = clock.now()
    _step(run, by)
    told = _told(run.session)
    record(
        "live.run.finished",
        by=by,
        obj=run.session,
        edition_id=run.edition_id,
        minutes=told.overrun_minutes,
    )
    announce(
        RunFinished(
            by=by,
            edition_id=run.edition_id,
            session_id=run.session_id,
            overrun_seconds=told.overrun_seconds,
        )
    )
    return run


def _held(session: Session, revision: int | None) -> Run:
    """Return the run, held against others. Raises RunMovedOn where it is not at `revision` any more."""
    run = locked_run(session)
    run.session = session
    if revision is not None and run.revision != revision:
        now = Cue.objects.filter(session=session, started_at__isnull=False, ended_at=None).first()
        raise RunMovedOn(who=run.stepped_by, cue=str(now or session))
    return run


def _step(run: Run, by: Actor) -> None:
    """Write the run and count the step; the count in the condition holds where nothing can be locked."""
    moved = Run.objects.filter(pk=run.pk, revision=run.revision).update(
        revision=F("revision") + 1,
        started_at=run.started_at,
        ended_at=run.ended_at,
        stepped_by=by.label[:200],
    )
    if not moved:
        raise RunMovedOn(who=by.label, cue=str(run.session))
    run.revision += 1
    run.stepped_by = by.label[:200]


def _following(cues: list[Cue]) -> Cue | None:
    """Return the first cue that has not begun and is not skipped."""
    return next((cue for cue in cues if cue.started_at is None and not cue.is_skipped), None)


def _end_running(cues: list[Cue]) -> None:
    running = [cue.pk for cue in cues if cue.started_at is not None and cue.ended_at is None]
    Cue.objects.filter(pk__in=running).update(ended_at=clock.now())


def _told(session: Session) -> Rundown:
    """Return the run as it stands in this transaction."""
    return rundown_now(session)
