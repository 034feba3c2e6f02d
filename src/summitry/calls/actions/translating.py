"""Writing what translators made of the texts of calls and of what belongs to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from summitry.calls.actions.setting_up import set_up_changed
from summitry.calls.models import Call
from summitry.editions.models import Edition
from summitry.foundation.access import Actor
from summitry.foundation.audit import recording
from summitry.foundation.changes import change_many
from summitry.foundation.i18n import Text

Texts = Mapping[str, Text]


def translate_set_up(edition: Edition, rows: Sequence[tuple[Any, Texts]], *, by: Actor, audit: str) -> None:
    """Write translations of calls, or of rows that belong to calls, for a caller who has asked for permission; all or none.

    Each row shows the texts that the translator saw; raises StaleState where one is another by now. Announces CallChanged.
    """
    with recording():
        changed = change_many(rows, by=by, audit=audit, edition_id=edition.pk)
        ids = {row.pk if isinstance(row, Call) else row.call_id for row, _texts in rows if row.pk in changed}
        for call in Call.objects.filter(pk__in=ids).order_by("pk"):
            set_up_changed(call, "texts", by=by)
