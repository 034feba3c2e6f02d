"""Tables for people and spreadsheets, in which no text can act as a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summitry.foundation.tables.reading import GUARDED, Cell
from summitry.programme.interchange.texts import clean
from summitry.programme.interchange.times import format_hours

if TYPE_CHECKING:
    import xlsxwriter  # type: ignore[import-untyped] # no annotations in it

BYTE_ORDER_MARK = "\ufeff"
_LONGEST_CELL = 32_767
_LARGEST_EXACT = 2**53
_FIRST_YEAR = 1900
_FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\]")
# Always the same, so that the same programme gives the same bytes.
_CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 -- a file property without a zone


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet; its first row is the heading."""

    name: str
    rows: Sequence[Sequence[Cell]]


def write_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """CSV in UTF-8 with a byte order mark, by which Excel knows the encoding; formulas are disarmed."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([_shown(cell) for cell in row])
    return (BYTE_ORDER_MARK + text.getvalue()).encode("utf-8")


def _shown(cell: Cell) -> str:
    match cell:
        case None:
            shown = ""
        case str():
            text = clean(cell)
            shown = "'" + text if text.lstrip("'").startswith(GUARDED) else text
        case bool():
            shown = "true" if cell else "false"
        case dt.datetime():
            shown = cell.replace(tzinfo=None).isoformat(sep=" ", timespec="minutes")
        case dt.time():
            shown = cell.isoformat(timespec="minutes")
        case dt.timedelta():
            shown = format_hours(cell)
        case _:
            shown = str(cell)
    return shown


def write_xlsx(sheets: Iterable[Sheet]) -> bytes:
    """A workbook with real dates and times; texts are always written as text. Datetimes lose their zone."""
    stream = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    import xlsxwriter  # noqa: PLC0415 - heavy: 8 MB that only workbooks need

    with xlsxwriter.Workbook(stream, options) as workbook:
        workbook.set_properties({"created": _CREATED})
        formats = {
            name: workbook.add_format(properties)
            for name, properties in {
                "heading": {"bold": True, "text_wrap": True, "valign": "top"},
                "text": {"text_wrap": True, "valign": "top"},
                "moment": {"num_format": "yyyy-mm-dd hh:mm", "valign": "top"},
                "date": {"num_format": "yyyy-mm-dd", "valign": "top"},
                "time": {"num_format": "hh:mm", "valign": "top"},
                "length": {"num_format": "[h]:mm", "valign": "top"},
            }.items()
        }
        names: set[str] = set()
        for sheet in sheets:
            worksheet = workbook.add_worksheet(_sheet_name(sheet.name, names))
            for number, row in enumerate(sheet.rows):
                for column, cell in enumerate(row):
                    _write_cell(worksheet, number, column, cell, formats)
            _arrange(worksheet, sheet)
        if not names:
            workbook.add_worksheet()
    return stream.getvalue()


def _write_cell(
    worksheet: xlsxwriter.worksheet.Worksheet,
    row: int,
    column: int,
    cell: Cell,
    formats: dict[str, xlsxwriter.format.Format],
) -> None:
    if isinstance(cell, str) or not _representable(cell):
        text = clean(str(cell))[:_LONGEST_CELL]
        worksheet.write_string(row, column, text, formats["heading" if row == 0 else "text"])
    elif isinstance(cell, bool):
        worksheet.write_boolean(row, column, cell)
    elif isinstance(cell, int | float):
        worksheet.write_number(row, column, cell)
    elif isinstance(cell, dt.datetime):
        worksheet.write_datetime(row, column, cell.replace(tzinfo=None), formats["moment"])
    elif isinstance(cell, dt.date):
        worksheet.write_datetime(row, column, cell, formats["date"])
    elif isinstance(cell, dt.time):
        worksheet.write_datetime(row, column, cell.replace(tzinfo=None), formats["time"])
    elif isinstance(cell, dt.timedelta):
        worksheet.write_datetime(row, column, cell, formats["length"])


def _representable(cell: Cell) -> bool:
    """Whether a spreadsheet can hold the value as what it is: numbers are doubles, dates begin in 1900."""
    if isinstance(cell, int | float):
        return math.isfinite(cell) and abs(cell) <= _LARGEST_EXACT
    return not isinstance(cell, dt.date) or cell.year > _FIRST_YEAR


def _arrange(worksheet: xlsxwriter.worksheet.Worksheet, sheet: Sheet) -> None:
    """Columns as wide as their texts, within reason; the heading stays in view and filters."""
    width = max((len(row) for row in sheet.rows), default=0)
    for column in range(width):
        longest = max((len(str(row[column])) for row in sheet.rows if column < len(row)), default=0)
        worksheet.set_column(column, column, min(max(longest + 1, 10), 60))
    if sheet.rows and width:
        worksheet.freeze_panes(1, 0)
        worksheet.autofilter(0, 0, len(sheet.rows) - 1, width - 1)


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name that Excel takes: short, without its special characters, not used before."""
    plain = _FORBIDDEN_IN_NAME.sub(" ", clean(name)).strip(" '")[:31] or "Sheet"
    chosen, number = plain, 1
    while chosen.lower() in taken or chosen.lower() == "history":
        number += 1
        chosen = f"{plain[:27]} {number}"
    taken.add(chosen.lower())
    return chosen
