"""Making text fit to store and to compare: no control characters, single lines without breaks."""

from summitry.foundation.tables.text import SPACE, clean, is_clean, line
from summitry.programme.interchange.document import Json

__all__ = ["MAX_DEPTH", "clean", "clean_json", "is_clean", "line", "unindented"]

MAX_DEPTH = 60
"""How deeply values may be nested in ``extra`` and in the files themselves."""


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


def unindented(text: str) -> str:
    """A block of text without the line breaks and the indentation that pretty-printing put around it."""
    core = text.strip(" \t\r\n")
    if not core:
        return ""
    head, _, tail = text.partition(core)
    printed = (
        head[-1:] in (" ", "\t")
        and head.strip(SPACE) in ("\n", "\r\n")
        and tail.strip(SPACE) in ("\n", "\r\n")
    )
    return core if printed else text
