"""Making text fit to store and to compare: no control characters, single lines without breaks."""

import re

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("[\r\n]+")
SPACE = " \t"


def is_clean(text: str) -> bool:
    """Whether ``text`` has none of the characters that neither XML nor a database can hold."""
    return text.isprintable() or text.replace("\n", "").isprintable() or _CONTROL.search(text) is None


def clean(text: str) -> str:
    """``text`` without the characters that neither XML nor a database can hold."""
    return text if is_clean(text) else _CONTROL.sub("", text)


def line(text: str) -> str:
    """A single line: a break and the indentation around it become one space, or nothing at the ends.

    Other spaces stay, since a title that comes in with a space at its end has to go out with it.
    """
    if "\n" not in text and "\r" not in text:
        return text
    first, *others = _BREAKS.split(text)
    last = others.pop()
    pieces = [first.rstrip(SPACE), *(piece.strip(SPACE) for piece in others), last.lstrip(SPACE)]
    return " ".join(piece for piece in pieces if piece)
