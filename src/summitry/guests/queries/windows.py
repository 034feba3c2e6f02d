"""From when and until when a delegation may nominate: its own deadline, else the edition's registration phase."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from summitry.editions.enums import PhaseKind
from summitry.editions.models import Edition, Phase
from summitry.guests.models import Delegation


class Window(NamedTuple):
    """A time in which something can be done; what is empty on a side is open there."""

    opens_at: dt.datetime | None
    closes_at: dt.datetime | None

    def is_open(self, at: dt.datetime) -> bool:
        """Return whether it can be done at an instant."""
        return (self.opens_at is None or self.opens_at <= at) and (
            self.closes_at is None or at < self.closes_at
        )


def registration_of(edition: Edition) -> Window:
    """Return when the edition takes registrations (one query)."""
    phase = Phase.objects.filter(edition=edition, kind=PhaseKind.REGISTRATION).first()
    return Window(phase.opens_at, phase.closes_at) if phase else Window(None, None)


def nomination_window(delegation: Delegation, registration: Window | None = None) -> Window:
    """Return when the delegation may nominate; `registration` is the edition's where it is known already."""
    general = registration or registration_of(delegation.edition)
    return Window(general.opens_at, delegation.closes_at or general.closes_at)


def edition_end(edition: Edition) -> dt.datetime:
    """Return the end of the edition's last day by the host city's clock: until then guests can be replaced."""
    return dt.datetime.combine(edition.ends_on + dt.timedelta(days=1), dt.time(), edition.zone)
