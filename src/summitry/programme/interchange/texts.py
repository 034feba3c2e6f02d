"""Making text fit to store and to compare: no control characters, single lines without breaks."""

import re

from summitry.programme.interchange.document import Json

MAX_DEPTH = 60
"""How deeply values may be nested in ``extra`` and in the files themselves."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("[\r\n]+")
_SPACE = " \t"


def is_clean(text: str) -> bool:
    """Whether ``text`` has none of the characters that neither XML nor a database can hold."""
    return text.isprintable() or text.replace("\n", "").isprintable() or _CONTROL.search(text) is None


def clean(text: str) -> str:
    """``text`` without the characters that neither XML nor a database can hold."""
    return text if is_clean(text) else _CONTROL.sub("", text)


def clean_json(value: Json, depth: int = 0) -> Json:
    """The same for every text and key inside ``value``; ``RecursionError`` where it is nested beyond reason."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list | dict) and depth >= MAX_DEPTH:
        raise RecursionError
    if isinstance(value, list):
        return [clean_json(part, depth + 1) for part in value]
    if isinstance(value, dict):
        return {clean(key): clean_json(part, depth + 1) for key, part in value.items()}
    return value


def line(text: str) -> str:
    """A single line: a break and the indentation around it become one space, or nothing at the ends.

    Other spaces stay, since a title that comes in with a space at its end has to go out with it.
    """
    if "\n" not in text and "\r" not in text:
        return text
    first, *others = _BREAKS.split(text)
    last = others.pop()
    pieces = [first.rstrip(_SPACE), *(piece.strip(_SPACE) for piece in others), last.lstrip(_SPACE)]
    return " ".join(piece for piece in pieces if piece)


def unindented(text: str) -> str:
    """A block of text without the line breaks and the indentation that pretty-printing put around it."""
    core = text.strip(" \t\r\n")
    if not core:
        return ""
    head, _, tail = text.partition(core)
    printed = (
        head[-1:] in (" ", "\t")
        and head.strip(_SPACE) in ("\n", "\r\n")
        and tail.strip(_SPACE) in ("\n", "\r\n")
    )
    return core if printed else text
