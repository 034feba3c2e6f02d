"""Telling which format a schedule file has, by its content; the name only helps to describe what it is instead."""

import datetime as dt
from collections.abc import Callable
from enum import StrEnum

from summitry.foundation.tables.source import MAX_BYTES, read_source
from summitry.programme.interchange.document import Reading
from summitry.programme.interchange.frab_json import read_frab_json
from summitry.programme.interchange.frab_xml import read_frab_xml
from summitry.programme.interchange.problems import ProblemCode, Problems

_SNIFFED = 4096
_SIGNATURES = (
    (b"PK\x03\x04", "ZIP"),
    (b"\x1f\x8b", "gzip"),
    (b"%PDF", "PDF"),
    (b"\xd0\xcf\x11\xe0", "Microsoft Office 97"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"SQLite format 3", "SQLite"),
    (b"{\\rtf", "RTF"),
)
_OFFICE_NAMES = {".xlsx": "XLSX", ".xls": "XLS", ".ods": "ODS", ".docx": "DOCX", ".odt": "ODT"}


class Format(StrEnum):
    """The formats that hold a whole schedule."""

    XML = "xml"
    JSON = "json"


_READERS: dict[Format, Callable[..., Reading]] = {Format.XML: read_frab_xml, Format.JSON: read_frab_json}


def sniff(data: bytes) -> Format | None:
    """XML or JSON by the first character that is not a space; None for anything else."""
    if any(data.startswith(signature) for signature, _ in _SIGNATURES):
        return None
    head = data[:_SNIFFED].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0") or data[_SNIFFED:].lstrip()[:1]
    if head.startswith(b"<"):
        return Format.XML
    return Format.JSON if head.startswith((b"{", b"[")) else None


def read_schedule(data: bytes, filename: str = "", *, fallback_zone: dt.tzinfo | None = None) -> Reading:
    """Read a schedule file of either format, or say what it is instead. Never raises for what is in the file."""
    detected = sniff(data)
    if detected is not None:
        return _READERS[detected](data, fallback_zone=fallback_zone)
    problems = Problems()
    seen = _description(data, filename)
    # Reading it as text tells whether it is empty or too large, which matters more than its format.
    if seen or read_source(data[: MAX_BYTES + 1], problems):
        problems = Problems()
        problems.error(ProblemCode.UNKNOWN_FORMAT, "", seen=seen or "text", filename=filename[:120])
    return Reading(None, problems.condensed())


def _description(data: bytes, filename: str) -> str:
    """A short technical name of what the file seems to be, or ""."""
    seen = next((name for signature, name in _SIGNATURES if data.startswith(signature)), "")
    if seen:
        suffix = filename[filename.rfind(".") :].lower() if "." in filename else ""
        return _OFFICE_NAMES.get(suffix, seen) if seen in ("ZIP", "Microsoft Office 97") else seen
    start = data[:_SNIFFED].lstrip(b"\xef\xbb\xbf \t\r\n").upper()
    if start.startswith(b"BEGIN:VCALENDAR"):
        return "iCalendar"
    if filename.lower().endswith((".csv", ".tsv")) and data.strip():
        return "CSV"
    return ""
