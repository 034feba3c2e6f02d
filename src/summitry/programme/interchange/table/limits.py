"""Refusing workbooks that would exhaust the machine, before a spreadsheet reader sees them.

A spreadsheet reader lays out the whole rectangle that the used cells span. A file of a few kilobytes with one cell at
the far corner makes it ask for gigabytes, so the corners are looked at first.
"""

import io
import zipfile
import zlib

from lxml import etree

from summitry.programme.interchange.problems import ProblemCode, Problems

MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_UNPACKED = 100 * 1024 * 1024
MAX_MEMBERS = 2_000
_SPARE_ROWS = 100
"""Empty rows and titles that may stand above the heading."""


class _TooLarge(Exception):
    def __init__(self, code: ProblemCode, limit: int) -> None:
        super().__init__(code)
        self.code, self.limit = code, limit


def archive_is_sound(data: bytes, problems: Problems) -> bool:
    """Whether a zipped workbook (XLSX, ODS) stays within the limits once it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if any(member.flag_bits & 1 for member in members):
                problems.error(ProblemCode.SPREADSHEET_LOCKED, "")
                return False
            if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
                problems.error(
                    ProblemCode.TOO_LARGE, "", size=MAX_UNPACKED // 2**20, limit=MAX_UNPACKED // 2**20
                )
                return False
            for member in members:
                _check_member(archive, member)
    except _TooLarge as error:
        problems.error(error.code, "", limit=error.limit)
        return False
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        problems.error(ProblemCode.SPREADSHEET_UNREADABLE, "", reason=str(error)[:200])
        return False
    except etree.XMLSyntaxError as error:
        problems.error(ProblemCode.SPREADSHEET_UNREADABLE, "", reason=str(error.msg)[:200])
        return False
    return True


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    with archive.open(member) as stream:
        start = stream.read(64).lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")
    if not start.startswith(b"<"):
        return
    with archive.open(member) as stream:
        corners = _Corners()
        events = etree.iterparse(
            stream,
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        for event, element in events:
            name = str(element.tag).rpartition("}")[2]
            if event == "start":
                corners.enter(name, element)
            else:
                corners.leave(name, element)
                element.clear()
                # Emptied elements still hang on their parent; in a sheet those are hundreds of thousands.
                while (before := element.getprevious()) is not None and before.getparent() is not None:
                    before.getparent().remove(before)


class _Corners:
    """Follows the position in a worksheet of either format and objects to cells with content beyond the limits."""

    def __init__(self) -> None:
        self._row = self._column = 0
        self._rows_here = 1

    def enter(self, name: str, element: etree._Element) -> None:
        if name in ("sheetData", "table"):
            self._row, self._rows_here = 0, 0
        elif name == "row":
            self._row = _number(element.get("r"), self._row + 1)
            self._column, self._rows_here = 0, 1
        elif name == "table-row":
            self._row += self._rows_here
            self._rows_here = _repeated(element, "number-rows-repeated")
            self._column = 0

    def leave(self, name: str, element: etree._Element) -> None:
        if name == "c":
            row, self._column = _reference(element.get("r"), self._row, self._column + 1)
            if len(element):
                self._check(row, self._column)
        elif name in ("table-cell", "covered-table-cell"):
            self._column += _repeated(element, "number-columns-repeated")
            if len(element) or any(str(key).endswith("}value-type") for key in element.attrib):
                self._check(self._row + self._rows_here, self._column)

    @staticmethod
    def _check(row: int, column: int) -> None:
        if row > MAX_ROWS + _SPARE_ROWS:
            raise _TooLarge(ProblemCode.TOO_MANY_ROWS, MAX_ROWS)
        if column > MAX_COLUMNS:
            raise _TooLarge(ProblemCode.TOO_MANY_COLUMNS, MAX_COLUMNS)


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else otherwise


def _repeated(element: etree._Element, name: str) -> int:
    return next(
        (_number(str(value), 1) for key, value in element.attrib.items() if str(key).endswith(name)), 1
    )


def _reference(text: str | None, row: int, column: int) -> tuple[int, int]:
    """Row and column of a reference such as ``AB12``."""
    if not text:
        return row, column
    letters = text.rstrip("0123456789")
    digits = text[len(letters) :]
    if not letters.isalpha() or not letters.isascii() or len(letters) > 3:
        return row, column
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return _number(digits, row), number
