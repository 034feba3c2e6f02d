"""What the gates counted, recorded as figures of the edition: each says by which definition."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from summitry.directory.models import Entity
from summitry.editions.enums import EditionOrigin
from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import Actor, system
from summitry.foundation.i18n import Text
from summitry.foundation.jobs import job
from summitry.insight.actions.observation import Claim, record_observations
from summitry.insight.models import Measure, Observation
from summitry.insight.queries.closing import DEFINITIONS, SOURCE, counted, host_of, night_of


def record_guest_figures(
    edition: Edition, *, host: Entity | None, by: Actor, as_of: dt.date | None = None
) -> list[Observation]:
    """Record what was counted so far, as of today or another day; return what is new.

    Without a `host` nobody is from abroad. Raises PermissionRefused unless `by` may record here, and InvalidInput where a
    measure is not defined.
    """
    day = as_of or clock.now().astimezone(edition.zone).date()
    claims = [
        Claim(
            measure=key,
            as_of=day,
            source=SOURCE,
            number=Decimal(number),
            note=Text.of({"en": DEFINITIONS[key].note}),
        )
        for key, number in counted(edition, host).items()
    ]
    return record_observations(claims, summit=edition.summit, edition=edition, by=by)


@job()
def record_all_guest_figures() -> None:
    """Record, in the night after each day of an edition that is on, what was counted until then.

    Where the record's measures are not defined, nothing is.
    """
    if Measure.objects.filter(key__in=DEFINITIONS).count() < len(DEFINITIONS):
        return
    now = clock.now()
    for edition in Edition.objects.filter(origin=EditionOrigin.RUN).select_related("summit"):
        day = night_of(edition, now)
        if day is not None:
            record_guest_figures(edition, host=host_of(edition), by=system("insight"), as_of=day)
