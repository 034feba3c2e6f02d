"""The interpretation plan over the API: interpreters, booths of sessions with teams and turns, and what is wrong."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from summitry.directory.models import Person
from summitry.editions.queries.edition import edition_at_work
from summitry.foundation.access import Actor, require, within
from summitry.foundation.api import CursorPage, Localised, localised, page_of, reworded
from summitry.foundation.errors import InvalidInput, NotFound, StaleState
from summitry.foundation.i18n import Text
from summitry.live.actions.booth_plan import plan_booth, set_team
from summitry.live.actions.interpreters import (
    accept_undertaking,
    change_interpreter,
    engage_interpreters,
    write_undertaking,
)
from summitry.live.actions.turns import swap_turns
from summitry.live.models import Booth, BoothPlan, Interpreter, Shift, Undertaking, UndertakingText
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

    id: int
    interpreter: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    is_swapped: bool


class EngageIn(Schema):
    """People by their slugs, who are to interpret the same pairs of languages, each [from, into]."""

    people: list[str] = Field(min_length=1, max_length=100)
    pairs: list[tuple[str, str]] = Field(min_length=1, max_length=40)


class PairsIn(Schema):
    """The pairs of languages that an interpreter masters, each [from, into]."""

    pairs: list[tuple[str, str]] = Field(min_length=1, max_length=40)


class SwapIn(Schema):
    """Two turns, by id, whose interpreters change places; `seen` are the interpreters that you read, in that order."""

    turns: tuple[int, int]
    seen: tuple[int, int]


class UndertakingOut(Schema):
    """The present version of the undertaking of confidentiality; by `accepted` you see whether you have accepted it."""

    number: int
    text: Localised
    accepted: bool


class UndertakingIn(Schema):
    """The undertaking by language."""

    text: dict[str, str]


class AcceptIn(Schema):
    """Which version you have read and accept."""

    number: int


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
    edition, actor = edition_at_work(request, slug)
    rows = within(actor, Interpreter.objects.filter(edition=edition)).select_related("person")
    found, following = page_of(rows, cursor=cursor, limit=limit, key="id")
    return CursorPage[InterpreterOut](items=[_interpreter(one) for one in found], next=following)


@router.post("/{slug}/interpreters", response={201: list[InterpreterOut]}, url_name="interpreters_new")
def engage(request: HttpRequest, slug: str, body: EngageIn) -> Status[list[InterpreterOut]]:
    """Engage people as interpreters of an edition."""
    edition, actor = edition_at_work(request, slug)
    require(actor, "edit", Interpreter(edition=edition))
    people = list(Person.objects.filter(slug__in=body.people))
    if len(people) != len(set(body.people)):
        raise NotFound
    rows = engage_interpreters(edition, [(person, body.pairs) for person in people], by=actor)
    return Status(201, [_interpreter(row) for row in rows])


@router.put("/{slug}/interpreters/{interpreter}", response=InterpreterOut, url_name="interpreter")
def put_interpreter(request: HttpRequest, slug: str, interpreter: int, body: PairsIn) -> InterpreterOut:
    """Say which pairs of languages an interpreter masters."""
    edition, actor = edition_at_work(request, slug)
    rows = within(actor, Interpreter.objects.filter(edition=edition, pk=interpreter))
    row = rows.select_related("person").first()
    if row is None:
        raise NotFound
    return _interpreter(change_interpreter(row, by=actor, pairs=body.pairs))


@router.get("/{slug}/undertaking", response=UndertakingOut, url_name="undertaking")
def get_undertaking(request: HttpRequest, slug: str) -> UndertakingOut:
    """The undertaking that interpreters accept before they see what a session's people handed in."""
    edition, actor = edition_at_work(request, slug)
    text = within(actor, UndertakingText.objects.filter(edition=edition)).first()
    if text is None:
        raise NotFound
    return _undertaking(text, actor)


@router.post("/{slug}/undertaking", response={201: UndertakingOut}, url_name="undertaking_new")
def post_undertaking(request: HttpRequest, slug: str, body: UndertakingIn) -> Status[UndertakingOut]:
    """Write the next version; everybody has to accept it anew."""
    edition, actor = edition_at_work(request, slug)
    return Status(201, _undertaking(write_undertaking(edition, reworded(Text(), body.text), by=actor), actor))


@router.post("/{slug}/undertaking/accept", response=UndertakingOut, url_name="undertaking_accept")
def post_accept(request: HttpRequest, slug: str, body: AcceptIn) -> UndertakingOut:
    """Accept a version of the undertaking, as an interpreter and for yourself."""
    edition, actor = edition_at_work(request, slug)
    mine = Interpreter.objects.filter(edition=edition, person__account=actor.account_id or 0).first()
    text = UndertakingText.objects.filter(edition=edition, number=body.number).first()
    if mine is None or text is None:
        raise NotFound
    accept_undertaking(mine, text, by=actor)
    return _undertaking(text, actor)


@router.post("/{slug}/turns/swap", response=list[TurnOut], url_name="turns_swap")
def post_swap(request: HttpRequest, slug: str, body: SwapIn) -> list[TurnOut]:
    """Let two interpreters exchange their turns; 409 where either turn is somebody else's by now."""
    edition, actor = edition_at_work(request, slug)
    rows = within(actor, Shift.objects.filter(plan__session__edition=edition, pk__in=body.turns))
    found = {row.pk: row for row in rows.select_related("plan__session", "interpreter")}
    if len(found) != len(body.turns):
        raise NotFound
    first, second = (found[pk] for pk in body.turns)
    if (first.interpreter_id, second.interpreter_id) != body.seen:
        raise StaleState
    swap_turns(first, second, by=actor)
    return [_turn(first), _turn(second)]


@router.get("/{slug}/interpretation", response=list[BoothOut], url_name="interpretation")
def list_booths(request: HttpRequest, slug: str, day: dt.date, lang: str = "en") -> list[BoothOut]:
    """The interpretation plan of one day, in the draft; what is wrong is said in `lang`."""
    edition, actor = edition_at_work(request, slug)
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
    edition, actor = edition_at_work(request, slug)
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


def _interpreter(row: Interpreter) -> InterpreterOut:
    return InterpreterOut(id=row.pk, person=row.person.slug, pairs=[(a, b) for a, b in row.pairs])


def _undertaking(text: UndertakingText, actor: Actor) -> UndertakingOut:
    accepted = Undertaking.objects.filter(text=text, interpreter__person__account=actor.account_id or 0)
    return UndertakingOut(number=text.number, text=localised(text.text), accepted=accepted.exists())


def _turn(shift: Shift) -> TurnOut:
    return TurnOut(
        id=shift.pk,
        interpreter=shift.interpreter_id,
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        is_swapped=shift.is_swapped,
    )
