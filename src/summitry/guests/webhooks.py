"""What of this room is told to other systems: ids, states and categories; nothing that says who somebody is."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from summitry.foundation.webhooks import register_webhook_event
from summitry.guests.events import GuestErased, GuestMoved
from summitry.guests.models import Guest


def register() -> None:
    """Offer this room's events to webhooks."""
    register_webhook_event(
        "guests.guest.moved", GuestMoved, _moved, _("A guest came from one state to another")
    )
    register_webhook_event("guests.guest.erased", GuestErased, _erased, _("A guest was erased"))


def _moved(event: GuestMoved) -> dict[str, Any]:
    category = Guest.objects.values_list("category__slug", flat=True).get(pk=event.guest_id)
    return {"guest_id": event.guest_id, "category": category, "was": event.was, "now": event.now}


def _erased(event: GuestErased) -> dict[str, Any]:
    return {"guest_id": event.guest_id}
