"""The interpretation plan over the API: interpreters, booths of sessions with teams and turns, and what is wrong."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from ninja import Field, Router, Schema

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_by_slug
from summitry.foundation.access import Actor, require, within
from summitry.foundation.api import CursorPage, page_of
from summitry.foundation.errors import InvalidInput, NotFound
from summitry.foundation.web.actor import actor_of
from summitry.live.actions.booth_plan import plan_booth, set_team
from summitry.live.models import Booth, BoothPlan, Interpreter, Shift
from summitry.live.queries.interpretation import planned
from summitry.live.queries.matrix import Matrix, interpreted_on
from summitry.live.queries.places import planning_version
from summitry.live.queries.rundown import session_to_run

router = Router()


class InterpreterOut(Schema):
    """An interpreter and the pairs of languages that she masters, each [from, into]."""

    id: int
    person: str
    pairs: list[tuple[str, str]]


class TurnOut(Schema):
    """A turn at the microphone; `interpreter` by id."""

    interpreter: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    is_swapped: bool


class BoothOut(Schema):
    """One language of one session: the booth's number, the team in the order of turns, the relay, and what is wrong."""

    session: str
    lang: str
    booth: int | None
    relay: str
    rotation_minutes: int
    team: list[int]
    turns: list[TurnOut]
    faults: list[str]


class BoothIn(Schema):
    """What to plan for one language of a session; `seen` is the team that you read: if it is another now, 409."""

    booth: int | None = None
    relay: str = Field("", max_length=20)
    rotation_minutes: int = Field(30, ge=5, le=30)
    team: list[int] = Field(default_factory=list, max_length=8)
    seen: list[int] | None = None


@router.get("/{slug}/interpreters", response=CursorPage[InterpreterOut], url_name="interpreters")
def list_interpreters(
    request: HttpRequest, slug: str, cursor: str | None = None, limit: int = 50
) -> CursorPage[InterpreterOut]:
    """The interpreters that you work with: for the edition's staff, or yourself."""
    edition, actor = _asked(request, slug)
    rows = within(actor, Interpreter.objects.filter(edition=edition)).select_related("person")
    found, following = page_of(rows, cursor=cursor, limit=limit, key="id")
    items = [
        InterpreterOut(id=one.pk, person=one.person.slug, pairs=[(a, b) for a, b in one.pairs])
        for one in found
    ]
    return CursorPage[InterpreterOut](items=items, next=following)


@router.get("/{slug}/interpretation", response=list[BoothOut], url_name="interpretation")
def list_booths(request: HttpRequest, slug: str, day: dt.date, lang: str = "en") -> list[BoothOut]:
    """The interpretation plan of one day, in the draft; what is wrong is said in `lang`."""
    edition, actor = _asked(request, slug)
    version = planning_version(edition)
    if version is None:
        return []
    state = planned(version)
    matrix = Matrix(state, edition, lang, interpreted_on(state, edition, [day], actor))
    return [
        BoothOut(
            session=row.session.code,
            lang=cell.lang,
            booth=cell.plan.booth.number if cell.plan and cell.plan.booth else None,
            relay=cell.plan.relay if cell.plan else "",
            rotation_minutes=cell.plan.rotation_minutes if cell.plan else 30,
            team=[member.interpreter_id for member in cell.team],
            turns=[_turn(turn.shift) for turn in cell.turns],
            faults=list(cell.faults),
        )
        for row in matrix.rows
        for cell in row.cells
        if cell is not None
    ]


@router.put("/{slug}/interpretation/{code}/{into}", response=BoothOut, url_name="booth")
def put_booth(request: HttpRequest, slug: str, code: str, into: str, given: BoothIn) -> BoothOut:
    """Plan one language of a session: booth (by its number in the session's room), relay, rotation, team."""
    edition, actor = _asked(request, slug)
    session = session_to_run(actor, edition, code)
    require(actor, "edit", BoothPlan(session=session))
    version = planning_version(edition)
    place = planned(version, [session.pk]).places.get(session.pk) if version is not None else None
    booth = None
    if given.booth is not None:
        room_id = place.room_id if place is not None else None
        booth = Booth.objects.filter(room=room_id, number=given.booth).select_related("room").first()
        if booth is None:
            raise NotFound
    found = {one.pk: one for one in Interpreter.objects.filter(edition=edition, pk__in=given.team)}
    if len(found) != len(set(given.team)):
        raise InvalidInput
    plan = plan_booth(
        session, into, by=actor, booth=booth, relay=given.relay, rotation_minutes=given.rotation_minutes
    )
    plan = set_team(plan, [found[pk] for pk in given.team], by=actor, expected=given.seen)
    return BoothOut(
        session=session.code,
        lang=plan.lang,
        booth=given.booth,
        relay=plan.relay,
        rotation_minutes=plan.rotation_minutes,
        team=given.team,
        turns=[_turn(shift) for shift in Shift.objects.filter(plan=plan)],
        faults=[],
    )


def _turn(shift: Shift) -> TurnOut:
    return TurnOut(
        interpreter=shift.interpreter_id,
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        is_swapped=shift.is_swapped,
    )


def _asked(request: HttpRequest, slug: str) -> tuple[Edition, Actor]:
    actor = actor_of(request)
    edition = edition_by_slug(actor, slug)
    require(actor, "enter", edition)
    return edition, actor
