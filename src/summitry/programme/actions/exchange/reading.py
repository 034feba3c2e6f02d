"""From an uploaded file to a document, whatever its format; tables need to be told what their columns hold."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import PurePath

from summitry.editions.models import Edition
from summitry.programme.actions.exchange.facets import WHOLE, Facet, Scope
from summitry.programme.interchange.detect import read_schedule, sniff
from summitry.programme.interchange.document import Reading
from summitry.programme.interchange.table import (
    ColumnMapping,
    Field,
    TableReading,
    guess_mapping,
    read_table,
    to_document,
)

TABLES = frozenset({".csv", ".tsv", ".xlsx", ".xls", ".ods"})
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin, zipped ones and old ones."""
TELLS: dict[Field, tuple[Facet, ...]] = {
    Field.TITLE: (Facet.TITLE,),
    Field.SUBTITLE: (Facet.SUBTITLE,),
    Field.ABSTRACT: (Facet.TEXT,),
    Field.DESCRIPTION: (Facet.TEXT,),
    Field.DATE: (Facet.TIME,),
    Field.START: (Facet.TIME,),
    Field.END: (Facet.TIME,),
    Field.DURATION: (Facet.TIME,),
    Field.ROOM: (Facet.ROOM,),
    Field.FORUM: (Facet.TRACK,),
    Field.KIND: (Facet.TYPE,),
    Field.LANGUAGE: (Facet.LANGUAGE,),
    Field.SPEAKERS: (Facet.PEOPLE,),
}
"""What a column of a table tells about the sessions; identities and addresses only serve to find or found them."""


@dataclass(frozen=True, slots=True)
class ScheduleFile:
    """A file as it was understood. `table` and `mapping` are those of a table, else empty."""

    reading: Reading
    scope: Scope = WHOLE
    table: TableReading | None = None
    mapping: ColumnMapping | None = None


def is_table(data: bytes, filename: str) -> bool:
    """Return whether a file is to be read as a table: by its name, unless the content is XML or JSON all the same."""
    return PurePath(filename).suffix.lower() in TABLES and sniff(data) is None and bool(data.strip())


def is_text_table(data: bytes, filename: str) -> bool:
    """Return whether a file is to be read as a table that is plain text, not as a workbook."""
    return is_table(data, filename) and not data.startswith(WORKBOOKS)


def read_file(
    data: bytes,
    filename: str,
    edition: Edition | None,
    *,
    mapping: ColumnMapping | None = None,
    slug: str = "",
) -> ScheduleFile:
    """Read a schedule for `edition` (None: a new one at `slug`). Never raises for what is in the file.

    Without a `mapping`, that of a table is guessed from its headings.
    """
    zone: dt.tzinfo | None = edition.zone if edition else None
    if not is_table(data, filename):
        return ScheduleFile(read_schedule(data, filename, fallback_zone=zone))
    table = read_table(data, filename)
    mapping = guess_mapping(table.columns) if mapping is None else mapping
    name = edition.slug if edition else slug
    title = str(edition.name) if edition else slug
    reading = Reading(None, table.problems)
    if table.columns:
        reading = to_document(table, mapping, zone or dt.UTC, title=title, acronym=name)
    return ScheduleFile(reading, scope_of(mapping), table, mapping)


def scope_of(mapping: ColumnMapping) -> Scope:
    """Return what a table with these columns tells."""
    told = {facet for target in mapping.targets.values() for facet in TELLS.get(target.field, ())}
    if any(target.language for target in mapping.targets.values()):
        told.add(Facet.TRANSLATIONS)
    fields = {target.field for target in mapping.targets.values()}
    return Scope(frozenset(told), lengths=not fields.isdisjoint({Field.END, Field.DURATION}))
