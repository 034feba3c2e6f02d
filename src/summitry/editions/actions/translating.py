"""Writing what translators made of the texts of an edition, its buildings and its rooms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction

from summitry.editions.actions.content import touch_content
from summitry.editions.events import EditionChanged, VenueChanged
from summitry.editions.models import Building, Edition, Room, Venue
from summitry.foundation.access import Actor
from summitry.foundation.bus import announce
from summitry.foundation.changes import change
from summitry.foundation.i18n import Text

Texts = Mapping[str, Text]


def translate_edition(edition: Edition, texts: Texts, seen: Texts, *, by: Actor, audit: str) -> None:
    """Write translations of an edition's own texts, for a caller who has asked for permission.

    Raises StaleState where a text is no longer what was `seen`. Announces EditionChanged.
    """
    with transaction.atomic():
        if change(edition, texts, by=by, audit=audit, expected=seen):
            touch_content(edition.pk)
            announce(EditionChanged(by=by, edition_id=edition.pk))


def translate_places(
    edition: Edition, rows: Sequence[tuple[Venue | Building | Room, Texts, Texts]], *, by: Actor, audit: str
) -> None:
    """Write translations of names of places, for a caller who has asked for permission: row, new texts, texts seen.

    All or none. Raises StaleState where a text is no longer what was seen. Announces VenueChanged.
    """
    with transaction.atomic():
        changed = [change(row, texts, by=by, audit=audit, expected=seen) for row, texts, seen in rows]
        if any(changed):
            touch_content(edition.pk)
            announce(VenueChanged(by=by, edition_id=edition.pk))
