"""Opening and closing the phases of an edition."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from summitry.editions.actions.content import touch_content
from summitry.editions.enums import PhaseKind
from summitry.editions.events import EditionChanged
from summitry.editions.models import Edition, Phase
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class PhaseGiven:
    """A phase with its opening and closing instant; without the latter it stays open."""

    kind: PhaseKind
    opens_at: dt.datetime
    closes_at: dt.datetime | None = None


def set_phases(edition: Edition, phases: Sequence[PhaseGiven], *, by: Actor) -> None:
    """Replace the phases of an edition. Announces EditionChanged where anything differs."""
    require(by, "edit", edition)
    wanted = {str(phase.kind): (phase.opens_at, phase.closes_at) for phase in phases}
    if len(wanted) < len(phases):
        raise InvalidInput(fields={"kind": [_("A phase is named twice.")]})
    for phase in phases:
        _check(phase)
    with recording():
        Edition.objects.select_for_update().get(pk=edition.pk)
        rows = {phase.kind: phase for phase in Phase.objects.filter(edition=edition)}
        present = {kind: (phase.opens_at, phase.closes_at) for kind, phase in rows.items()}
        if present == wanted:
            return
        Phase.objects.filter(edition=edition).exclude(kind__in=wanted).delete()
        Phase.objects.bulk_create(
            [
                Phase(edition=edition, kind=kind, opens_at=opens_at, closes_at=closes_at)
                for kind, (opens_at, closes_at) in wanted.items()
            ],
            update_conflicts=True,
            unique_fields=["edition", "kind"],
            update_fields=["opens_at", "closes_at"],
        )
        record("editions.phases.set", by=by, obj=edition, edition_id=edition.pk, before=present, after=wanted)
        touch_content(edition.pk)
        announce(EditionChanged(by=by, edition_id=edition.pk))


def _check(phase: PhaseGiven) -> None:
    ends = [instant for instant in (phase.opens_at, phase.closes_at) if instant is not None]
    if any(timezone.is_naive(instant) for instant in ends):
        raise InvalidInput(fields={phase.kind: [_("A phase needs times with a time zone.")]})
    if phase.closes_at is not None and phase.opens_at >= phase.closes_at:
        raise InvalidInput(fields={phase.kind: [_("A phase cannot close before it opens.")]})
