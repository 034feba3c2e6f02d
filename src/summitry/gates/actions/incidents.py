"""Incidents: opened where gates disagree, joined while they are open, settled by a person; never by themselves."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass, field

from summitry.foundation import clock
from summitry.foundation.access import Actor, require, system
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.gates.enums import IncidentKind, IncidentState
from summitry.gates.errors import AlreadySettled
from summitry.gates.events import IncidentOpened, IncidentSettled
from summitry.gates.models import Incident, Scan
from summitry.gates.queries.setup import Setup

GATES = system("gates")
OF_ZONE = frozenset(
    {IncidentKind.SAME_BADGE, IncidentKind.NO_ACCESS, IncidentKind.CAPACITY, IncidentKind.QUOTA}
)
"""These are about one zone: another zone is another matter."""


@dataclass(slots=True)
class _Matter:
    kind: IncidentKind
    guest: int | None
    zone: int
    device: int | None
    scans: set[uuid.UUID] = field(default_factory=set)


class Incidents:
    """Collects what is to be settled about one upload, and writes it: one open incident for one matter and day."""

    def __init__(self, setup: Setup, now: dt.datetime) -> None:
        self._setup = setup
        self._now = now
        self._matters: dict[str, _Matter] = {}
        self._by_scan: dict[uuid.UUID, int] = {}
        self._asked: list[uuid.UUID] = []

    def open(self, kind: IncidentKind, scan: Scan, about: str) -> None:
        """Open an incident with this scan, or join the one that is open about the same."""
        matter = self._matters.setdefault(
            self._key(kind, scan, about), _Matter(kind, scan.guest_id, scan.zone_id, scan.device_id)
        )
        matter.scans.add(scan.id)

    def join(self, kind: IncidentKind, scan: Scan, about: str, other: uuid.UUID) -> None:
        """Put another scan beside this one, where there is such an incident about it."""
        matter = self._matters.get(self._key(kind, scan, about))
        if matter is not None and scan.id in matter.scans:
            matter.scans.add(other)

    def look_up(self, scan: uuid.UUID) -> None:
        """Ask for the incident of a scan that is in the log already."""
        self._asked.append(scan)

    def of_scan(self, scan: uuid.UUID) -> int | None:
        """Return the incident that a scan belongs to."""
        return self._by_scan.get(scan)

    def write(self) -> None:
        """Write what was collected."""
        links = Incident.scans.through.objects
        if self._asked:
            for incident, scan in links.filter(scan__in=self._asked).values_list("incident_id", "scan_id"):
                self._by_scan[scan] = incident
        if not self._matters:
            return
        opened = self._open_ones()
        links.bulk_create(
            [
                Incident.scans.through(incident_id=opened[key], scan_id=scan)
                for key, matter in sorted(self._matters.items())
                for scan in sorted(matter.scans)
            ],
            ignore_conflicts=True,
        )
        for key, matter in self._matters.items():
            self._by_scan.update(dict.fromkeys(matter.scans, opened[key]))

    def _open_ones(self) -> dict[str, int]:
        rows = Incident.objects.filter(
            edition=self._setup.edition_id, key__in=self._matters, state=IncidentState.OPEN
        )
        opened: dict[str, int] = dict(rows.values_list("key", "pk"))
        new = [key for key in sorted(self._matters) if key not in opened]
        Incident.objects.bulk_create([self._incident(key) for key in new], ignore_conflicts=True)
        if new:
            opened = dict(rows.all().values_list("key", "pk"))
            for key in new:
                announce(
                    IncidentOpened(
                        by=GATES,
                        edition_id=self._setup.edition_id,
                        incident_id=opened[key],
                        kind=self._matters[key].kind,
                    )
                )
        return opened

    def _incident(self, key: str) -> Incident:
        matter = self._matters[key]
        return Incident(
            edition_id=self._setup.edition_id,
            kind=matter.kind,
            key=key,
            guest_id=matter.guest,
            zone_id=matter.zone,
            device_id=matter.device,
            opened_at=self._now,
        )

    def _key(self, kind: IncidentKind, scan: Scan, about: str) -> str:
        zone = f":{scan.zone_id}" if kind in OF_ZONE else ""
        return f"{kind}:{about}{zone}:{self._setup.day_of(scan.at)}"


def settle(incidents: Collection[Incident], note: str, *, by: Actor) -> list[Incident]:
    """Note that a person has looked into incidents, and what she found. Announces IncidentSettled.

    Raises AlreadySettled where somebody was faster; then none is settled.
    """
    for one in incidents:
        require(by, "settle", one)
    with recording():
        now = clock.now()
        for one in sorted(incidents, key=lambda row: row.pk):
            settled = Incident.objects.filter(pk=one.pk, state=IncidentState.OPEN).update(
                state=IncidentState.SETTLED, settled_at=now, settled_by=by.label[:200], note=note[:1000]
            )
            one.refresh_from_db()
            if not settled:
                raise AlreadySettled(by=one.settled_by)
            record("gates.incident.settled", by=by, obj=one, after={"note": note[:1000]})
            announce(IncidentSettled(by=by, edition_id=one.edition_id, incident_id=one.pk))
    return list(incidents)
