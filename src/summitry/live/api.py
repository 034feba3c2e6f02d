"""Run of show over the API: cue sheets, steps, arrivals. The same actions and policies as the pages."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema

from summitry.editions.queries.edition import edition_at_work
from summitry.foundation.api import CursorPage, Localised, localised, page_of
from summitry.foundation.errors import NotFound
from summitry.live.actions.arrival import set_arrival
from summitry.live.actions.cues import draft_cues
from summitry.live.actions.run import finish_run, next_cue, skip_cue, step_back
from summitry.live.enums import ArrivalState, CueState, RunState
from summitry.live.models import Cue
from summitry.live.queries.day import places_of_days, rundowns
from summitry.live.queries.green_room import guests_of
from summitry.live.queries.rundown import Rundown, rundown_now, session_to_run, sessions_to_run
from summitry.programme.models import Appearance, Session

router = Router()


class CueOut(Schema):
    """A cue with its planned and its expected (or real) times."""

    id: int
    what: Localised
    who: str
    screen: str
    sound: str
    interpretation: str
    broadcast: str
    minutes: int
    planned_at: dt.datetime
    starts_at: dt.datetime
    ends_at: dt.datetime
    state: CueState


class RunOut(Schema):
    """How far a session has come. `revision` counts the steps; send it with yours."""

    session: str
    state: RunState
    revision: int
    started_at: dt.datetime | None
    ended_at: dt.datetime | None
    overrun_seconds: int
    running: int | None
    following: int | None


class SheetOut(RunOut):
    """A session's run with its cue sheet."""

    cues: list[CueOut]


class StepIn(Schema):
    """A step: `skip` and `restore` name a cue. `revision` is what you saw: if another step was taken since, 409."""

    step: Literal["next", "back", "skip", "restore", "finish"]
    revision: int | None = None
    cue: int | None = None


class ArrivalOut(Schema):
    """Somebody's part in a session, and where she is."""

    appearance: int
    person: str
    role: str
    delivery: str
    state: ArrivalState
    changed_at: dt.datetime | None


class ArrivalIn(Schema):
    """Where somebody is; `expected` is the state that you saw: if it is another now, 409."""

    state: ArrivalState
    expected: ArrivalState | None = None


@router.get("/{slug}/runs", response=CursorPage[RunOut], url_name="runs")
def list_runs(
    request: HttpRequest, slug: str, day: dt.date | None = None, cursor: str | None = None, limit: int = 50
) -> CursorPage[RunOut]:
    """The sessions whose run you may see, with how far they have come; all days, or one."""
    edition, actor = edition_at_work(request, slug)
    places = places_of_days(edition, edition.days if day is None else [day])
    rows = Session.objects.filter(edition=edition, pk__in=places).select_related("edition", "run")
    found, following = page_of(sessions_to_run(actor, rows), cursor=cursor, limit=min(limit, 100), key="code")
    items = [RunOut(**_facts(one)) for one in rundowns(found, places)]
    return CursorPage[RunOut](items=items, next=following)


@router.get("/{slug}/runs/{code}", response=SheetOut, url_name="run")
def get_run(request: HttpRequest, slug: str, code: str) -> SheetOut:
    """A session's run and cue sheet."""
    edition, actor = edition_at_work(request, slug)
    return sheet_out(rundown_now(session_to_run(actor, edition, code)))


@router.post("/{slug}/runs/{code}/draft", response=SheetOut, url_name="run_draft")
def draft_sheet(request: HttpRequest, slug: str, code: str) -> SheetOut:
    """Draft the cue sheet of a session that has none from its programme."""
    edition, actor = edition_at_work(request, slug)
    draft_cues(session_to_run(actor, edition, code), by=actor)
    return sheet_out(rundown_now(session_to_run(actor, edition, code)))


@router.post("/{slug}/runs/{code}/steps", response=SheetOut, url_name="run_step")
def take_step(request: HttpRequest, slug: str, code: str, given: StepIn) -> SheetOut:
    """Start the next cue, take the last step back, skip a cue or put it back in, or end the session."""
    edition, actor = edition_at_work(request, slug)
    session = session_to_run(actor, edition, code)
    if given.step == "next":
        next_cue(session, by=actor, revision=given.revision)
    elif given.step == "back":
        step_back(session, by=actor, revision=given.revision)
    elif given.step == "finish":
        finish_run(session, by=actor, revision=given.revision)
    else:
        cue = Cue.objects.filter(session=session, pk=given.cue or 0).first()
        if cue is None:
            raise NotFound
        cue.session = session
        skip_cue(cue, by=actor, revision=given.revision, is_skipped=given.step == "skip")
    return sheet_out(rundown_now(session_to_run(actor, edition, code)))


@router.get("/{slug}/runs/{code}/arrivals", response=list[ArrivalOut], url_name="arrivals")
def list_arrivals(request: HttpRequest, slug: str, code: str, lang: str = "en") -> list[ArrivalOut]:
    """Who appears in a session, and where everybody is."""
    edition, actor = edition_at_work(request, slug)
    return _arrivals(session_to_run(actor, edition, code), lang)


@router.put("/{slug}/runs/{code}/arrivals/{appearance}", response=list[ArrivalOut], url_name="arrival")
def put_arrival(
    request: HttpRequest, slug: str, code: str, appearance: int, given: ArrivalIn
) -> list[ArrivalOut]:
    """Note where somebody is."""
    edition, actor = edition_at_work(request, slug)
    session = session_to_run(actor, edition, code)
    row = (
        Appearance.objects.filter(session=session, pk=appearance).select_related("person", "session").first()
    )
    if row is None:
        raise NotFound
    set_arrival(row, given.state, by=actor, expected=given.expected)
    return _arrivals(session, "en")


def _facts(told: Rundown) -> dict[str, Any]:
    return {
        "session": told.session.code,
        "state": told.state,
        "revision": told.run.revision,
        "started_at": told.run.started_at,
        "ended_at": told.run.ended_at,
        "overrun_seconds": told.overrun_seconds,
        "running": told.running.cue.pk if told.running else None,
        "following": told.following.cue.pk if told.following else None,
    }


def sheet_out(told: Rundown) -> SheetOut:
    """Return a session's run and cue sheet as the API tells them."""
    cues = [
        CueOut(
            id=line.cue.pk,
            what=localised(line.cue.what),
            who=line.cue.who,
            screen=line.cue.screen,
            sound=line.cue.sound,
            interpretation=line.cue.interpretation,
            broadcast=line.cue.broadcast,
            minutes=line.cue.minutes,
            planned_at=line.planned_at,
            starts_at=line.starts_at,
            ends_at=line.ends_at,
            state=line.state,
        )
        for line in told.lines
    ]
    return SheetOut(**_facts(told), cues=cues)


def _arrivals(session: Session, lang: str) -> list[ArrivalOut]:
    return [
        ArrivalOut(
            appearance=one.appearance.pk,
            person=one.name.text,
            role=one.appearance.role,
            delivery=one.appearance.delivery,
            state=one.state,
            changed_at=one.changed_at,
        )
        for one in guests_of(session, lang)
    ]
