"""What of this room is told to other systems."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from summitry.editions.events import EditionChanged, VenueChanged
from summitry.foundation.webhooks import register_webhook_event


def register() -> None:
    """Offer this room's events to webhooks."""
    register_webhook_event(
        "editions.edition.changed", EditionChanged, lambda _event: {}, _("Facts about the edition changed")
    )
    register_webhook_event(
        "editions.venue.changed", VenueChanged, lambda _event: {}, _("Buildings, rooms or walks changed")
    )
