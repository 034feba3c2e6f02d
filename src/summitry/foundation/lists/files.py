"""A list as a file: exactly the rows that match, in the reader's language, in which no text can act as a formula."""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import translation
from django.utils.text import slugify

from summitry.foundation import clock
from summitry.foundation.lists.cells import file_value
from summitry.foundation.lists.reader import Reader
from summitry.foundation.lists.spec import Column, ListQuery, ListSpec

FORMATS = ("csv", "xlsx")
AT_ONCE = 250
BYTE_ORDER_MARK = "\ufeff"
_GUARDED = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_LONGEST_CELL = 32_767
_LONGEST_SHEET = 31
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Value = str | int | float


def list_file(spec: ListSpec, query: ListQuery, reader: Reader, kind: str) -> HttpResponseBase:
    """Return the matching rows as CSV or XLSX, under a name with list, edition and day."""
    day = clock.now().astimezone(reader.edition.zone).date()
    name = f"{slugify(spec.key.rpartition('.')[2])}-{reader.edition.slug}-{day:%Y-%m-%d}.{kind}"
    columns, ids = query.shown(spec), query.ids(spec, reader)
    rows = _rows(spec, columns, ids, reader)
    return table_file(rows, title=str(spec.title), name=name, kind=kind)


def table_file(rows: Iterable[Sequence[Value]], *, title: str, name: str, kind: str) -> HttpResponseBase:
    """Return rows, the heading first, as a file of one of FORMATS with this name."""
    if kind == "csv":
        response = StreamingHttpResponse(_csv(rows), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    return FileResponse(_workbook(rows, title), as_attachment=True, filename=name, content_type=_XLSX)


def _rows(
    spec: ListSpec, columns: Sequence[Column], ids: Sequence[int], reader: Reader
) -> Iterator[Sequence[Value]]:
    """Yield the heading, then each row; a few hundred rows are in memory at once."""
    with translation.override(reader.lang):
        yield [str(column.label) for column in columns]
    for start in range(0, len(ids), AT_ONCE):
        # The page that is streamed outlives the request's language.
        with translation.override(reader.lang):
            lines = [
                [file_value(column.value(line, reader), reader) for column in columns]
                for _pk, line in spec.paired(ids[start : start + AT_ONCE], reader)
            ]
        yield from lines


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _csv(rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    writer: Any = csv.writer(_Echo())
    yield BYTE_ORDER_MARK
    for row in rows:
        yield writer.writerow([disarmed(value) for value in row])


def disarmed(value: Value) -> Value:
    """Put an apostrophe before a text that a spreadsheet would take for a formula."""
    if isinstance(value, str) and value.lstrip(" '").startswith(_GUARDED):
        return f"'{value}"
    return value


def _workbook(rows: Iterable[Sequence[Value]], title: str) -> IO[bytes]:
    import xlsxwriter  # type: ignore[import-untyped] # noqa: PLC0415 - heavy: only workbooks need it

    # The response that sends the file closes it.
    file = tempfile.TemporaryFile()  # noqa: SIM115 - as above
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"created": dt.datetime.now(dt.UTC).replace(tzinfo=None)})
        sheet = book.add_worksheet(
            "".join(char for char in title if char not in "[]:*?/\\'")[:_LONGEST_SHEET]
        )
        bold = book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for at, row in enumerate(rows):
            for place, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(at, place, value[:_LONGEST_CELL], bold if at == 0 else None)
                else:
                    sheet.write_number(at, place, value)
    file.seek(0)
    return file
