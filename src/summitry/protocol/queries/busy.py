"""When guests are busy by what protocol arranged: they travel, are driven, or sit at a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from summitry.editions.models import Edition
from summitry.guests.models import Guest
from summitry.guests.queries.busy import Busy
from summitry.protocol.enums import LegState
from summitry.protocol.models import Leg, Rider, Seat

AT_TABLE = dt.timedelta(hours=2)
"""How long an occasion with a seating plan takes, of which only the beginning is known."""


def busy_by_protocol(edition: Edition, guests: Sequence[Guest]) -> Iterator[Busy]:
    """Yield when these guests travel, ride or sit, with three statements."""
    ids = [guest.pk for guest in guests]
    legs = Leg.objects.filter(guest__in=ids).exclude(state=LegState.CANCELLED)
    for pk, departs_at, arrives_at in legs.values_list("guest_id", "departs_at", "arrives_at"):
        if departs_at is not None and arrives_at is not None:
            yield Busy(pk, departs_at, arrives_at)
    rides = Rider.objects.filter(guest__in=ids)
    for row in rides.values_list("guest_id", "transfer__starts_at", "transfer__ends_at"):
        yield Busy(*row)
    seats = Seat.objects.filter(guest__in=ids, plan__edition=edition)
    for pk, starts_at in seats.values_list("guest_id", "plan__starts_at"):
        if starts_at is not None and pk is not None:
            yield Busy(pk, starts_at, starts_at + AT_TABLE)
