"""Recording what was stated about an edition or a series."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from summitry.editions.actions.content import touch_content
from summitry.editions.models import Edition, Summit
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.errors import InvalidInput
from summitry.foundation.i18n import Text
from summitry.insight.actions.checking import fitting
from summitry.insight.enums import ObservationKind, Qualifier
from summitry.insight.models import Conflict, Measure, Observation


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A value as its source stated it: `number` for a countable measure, `text` for others, neither for "not stated"."""

    measure: str
    as_of: dt.date
    source: Text | str
    number: Decimal | None = None
    text: Text = field(default_factory=Text)
    qualifier: Qualifier = Qualifier.EXACT
    kind: ObservationKind = ObservationKind.ACTUAL
    note: Text = field(default_factory=Text)
    conflicts: tuple[str, ...] = ()
    span: str = ""


def record_observations(
    claims: Iterable[Claim], *, summit: Summit, edition: Edition | None, by: Actor
) -> list[Observation]:
    """Record claims about an edition (or, without one, the series) and return those that were new.

    What the same source has already stated is left alone, so recording twice changes nothing. Raises
    PermissionRefused unless `by` may record here, InvalidInput for an unknown measure or conflict, for a value that
    does not fit its measure, and for a claim about the series that does not say what it covers.
    """
    require(by, "record", Observation(edition=edition, summit=summit))
    measures = {measure.key: measure for measure in Measure.objects.all()}
    codes = set(Conflict.objects.filter(summit=summit).values_list("code", flat=True))
    with recording():
        known = {_identity(row) for row in Observation.objects.filter(summit=summit, edition=edition)}
        new = []
        for claim in claims:
            row = _row(claim, _measure(claim, measures, codes), summit, edition)
            if _identity(row) not in known:
                known.add(_identity(row))
                new.append(row)
        made = Observation.objects.bulk_create(new, batch_size=200)
        if made:
            target = edition or summit
            edition_id = edition.pk if edition else None
            record("insight.observations.recorded", by=by, obj=target, edition_id=edition_id, count=len(made))
            if edition:
                touch_content(edition.pk)
    return made


def _measure(claim: Claim, measures: dict[str, Measure], codes: set[str]) -> Measure:
    measure = measures.get(claim.measure)
    if measure is None:
        raise InvalidInput(_("The measure “%(key)s” is not defined."), key=claim.measure)
    unknown = set(claim.conflicts) - codes
    if unknown:
        raise InvalidInput(_("The conflict “%(code)s” is not described."), code=min(unknown))
    if (claim.number is not None and not measure.is_countable) or (claim.text and measure.is_countable):
        raise InvalidInput(_("This value does not fit the measure “%(key)s”."), key=claim.measure)
    return measure


def _row(claim: Claim, measure: Measure, summit: Summit, edition: Edition | None) -> Observation:
    if edition is None and not claim.span:
        raise InvalidInput(_("A claim about the series says which years it covers."))
    stated = claim.number is not None or bool(claim.text)
    row = Observation(
        measure=measure,
        summit=summit,
        edition=edition,
        span=claim.span,
        number=claim.number,
        text=claim.text,
        qualifier=claim.qualifier if stated else Qualifier.NOT_STATED,
        kind=claim.kind,
        as_of=claim.as_of,
        source=claim.source if isinstance(claim.source, Text) else Text.of(claim.source),
        note=claim.note,
        conflicts=list(claim.conflicts),
    )
    return fitting(row)


def _identity(row: Observation) -> tuple[object, ...]:
    """Return what makes a claim the same claim: everything but its note and its conflicts."""
    source = row.source.get(row.source.source)
    value = row.text.get(row.text.source)
    return (row.measure_id, row.span, row.number, value, row.qualifier, row.kind, row.as_of, source)
