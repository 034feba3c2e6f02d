"""Zones and gates: added, changed and removed; each change is a new version of the rules, of which all devices hear."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import ProtectedError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from summitry.editions.models import Edition
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.changes import change, checked
from summitry.foundation.errors import InvalidInput
from summitry.foundation.i18n import Text
from summitry.gates.actions.compiling import compile_roster, next_revision
from summitry.gates.errors import InUse
from summitry.gates.models import Counter, Gate, Zone


def create_zone(edition: Edition, *, by: Actor, name: Text, **facts: Any) -> Zone:
    """Add a zone. Raises InvalidInput."""
    zone = Zone(edition=edition, name=name, **facts)
    zone.slug = zone.slug or _slug(edition, name)
    require(by, "edit", zone)
    _check_around(zone, zone.parent)
    checked(zone)
    with recording():
        zone.save(force_insert=True)
        Counter.objects.create(zone=zone)
        record("gates.zone.created", by=by, obj=zone)
        next_revision(edition.pk, new_rules=True)
    return zone


def change_zone(
    zone: Zone, *, by: Actor, expected: Mapping[str, Any] | None = None, **changes: Any
) -> frozenset[str]:
    """Change facts about a zone. Raises InvalidInput, StaleState."""
    require(by, "edit", zone)
    if "parent" in changes:
        _check_around(zone, changes["parent"])
    with recording():
        changed = change(zone, changes, by=by, audit="gates.zone.changed", expected=expected)
        if changed:
            next_revision(zone.edition_id, new_rules=True)
    return changed


def remove_zone(zone: Zone, *, by: Actor) -> None:
    """Remove a zone that has no gates, parts or scans. Raises InUse."""
    require(by, "edit", zone)
    edition = zone.edition
    try:
        with recording():
            record("gates.zone.removed", by=by, obj=zone)
            zone.delete()
            compile_roster(edition, new_rules=True)
    except ProtectedError as error:
        raise InUse from error


def exceed_capacity(zone: Zone, places: int, reason: str, *, by: Actor) -> Zone:
    """Let so many more people into a zone than it holds, for a reason, until somebody sets it back to 0."""
    require(by, "exceed", zone)
    if places and not reason.strip():
        raise InvalidInput(fields={"reason": [_("Please say why.")]})
    with recording():
        before = zone.emergency
        Zone.objects.filter(pk=zone.pk).update(emergency=places)
        record(
            "gates.zone.emergency",
            by=by,
            obj=zone,
            before={"emergency": before},
            after={"emergency": places},
            places=places,
            reason=reason.strip()[:300],
        )
        next_revision(zone.edition_id, new_rules=True)
    zone.refresh_from_db()
    return zone


def create_gate(zone: Zone, *, by: Actor, name: str, **facts: Any) -> Gate:
    """Add a gate to a zone. Raises InvalidInput."""
    gate = Gate(edition_id=zone.edition_id, zone=zone, name=name.strip(), **facts)
    require(by, "edit", gate)
    checked(gate)
    with recording():
        gate.save(force_insert=True)
        record("gates.gate.created", by=by, obj=gate)
        next_revision(zone.edition_id, new_rules=True)
    return gate


def change_gate(
    gate: Gate, *, by: Actor, expected: Mapping[str, Any] | None = None, **changes: Any
) -> frozenset[str]:
    """Change facts about a gate. Raises InvalidInput, StaleState."""
    require(by, "edit", gate)
    zone = changes.get("zone")
    if zone is not None and zone.edition_id != gate.edition_id:
        raise InvalidInput(fields={"zone": [_("This zone is not one of this edition.")]})
    with recording():
        changed = change(gate, changes, by=by, audit="gates.gate.changed", expected=expected)
        if changed:
            next_revision(gate.edition_id, new_rules=True)
    return changed


def remove_gate(gate: Gate, *, by: Actor) -> None:
    """Remove a gate at which nothing stands and nothing was scanned. Raises InUse."""
    require(by, "edit", gate)
    try:
        with recording():
            record("gates.gate.removed", by=by, obj=gate)
            gate.delete()
            next_revision(gate.edition_id, new_rules=True)
    except ProtectedError as error:
        raise InUse from error


def _check_around(zone: Zone, parent: Zone | None) -> None:
    above, passed = parent, {zone.pk} if zone.pk else set()
    while above is not None:
        if above.pk in passed or above.edition_id != zone.edition_id:
            raise InvalidInput(fields={"parent": [_("A zone cannot lie in itself, or in another edition.")]})
        passed.add(above.pk)
        above = above.parent


def _slug(edition: Edition, name: Text) -> str:
    base = slugify(name.get("en") or str(name))[:30] or "zone"
    taken = set(Zone.objects.filter(edition=edition, slug__startswith=base).values_list("slug", flat=True))
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
