"""Protocol over the API: precedence, seating, journeys and the kitchen's numbers, for who works on them.

Lists and plans have a `number`. Send the number that you read with a change: if somebody else was faster, the answer is
409 and nothing is written. Guests are named by the ids of the operations on guests.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status
from pydantic import AwareDatetime

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_by_slug
from summitry.foundation.access import Actor, policy_for, require, within
from summitry.foundation.api import CursorPage, Localised, localised, page_of
from summitry.foundation.audit import recording
from summitry.foundation.errors import NotFound
from summitry.foundation.web.actor import actor_of
from summitry.protocol.actions.precedence import add_entry, move_entry, remove_entry
from summitry.protocol.actions.seating import clear_seat, lock_seat, seat_guest
from summitry.protocol.actions.travel import create_leg, move_leg, update_leg
from summitry.protocol.enums import Direction, LegState, Means
from summitry.protocol.models import Leg, Meal, PrecedenceList, SeatingPlan
from summitry.protocol.queries.kitchen import meals_of
from summitry.protocol.queries.people import guest_at_work, whos
from summitry.protocol.queries.precedence import precedence_at_work
from summitry.protocol.queries.seating import chart_of, seating_at_work
from summitry.protocol.queries.travel import leg_at_work

router = Router()


class PlanOut(Schema):
    """A precedence list or a seating plan, with the number of its present version."""

    slug: str
    name: Localised
    number: int


class PlaceOut(Schema):
    """A place in a list: the guest and what put her there."""

    position: int
    guest: int
    name: str
    basis: str
    since: dt.date | None
    reason: str


class PrecedenceOut(PlanOut):
    """A precedence list with its places, first to last."""

    language: str
    start_letter: str
    places: list[PlaceOut]


class PlaceIn(Schema):
    """Where a guest goes in a list, and why. `number` is that of the list you saw."""

    do: Literal["move", "add", "remove"]
    guest: int
    to: int | None = Field(None, ge=1, le=9999)
    reason: str = Field(..., min_length=1, max_length=500)
    number: int


class SeatOut(Schema):
    """A seat, who has it, and who left it."""

    id: int
    block: str
    number: int
    honour: int
    guest: int | None
    locked: bool
    left: int | None


class SeatingOut(PlanOut):
    """A seating plan with its seats, who waits for one, and what it does not keep to."""

    starts_at: dt.datetime | None
    seats: list[SeatOut]
    waiting: list[int]
    broken: list[str]


class SeatIn(Schema):
    """Who gets a seat (null frees it), and whether it is locked afterwards. `number` is that of the plan you saw."""

    guest: int | None = None
    locked: bool = False
    number: int


class LegOut(Schema):
    """A journey; instants are in UTC, `away_zone` is the clock of the other end."""

    id: int
    guest: int
    direction: str
    means: str
    code: str
    from_place: str
    to_place: str
    departs_at: dt.datetime | None
    arrives_at: dt.datetime | None
    expected_at: dt.datetime | None
    away_zone: str
    state: str


class LegIn(Schema):
    """A journey to be entered for a guest."""

    guest: int
    direction: Direction
    means: Means = Means.FLIGHT
    code: str = Field("", max_length=20)
    from_place: str = Field(..., min_length=1, max_length=120)
    to_place: str = Field(..., min_length=1, max_length=120)
    departs_at: AwareDatetime | None = None
    arrives_at: AwareDatetime | None = None
    away_zone: str = Field("", max_length=64)


class LegStateIn(Schema):
    """How far a journey has come, or the new time of a delay."""

    state: LegState | None = None
    expected_at: AwareDatetime | None = None


class MealOut(Schema):
    """A meal in numbers: how many come, and how many of them need what."""

    id: int
    name: Localised
    starts_at: dt.datetime
    guests: int
    needs: dict[str, int]


@router.get("/{slug}/protocol/precedence", response=list[PlanOut], url_name="protocol_precedence_lists")
def list_precedence(request: HttpRequest, slug: str) -> list[PlanOut]:
    """The precedence lists of an edition."""
    edition, actor = _asked(request, slug)
    require(actor, "view", PrecedenceList(edition=edition))
    return [_plan(row) for row in within(actor, PrecedenceList.objects.filter(edition=edition))]


@router.get("/{slug}/protocol/precedence/{name}", response=PrecedenceOut, url_name="protocol_precedence")
def read_precedence(request: HttpRequest, slug: str, name: str) -> PrecedenceOut:
    """One precedence list, in its order."""
    edition, actor = _asked(request, slug)
    return _precedence(precedence_at_work(actor, edition, name))


@router.post(
    "/{slug}/protocol/precedence/{name}/places", response=PrecedenceOut, url_name="protocol_precedence_places"
)
def change_precedence(request: HttpRequest, slug: str, name: str, asked: PlaceIn) -> PrecedenceOut:
    """Move, add or take off a guest, with a reason."""
    edition, actor = _asked(request, slug)
    row = precedence_at_work(actor, edition, name)
    if asked.do == "add":
        guest = guest_at_work(actor, edition, asked.guest)
        add_entry(row, guest, by=actor, seen=asked.number, reason=asked.reason, to=asked.to)
        return _precedence(row)
    entry = row.entries.filter(guest=asked.guest).select_related("precedence").first()
    if entry is None:
        raise NotFound
    if asked.do == "move":
        move_entry(entry, asked.to or 0, by=actor, seen=asked.number, reason=asked.reason)
    else:
        remove_entry(entry, by=actor, seen=asked.number, reason=asked.reason)
    return _precedence(precedence_at_work(actor, edition, name))


@router.get("/{slug}/protocol/seating", response=list[PlanOut], url_name="protocol_seating_plans")
def list_seating(request: HttpRequest, slug: str) -> list[PlanOut]:
    """The seating plans of an edition."""
    edition, actor = _asked(request, slug)
    require(actor, "view", SeatingPlan(edition=edition))
    return [_plan(row) for row in within(actor, SeatingPlan.objects.filter(edition=edition))]


@router.get("/{slug}/protocol/seating/{name}", response=SeatingOut, url_name="protocol_seating")
def read_seating(request: HttpRequest, slug: str, name: str) -> SeatingOut:
    """One seating plan; what it does not keep to is told to those who may change it."""
    edition, actor = _asked(request, slug)
    return _seating(seating_at_work(actor, edition, name), actor)


@router.put("/{slug}/protocol/seating/{name}/seats/{seat}", response=SeatingOut, url_name="protocol_seat")
def change_seat(request: HttpRequest, slug: str, name: str, seat: int, asked: SeatIn) -> SeatingOut:
    """Give a seat to a guest, or free it, and lock it. For the guest who has it already, it is locked or unlocked."""
    edition, actor = _asked(request, slug)
    plan = seating_at_work(actor, edition, name)
    row = plan.seats.select_related("plan", "block").filter(pk=seat).first()
    if row is None:
        raise NotFound
    seen = asked.number
    with recording():
        if asked.guest is None:
            clear_seat(row, by=actor, seen=seen)
        elif asked.guest != row.guest_id:
            seat_guest(row, guest_at_work(actor, edition, asked.guest), by=actor, seen=seen)
        else:
            lock_seat(row, by=actor, seen=seen, lock=asked.locked)
            return _seating(seating_at_work(actor, edition, name), actor)
        if asked.locked:
            lock_seat(row, by=actor, seen=seen + 1, lock=True)
    return _seating(seating_at_work(actor, edition, name), actor)


@router.get("/{slug}/protocol/journeys", response=CursorPage[LegOut], url_name="protocol_journeys")
def list_journeys(
    request: HttpRequest, slug: str, cursor: str | None = None, limit: int = 50
) -> CursorPage[LegOut]:
    """Arrivals and departures of the guests you work on."""
    edition, actor = _asked(request, slug)
    rows = within(actor, Leg.objects.filter(guest__edition=edition))
    legs, following = page_of(rows, cursor=cursor, limit=limit)
    return CursorPage[LegOut](items=[_leg(leg) for leg in legs], next=following)


@router.post("/{slug}/protocol/journeys", response={201: LegOut}, url_name="protocol_new_journey")
def enter_journey(request: HttpRequest, slug: str, asked: LegIn) -> Status[LegOut]:
    """Enter a journey of a guest."""
    edition, actor = _asked(request, slug)
    facts = asked.dict()
    guest = guest_at_work(actor, edition, facts.pop("guest"))
    return Status(201, _leg(create_leg(guest, by=actor, **facts)))


@router.post("/{slug}/protocol/journeys/{leg}", response=LegOut, url_name="protocol_journey")
def change_journey(request: HttpRequest, slug: str, leg: int, asked: LegStateIn) -> LegOut:
    """Say how far a journey has come, or when it is expected now."""
    edition, actor = _asked(request, slug)
    row = leg_at_work(actor, edition, leg)
    if "expected_at" in asked.model_fields_set:
        update_leg(row, by=actor, expected_at=asked.expected_at)
    if asked.state is not None:
        move_leg(row, asked.state, by=actor)
    return _leg(row)


@router.get("/{slug}/protocol/meals", response=list[MealOut], url_name="protocol_meals")
def list_meals(request: HttpRequest, slug: str) -> list[MealOut]:
    """The meals in numbers, for the kitchen. There is no operation that says whose they are."""
    edition, actor = _asked(request, slug)
    require(actor, "view", Meal(edition=edition))
    return [
        MealOut(
            id=line.meal.pk,
            name=localised(line.meal.name),
            starts_at=line.meal.starts_at,
            guests=line.guests,
            needs={need.value: count for need, count in line.needs},
        )
        for line in meals_of(edition, actor)
    ]


def _asked(request: HttpRequest, slug: str) -> tuple[Edition, Actor]:
    actor = actor_of(request)
    edition = edition_by_slug(actor, slug)
    return edition, actor


def _plan(row: PrecedenceList | SeatingPlan) -> PlanOut:
    return PlanOut(slug=row.slug, name=localised(row.name), number=row.number)


def _precedence(row: PrecedenceList) -> PrecedenceOut:
    row.refresh_from_db(fields=["number"])
    entries = list(row.entries.all())
    people = whos(row.edition, (entry.guest_id for entry in entries))
    return PrecedenceOut(
        **_plan(row).dict(),
        language=row.language,
        start_letter=row.start_letter,
        places=[
            PlaceOut(
                position=entry.position,
                guest=entry.guest_id,
                name=people[entry.guest_id].name.text,
                basis=entry.basis,
                since=entry.since,
                reason=entry.reason,
            )
            for entry in entries
        ],
    )


def _seating(plan: SeatingPlan, actor: Actor) -> SeatingOut:
    chart = chart_of(plan, rules_too=policy_for(SeatingPlan).may(actor, "edit", plan))
    return SeatingOut(
        **_plan(plan).dict(),
        starts_at=plan.starts_at,
        seats=[
            SeatOut(
                id=line.seat.pk,
                block=line.seat.block.label,
                number=line.seat.number,
                honour=line.seat.honour,
                guest=line.seat.guest_id,
                locked=line.seat.is_locked,
                left=line.seat.left_id,
            )
            for block in chart.blocks
            for line in block.seats
        ],
        waiting=[who.pk for who in chart.waiting],
        broken=[one.sentence for one in chart.broken],
    )


def _leg(leg: Leg) -> LegOut:
    names = [name for name in LegOut.model_fields if name != "guest"]
    return LegOut(guest=leg.guest_id, **{name: getattr(leg, name) for name in names})
