"""Incidents and live counters over the API: what the gates disagree about, settling it, and how many are where."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import StringConstraints

from summitry.foundation.access import within
from summitry.foundation.api import CursorPage, page_of
from summitry.gates.actions.incidents import settle
from summitry.gates.api_door import asked_for, found
from summitry.gates.enums import IncidentKind, IncidentState
from summitry.gates.models import Incident, Scan, Zone
from summitry.gates.queries.counters import counters_of

router = Router()


class IncidentOut(Schema):
    """What gates disagree about. `guest` is an id: who she is, the guests' own operations say to those who may know."""

    id: int
    kind: str
    state: str
    guest: int | None
    zone: int | None
    device: int | None
    opened_at: dt.datetime
    settled_at: dt.datetime | None
    settled_by: str
    note: str


class ScanOut(Schema):
    """A scan: what was done at the gate (`decision`), and what the server says about it (`verdict`)."""

    id: uuid.UUID
    at: dt.datetime
    server_at: dt.datetime
    gate: int
    zone: int
    device: int
    guest: int | None
    direction: str
    kind: str
    decision: str
    reason: str
    verdict: str
    verdict_reason: str
    offline: bool


class IncidentDetailOut(IncidentOut):
    """An incident with its scans in the order of time."""

    scans: list[ScanOut]


class SettleIn(Schema):
    """What was found out."""

    note: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]


class ZoneCountOut(Schema):
    """How many people are in a zone, how many were, and how often; `capacity` includes a supervisor's leave."""

    id: int
    name: str
    inside: int
    people: int
    visits: int
    capacity: int | None


class CountersOut(Schema):
    """How many are where now. `gates` are entries of the last quarter of an hour by gate, `entered` people of the edition."""

    now: dt.datetime
    zones: list[ZoneCountOut]
    gates: dict[int, int]
    entered: int


@router.get("/{slug}/incidents", response=CursorPage[IncidentOut], url_name="incidents")
def list_incidents(
    request: HttpRequest,
    slug: str,
    state: IncidentState | None = None,
    kind: IncidentKind | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> CursorPage[IncidentOut]:
    """What the gates disagree about."""
    edition, actor = asked_for(request, slug, Incident)
    asked = {name: value for name, value in (("state", state), ("kind", kind)) if value is not None}
    rows = within(actor, Incident.objects.filter(edition=edition, **asked))
    incidents, following = page_of(rows, cursor=cursor, limit=limit)
    return CursorPage(items=[IncidentOut(**_facts(row)) for row in incidents], next=following)


@router.get("/{slug}/incidents/{incident}", response=IncidentDetailOut, url_name="incident")
def get_incident(request: HttpRequest, slug: str, incident: int) -> IncidentDetailOut:
    """One incident with its scans."""
    edition, actor = asked_for(request, slug, Incident)
    return _detail(found(actor, Incident.objects.filter(edition=edition, pk=incident)))


@router.post("/{slug}/incidents/{incident}/settle", response=IncidentDetailOut, url_name="incident_settle")
def settle_incident(request: HttpRequest, slug: str, incident: int, body: SettleIn) -> IncidentDetailOut:
    """Settle an incident; 409 where somebody was faster."""
    edition, actor = asked_for(request, slug, Incident)
    row = found(actor, Incident.objects.filter(edition=edition, pk=incident))
    return _detail(settle([row], body.note, by=actor)[0])


@router.get("/{slug}/counters", response=CountersOut, url_name="counters")
def get_counters(request: HttpRequest, slug: str) -> CountersOut:
    """How many people are where at this moment."""
    edition, _actor = asked_for(request, slug, Zone)
    return CountersOut(**counters_of(edition.pk))


def _facts(row: Incident) -> dict[str, Any]:
    plain = ("kind", "state", "opened_at", "settled_at", "settled_by", "note")
    ids = {"id": row.pk, "guest": row.guest_id, "zone": row.zone_id, "device": row.device_id}
    return {**ids, **{name: getattr(row, name) for name in plain}}


def _detail(row: Incident) -> IncidentDetailOut:
    return IncidentDetailOut(
        **_facts(row), scans=[_scan_out(scan) for scan in row.scans.order_by("at", "seq")]
    )


def _scan_out(row: Scan) -> ScanOut:
    return ScanOut(
        id=row.pk,
        at=row.at,
        server_at=row.server_at,
        gate=row.gate_id,
        zone=row.zone_id,
        device=row.device_id,
        guest=row.guest_id,
        direction=row.direction,
        kind=row.kind,
        decision=row.decision,
        reason=row.reason,
        verdict=row.verdict,
        verdict_reason=row.verdict_reason,
        offline=row.offline,
    )
