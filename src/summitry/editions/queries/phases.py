"""Which phases of an edition are open. A phase that nobody has set is closed."""

from __future__ import annotations

import datetime as dt

from summitry.editions.enums import PhaseKind
from summitry.editions.errors import PhaseClosed
from summitry.editions.models import Edition, Phase
from summitry.foundation import clock


def phases_of(edition: Edition) -> list[Phase]:
    """Return the phases of an edition by their opening; uses prefetched `phases` where there are any."""
    return sorted(edition.phases.all(), key=lambda phase: (phase.opens_at, phase.pk))


def open_phases(edition: Edition, at: dt.datetime | None = None) -> frozenset[PhaseKind]:
    """Return the phases that are open `at` an instant (now by default); a phase is over at its closing instant."""
    instant = at or clock.now()
    return frozenset(
        PhaseKind(phase.kind)
        for phase in edition.phases.all()
        if phase.opens_at <= instant and (phase.closes_at is None or instant < phase.closes_at)
    )


def is_open(edition: Edition, kind: PhaseKind, at: dt.datetime | None = None) -> bool:
    """Return whether a phase is open `at` an instant (now by default)."""
    return kind in open_phases(edition, at)


def require_open(edition: Edition, kind: PhaseKind, at: dt.datetime | None = None) -> None:
    """Raise PhaseClosed unless the phase is open; actions that a phase opens and closes ask here."""
    if not is_open(edition, kind, at):
        raise PhaseClosed
