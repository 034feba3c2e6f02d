"""The record over the API. Numbers come with their qualifier and their kind; without them they would be other claims."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Router, Schema

from summitry.editions.queries.edition import edition_by_slug, editions
from summitry.foundation.access import visible
from summitry.foundation.api import CursorPage, Localised, localised, page_of
from summitry.foundation.errors import NotFound
from summitry.foundation.web.actor import actor_of
from summitry.insight.models import Measure, Observation
from summitry.insight.queries.comparison import Comparison, comparison
from summitry.insight.queries.disputes import disputes
from summitry.insight.queries.figures import Figure, stated
from summitry.insight.queries.series import series_of

router = Router()


class MeasureOut(Schema):
    """A definition of what is counted."""

    key: str
    unit: str
    group: str
    is_headline: bool
    name: Localised
    definition: Localised


class ObservationOut(Schema):
    """One claim. With `qualifier` "not_stated" there is neither number nor text; `conflicts` are codes."""

    measure: str
    number: Decimal | None
    text: Localised
    qualifier: str
    kind: str
    as_of: dt.date
    source: Localised
    note: Localised
    conflicts: list[str]


class ClaimOut(Schema):
    """One claim as the reader of the asked language sees it; `span` says what a claim about no edition covers."""

    edition: str | None
    measure: str
    wording: str
    number: Decimal | None
    qualifier: str
    kind: str
    as_of: dt.date
    source: str
    note: str
    conflicts: list[str]
    span: str


class ConflictOut(Schema):
    """A conflict between claims, which are told by edition and measure. Nothing here decides between them."""

    code: str
    kind: str
    title: str
    explanation: str
    claims: list[ClaimOut]


class ComparisonOut(Schema):
    """The editions of a series, oldest first, with every claim about them and about the series."""

    summit: str
    editions: list[str]
    claims: list[ClaimOut]
    conflicts: list[ConflictOut]


@router.get("/measures", response=CursorPage[MeasureOut], url_name="measures")
def list_measures(request: HttpRequest, cursor: str | None = None, limit: int = 50) -> CursorPage[MeasureOut]:
    """The measures, in their order."""
    rows = visible(actor_of(request), Measure.objects.all())
    measures, following = page_of(rows, cursor=cursor, limit=limit, key="position")
    items = [
        MeasureOut(
            key=m.key,
            unit=m.unit,
            group=m.group,
            is_headline=m.is_headline,
            name=localised(m.name),
            definition=localised(m.definition),
        )
        for m in measures
    ]
    return CursorPage[MeasureOut](items=items, next=following)


@router.get("/comparisons/{summit}", response=ComparisonOut, url_name="comparison")
def compare(request: HttpRequest, summit: str) -> ComparisonOut:
    """Compare the editions of one series, worded in the language of the request (`Accept-Language`)."""
    actor, lang = actor_of(request), get_language() or "en"
    held = editions(actor).filter(summit__slug=summit)
    series = series_of(held, summit)
    if series.summit is None:
        raise NotFound
    compared = comparison(actor, series.editions, lang)
    return ComparisonOut(
        summit=series.summit.slug,
        editions=[edition.slug for edition in compared.editions],
        claims=_claims(compared),
        conflicts=[
            ConflictOut(
                code=dispute.code,
                kind=dispute.kind,
                title=str(dispute.title),
                explanation=str(dispute.explanation),
                claims=[
                    _claim(edition.slug if edition else None, claim) for edition, claim in dispute.claims
                ],
            )
            for dispute in disputes(actor, compared, lang)
        ],
    )


@router.get("/{edition}/observations", response=CursorPage[ObservationOut], url_name="observations")
def list_observations(
    request: HttpRequest, edition: str, cursor: str | None = None, limit: int = 50
) -> CursorPage[ObservationOut]:
    """Everything that was stated about one edition, conflicting claims included, as it was recorded."""
    actor = actor_of(request)
    this = edition_by_slug(actor, edition)
    rows = stated(actor).filter(edition=this).select_related("measure")
    found, following = page_of(rows, cursor=cursor, limit=limit)
    return CursorPage[ObservationOut](items=[_observation(row) for row in found], next=following)


def _observation(row: Observation) -> ObservationOut:
    return ObservationOut(
        measure=row.measure.key,
        number=row.number,
        text=localised(row.text),
        qualifier=row.qualifier,
        kind=row.kind,
        as_of=row.as_of,
        source=localised(row.source),
        note=localised(row.note),
        conflicts=list(row.conflicts),
    )


def _claims(compared: Comparison) -> list[ClaimOut]:
    return [_claim(edition.slug if edition else None, claim) for edition, claim in compared.claims]


def _claim(edition: str | None, claim: Figure) -> ClaimOut:
    return ClaimOut(
        edition=edition,
        measure=claim.measure_key,
        wording=claim.wording,
        number=claim.number,
        qualifier=claim.stated_as,
        kind=claim.kind,
        as_of=claim.as_of,
        source=str(claim.source),
        note=str(claim.note),
        conflicts=list(claim.conflicts),
        span=claim.span,
    )
