"""What of this room is told to other systems: which mailing, how many letters, and no address of anybody."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from summitry.foundation.webhooks import register_webhook_event
from summitry.mailing.events import LetterBounced, MailingRecalled, MailingReleased, MailingSent


def register() -> None:
    """Offer this room's events to webhooks."""
    register_webhook_event("mailing.mailing.released", MailingReleased, _counted, _("A mailing was released"))
    register_webhook_event("mailing.mailing.recalled", MailingRecalled, _counted, _("A mailing was recalled"))
    register_webhook_event(
        "mailing.mailing.sent", MailingSent, _sent, _("All letters of a mailing were sent")
    )
    register_webhook_event("mailing.letter.bounced", LetterBounced, _bounced, _("A letter came back"))


def _counted(event: MailingReleased | MailingRecalled) -> dict[str, Any]:
    return {"mailing_id": event.mailing_id, "count": event.count}


def _sent(event: MailingSent) -> dict[str, Any]:
    return {"mailing_id": event.mailing_id, "sent": event.sent, "failed": event.failed}


def _bounced(event: LetterBounced) -> dict[str, Any]:
    return {"mailing_id": event.mailing_id, "letter_id": event.letter_id}
