"""Writing what translators made of the texts of entries; what was frozen stays as it is, and is shown beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summitry.calls.events import EntriesChanged
from summitry.calls.models import Entry
from summitry.editions.models import Edition
from summitry.foundation.access import Actor
from summitry.foundation.audit import recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import change_many
from summitry.foundation.i18n import Text

Texts = Mapping[str, Text]


def translate_entries(
    edition: Edition, rows: Sequence[tuple[Entry, Texts]], *, by: Actor, audit: str
) -> None:
    """Write translations of titles and abstracts, for a caller who has asked for permission; all or none.

    Each row shows the texts that the translator saw; raises StaleState where one is another by now. Announces
    EntriesChanged, call by call.
    """
    with recording():
        if not change_many(rows, by=by, audit=audit, edition_id=edition.pk):
            return
        by_call: dict[int, list[int]] = {}
        for entry, _texts in rows:
            by_call.setdefault(entry.call_id, []).append(entry.pk)
        for call_id, ids in by_call.items():
            announce(EntriesChanged(by=by, edition_id=edition.pk, call_id=call_id, entry_ids=tuple(ids)))
