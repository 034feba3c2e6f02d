"""What this room does when guests change elsewhere: who does not come any more has no seat, no place and no ride."""

from __future__ import annotations

import datetime as dt

from summitry.foundation.bus import subscribe
from summitry.foundation.jobs import every
from summitry.guests.enums import GONE
from summitry.guests.events import ConsentWithdrawn, GuestErased, GuestMoved
from summitry.protocol.actions.forgetting import forget_consented, forget_guest, forget_sealed
from summitry.protocol.actions.precedence import leave_precedence
from summitry.protocol.actions.seating import leave_seats
from summitry.protocol.actions.travel import leave_travel


def connect() -> None:
    """Subscribe to the guests' events, inside their transactions: no list ever shows somebody who does not come."""
    subscribe(GuestMoved, on_moved, inside=True)
    subscribe(GuestErased, on_erased, inside=True)
    subscribe(ConsentWithdrawn, on_withdrawn, inside=True)
    every(dt.timedelta(days=1), forget_sealed)


def on_moved(event: GuestMoved) -> None:
    """Take a guest who does not come any more out of every list, plan and ride."""
    if event.now in GONE and event.was not in GONE:
        leave_precedence(event.guest_id, by=event.by)
        leave_seats(event.guest_id, by=event.by)
        leave_travel(event.guest_id, by=event.by)


def on_withdrawn(event: ConsentWithdrawn) -> None:
    """Erase what is kept sealed for a purpose to which a guest does not consent any more."""
    forget_consented(event.guest_id, event.purpose)


def on_erased(event: GuestErased) -> None:
    """Erase what is kept of how a guest came, was addressed and lodged."""
    forget_guest(event.guest_id)
