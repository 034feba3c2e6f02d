"""What this room does when something happens in the programme: turns at the microphone follow the schedule."""

from __future__ import annotations

from summitry.foundation.bus import subscribe
from summitry.live.actions.turns import follow_schedule
from summitry.live.models import BoothPlan
from summitry.programme.events import SlotsPlaced


def on_slots_placed(event: SlotsPlaced) -> None:
    """Divide the sessions that moved anew among their booths' teams, in the transaction of the move."""
    planned = BoothPlan.objects.filter(session__in=event.session_ids)
    sessions = sorted(set(planned.order_by().values_list("session_id", flat=True)))
    if sessions and event.edition_id is not None:
        follow_schedule(event.edition_id, sessions, by=event.by)


def connect() -> None:
    """Subscribe to what happens in lower rooms."""
    subscribe(SlotsPlaced, on_slots_placed, inside=True)
