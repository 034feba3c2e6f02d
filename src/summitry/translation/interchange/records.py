"""What either format says: a list of texts, each with its source and, perhaps, its translation."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

LARGEST = 30_000_000
MOST = 100_000
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Standing(StrEnum):
    """How far a file says that a translation is: untouched, translated but not read by anybody else, or good."""

    INITIAL = "initial"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True)
class Entry:
    """One text. `target` is None where the file says nothing of a translation; `where` is its line, for people."""

    id: str
    source: str | None
    target: str | None
    standing: Standing = Standing.INITIAL
    source_lang: str = ""
    target_lang: str = ""
    context: str = ""
    kind: str = ""
    field: str = ""
    state: str = ""
    note: str = ""
    terms: tuple[tuple[str, str], ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file of translations: of which edition, where it says so, and its texts in order."""

    entries: tuple[Entry, ...] = field(default=())
    edition: str = ""
    target_lang: str = ""


def storable(text: str) -> bool:
    """Return whether `text` can be written to either format."""
    return not _ILLEGAL.search(text)


def stripped(text: str) -> str:
    """Return `text` without characters that XML cannot hold."""
    return _ILLEGAL.sub("", text)
