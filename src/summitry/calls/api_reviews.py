"""A juror's own reviews over the API: what is on her table, and saving and handing in a review.

A save says which values it saw, as the panel's page does: what was changed elsewhere meanwhile is not overwritten.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from summitry.calls.actions.review import Change, save_review, submit_review
from summitry.calls.enums import AssignmentState
from summitry.calls.models import Assignment, Call, Review
from summitry.calls.queries.panel import Line, own_assignment, review_of, seat_of, sheets_of
from summitry.calls.queries.review_content import MARK, WORDS, stamp, stamps
from summitry.editions.queries.edition import edition_by_slug
from summitry.foundation.access import Actor
from summitry.foundation.api import Localised, localised
from summitry.foundation.errors import NotFound, PermissionRefused
from summitry.foundation.web.actor import actor_of

router = Router()


class OwnAssignmentOut(Schema):
    """An entry on your table; `given` of `asked` marks are given."""

    round: int
    entry: int
    title: Localised
    state: AssignmentState
    given: int
    asked: int
    saved_at: dt.datetime | None
    submitted_at: dt.datetime | None


class ReviewOut(Schema):
    """Your review as it is stored. `seen` holds a stamp for each field: send those back with what you change.

    `crossed` names fields of your save that were changed elsewhere since you saw them, and were not written.
    """

    round: int
    entry: int
    state: AssignmentState
    version: int
    marks: dict[str, int]
    score: float | None
    remarks: str
    feedback: str
    seen: dict[str, str]
    saved_at: dt.datetime | None
    submitted_at: dt.datetime | None
    digest: str
    crossed: list[str]


class ReviewIn(Schema):
    """What you change: marks by criterion (null takes one back), words. Fields that are left out stay as they are.

    `seen` holds the stamps of the fields that you change; without one, a field is written only where it is empty.
    A save that is sent twice under one `key` writes once.
    """

    marks: dict[str, int | None] = Field(default_factory=dict)
    remarks: str | None = Field(None, max_length=8000)
    feedback: str | None = Field(None, max_length=8000)
    seen: dict[str, str] = Field(default_factory=dict)
    key: str = Field("", max_length=40)
    submit: bool = False


@router.get(
    "/{slug}/calls/{call}/own-assignments", response=list[OwnAssignmentOut], summary="What is on your table"
)
def list_own_assignments(request: HttpRequest, slug: str, call: str) -> list[OwnAssignmentOut]:
    """List what was given to you in the rounds of a call, those of open rounds first."""
    actor, shown = _asked(request, slug, call)
    return [_line(line) for sheet in sheets_of(actor, shown) for line in sheet.lines]


@router.get(
    "/{slug}/calls/{call}/own-assignments/{number}/{entry}",
    response=ReviewOut,
    summary="Your review of an entry",
)
def get_own_review(request: HttpRequest, slug: str, call: str, number: int, entry: int) -> ReviewOut:
    """Return your review as it is stored."""
    actor, shown = _asked(request, slug, call)
    assignment = own_assignment(actor, shown, number, entry)
    return _review(assignment, review_of(assignment))


@router.put(
    "/{slug}/calls/{call}/own-assignments/{number}/{entry}",
    response=ReviewOut,
    summary="Save or hand in your review",
)
def put_own_review(
    request: HttpRequest,
    slug: str,
    call: str,
    number: int,
    entry: int,
    payload: ReviewIn,
) -> ReviewOut:
    """Save what you change; with `submit`, hand the review in."""
    actor, shown = _asked(request, slug, call)
    assignment = own_assignment(actor, shown, number, entry)
    write = submit_review if payload.submit else save_review
    saved = write(assignment, _changes(payload), by=actor, key=payload.key)
    return _review(assignment, saved.review, saved.crossed)


def _asked(request: HttpRequest, slug: str, call: str) -> tuple[Actor, Call]:
    actor = actor_of(request)
    edition = edition_by_slug(actor, slug)
    shown = Call.objects.filter(edition=edition, slug=call).first()
    if shown is None:
        raise NotFound
    shown.edition = edition
    if not seat_of(actor, shown):
        raise PermissionRefused
    return actor, shown


def _changes(payload: ReviewIn) -> dict[str, Change]:
    values: dict[str, Any] = {MARK + slug: mark for slug, mark in payload.marks.items()}
    values |= {name: words for name in WORDS if (words := getattr(payload, name)) is not None}
    return {name: Change(payload.seen.get(name, stamp(None)), value) for name, value in values.items()}


def _line(line: Line) -> OwnAssignmentOut:
    return OwnAssignmentOut(
        round=line.round,
        entry=line.number,
        title=localised(line.title),
        state=AssignmentState(line.state),
        given=line.given,
        asked=line.asked,
        saved_at=line.saved_at,
        submitted_at=line.submitted_at,
    )


def _review(assignment: Assignment, review: Review | None, crossed: tuple[str, ...] = ()) -> ReviewOut:
    has = review is not None and review.version > 0
    return ReviewOut(
        round=assignment.round.number,
        entry=assignment.entry.number,
        state=AssignmentState(assignment.state),
        version=review.version if review else 0,
        marks=review.marks if review else {},
        score=review.score if review else None,
        remarks=review.remarks if review else "",
        feedback=review.feedback if review else "",
        seen=stamps(review, assignment.round.criteria.all()),
        saved_at=review.saved_at if review and has else None,
        submitted_at=review.submitted_at if review else None,
        digest=review.digest if review else "",
        crossed=list(crossed),
    )
