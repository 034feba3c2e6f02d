"""Rounds over the API: how far each is, who reads what, and what the calibration says; nothing of entries that bar the asker."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from ninja import Router, Schema

from summitry.calls.enums import AssignmentState, RoundKind, RoundState, Task
from summitry.calls.models import Assignment, Call, Computation, Round
from summitry.calls.queries.calibration import entries_by_id, shown_calibration
from summitry.calls.queries.computations import in_force
from summitry.calls.queries.rounds import figures_by_round, rounds_of
from summitry.editions.queries.edition import edition_by_slug
from summitry.foundation.access import Actor, require, visible
from summitry.foundation.api import CursorPage, Localised, localised, page_of
from summitry.foundation.errors import NotFound
from summitry.foundation.web.actor import actor_of

router = Router()


class RoundOut(Schema):
    """A round and how far it is: reads wanted, on somebody's table, handed in."""

    number: int
    name: Localised
    kind: RoundKind
    state: RoundState
    opens_at: dt.datetime | None
    closes_at: dt.datetime | None
    reads: int
    places: int
    entries: int
    needed: int
    given: int
    submitted: int


class AssignmentOut(Schema):
    """An entry, by its number, on a juror's table."""

    entry: int
    juror: int
    state: AssignmentState
    since: dt.datetime


class EstimateOut(Schema):
    """What the calibration in force says of an entry; in tenths where something is hidden from you."""

    entry: int
    chance: float
    score: float
    error: float
    reads: int
    mean: float | None
    median: float | None
    spread: float | None
    contested: bool


@router.get("/{slug}/calls/{call}/rounds", response=list[RoundOut], summary="Rounds of a call")
def list_rounds(request: HttpRequest, slug: str, call: str) -> list[RoundOut]:
    """List the rounds of a call with how far each is."""
    actor, shown = _asked(request, slug, call)
    rounds = rounds_of(shown)
    figures = figures_by_round(rounds, actor)
    return [
        RoundOut(
            number=each.number,
            name=localised(each.name),
            kind=RoundKind(each.kind),
            state=RoundState(each.state),
            opens_at=each.opens_at,
            closes_at=each.closes_at,
            reads=each.reads,
            places=each.places,
            entries=figures[each.pk].entries,
            needed=figures[each.pk].needed,
            given=figures[each.pk].given,
            submitted=figures[each.pk].submitted,
        )
        for each in rounds
    ]


@router.get(
    "/{slug}/calls/{call}/rounds/{number}/assignments",
    response=CursorPage[AssignmentOut],
    summary="Who reads what in a round",
)
def list_assignments(
    request: HttpRequest, slug: str, call: str, number: int, cursor: str | None = None, limit: int = 50
) -> CursorPage[AssignmentOut]:
    """List which juror has which entry, also what was recused or taken back."""
    actor, shown = _asked(request, slug, call)
    rows = visible(actor, Assignment.objects.filter(round=_round(shown, number))).select_related("entry")
    page, following = page_of(rows, cursor=cursor, limit=limit)
    items = [
        AssignmentOut(
            entry=row.entry.number,
            juror=row.juror_id,
            state=AssignmentState(row.state),
            since=row.state_since,
        )
        for row in page
    ]
    return CursorPage(items=items, next=following)


@router.get(
    "/{slug}/calls/{call}/rounds/{number}/calibration",
    response=list[EstimateOut],
    summary="What the calibration in force says",
)
def get_calibration(request: HttpRequest, slug: str, call: str, number: int) -> list[EstimateOut]:
    """List the entries of a round by their chance to be among the best, best first."""
    actor, shown = _asked(request, slug, call)
    computation = in_force(shown, Task.CALIBRATION, _round(shown, number))
    if computation is None:
        raise NotFound
    rows = shown_calibration(computation, actor).rows
    entries = entries_by_id([row.entry_id for row in rows])
    return [
        EstimateOut(
            entry=entries[row.entry_id].number,
            chance=row.chance,
            score=row.estimate.score,
            error=row.estimate.error,
            reads=row.estimate.reads,
            mean=row.estimate.mean,
            median=row.estimate.median,
            spread=row.estimate.spread,
            contested=row.is_contested,
        )
        for row in rows
    ]


def _asked(request: HttpRequest, slug: str, call: str) -> tuple[Actor, Call]:
    actor = actor_of(request)
    edition = edition_by_slug(actor, slug)
    shown = Call.objects.filter(edition=edition, slug=call).first()
    if shown is None:
        raise NotFound
    shown.edition = edition
    require(actor, "view", Computation(call=shown))
    return actor, shown


def _round(call: Call, number: int) -> Round:
    found = Round.objects.filter(call=call, number=number).first()
    if found is None:
        raise NotFound
    return found
