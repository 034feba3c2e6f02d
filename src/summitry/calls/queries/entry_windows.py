"""Until when an entry can be changed and handed in: the call's deadline with its grace, or what was decided for it alone."""

from __future__ import annotations

import datetime as dt

from summitry.calls.enums import WITH_ENTRANT, CallState, EntryState
from summitry.calls.models import Call, Entry
from summitry.calls.queries.calls import freezes_at, open_state
from summitry.foundation import clock

OVER = frozenset({CallState.ANNOUNCED, CallState.CANCELLED})


def is_open(entry: Entry, now: dt.datetime | None = None) -> bool:
    """Return whether an entry can be changed and handed in by its entrant (no query)."""
    if entry.state not in WITH_ENTRANT or entry.call.state in OVER:
        return False
    now = now or clock.now()
    if entry.late_until is not None and now < entry.late_until:
        return True
    if entry.state == EntryState.RETURNED and entry.late_until is None:
        return True
    return open_state(entry.call, now) in {"open", "grace"}


def due_at(entry: Entry) -> dt.datetime:
    """Return the deadline that an entrant is told: the grace is for those who are caught by it, and not told before."""
    closes = entry.call.closes_at
    return max(entry.late_until, closes) if entry.late_until else closes


def is_past_deadline(call: Call, now: dt.datetime | None = None) -> bool:
    """Return whether what is handed in now is late: the deadline and its grace are over."""
    return call.state != CallState.PUBLISHED or (now or clock.now()) >= freezes_at(call)
