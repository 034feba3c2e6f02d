"""Writing what translators made of people's texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summitry.directory.events import PeopleChanged
from summitry.directory.models import Person
from summitry.foundation.access import Actor
from summitry.foundation.audit import recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import change_many
from summitry.foundation.i18n import Text


def translate_people(
    rows: Sequence[tuple[Person, Mapping[str, Text]]], *, by: Actor, audit: str, edition_id: int
) -> None:
    """Write translations of people's texts, for a caller who has asked for permission; all or none.

    Each row shows the texts that the translator saw; raises StaleState where one is another by now. Announces
    PeopleChanged.
    """
    with recording():
        changed = change_many(rows, by=by, audit=audit, edition_id=edition_id)
        if changed:
            announce(PeopleChanged(by=by, person_ids=tuple(sorted(changed))))
