"""An invitation follows its guest: who applies has accepted it, who is replaced or withdrawn is no longer asked."""

from __future__ import annotations

from summitry.foundation.bus import subscribe
from summitry.guests.actions.answering import BEFORE, settle_invitation
from summitry.guests.enums import GONE
from summitry.guests.events import GuestMoved


def settle(event: GuestMoved) -> None:
    """Settle the invitation of a guest who begins, or who no longer comes; between the two it stands settled."""
    if event.was in BEFORE | GONE or event.now in GONE:
        settle_invitation(event.guest_id, event.now, by=event.by)


def connect() -> None:
    """Listen to the steps of guests, inside their transaction."""
    subscribe(GuestMoved, settle, inside=True)
