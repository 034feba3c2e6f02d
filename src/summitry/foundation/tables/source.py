"""From the bytes of a file to text: limits, byte order marks, declared and true encodings."""

import codecs
import re
from dataclasses import dataclass

from summitry.foundation.tables.findings import FileCode, Problems

MAX_BYTES = 50 * 1024 * 1024

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Only these may be declared: Python knows encodings (unicode_escape, utf-7) that turn harmless bytes into others.
_ENCODINGS = (
    "ascii utf-8 utf-16 utf-16-le utf-16-be utf-32 latin-1 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 "
    "iso8859-7 iso8859-8 iso8859-9 iso8859-13 iso8859-15 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 "
    "cp1258 koi8-r koi8-u gb2312 gbk gb18030 big5 shift_jis cp932 euc-jp iso2022-jp euc-kr cp949 mac-roman tis-620"
).split()
_GUESSES = [
    "cp1252",
    "cp1251",
    "cp1250",
    "cp1256",
    "gb18030",
    "big5",
    "cp932",
    "euc_kr",
    "koi8_r",
    "mac_roman",
]
_DECLARATION = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_SAMPLE = 200_000


@dataclass(frozen=True, slots=True)
class Source:
    """Decoded text and the encoding it turned out to have."""

    text: str
    encoding: str


def read_source(data: bytes, problems: Problems) -> Source | None:
    """Decode a file; None (with an error) where it is empty, too large or not text at all."""
    if not data.strip(b" \t\r\n\0"):
        problems.error(FileCode.EMPTY_FILE, "")
        return None
    if len(data) > MAX_BYTES:
        problems.error(FileCode.TOO_LARGE, "", size=len(data) // 2**20, limit=MAX_BYTES // 2**20)
        return None
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode(data[len(mark) :], encoding, problems)
    if data[:1] == b"\0" or data[1:2] == b"\0":
        return _decode(data, "utf-16-be" if data[:1] == b"\0" else "utf-16-le", problems)
    return _decode(data, _declared_encoding(data), problems)


def _declared_encoding(data: bytes) -> str:
    declared = _DECLARATION.match(data.lstrip()[:400])
    if not declared:
        return "utf-8"
    try:
        name = codecs.lookup(declared[1].decode("ascii")).name
    except LookupError:
        return "utf-8"
    known = {codecs.lookup(each).name for each in _ENCODINGS}  # looked up only now: it loads them all
    # The declaration itself was read as ASCII, so it cannot be true of the wide encodings.
    return name if name in known and not name.startswith(("utf-16", "utf-32")) else "utf-8"


def _decode(data: bytes, encoding: str, problems: Problems) -> Source | None:
    try:
        return Source(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if encoding.startswith(("utf-16", "utf-32")):
            problems.error(
                FileCode.ENCODING_UNREADABLE, f"line {line}", encoding=encoding, offset=error.start
            )
            return None
        source = _guess(data, error)
        problems.warning(
            FileCode.ENCODING_GUESSED,
            f"line {line}",
            declared=encoding,
            used=source.encoding,
            offset=error.start,
        )
        return source


def _guess(data: bytes, error: UnicodeDecodeError) -> Source:
    """Text whose declared encoding is untrue. Stray bytes among sound UTF-8 are read as Windows-1252, one by one."""
    lenient = data.decode("utf-8", "replace")
    sound = sum(1 for character in lenient if character > "\x7f" and character != "\ufffd")
    if sound > lenient.count("\ufffd"):
        return Source(data.decode("utf-8", "summitry-stray-bytes"), "utf-8 + cp1252")
    from charset_normalizer import from_bytes  # noqa: PLC0415 - heavy: 3 MB that only files with untrue encodings need

    start = max(0, error.start - _SAMPLE // 2)
    best = from_bytes(data[start : start + _SAMPLE], cp_isolation=_GUESSES, enable_fallback=False).best()
    for encoding in (best.encoding if best else "cp1252", "cp1252"):
        try:
            return Source(data.decode(encoding), encoding)
        except UnicodeDecodeError:
            continue
    return Source(data.decode("cp1252", "replace"), "cp1252")


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("summitry-stray-bytes", _as_windows_1252)
