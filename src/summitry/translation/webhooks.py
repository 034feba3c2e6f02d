"""What of this room is told to other systems."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from summitry.foundation.webhooks import register_webhook_event
from summitry.translation.events import TranslationsSaved


def register() -> None:
    """Offer this room's events to webhooks."""
    register_webhook_event("translation.texts.saved", TranslationsSaved, _saved, _("Translations were saved"))


def _saved(event: TranslationsSaved) -> dict[str, Any]:
    return {"language": event.language, "texts": list(event.texts), "origin": event.origin}
