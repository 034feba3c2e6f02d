"""That a copy was taken of what is kept of a guest."""

from __future__ import annotations

from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record
from summitry.guests.models import Guest


def note_copy(guest: Guest, *, by: Actor) -> None:
    """Record that `by` took a copy of everything that is kept of a guest, what is sealed included."""
    require(by, "unseal", guest)
    record("guests.data.exported", by=by, obj=guest)
