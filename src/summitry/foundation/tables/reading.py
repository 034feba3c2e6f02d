"""From the bytes of a table to columns and rows of values."""

import csv
import datetime as dt
import io
import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from summitry.foundation.tables import native
from summitry.foundation.tables.findings import FileCode, Problem, Problems
from summitry.foundation.tables.limits import MAX_COLUMNS, MAX_ROWS, archive_is_sound
from summitry.foundation.tables.source import MAX_BYTES, read_source
from summitry.foundation.tables.text import clean, line

Cell = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None

GUARDED = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""First characters that make a spreadsheet take a text for a formula."""
_DELIMITERS = ",;\t|"
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_DIALECT_ROWS = 50
_DIALECT_TEXT = 100_000
MAX_TEXT = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the heading. ``number`` is the one that the spreadsheet shows."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class TableReading:
    """A table with as many cells in each row as there are columns; without columns where it could not be read."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    sheets: tuple[str, ...] = ()


def read_table(data: bytes, filename: str = "", *, sheet: str | None = None) -> TableReading:
    """Read CSV (of any delimiter and encoding), XLSX, ODS or XLS; of a workbook one sheet, the first if not named.

    Formula cells give the value that was last computed and stored. Never raises for what is in the file.
    """
    problems = Problems()
    sheets: tuple[str, ...] = ()
    grid: Iterable[Sequence[Cell]] | None
    if data.startswith((_ZIP, _OLE)):
        grid, sheets = _workbook_grid(data, sheet, problems)
    else:
        grid = _text_grid(data, filename, problems)
    columns, rows = _table(grid, problems) if grid is not None else ((), ())
    return TableReading(columns, rows, problems.condensed(), sheets)


def _workbook_grid(
    data: bytes, sheet: str | None, problems: Problems
) -> tuple[Iterable[Sequence[Cell]] | None, tuple[str, ...]]:
    if len(data) > MAX_BYTES:
        problems.error(FileCode.TOO_LARGE, "", size=len(data) // 2**20, limit=MAX_BYTES // 2**20)
        return None, ()
    if data.startswith(_ZIP) and not archive_is_sound(data, problems):
        return None, ()
    answer = _read_natively(data, sheet or "")
    if "rows" in answer:
        return [[_cell(cell) for cell in row] for row in answer["rows"]], tuple(answer["sheets"])
    if "locked" in answer:
        problems.error(FileCode.SPREADSHEET_LOCKED, "")
    else:
        problems.error(FileCode.SPREADSHEET_UNREADABLE, "", reason=str(answer.get("error", "?"))[:200])
    return None, ()


def _read_natively(data: bytes, sheet: str) -> dict[str, Any]:
    """What ``native`` answers, in a process of its own; an error where that process does not live to answer."""
    command = [sys.executable, "-P", native.__file__, sheet, str(MAX_ROWS * 2)]
    try:
        run = subprocess.run(
            command, input=data, capture_output=True, timeout=2 * native.MOST_SECONDS, check=True
        )
        answer: dict[str, Any] = json.loads(run.stdout)
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        return {"error": type(error).__name__}
    return answer


def _cell(value: Any) -> Cell:
    """A cell as ``native`` writes it."""
    match value:
        case ["moment", str(text)]:
            return dt.datetime.fromisoformat(text)
        case ["date", str(text)]:
            return dt.date.fromisoformat(text)
        case ["time", str(text)]:
            return dt.time.fromisoformat(text)
        case ["length", seconds]:
            return dt.timedelta(seconds=seconds)
    cell: Cell = value
    return cell


def _text_grid(data: bytes, filename: str, problems: Problems) -> Iterable[Sequence[Cell]] | None:
    if len(data) > MAX_TEXT:
        problems.error(FileCode.TOO_LARGE, "", size=len(data) // 2**20, limit=MAX_TEXT // 2**20)
        return None
    source = read_source(data, problems)
    if source is None:
        return None
    if source.text.lstrip()[:1] in ("<", "{", "[") or "\0" in source.text[:4096]:
        problems.error(FileCode.NOT_A_TABLE, "", seen="XML, JSON")
        return None
    text, named = _without_separator_line(clean(source.text))
    delimiter = named or _delimiter(text)
    if text.count(delimiter) > MAX_ROWS * MAX_COLUMNS:
        problems.error(FileCode.TOO_COMPLEX, "", limit=MAX_ROWS * MAX_COLUMNS)
        return None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return [[_unguarded(cell) for cell in row] for row in islice(reader, MAX_ROWS * 2)]
    except csv.Error as error:
        problems.error(FileCode.SPREADSHEET_UNREADABLE, f"{reader.line_num}", reason=str(error)[:200])
        return None


def _without_separator_line(text: str) -> tuple[str, str]:
    """Excel writes a first line ``sep=;`` that belongs to no table; it is kept as an empty row, for the numbers."""
    first, _, rest = text.partition("\n")
    mark = first.strip().strip('"').lower()
    return ("\n" + rest, mark[4]) if mark.startswith("sep=") and len(mark) == len("sep=;") else (text, "")


def _delimiter(text: str) -> str:
    """The delimiter that cuts the first rows into the most cells of which all rows have the same number."""

    def score(delimiter: str) -> tuple[float, int]:
        try:
            reader = csv.reader(io.StringIO(text[:_DIALECT_TEXT], newline=""), delimiter=delimiter)
            rows = list(islice(reader, _DIALECT_ROWS))
        except csv.Error:
            return 0, 0
        widths = [len(row) for row in rows if row]
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        return (widths.count(usual) / len(widths) if usual > 1 else 0), usual

    return max(_DELIMITERS, key=score)


def _unguarded(cell: str) -> str:
    """Without the apostrophe that our own CSV puts before texts that look like formulas."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(GUARDED) else cell


def _table(grid: Iterable[Sequence[Cell]], problems: Problems) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Heading and rows; the heading is the first row with anything in at least two cells, or the first at all."""
    numbered = [(number, [_tidy(cell) for cell in cells]) for number, cells in enumerate(grid, start=1)]
    filled = [(number, cells) for number, cells in numbered if any(cell is not None for cell in cells)]
    heading = next(
        (row for row in filled if sum(cell is not None for cell in row[1]) > 1), filled[0] if filled else None
    )
    if heading is None:
        problems.error(FileCode.NO_ROWS, "")
        return (), ()
    below = [row for row in filled if row[0] > heading[0]]
    width = max((place for place, cell in enumerate(heading[1], start=1) if cell is not None), default=0)
    if len(below) > MAX_ROWS or width > MAX_COLUMNS:
        code, limit = (
            (FileCode.TOO_MANY_ROWS, MAX_ROWS)
            if len(below) > MAX_ROWS
            else (FileCode.TOO_MANY_COLUMNS, MAX_COLUMNS)
        )
        problems.error(code, "", limit=limit)
        return (), ()
    if not below:
        problems.warning(FileCode.NO_ROWS, "")
    columns = _column_names(heading[1][:width], problems)
    rows = []
    for number, cells in below:
        if any(cell is not None for cell in cells[width:]):
            problems.warning(FileCode.CELLS_BEYOND_HEADER, place(number))
        rows.append(Row(number, tuple((cells + [None] * width)[:width])))
    return columns, tuple(rows)


def _tidy(cell: Cell) -> Cell:
    """Empty cells as None, whole numbers without a decimal point, texts without control characters."""
    if isinstance(cell, str):
        text = clean(cell)
        return text if text.strip() else None
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return int(cell)
    if isinstance(cell, dt.datetime) and cell.year <= 1900:
        # A time of day alone; spreadsheets count days from the end of 1899.
        return cell.time()
    return cell


def _column_names(heading: Sequence[Cell], problems: Problems) -> tuple[str, ...]:
    """Distinct names; columns without one are called by their letter."""
    names: list[str] = []
    for position, cell in enumerate(heading):
        name = shown = line(str(cell)).strip() if cell is not None else letter(position)
        repetition = 1
        while shown in names:
            repetition += 1
            shown = f"{name} ({repetition})"
        if shown != name:
            problems.warning(FileCode.COLUMN_REPEATED, letter(position), column=name[:80], shown=shown[:90])
        names.append(shown)
    return tuple(names)


def letter(position: int) -> str:
    """The letters that a spreadsheet shows above a column, counted from 0."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def place(row: int, position: int | None = None) -> str:
    """A row, or a cell as spreadsheets name it."""
    return f"row {row}" if position is None else f"{letter(position)}{row}"
