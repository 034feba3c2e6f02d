"""What a column of a table can be said to hold: the choices of the console's mapping step."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from summitry.editions.models import Edition
from summitry.foundation.i18n import languages
from summitry.programme.interchange.table import ColumnMapping, ColumnTarget, Field
from summitry.programme.interchange.table.mapping import TRANSLATABLE

FIELDS = {
    Field.TITLE: _("Title"),
    Field.SUBTITLE: _("Subtitle"),
    Field.ABSTRACT: _("Abstract"),
    Field.DESCRIPTION: _("Description"),
    Field.DATE: _("Date"),
    Field.START: _("Start (time, or date and time)"),
    Field.END: _("End"),
    Field.DURATION: _("Duration"),
    Field.ROOM: _("Room"),
    Field.FORUM: _("Track or forum"),
    Field.KIND: _("Kind of session"),
    Field.LANGUAGE: _("Language"),
    Field.SPEAKERS: _("Speakers, separated by semicolons"),
    Field.ID: _("Number"),
    Field.GUID: _("GUID"),
    Field.URL: _("Address"),
}


def targets_for(edition: Edition) -> list[tuple[str, str]]:
    """Return all that a column can hold, as value and label; texts also in each language of the edition."""
    reader = get_language() or "en"
    targets = [(str(field), str(label)) for field, label in FIELDS.items()]
    for field in TRANSLATABLE:
        for code in edition.languages:
            label = f"{FIELDS[field]} ({languages.name_in(code, reader)})"
            targets.append((str(ColumnTarget(field, code)), label))
    return targets


def mapping_of(columns: Sequence[str], chosen: Sequence[str]) -> ColumnMapping | None:
    """Return the mapping that gives each of `columns` what was `chosen` for it; None where a choice is unknown."""
    try:
        return ColumnMapping.parse(dict(zip(columns, chosen, strict=False)))
    except ValueError:
        return None
