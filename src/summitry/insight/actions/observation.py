"""Recording what was stated: single observations, and the facts of past editions that ship with the product."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from summitry.editions.actions.content import touch_content
from summitry.editions.models import Edition, Summit
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record
from summitry.foundation.errors import InvalidInput
from summitry.foundation.i18n import Text
from summitry.insight.enums import MeasureUnit, ObservationKind, Qualifier
from summitry.insight.models import Measure, Observation


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A value as its source stated it. Exactly one of `number` and `text` is given, or neither for "not stated"."""

    measure: str
    as_of: dt.date
    source: str
    number: Decimal | None = None
    text: Text | None = None
    qualifier: Qualifier = Qualifier.EXACT
    kind: ObservationKind = ObservationKind.ACTUAL
    note: Text | None = None
    conflicts: tuple[str, ...] = ()
    span: str = ""


def define_measure(
    key: str, *, by: Actor, name: Text, definition: Text | None = None, unit: MeasureUnit, **details: object
) -> Measure:
    """Define a measure, or redefine the one under `key`. Raises PermissionRefused unless `by` may edit measures."""
    require(by, "edit", model=Measure)
    with transaction.atomic():
        measure, created = Measure.objects.update_or_create(
            key=key, defaults={"name": name, "definition": definition or Text(), "unit": unit, **details}
        )
        record("insight.measure.defined", by=by, obj=measure, after={"key": key, "new": created})
    return measure


def record_observations(
    claims: Iterable[Claim], *, summit: Summit, edition: Edition | None, by: Actor
) -> list[Observation]:
    """Record claims about an edition (or the series), in one transaction with one audit entry.

    A claim that is already recorded from the same source is left alone, so recording twice changes nothing. Raises
    PermissionRefused unless `by` may record for this edition, InvalidInput for an unknown measure.
    """
    probe = Observation(edition=edition, summit=summit)
    require(by, "record", probe)
    measures = {measure.key: measure for measure in Measure.objects.all()}
    with transaction.atomic():
        known = {
            (o.measure_id, o.number, str(o.text), o.kind, o.as_of, o.source)
            for o in Observation.objects.filter(summit=summit, edition=edition)
        }
        rows = []
        for claim in claims:
            measure = measures.get(claim.measure)
            if measure is None:
                raise InvalidInput(_("The measure “%(key)s” is not defined."), key=claim.measure)
            identity = (measure.pk, claim.number, str(claim.text or ""), claim.kind, claim.as_of, claim.source)
            if identity not in known:
                known.add(identity)
                rows.append(_row(claim, measure, summit, edition))
        made = Observation.objects.bulk_create(rows, batch_size=200)
        if made:
            record(
                "insight.observations.recorded",
                by=by,
                obj=edition or summit,
                edition_id=edition.pk if edition else None,
                count=len(made),
            )
            if edition:
                touch_content(edition.pk)
    return made


def _row(claim: Claim, measure: Measure, summit: Summit, edition: Edition | None) -> Observation:
    return Observation(
        measure=measure,
        summit=summit,
        edition=edition,
        span=claim.span,
        number=claim.number,
        text=claim.text or Text(),
        qualifier=claim.qualifier,
        kind=claim.kind,
        as_of=claim.as_of,
        source=claim.source,
        note=claim.note or Text(),
        conflicts=list(claim.conflicts),
    )
