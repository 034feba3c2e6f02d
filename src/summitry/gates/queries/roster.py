"""The roster as a device gets it: all of it, or what has changed since a revision."""

from __future__ import annotations

import datetime as dt
from typing import Any

from summitry.foundation import clock
from summitry.gates.enums import CredentialState
from summitry.gates.models import Counter, Credential, Gate, Roster, RosterLine, Zone
from summitry.gates.queries.devices import DeviceFacts

LASTS = dt.timedelta(hours=24)
"""How long a device may rely on a roster without asking again."""
HIDDEN = frozenset({"delegation"})


def roster_for(device: DeviceFacts, since: int) -> dict[str, Any]:
    """Return the roster of the device's edition as it has changed after the revision `since`; 0 for the whole.

    The revision is read first: what changes meanwhile is sent again next time, and never missed.
    """
    roster = Roster.objects.filter(pk=device.edition).first() or Roster(edition_id=device.edition)
    since = since if 0 < since <= roster.revision else 0
    now = clock.now()
    guests, gone = _guests(device.edition, since)
    return {
        "revision": roster.revision,
        "since": since,
        "rule_version": roster.rule_version,
        "made_at": now,
        "expires_at": now + LASTS,
        "gate": device.gate,
        "gates": [
            {
                "id": gate.pk,
                "zone": gate.zone_id,
                "name": gate.name,
                "direction": gate.direction,
                "kind": gate.kind,
            }
            for gate in Gate.objects.filter(edition=device.edition, is_open=True)
        ],
        "zones": _zones(device.edition),
        "windows": [],
        "guests": guests,
        "gone": gone,
        "revoked": dict(
            Credential.objects.filter(edition=device.edition, revision__gt=since)
            .exclude(state=CredentialState.ACTIVE)
            .values_list("digest", "state")
        ),
    }


def _guests(edition: int, since: int) -> tuple[list[dict[str, Any]], list[int]]:
    rows = RosterLine.objects.filter(edition=edition, revision__gt=since).order_by("pk")
    valid = Credential.objects.filter(edition=edition, state=CredentialState.ACTIVE)
    if since:
        valid = valid.filter(guest__roster_line__revision__gt=since)
    tokens: dict[int, list[str]] = {}
    for guest, digest in valid.values_list("guest_id", "digest"):
        tokens.setdefault(guest, []).append(digest)
    guests, gone = [], []
    for pk, facts, access, is_gone in rows.values_list("pk", "facts", "access", "is_gone"):
        if is_gone:
            gone.append(pk)
            continue
        shown = {name: value for name, value in facts.items() if name not in HIDDEN}
        guests.append({"id": pk, "tokens": tokens.get(pk, []), **shown, "access": access})
    return guests, gone if since else []


def _zones(edition: int) -> list[dict[str, Any]]:
    inside = dict(Counter.objects.filter(zone__edition=edition).values_list("pk", "inside"))
    return [
        {
            "id": zone.pk,
            "slug": zone.slug,
            "name": str(zone.name),
            "parent": zone.parent_id,
            "capacity": None if zone.capacity is None else zone.capacity + zone.emergency,
            "again": zone.again,
            "inside": inside.get(zone.pk, 0),
        }
        for zone in Zone.objects.filter(edition=edition)
    ]
