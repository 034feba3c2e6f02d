"""What is done with capacities: the secretariat says how many teams, crews and links there are."""

from __future__ import annotations

from collections.abc import Sequence

from summitry.editions.models import Edition
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import checked
from summitry.programme.events import CapacitiesChanged
from summitry.programme.models import Capacity

_FACTS = ("kind", "lang", "amount", "setup_minutes", "strike_minutes")


def set_capacities(edition: Edition, capacities: Sequence[Capacity], *, by: Actor) -> list[Capacity]:
    """Make `capacities` (unsaved rows) all that the edition has. Equal ones change nothing.

    Announces CapacitiesChanged. Raises InvalidInput, also where a kind and language is named twice.
    """
    require(by, "edit", Capacity(edition=edition))
    with recording():
        old = list(Capacity.objects.filter(edition=edition).order_by("kind", "lang"))
        before, after = _told(old), _told(capacities)
        if before == after:
            return old
        Capacity.objects.filter(edition=edition).delete()
        for row in capacities:
            row.pk, row.edition = None, edition
            checked(row)
            row.save(force_insert=True)
        record(
            "programme.capacities.set",
            by=by,
            obj=edition,
            edition_id=edition.pk,
            before={"capacities": before},
            after={"capacities": after},
            count=len(after),
        )
        announce(CapacitiesChanged(by=by, edition_id=edition.pk))
    return list(capacities)


def _told(rows: Sequence[Capacity]) -> list[list[str | int]]:
    """Return the facts of rows in a fixed order, as the log keeps them."""
    return sorted(
        [getattr(row, name) if name != "kind" else str(row.kind) for name in _FACTS] for row in rows
    )
