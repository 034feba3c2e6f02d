"""CSV: one line for each text, for spreadsheets and people. Texts that look like formulas are disarmed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from summitry.translation.errors import FileRefused
from summitry.translation.interchange.records import MOST, Document, Entry, Standing, storable

COLUMNS = (
    "id", "kind", "name", "field", "source_language", "source", "target_language", "target", "state", "note",
)  # fmt: skip
_BOM = "\ufeff"
_ARMED = re.compile(r"'*[=+\-@\t\r]")
_DISARMED = re.compile(r"'+[=+\-@\t\r]")
_STANDINGS = {
    "reviewed": Standing.REVIEWED,
    "final": Standing.REVIEWED,
    "machine": Standing.TRANSLATED,
    "translated": Standing.TRANSLATED,
}
_DELIMITERS = ",;\t"


def write_table(entries: Iterable[Entry]) -> bytes:
    """Return the texts as CSV in UTF-8, with the mark by which spreadsheets know the encoding."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        cells = (
            entry.id,
            entry.kind,
            entry.context,
            entry.field,
            entry.source_lang,
            entry.source or "",
            entry.target_lang,
            entry.target or "",
            entry.state,
            entry.note,
        )
        writer.writerow([_disarmed(cell) for cell in cells])
    return (_BOM + out.getvalue()).encode()


def read_table(data: bytes) -> Document:
    """Read a CSV file: its columns may stand in any order, only `id` and `target` are needed. Raises FileRefused."""
    text = _decoded(data)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True))
    except csv.Error as error:
        raise FileRefused(reason=str(error)) from error
    names = [name.strip().lower() for name in rows[0]] if rows else []
    if "id" not in names or "target" not in names:
        raise FileRefused(reason=_("the columns “id” and “target” are needed"))
    if len(rows) > MOST:
        raise FileRefused(reason=_("too many texts"))
    entries = []
    for number, row in enumerate(rows[1:], 2):
        cells = {name: _armed(cell) for name, cell in zip(names, row, strict=False)}
        if any(cells.values()):
            entries.append(_entry(cells, str(number)))
    return Document(tuple(entries))


def _entry(cells: dict[str, str], where: str) -> Entry:
    target = _lines(cells.get("target", ""))
    said = _STANDINGS.get(cells.get("state", "").strip().lower(), Standing.INITIAL)
    return Entry(
        id=cells.get("id", "").strip(),
        source=_lines(cells["source"]) if "source" in cells else None,
        target=target or None,
        standing=Standing.TRANSLATED if target and said is Standing.INITIAL else said,
        source_lang=cells.get("source_language", "").strip().lower(),
        target_lang=cells.get("target_language", "").strip().lower(),
        state=cells.get("state", "").strip().lower(),
        where=where,
    )


def _decoded(data: bytes) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileRefused(reason=_("the text is not in UTF-8")) from error
    if "\x00" in text or not storable(text.replace("\x0c", "")):
        raise FileRefused(reason=_("it holds characters that no table should"))
    return text


def _delimiter(text: str) -> str:
    head = text.split("\n", 1)[0]
    return max(_DELIMITERS, key=head.count)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _disarmed(cell: str) -> str:
    return f"'{cell}" if _ARMED.match(cell) else cell


def _armed(cell: str) -> str:
    return cell[1:] if _DISARMED.match(cell) else cell
