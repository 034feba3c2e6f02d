"""Refusing workbooks that would exhaust the machine, before a spreadsheet reader sees them.

A spreadsheet reader lays out the whole rectangle that the used cells span. A file of a few kilobytes with one cell at
the far corner makes it ask for gigabytes, so the corners are looked at first.
"""

import io
import re
import struct
import zipfile
import zlib
from functools import lru_cache
from typing import NoReturn
from xml.parsers import expat

from summitry.foundation.tables.findings import FileCode, Problems

MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_UNPACKED = 100 * 1024 * 1024
MAX_MEMBERS = 2_000
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    expat.ExpatError,
    OSError,
    EOFError,
    ValueError,
    LookupError,
    RuntimeError,
)
_CELL = re.compile(r"([A-Za-z]{1,3})([0-9]{1,8})")
_COUNT = re.compile(r"[0-9]{1,8}")
_SPARE_ROWS = 100
"""Empty rows and titles that may stand above the heading."""


class _Refused(Exception):
    def __init__(self, code: FileCode, limit: int) -> None:
        super().__init__(code)
        self.code, self.limit = code, limit


def archive_is_sound(data: bytes, problems: Problems) -> bool:
    """Whether a zipped workbook (XLSX, ODS) stays within the limits once it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if any(member.flag_bits & 1 for member in members):
                problems.error(FileCode.SPREADSHEET_LOCKED, "")
                return False
            if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
                problems.error(
                    FileCode.TOO_LARGE, "", size=MAX_UNPACKED // 2**20, limit=MAX_UNPACKED // 2**20
                )
                return False
            for member in members:
                if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                    raise zipfile.BadZipFile(member.compress_type)
                _check_member(archive, member)
    except _Refused as error:
        problems.error(error.code, "", limit=error.limit)
        return False
    except _BROKEN as error:
        problems.error(FileCode.SPREADSHEET_UNREADABLE, "", reason=str(error)[:200])
        return False
    return True


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    with archive.open(member) as stream:
        start = stream.read(64).lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")
    if not start.startswith(b"<"):
        return
    parser = expat.ParserCreate()
    corners = _Corners()
    parser.StartElementHandler = corners.enter
    parser.EndElementHandler = corners.leave
    parser.StartDoctypeDeclHandler = _refuse_doctype
    with archive.open(member) as stream:
        parser.ParseFile(stream)


def _refuse_doctype(*_: object) -> NoReturn:
    raise _Refused(FileCode.DTD_REFUSED, 0)


class _Corners:
    """Follows the position in a worksheet of either format and objects to cells with content beyond the limits."""

    def __init__(self) -> None:
        self._row = self._column = 0
        self._rows_here = 0
        self._in_cell = False

    def enter(self, name: str, attributes: dict[str, str]) -> None:
        if self._in_cell:
            # Whatever a cell holds makes it count; formatting alone does not.
            self._check(self._row + max(self._rows_here - 1, 0), self._column)
            self._in_cell = False
        match name.rpartition(":")[2]:
            case "c":
                self._row, self._column = _reference(attributes.get("r"), self._row, self._column + 1)
                self._in_cell = True
            case "v" | "t":
                pass
            case "sheetData" | "table":
                self._row, self._rows_here = 0, 1
            case "row":
                self._row, self._column = _number(attributes.get("r"), self._row + 1), 0
            case "table-row":
                self._row, self._column = self._row + self._rows_here, 0
                self._rows_here = _repeated(attributes, "number-rows-repeated")
            case "table-cell" | "covered-table-cell":
                self._column += _repeated(attributes, "number-columns-repeated")
                self._in_cell = True
                if any(key.endswith("value-type") for key in attributes):
                    self._check(self._row + self._rows_here - 1, self._column)

    def leave(self, name: str) -> None:
        self._in_cell = False

    @staticmethod
    def _check(row: int, column: int) -> None:
        if row > MAX_ROWS + _SPARE_ROWS:
            raise _Refused(FileCode.TOO_MANY_ROWS, MAX_ROWS)
        if column > MAX_COLUMNS:
            raise _Refused(FileCode.TOO_MANY_COLUMNS, MAX_COLUMNS)


def _number(text: str | None, otherwise: int) -> int:
    """A count or position; what is given but is not a sensible one is refused rather than guessed at."""
    if text is None:
        return otherwise
    if not _COUNT.fullmatch(text):
        raise ValueError(text[:20])
    return int(text)


def _repeated(attributes: dict[str, str], name: str) -> int:
    return next((_number(value, 1) for key, value in attributes.items() if key.endswith(name)), 1)


def _reference(text: str | None, row: int, column: int) -> tuple[int, int]:
    """Row and column of a reference such as ``AB12``; the given ones where a cell has none."""
    if text is None:
        return row, column
    match = _CELL.fullmatch(text)
    if match is None:
        raise ValueError(text[:20])
    return int(match[2]), _column_number(match[1])


@lru_cache(maxsize=1024)
def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
