"""Writing what translators made of the texts of an edition, its buildings and its rooms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summitry.editions.actions.content import touch_content
from summitry.editions.events import EditionChanged, VenueChanged
from summitry.editions.models import Building, Edition, Room, Venue
from summitry.foundation.access import Actor
from summitry.foundation.audit import recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import change_many
from summitry.foundation.i18n import Text

Texts = Mapping[str, Text]


def translate_edition(edition: Edition, texts: Texts, *, by: Actor, audit: str) -> None:
    """Write translations of an edition's own texts, for a caller who has asked for permission.

    Raises StaleState where a text is no longer what `edition` shows. Announces EditionChanged.
    """
    with recording():
        if change_many([(edition, texts)], by=by, audit=audit, edition_id=edition.pk):
            touch_content(edition.pk)
            announce(EditionChanged(by=by, edition_id=edition.pk))


def translate_places(
    edition: Edition, rows: Sequence[tuple[Venue | Building | Room, Texts]], *, by: Actor, audit: str
) -> None:
    """Write translations of names of places of one kind, for a caller who has asked for permission; all or none.

    Each row shows the texts that the translator saw; raises StaleState where one is another by now. Announces
    VenueChanged.
    """
    with recording():
        if change_many(rows, by=by, audit=audit, edition_id=edition.pk):
            touch_content(edition.pk)
            announce(VenueChanged(by=by, edition_id=edition.pk))
