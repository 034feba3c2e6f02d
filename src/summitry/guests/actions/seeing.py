"""That a guest has opened her page."""

from __future__ import annotations

import datetime as dt

from summitry.foundation import clock
from summitry.guests.models import Guest

AGAIN = dt.timedelta(hours=1)


def mark_seen(guest: Guest) -> None:
    """Note that the page was opened by its link, once an hour: it tells the office that the letter has arrived."""
    now = clock.now()
    if guest.seen_at is None or now - guest.seen_at > AGAIN:
        Guest.objects.filter(pk=guest.pk).update(seen_at=now)
