"""Who may enter what: rules for categories, decisions about single guests, and passes that delegations share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.changes import change, checked
from summitry.foundation.errors import InvalidInput
from summitry.gates.actions.compiling import compile_roster, next_revision
from summitry.gates.models import AccessRule, Allotment, Grant, Zone
from summitry.guests.models import Delegation, Guest


def create_rule(zone: Zone, *, by: Actor, **facts: Any) -> AccessRule:
    """Let a category (or everybody) into a zone; everybody's table is compiled anew. Raises InvalidInput."""
    rule = AccessRule(edition_id=zone.edition_id, zone=zone, **facts)
    require(by, "edit", rule)
    _check_edition(zone.edition_id, rule.category)
    checked(rule)
    with recording():
        rule.save(force_insert=True)
        record("gates.rule.created", by=by, obj=rule)
        compile_roster(zone.edition, new_rules=True)
    return rule


def change_rule(
    rule: AccessRule, *, by: Actor, expected: Mapping[str, Any] | None = None, **changes: Any
) -> frozenset[str]:
    """Change a rule; everybody's table is compiled anew. Raises InvalidInput, StaleState."""
    require(by, "edit", rule)
    _check_edition(rule.edition_id, changes.get("category"), changes.get("zone"))
    with recording():
        changed = change(rule, changes, by=by, audit="gates.rule.changed", expected=expected)
        if changed:
            compile_roster(rule.edition, new_rules=True)
    return changed


def remove_rule(rule: AccessRule, *, by: Actor) -> None:
    """Remove a rule; everybody's table is compiled anew."""
    require(by, "edit", rule)
    with recording():
        record("gates.rule.removed", by=by, obj=rule)
        rule.delete()
        compile_roster(rule.edition, new_rules=True)


def grant_access(guest: Guest, zone: Zone, *, by: Actor, effect: str, reason: str, **window: Any) -> Grant:
    """Open a zone to one guest, or close it to her, whatever her category says. Raises InvalidInput.

    Higher rooms use it as well: a ticket for a session is a grant of the room's zone in its time.
    """
    grant = Grant(guest=guest, zone=zone, effect=effect, reason=reason.strip(), by=by.label[:200], **window)
    require(by, "edit", grant)
    _check_edition(zone.edition_id, guest)
    checked(grant)
    with recording():
        grant.save(force_insert=True)
        record("gates.grant.made", by=by, obj=grant, edition_id=zone.edition_id)
        _compile(guest)
    return grant


def remove_grant(grant: Grant, *, by: Actor) -> None:
    """Take back what was decided about one guest."""
    require(by, "edit", grant)
    with recording():
        record("gates.grant.removed", by=by, obj=grant, edition_id=grant.edition_id)
        guest = grant.guest
        grant.delete()
        _compile(guest)


def set_allotments(zone: Zone, places: Mapping[Delegation, int], *, by: Actor) -> None:
    """Say how many of each delegation may be in a zone at once; a delegation that is not named has no limit."""
    require(by, "edit", Allotment(zone=zone))
    for delegation in places:
        _check_edition(zone.edition_id, delegation)
    with recording():
        before = dict(zone.allotments.values_list("delegation_id", "places"))
        after = {delegation.pk: number for delegation, number in places.items()}
        if before != after:
            zone.allotments.exclude(delegation__in=after).delete()
            Allotment.objects.bulk_create(
                [
                    Allotment(zone=zone, delegation_id=pk, places=number)
                    for pk, number in sorted(after.items())
                ],
                update_conflicts=True,
                unique_fields=["zone", "delegation"],
                update_fields=["places"],
            )
            record("gates.allotments.set", by=by, obj=zone, before=_plain(before), after=_plain(after))
            next_revision(zone.edition_id, new_rules=True)


def _plain(places: Mapping[int, int]) -> dict[str, int]:
    return {str(pk): number for pk, number in places.items()}


def _compile(guest: Guest) -> None:
    companions = Guest.objects.filter(principal=guest).values_list("pk", flat=True)
    compile_roster(guest.edition, [guest.pk, *companions])


def _check_edition(edition_id: int, *rows: Any) -> None:
    if any(row is not None and row.edition_id != edition_id for row in rows):
        raise InvalidInput(_("This belongs to another edition."))
