"""What happens to a mailing is hinted to the pages that show it."""

from __future__ import annotations

from summitry.foundation.bus import subscribe
from summitry.foundation.live import hint
from summitry.mailing.events import MailingChanged
from summitry.mailing.models import Mailing


def on_mailing_changed(event: MailingChanged) -> None:
    """Let open pages of the mailing fetch its present state."""
    hint(f"record:{Mailing._meta.label_lower}:{event.mailing_id}", "changed")


def register() -> None:
    """Subscribe."""
    subscribe(MailingChanged, on_mailing_changed)
