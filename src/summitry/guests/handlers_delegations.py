"""What happens to companions and meetings when a guest moves."""

from __future__ import annotations

from summitry.foundation.bus import subscribe
from summitry.guests.actions.companion import follow_principal
from summitry.guests.actions.meeting import leave_meetings
from summitry.guests.events import GuestMoved


def connect() -> None:
    """Subscribe to this room's own news: companions and meetings go in the transaction in which she goes."""
    subscribe(GuestMoved, follow_principal, inside=True)
    subscribe(GuestMoved, leave_meetings, inside=True)
