"""Lines of iCalendar (RFC 5545): texts escaped, moments spelled out, long lines folded between characters."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping

BREAK = "\r\n"
LONGEST = 75
"""Octets that a line may have before its break."""
_FOLD = BREAK + " "
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ESCAPES = (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n"))
_CONTINUES = range(0x80, 0xC0)
"""What a byte within a UTF-8 character, but not its first, can be."""


def text_line(name: str, text: str, parameters: Mapping[str, str] | None = None) -> str:
    """Return the property `name` that holds a text for people; parameters have plain values such as language tags."""
    given = "".join(f";{key}={value}" for key, value in parameters.items()) if parameters else ""
    return folded(f"{name}{given}:{escaped(text)}")


def escaped(text: str) -> str:
    """Return a text as a property's value. Breaks of any kind become one kind; control characters are left out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.replace("\n", "").isprintable():
        text = _FORBIDDEN.sub("", text)
    for character, instead in _ESCAPES:
        text = text.replace(character, instead)
    return text


def utc_moment(moment: dt.datetime) -> str:
    """Return an instant as the standard spells it in UTC."""
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def local_moment(moment: dt.datetime) -> str:
    """Return what the clock on the wall shows at `moment`, as a time in the zone that TZID names."""
    return f"{moment:%Y%m%dT%H%M%S}"


def folded(line: str) -> str:
    """Return a line broken into pieces of at most 75 octets; no character is cut in two."""
    if not line.isascii():
        return _folded_between_characters(line.encode())
    if len(line) <= LONGEST:
        return line
    rest = range(LONGEST, len(line), LONGEST - 1)
    return _FOLD.join((line[:LONGEST], *(line[start : start + LONGEST - 1] for start in rest)))


def _folded_between_characters(line: bytes) -> str:
    pieces = []
    start, length = 0, LONGEST
    while start < len(line):
        end = min(start + length, len(line))
        while end < len(line) and line[end] in _CONTINUES:
            end -= 1
        pieces.append(line[start:end].decode())
        start, length = end, LONGEST - 1
    return _FOLD.join(pieces)


def offset(distance: dt.timedelta) -> str:
    """Return a distance from UTC, with seconds where it has any."""
    hours, rest = divmod(int(abs(distance).total_seconds()), 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{'-' if distance < dt.timedelta() else '+'}{hours:02}{minutes:02}" + (
        f"{seconds:02}" if seconds else ""
    )


def component(name: str, lines: Iterable[str], parts: Iterable[str] = ()) -> str:
    """Return a component with its finished property lines, each line ended, and the components that it is made of."""
    return BREAK.join((f"BEGIN:{name}", *lines, "")) + "".join(parts) + f"END:{name}{BREAK}"
