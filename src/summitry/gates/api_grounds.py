"""Zones and gates over the API: what there is, how full it is, adding and changing. As on the pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from summitry.editions.models import Edition, Room
from summitry.foundation.access import Actor, require
from summitry.foundation.api import Localised, localised, reworded
from summitry.foundation.errors import InvalidInput
from summitry.foundation.forms.record import mark_of
from summitry.foundation.i18n import Text
from summitry.foundation.i18n.text import digest
from summitry.gates.actions.access import set_allotments
from summitry.gates.actions.zones import (
    change_gate,
    change_zone,
    create_gate,
    create_zone,
    exceed_capacity,
    remove_gate,
    remove_zone,
)
from summitry.gates.api_door import asked_for, found, unchanged
from summitry.gates.enums import Again, GateDirection, GateKind
from summitry.gates.models import Allotment, Gate, Zone
from summitry.gates.queries.grounds import ZoneLine, zone_lines
from summitry.guests.models import Delegation

router = Router()
MOST = 1_000_000
ZONE_FACTS = ("name", "parent_id", "room_id", "capacity", "again", "by_delegation")
GATE_FACTS = ("name", "zone_id", "kind", "direction", "is_open")


class GateOut(Schema):
    """A gate. `mark` changes with what can be changed here."""

    id: int
    name: str
    zone: int
    kind: str
    direction: str
    is_open: bool
    mark: str


class ZoneOut(Schema):
    """A zone with its gates. `capacity` is how many it holds, `emergency` how many more are let in for the time being."""

    id: int
    slug: str
    name: Localised
    parent: int | None
    room: str | None
    capacity: int | None
    emergency: int
    again: str
    by_delegation: bool
    inside: int
    people: int
    gates: list[GateOut]
    mark: str


class ZoneIn(Schema):
    """What of a zone is to be changed; what is left out stays. `mark` is the one that you read: 409 if it is another by now."""

    name: dict[str, str] | None = None
    parent: int | None = None
    room: str | None = None
    capacity: int | None = Field(None, ge=0, le=MOST)
    again: Again = Again.AFTER_EXIT
    by_delegation: bool = False
    mark: str = ""


class NewZoneIn(ZoneIn):
    """A zone to be added."""

    name: dict[str, str]


class GateIn(Schema):
    """What of a gate is to be changed; what is left out stays. `mark` is the one that you read: 409 if it is another by now."""

    name: str = Field("", max_length=80)
    zone: int | None = None
    kind: GateKind = GateKind.GATE
    direction: GateDirection = GateDirection.BOTH
    is_open: bool = True
    mark: str = ""


class NewGateIn(GateIn):
    """A gate to be added."""

    name: str = Field(max_length=80)
    zone: int


class EmergencyIn(Schema):
    """How many more people a zone takes for the time being, and why."""

    places: int = Field(ge=0, le=MOST)
    reason: str = Field("", max_length=300)


class PassesIn(Schema):
    """How many of each delegation, by its slug, may be in a zone at once; who is not named has no limit."""

    passes: dict[str, int]


@router.get("/{slug}/zones", response=list[ZoneOut], url_name="zones")
def list_zones(request: HttpRequest, slug: str) -> list[ZoneOut]:
    """All zones with their gates, each after the zone around it, and how many people are inside."""
    edition, _actor = asked_for(request, slug, Zone)
    return [_zone_out(line) for line in zone_lines(edition)]


@router.post("/{slug}/zones", response={201: ZoneOut}, url_name="zone_new")
def post_zone(request: HttpRequest, slug: str, body: NewZoneIn) -> Status[ZoneOut]:
    """Add a zone."""
    edition, actor = asked_for(request, slug, Zone)
    require(actor, "edit", Zone(edition=edition))
    made = create_zone(edition, by=actor, **_zone_facts(edition, actor, body, Text()))
    return Status(201, _zone(edition, made.pk))


@router.patch("/{slug}/zones/{zone}", response=ZoneOut, url_name="zone_change")
def patch_zone(request: HttpRequest, slug: str, zone: int, body: ZoneIn) -> ZoneOut:
    """Change a zone."""
    edition, actor = asked_for(request, slug, Zone)
    row = found(actor, Zone.objects.filter(edition=edition, pk=zone))
    unchanged(body.mark, _mark(row, ZONE_FACTS))
    change_zone(row, by=actor, **_zone_facts(edition, actor, body, row.name))
    return _zone(edition, row.pk)


@router.delete("/{slug}/zones/{zone}", response={204: None}, url_name="zone_remove")
def delete_zone(request: HttpRequest, slug: str, zone: int) -> Status[None]:
    """Remove a zone that has no gates, parts or scans."""
    edition, actor = asked_for(request, slug, Zone)
    remove_zone(found(actor, Zone.objects.filter(edition=edition, pk=zone)), by=actor)
    return Status(204, None)


@router.put("/{slug}/zones/{zone}/emergency", response=ZoneOut, url_name="zone_emergency")
def put_emergency(request: HttpRequest, slug: str, zone: int, body: EmergencyIn) -> ZoneOut:
    """Let more people into a zone than it holds, for a reason; 0 ends it."""
    edition, actor = asked_for(request, slug, Zone)
    row = found(actor, Zone.objects.filter(edition=edition, pk=zone))
    exceed_capacity(row, body.places, body.reason, by=actor)
    return _zone(edition, row.pk)


@router.get("/{slug}/zones/{zone}/passes", response=PassesIn, url_name="zone_passes")
def get_passes(request: HttpRequest, slug: str, zone: int) -> PassesIn:
    """How many of each delegation may be in a zone at once."""
    edition, actor = asked_for(request, slug, Allotment)
    row = found(actor, Zone.objects.filter(edition=edition, pk=zone))
    return PassesIn(passes=dict(row.allotments.values_list("delegation__slug", "places")))


@router.put("/{slug}/zones/{zone}/passes", response=PassesIn, url_name="zone_passes_set")
def put_passes(request: HttpRequest, slug: str, zone: int, body: PassesIn) -> PassesIn:
    """Say how many of each delegation may be in a zone at once."""
    edition, actor = asked_for(request, slug, Allotment)
    row = found(actor, Zone.objects.filter(edition=edition, pk=zone))
    known = {one.slug: one for one in Delegation.objects.filter(edition=edition, slug__in=body.passes)}
    wrong = [slug for slug, places in body.passes.items() if slug not in known or not 0 <= places <= MOST]
    if wrong:
        raise InvalidInput(
            fields={"passes": [_("Not a delegation and a number: %s.") % one for one in wrong]}
        )
    set_allotments(row, {known[slug]: places for slug, places in body.passes.items()}, by=actor)
    return PassesIn(passes=dict(row.allotments.values_list("delegation__slug", "places")))


@router.get("/{slug}/gates", response=list[GateOut], url_name="gates")
def list_gates(request: HttpRequest, slug: str) -> list[GateOut]:
    """All gates."""
    edition, _actor = asked_for(request, slug, Gate)
    return [_gate_out(row) for row in Gate.objects.filter(edition=edition)]


@router.post("/{slug}/gates", response={201: GateOut}, url_name="gate_new")
def post_gate(request: HttpRequest, slug: str, body: NewGateIn) -> Status[GateOut]:
    """Add a gate to a zone."""
    edition, actor = asked_for(request, slug, Gate)
    require(actor, "edit", Gate(edition=edition))
    return Status(201, _gate_out(create_gate(by=actor, **_gate_facts(edition, body))))


@router.patch("/{slug}/gates/{gate}", response=GateOut, url_name="gate_change")
def patch_gate(request: HttpRequest, slug: str, gate: int, body: GateIn) -> GateOut:
    """Change a gate."""
    edition, actor = asked_for(request, slug, Gate)
    row = found(actor, Gate.objects.filter(edition=edition, pk=gate))
    unchanged(body.mark, _mark(row, GATE_FACTS))
    change_gate(row, by=actor, **_gate_facts(edition, body))
    row.refresh_from_db()
    return _gate_out(row)


@router.delete("/{slug}/gates/{gate}", response={204: None}, url_name="gate_remove")
def delete_gate(request: HttpRequest, slug: str, gate: int) -> Status[None]:
    """Remove a gate at which nothing stands and nothing was scanned."""
    edition, actor = asked_for(request, slug, Gate)
    remove_gate(found(actor, Gate.objects.filter(edition=edition, pk=gate)), by=actor)
    return Status(204, None)


def _zone_facts(edition: Edition, actor: Actor, body: ZoneIn, name: Text) -> dict[str, Any]:
    given: dict[str, Any] = body.model_dump(exclude_unset=True, exclude={"mark"})
    if given.get("name") is not None:
        given["name"] = reworded(name, given["name"])
    else:
        given.pop("name", None)
    if given.get("parent") is not None:
        given["parent"] = zone_of(edition, given["parent"], "parent")
    if given.get("room") is not None:
        given["room"] = Room.objects.filter(edition=edition, code=given["room"]).first()
        if given["room"] is None:
            raise InvalidInput(fields={"room": [_("There is no such room.")]})
    return given


def _gate_facts(edition: Edition, body: GateIn) -> dict[str, Any]:
    given: dict[str, Any] = body.model_dump(exclude_unset=True, exclude={"mark"})
    if "zone" in given:
        given["zone"] = zone_of(edition, given["zone"], "zone")
    return given


def zone_of(edition: Edition, pk: int | None, field: str) -> Zone:
    """Return a zone of an edition that a request names in `field`. Raises InvalidInput."""
    row = Zone.objects.filter(edition=edition, pk=pk or 0).first()
    if row is None:
        raise InvalidInput(fields={field: [_("This zone is not one of this edition.")]})
    return row


def _zone(edition: Edition, pk: int) -> ZoneOut:
    return next(_zone_out(line) for line in zone_lines(edition) if line.zone.pk == pk)


def _zone_out(line: ZoneLine) -> ZoneOut:
    zone = line.zone
    return ZoneOut(
        id=zone.pk,
        slug=zone.slug,
        name=localised(zone.name),
        parent=zone.parent_id,
        room=zone.room.code if zone.room else None,
        capacity=zone.capacity,
        emergency=zone.emergency,
        again=zone.again,
        by_delegation=zone.by_delegation,
        inside=line.inside,
        people=line.people,
        gates=[_gate_out(row) for row in line.gates],
        mark=_mark(zone, ZONE_FACTS),
    )


def _gate_out(row: Gate) -> GateOut:
    return GateOut(
        id=row.pk,
        name=row.name,
        zone=row.zone_id,
        kind=row.kind,
        direction=row.direction,
        is_open=row.is_open,
        mark=_mark(row, GATE_FACTS),
    )


def _mark(row: Zone | Gate, names: tuple[str, ...]) -> str:
    return digest(str([mark_of(getattr(row, name)) for name in names]))
