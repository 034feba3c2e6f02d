"""Data frames out of an R data file: as much of R's serialisation (XDR, versions 2 and 3) as plain frames need."""

import bz2
import gzip
import lzma
import struct
from pathlib import Path
from typing import Any

import numpy as np

SYMBOL, PAIRS, CHARACTERS, LOGICAL, INTEGER, REAL, STRINGS, VECTOR = 1, 2, 9, 10, 13, 14, 16, 19
REFERENCE, NOTHING = 255, 254
OPENERS = ((b"\x1f\x8b", gzip.decompress), (b"BZh", bz2.decompress), (b"\xfd7zXZ", lzma.decompress))


class Reader:
    """Reads one serialised object after the other; attributes are dropped but for the names of columns and levels."""

    def __init__(self, content: bytes) -> None:
        if content[:5] not in (b"RDX2\n", b"RDX3\n") or content[5:7] != b"X\n":
            raise ValueError("not an R data file in binary form")
        self.content, self.at = content, 7
        self.symbols: list[str] = []
        version, _, _ = self.integer(), self.integer(), self.integer()
        if version == 3:
            self.taken(self.integer())

    def taken(self, size: int) -> bytes:
        """The next bytes."""
        self.at += size
        return self.content[self.at - size : self.at]

    def integer(self) -> int:
        """The next four bytes as a number."""
        return int(struct.unpack(">i", self.taken(4))[0])

    def item(self) -> Any:
        """The next object: None, text, an array, or for lists of any kind their members with the attributes."""
        flags = self.integer()
        kind, attributed, tagged = flags & 255, bool(flags & 512), bool(flags & 1024)
        match kind:
            case _ if kind == NOTHING:
                return None
            case _ if kind == REFERENCE:
                return self.symbols[(flags >> 8) - 1]
            case _ if kind == SYMBOL:
                self.symbols.append(self.item())
                return self.symbols[-1]
            case _ if kind == CHARACTERS:
                size = self.integer()
                return None if size < 0 else self.taken(size).decode("latin-1")
            case _ if kind == PAIRS:
                return self.pairs(attributed=attributed, tagged=tagged)
        return self.vector(kind, attributed=attributed)

    def pairs(self, *, attributed: bool, tagged: bool) -> dict[str, Any]:
        """A list of tagged values up to its end."""
        if attributed:
            self.item()
        name = self.item() if tagged else ""
        first = self.item()
        rest = self.item()
        return {name: first} | (rest or {})

    def vector(self, kind: int, *, attributed: bool) -> Any:
        """A vector: (values, attributes)."""
        size = self.integer()
        values: Any
        if kind in (INTEGER, LOGICAL):
            values = np.frombuffer(self.taken(4 * size), dtype=">i4").astype(int)
        elif kind == REAL:
            values = np.frombuffer(self.taken(8 * size), dtype=">f8").astype(float)
        elif kind in (STRINGS, VECTOR):
            values = [self.item() for _ in range(size)]
        else:
            raise ValueError(f"objects of kind {kind} are not read")
        return values, (self.item() if attributed else {})


def frame(path: Path, name: str) -> dict[str, Any]:
    """The columns of a data frame in the file, numbers as arrays; a factor as the numbers of its levels."""
    content = path.read_bytes()
    for mark, opened in OPENERS:
        if content.startswith(mark):
            content = opened(content)
    columns, attributes = Reader(content).item()[name]
    names, _ = attributes["names"]
    return {name: values for name, (values, _) in zip(names, columns, strict=True)}
