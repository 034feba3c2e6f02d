"""What of this room is told to other systems: ids, with which the receiver asks the API for what it may see."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from summitry.foundation.webhooks import register_webhook_event
from summitry.gates.events import (
    BadgesChanged,
    BadgesIssued,
    BadgesReplaced,
    BadgesRevoked,
    GuestsEntered,
    IncidentOpened,
    IncidentSettled,
)


def register() -> None:
    """Offer this room's events to webhooks."""
    register_webhook_event("gates.badges.issued", BadgesIssued, _badges, _("Badges were issued"))
    register_webhook_event("gates.badges.revoked", BadgesRevoked, _badges, _("Badges were revoked"))
    register_webhook_event("gates.badges.replaced", BadgesReplaced, _badges, _("Badges were replaced"))
    register_webhook_event(
        "gates.guests.entered", GuestsEntered, _entered, _("Guests entered a zone for the first time")
    )
    register_webhook_event("gates.incident.opened", IncidentOpened, _opened, _("An incident was opened"))
    register_webhook_event("gates.incident.settled", IncidentSettled, _settled, _("An incident was settled"))


def _badges(event: BadgesChanged) -> dict[str, Any]:
    return {"guest_ids": list(event.guest_ids)}


def _entered(event: GuestsEntered) -> dict[str, Any]:
    return {
        "entries": [
            {"guest_id": entry.guest_id, "zone_id": entry.zone_id, "at": entry.at} for entry in event.entries
        ]
    }


def _opened(event: IncidentOpened) -> dict[str, Any]:
    return {"incident_id": event.incident_id, "kind": event.kind}


def _settled(event: IncidentSettled) -> dict[str, Any]:
    return {"incident_id": event.incident_id}
