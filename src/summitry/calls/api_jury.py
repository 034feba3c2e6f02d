"""Eligibility, juries and conflicts over the API: lists for those who work on a call, nothing of entries that bar the asker."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from ninja import Router, Schema

from summitry.calls.actions.conflict import decide_conflict
from summitry.calls.enums import ConflictKind, ConflictSource, ConflictState, JurorState, Outcome
from summitry.calls.models import Call, Conflict, EligibilityCheck, Juror
from summitry.editions.queries.edition import edition_by_slug
from summitry.foundation.access import Actor, require, within
from summitry.foundation.api import CursorPage, page_of
from summitry.foundation.errors import NotFound
from summitry.foundation.web.actor import actor_of

router = Router()


class JurorOut(Schema):
    """A juror: how far her appointment is, what she knows best first, and how much she reads in a round."""

    id: int
    name: str
    state: JurorState
    is_chair: bool
    organisation: str
    entity: str
    languages: list[str]
    expertise: list[str]
    least: int
    most: int


class ConflictOut(Schema):
    """A conflict of interest between a juror and an entry, by its number."""

    id: int
    juror: int
    entry: int
    kind: ConflictKind
    source: ConflictSource
    state: ConflictState
    found_at: dt.datetime
    decided_at: dt.datetime | None


class VerdictIn(Schema):
    """Whether a conflict holds ("upheld") or not ("dismissed", with words)."""

    verdict: str
    words: str = ""


class CheckOut(Schema):
    """What a rule of eligibility found about an entry; `by_person` where an officer looked."""

    entry: int
    rule: str
    version: int
    outcome: Outcome
    by_person: bool
    checked_at: dt.datetime


@router.get("/{slug}/calls/{call}/jurors", response=CursorPage[JurorOut], summary="The jury of a call")
def list_jurors(
    request: HttpRequest, slug: str, call: str, cursor: str | None = None, limit: int = 50
) -> CursorPage[JurorOut]:
    """List the jurors of a call."""
    actor, shown = _asked(request, slug, call)
    rows = within(actor, Juror.objects.filter(call=shown)).select_related("person", "organisation", "entity")
    page, following = page_of(rows, cursor=cursor, limit=limit)
    items = [
        JurorOut(
            id=row.pk,
            name=row.person.reference_name,
            state=JurorState(row.state),
            is_chair=row.is_chair,
            organisation=str(row.organisation or ""),
            entity=row.entity.code if row.entity else "",
            languages=row.languages,
            expertise=row.expertise,
            least=row.least,
            most=row.most,
        )
        for row in page
    ]
    return CursorPage(items=items, next=following)


@router.get(
    "/{slug}/calls/{call}/conflicts", response=CursorPage[ConflictOut], summary="Conflicts of interest"
)
def list_conflicts(
    request: HttpRequest, slug: str, call: str, cursor: str | None = None, limit: int = 50
) -> CursorPage[ConflictOut]:
    """List the conflicts of a call, but those about entries from which one bars you."""
    actor, shown = _asked(request, slug, call)
    rows = within(actor, Conflict.objects.filter(juror__call=shown)).select_related("entry")
    page, following = page_of(rows, cursor=cursor, limit=limit)
    return CursorPage(items=[_conflict(row) for row in page], next=following)


@router.post(
    "/{slug}/calls/{call}/conflicts/{pk}/verdict", response=ConflictOut, summary="Decide about a conflict"
)
def post_verdict(request: HttpRequest, slug: str, call: str, pk: int, body: VerdictIn) -> ConflictOut:
    """Uphold or dismiss a conflict of interest."""
    actor, shown = _asked(request, slug, call)
    rows = within(actor, Conflict.objects.filter(juror__call=shown, pk=pk))
    found = rows.select_related("juror__call__edition", "entry").first()
    if found is None:
        raise NotFound
    return _conflict(decide_conflict(found, body.verdict, by=actor, words=body.words))


@router.get("/{slug}/calls/{call}/eligibility", response=CursorPage[CheckOut], summary="What the rules found")
def list_checks(
    request: HttpRequest, slug: str, call: str, cursor: str | None = None, limit: int = 50
) -> CursorPage[CheckOut]:
    """List what each rule of eligibility found about each entry."""
    actor, shown = _asked(request, slug, call)
    rows = within(actor, EligibilityCheck.objects.filter(entry__call=shown)).select_related("entry", "rule")
    page, following = page_of(rows, cursor=cursor, limit=limit)
    items = [
        CheckOut(
            entry=row.entry.number,
            rule=row.rule.slug,
            version=row.rule_version,
            outcome=Outcome(row.outcome),
            by_person=row.officer_id is not None,
            checked_at=row.checked_at,
        )
        for row in page
    ]
    return CursorPage(items=items, next=following)


def _conflict(row: Conflict) -> ConflictOut:
    return ConflictOut(
        id=row.pk,
        juror=row.juror_id,
        entry=row.entry.number,
        kind=ConflictKind(row.kind),
        source=ConflictSource(row.source),
        state=ConflictState(row.state),
        found_at=row.found_at,
        decided_at=row.decided_at,
    )


def _asked(request: HttpRequest, slug: str, call: str) -> tuple[Actor, Call]:
    actor = actor_of(request)
    edition = edition_by_slug(actor, slug)
    shown = Call.objects.filter(edition=edition, slug=call).first()
    if shown is None:
        raise NotFound
    shown.edition = edition
    require(actor, "audit", shown)
    return actor, shown
