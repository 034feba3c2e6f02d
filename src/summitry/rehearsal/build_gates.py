"""The demo's zones and gates, with the rules of who may enter what."""

from __future__ import annotations

from collections.abc import Mapping

from summitry.editions.models import Edition, Room
from summitry.foundation.access import Actor
from summitry.gates.actions.access import create_rule
from summitry.gates.actions.zones import create_gate, create_zone
from summitry.gates.enums import Again
from summitry.gates.models import Zone
from summitry.guests.models import Category
from summitry.rehearsal.built import of
from summitry.rehearsal.content.grounds import ZONES


def build_gates(edition: Edition, rooms: Mapping[str, Room], by: Actor) -> list[Zone]:
    """Make zones, gates and rules for the edition's categories; before any guest has a badge, as each rule concerns all."""
    categories = {one.capacity: one for one in Category.objects.filter(edition=edition)}
    made: list[Zone] = []
    for place, planned in enumerate(ZONES):
        zone = create_zone(
            edition,
            by=by,
            name=of(planned.names),
            slug=planned.slug,
            capacity=planned.capacity,
            parent=made[0] if made else None,
            again=Again.FREELY,
            position=place,
            room=rooms.get(planned.room),
            by_delegation=planned.has_passes,
        )
        for number, (name, kind) in enumerate(planned.gates):
            create_gate(zone, by=by, name=name, kind=kind, position=10 * place + number)
        if not planned.capacities:
            create_rule(zone, by=by)
        for capacity in planned.capacities:
            create_rule(zone, by=by, category=categories[capacity])
        made.append(zone)
    return made
