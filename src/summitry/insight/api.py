"""The record over the API."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.http import HttpRequest
from ninja import Router, Schema

from summitry.editions.queries.edition import edition_by_slug
from summitry.foundation.access import visible
from summitry.foundation.api import Localised, localised
from summitry.foundation.web.actor import actor_of
from summitry.insight.models import Measure, Observation

router = Router()


class MeasureOut(Schema):
    """A definition of what is counted."""

    key: str
    unit: str
    name: Localised
    definition: Localised


class ObservationOut(Schema):
    """One claim. `number` without its `qualifier` would be another claim; read them together."""

    measure: str
    number: Decimal | None
    text: Localised
    qualifier: str
    kind: str
    as_of: dt.date
    source: str
    note: Localised
    conflicts: list[str]


@router.get("/measures", response=list[MeasureOut], url_name="measures")
def list_measures(request: HttpRequest) -> list[MeasureOut]:
    """All measures, in their order."""
    return [
        MeasureOut(key=m.key, unit=m.unit, name=localised(m.name), definition=localised(m.definition))
        for m in visible(actor_of(request), Measure.objects.all())
    ]


@router.get("/{edition}/observations", response=list[ObservationOut], url_name="observations")
def list_observations(request: HttpRequest, edition: str) -> list[ObservationOut]:
    """Everything that was stated about one edition, conflicting claims included."""
    actor = actor_of(request)
    this = edition_by_slug(actor, edition)
    rows = visible(actor, Observation.objects.filter(edition=this).select_related("measure"))
    return [
        ObservationOut(
            measure=o.measure.key,
            number=o.number,
            text=localised(o.text),
            qualifier=o.qualifier,
            kind=o.kind,
            as_of=o.as_of,
            source=o.source,
            note=localised(o.note),
            conflicts=list(o.conflicts),
        )
        for o in rows
    ]
