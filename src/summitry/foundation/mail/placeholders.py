"""Placeholders in what people write: `{name}`, filled with one line, or with several as a list.

A value is text, never markup: in Markdown every character of it that could mean something is escaped, and an address
becomes a link. What stands in braces but is no placeholder's spelling stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import NamedTuple

Value = str | tuple[str, ...]
_FOUND = re.compile(r"\{([a-z][a-z_]{0,39})\}")
_MEANT = re.compile(r"[{｛][ \t]{0,3}([^\s{}｛｝]{1,40})[ \t]{0,3}[}｝]")
_MARKUP = re.compile(r"([!-/:-@\[-`{-~])")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


class Unknown(NamedTuple):
    """What stands in braces without being a placeholder, and the one that may have been meant."""

    written: str
    meant: str


def placeholders_in(text: str) -> set[str]:
    """Return the names of all placeholders in `text`."""
    return set(_FOUND.findall(text))


def unknown_in(text: str, known: Iterable[str]) -> list[Unknown]:
    """Return what looks like a placeholder in `text` but is none of `known`, each once, in order."""
    names = list(known)
    found: dict[str, Unknown] = {}
    for match in _MEANT.finditer(text):
        if match[0] not in {f"{{{name}}}" for name in names}:
            close = get_close_matches(match[1].lower(), names, n=1, cutoff=0.6)
            found.setdefault(match[0], Unknown(match[0], f"{{{close[0]}}}" if close else ""))
    return list(found.values())


def fill_plain(text: str, values: Mapping[str, Value]) -> str:
    """Return `text` with its placeholders filled, for readers of plain text; unknown ones stay."""
    return _fill(text, values, _one_line)


def fill_markdown(text: str, values: Mapping[str, Value]) -> str:
    """Return `text` with its placeholders filled, as Markdown in which the values are mere text."""
    return _fill(text, values, _escaped)


def _fill(text: str, values: Mapping[str, Value], line: Callable[[str], str]) -> str:
    def value(match: re.Match[str]) -> str:
        found = values.get(match[1])
        if found is None:
            return match[0]
        if isinstance(found, str):
            return line(found)
        return "\n".join(f"- {line(item)}" for item in found)

    return _FOUND.sub(value, text)


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _escaped(value: str) -> str:
    value = _one_line(value)
    if _ADDRESS.fullmatch(value):
        return f"<{value}>"
    return _MARKUP.sub(r"\\\1", value)
