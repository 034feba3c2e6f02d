"""How long scans are kept: half a year after the edition, then they are counted for good and deleted."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count
from django.db.models.functions import TruncHour

from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import Actor, system
from summitry.foundation.audit import record, recording
from summitry.foundation.jobs import job
from summitry.gates.enums import IncidentState
from summitry.gates.models import Incident, Presence, Scan, Tally

KEPT = dt.timedelta(days=180)
RETENTION = system("retention")


@job()
def tally_old_scans() -> None:
    """Tally the scans of all editions that ended so long ago."""
    last = (clock.now() - KEPT).date()
    for edition in Edition.objects.filter(ends_on__lt=last, scans__isnull=False).distinct():
        tally_scans(edition, by=RETENTION)


def tally_scans(edition: Edition, *, by: Actor) -> int:
    """Count the scans of an edition by gate, hour, direction and decision, and delete them; return how many there were.

    First entries stay, for the figures; who was where at which minute does not: stays are cut to their days, without
    evidence. Incidents stay without their scans and their guest.
    """
    with recording():
        scans = Scan.objects.filter(edition=edition)
        hours = (
            scans.order_by().annotate(hour=TruncHour("at")).values("gate", "hour", "direction", "decision")
        )
        Tally.objects.bulk_create(
            Tally(
                edition=edition,
                gate_id=row["gate"],
                hour=row["hour"],
                direction=row["direction"],
                decision=row["decision"],
                number=row["number"],
            )
            for row in hours.annotate(number=Count("pk"))
        )
        incidents = Incident.objects.filter(edition=edition)
        incidents.filter(state=IncidentState.OPEN).update(state=IncidentState.SETTLED, settled_by=by.label)
        incidents.update(guest=None)
        number = scans.count()
        scans.delete()
        _cut_stays(edition)
        record("gates.scans.tallied", by=by, obj=edition, edition_id=edition.pk, count=number)
    return number


def _cut_stays(edition: Edition) -> None:
    rows = list(Presence.objects.filter(edition=edition))
    for row in rows:
        day = row.from_at.astimezone(edition.zone).replace(hour=0, minute=0, second=0, microsecond=0)
        row.from_at, row.until_at, row.evidence = day, day + dt.timedelta(days=1), ""
        row.heard_at = None
    Presence.objects.bulk_update(rows, ["from_at", "until_at", "heard_at", "evidence"], batch_size=500)
