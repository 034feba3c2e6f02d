"""Applications over the API: what waits, what was decided, and decisions as the console takes them.

Rows are those that the asker works on; what is sealed, and files, stay out of it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_by_slug
from summitry.foundation.access import Actor, policy_for, require
from summitry.foundation.api import CursorPage, page_of
from summitry.foundation.errors import NotFound
from summitry.foundation.web.actor import actor_of
from summitry.guests.actions.deciding import agree, decide, reject
from summitry.guests.enums import DecisionKind, GuestState
from summitry.guests.models import Category, Guest, Proposal
from summitry.guests.permissions import decided_by
from summitry.guests.queries.steps import due_at, kinds_for
from summitry.guests.queries.worklist import history_of, working_on

router = Router()


class ApplicationOut(Schema):
    """An application: whose, in which state since when, by when it is due, and what may be decided."""

    id: int
    name: str
    category: str
    delegation: str
    state: GuestState
    since: dt.datetime
    due_at: dt.datetime | None
    may: list[DecisionKind]
    is_proposed: bool


class DecisionOut(Schema):
    """What was decided, newest first; a step that nobody decided has no kind."""

    kind: str
    was: GuestState
    now: GuestState
    by: str
    proposed_by: str
    reason: str
    told: str
    at: dt.datetime


class ApplicationDetailOut(ApplicationOut):
    """An application with its history."""

    decisions: list[DecisionOut]


class DecisionIn(Schema):
    """A decision; `seen` is the state that you saw, `reason` stays inside, `told` goes to the guest."""

    kind: DecisionKind
    seen: GuestState
    reason: str = Field("", max_length=2000)
    told: str = Field("", max_length=2000)


class ProposalAnswerIn(Schema):
    """Whether you agree to what somebody else has proposed."""

    agree: bool


@router.get(
    "/{slug}/applications", response=CursorPage[ApplicationOut], summary="Applications you decide about"
)
def list_applications(
    request: HttpRequest,
    slug: str,
    state: GuestState | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> CursorPage[ApplicationOut]:
    """List applications, in one state where it is named."""
    actor, edition = _asked(request, slug)
    rows = working_on(actor, edition).select_related("category", "person", "delegation", "proposal")
    categories = set(Category.objects.filter(edition=edition).values_list("pk", flat=True))
    mine = decided_by(actor, edition.pk, categories)
    if mine != categories:
        rows = rows.filter(category__in=mine)
    if state is not None:
        rows = rows.filter(state=state.value)
    page, following = page_of(rows, cursor=cursor, limit=limit)
    return CursorPage(items=[ApplicationOut(**_facts(row, kinds_for(row))) for row in page], next=following)


@router.get("/{slug}/applications/{guest}", response=ApplicationDetailOut, summary="One application")
def get_application(request: HttpRequest, slug: str, guest: int) -> ApplicationDetailOut:
    """Return an application with what was decided about it."""
    actor, edition = _asked(request, slug)
    return _detail(actor, _guest(actor, edition, guest))


@router.post("/{slug}/applications/{guest}/decisions", response=ApplicationDetailOut, summary="Decide")
def decide_application(
    request: HttpRequest, slug: str, guest: int, payload: DecisionIn
) -> ApplicationDetailOut:
    """Decide, or propose where two people have to agree; refused with 409 where the state is no longer what you saw."""
    actor, edition = _asked(request, slug)
    row = _guest(actor, edition, guest)
    decide(
        row, payload.kind.value, by=actor, reason=payload.reason, told=payload.told, seen=payload.seen.value
    )
    return _detail(actor, _guest(actor, edition, guest))


@router.post(
    "/{slug}/applications/{guest}/proposal", response=ApplicationDetailOut, summary="Agree or reject"
)
def answer_proposal(
    request: HttpRequest, slug: str, guest: int, payload: ProposalAnswerIn
) -> ApplicationDetailOut:
    """Agree to what somebody else has proposed, or reject it."""
    actor, edition = _asked(request, slug)
    row = _guest(actor, edition, guest)
    proposal = Proposal.objects.filter(guest=row).select_related("guest__category", "guest__edition").first()
    if proposal is None:
        raise NotFound
    if payload.agree:
        agree(proposal, by=actor)
    else:
        reject(proposal, by=actor)
    return _detail(actor, _guest(actor, edition, guest))


def _asked(request: HttpRequest, slug: str) -> tuple[Actor, Edition]:
    actor = actor_of(request)
    edition = edition_by_slug(actor, slug)
    require(actor, "decide", Guest(edition=edition))
    return actor, edition


def _guest(actor: Actor, edition: Edition, pk: int) -> Guest:
    rows = working_on(actor, edition).filter(pk=pk)
    row = rows.select_related("category", "person", "delegation", "edition", "proposal").first()
    if row is None:
        raise NotFound
    return row


def _facts(row: Guest, kinds: list[DecisionKind]) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": str(row),
        "category": row.category.slug,
        "delegation": row.delegation.slug if row.delegation else "",
        "state": row.state,
        "since": row.state_since,
        "due_at": due_at(row.category, row.state, row.state_since),
        "may": kinds,
        "is_proposed": hasattr(row, "proposal"),
    }


def _detail(actor: Actor, row: Guest) -> ApplicationDetailOut:
    kinds = kinds_for(row) if policy_for(Guest).may(actor, "decide", row) else []
    decisions = [
        DecisionOut(
            kind=each.kind,
            was=GuestState(each.was),
            now=GuestState(each.now),
            by=each.actor_label,
            proposed_by=each.proposed_by,
            reason=each.reason,
            told=each.told,
            at=each.at,
        )
        for each in history_of(row)
    ]
    return ApplicationDetailOut(**_facts(row, kinds), decisions=decisions)
