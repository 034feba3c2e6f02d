"""Which institutions do what in an edition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summitry.directory.models import Organisation
from summitry.editions.actions.content import touch_content
from summitry.editions.enums import OrganiserRole
from summitry.editions.events import EditionChanged
from summitry.editions.models import Edition, EditionOrganiser
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce


@dataclass(frozen=True, slots=True)
class OrganiserGiven:
    """An institution and its role."""

    organisation: Organisation
    role: OrganiserRole


def set_organisers(edition: Edition, organisers: Sequence[OrganiserGiven], *, by: Actor) -> None:
    """Replace the organisers of an edition, in this order. Announces EditionChanged where anything differs."""
    require(by, "edit", edition)
    wanted = list(dict.fromkeys((given.organisation.pk, str(given.role)) for given in organisers))
    with recording():
        Edition.objects.select_for_update().get(pk=edition.pk)
        rows = EditionOrganiser.objects.filter(edition=edition)
        present = list(rows.values_list("organisation_id", "role"))
        if present == wanted:
            return
        rows.delete()
        EditionOrganiser.objects.bulk_create(
            EditionOrganiser(edition=edition, organisation_id=organisation_id, role=role, position=position)
            for position, (organisation_id, role) in enumerate(wanted)
        )
        record(
            "editions.organisers.set",
            by=by,
            obj=edition,
            edition_id=edition.pk,
            count=len(wanted),
            before={"organisers": [list(pair) for pair in present if pair not in wanted]},
            after={"organisers": [list(pair) for pair in wanted if pair not in present]},
        )
        touch_content(edition.pk)
        announce(EditionChanged(by=by, edition_id=edition.pk))
