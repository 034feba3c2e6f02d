"""Which characters our fonts can draw: what they cannot is reported before it is printed as an empty box."""

from __future__ import annotations

import struct
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache

from summitry.foundation.typeset import FONTS, FontsMissing, fonts_present

UNDRAWN = frozenset({"Cc", "Cf", "Zl", "Zp"})
"""Categories of characters that have no shape: controls, marks of direction, joiners."""


def missing_glyphs(texts: Iterable[str]) -> str:
    """Return the characters of `texts` that no font of ours draws, each once and in order. Raises FontsMissing."""
    starts, ends = _coverage()
    wanted = sorted({char for text in texts for char in text})
    return "".join(char for char in wanted if not _is_drawn(char, starts, ends))


def _is_drawn(char: str, starts: list[int], ends: list[int]) -> bool:
    number = ord(char)
    if unicodedata.category(char) in UNDRAWN or 0xFE00 <= number <= 0xFE0F:  # the latter select variants
        return True
    place = bisect_right(starts, number) - 1
    return place >= 0 and number <= ends[place]


@cache
def _coverage() -> tuple[list[int], list[int]]:
    """Return first and last characters of the stretches that the regular fonts cover, in order."""
    if not fonts_present():
        raise FontsMissing
    stretches = sorted(
        stretch for path in FONTS.glob("*/*Regular.*") for stretch in mapped_stretches(path.read_bytes())
    )
    starts, ends = [stretches[0][0]], [stretches[0][1]]
    for first, last in stretches[1:]:
        if first <= ends[-1] + 1:
            ends[-1] = max(ends[-1], last)
        else:
            starts.append(first)
            ends.append(last)
    return starts, ends


# --- Reading a font ------------------------------------------------------------------------------------------------
def mapped_stretches(font: bytes) -> Iterator[tuple[int, int]]:
    """Yield the stretches of characters that an OpenType font maps to shapes, from the tables of formats 4 and 12."""
    (tables,) = struct.unpack_from(">H", font, 4)
    for table in range(tables):
        tag, _check, offset, length = struct.unpack_from(">4sIII", font, 12 + 16 * table)
        if tag == b"cmap":
            yield from _from_cmap(font[offset : offset + length])


def _from_cmap(cmap: bytes) -> Iterator[tuple[int, int]]:
    (count,) = struct.unpack_from(">H", cmap, 2)
    offsets = {struct.unpack_from(">HHI", cmap, 4 + 8 * each)[2] for each in range(count)}
    for offset in sorted(offsets):
        (form,) = struct.unpack_from(">H", cmap, offset)
        if form == 4:
            yield from _from_segments(cmap, offset)
        elif form == 12:
            yield from _from_groups(cmap, offset)


def _from_segments(cmap: bytes, offset: int) -> Iterator[tuple[int, int]]:
    (doubled,) = struct.unpack_from(">H", cmap, offset + 6)
    count = doubled // 2
    ends = struct.unpack_from(f">{count}H", cmap, offset + 14)
    starts = struct.unpack_from(f">{count}H", cmap, offset + 16 + doubled)
    yield from ((first, last) for first, last in zip(starts, ends, strict=True) if first != 0xFFFF)


def _from_groups(cmap: bytes, offset: int) -> Iterator[tuple[int, int]]:
    (count,) = struct.unpack_from(">I", cmap, offset + 12)
    for group in range(count):
        first, last, _glyph = struct.unpack_from(">III", cmap, offset + 16 + 12 * group)
        yield first, last
