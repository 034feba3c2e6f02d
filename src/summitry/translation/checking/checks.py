"""What a careful reviser would point at: limits, lost placeholders, links and marks, numbers, and words left as they were.

A `refused` finding cannot be stored; all others are hints that a translator may overrule.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

_PLACEHOLDER = re.compile(r"%\([a-z_]\w*\)[sd]|%[sd]\b|\{\{?\s*[a-z_][\w.]*\s*\}?\}", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>()\]\"’”]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBER = re.compile(r"\d+(?:[.,\u066b\u066c\u00a0\u202f]\d+)*")
_TRAILING = ".,;:!?。，；：！？、"
_MARKS = {
    "link": re.compile(r"\[[^\]\n]+\]\([^)\s]+\)"),
    "bold": re.compile(r"\*\*[^*\n]+\*\*"),
    "heading": re.compile(r"^#{1,6} ", re.MULTILINE),
    "list": re.compile(r"^\s*(?:[-*+]|\d+[.)]) ", re.MULTILINE),
    "code": re.compile(r"`[^`\n]+`"),
}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


class Finding(StrEnum):
    """What was found."""

    TOO_LONG = "too-long"
    LINES = "lines"
    CHARACTERS = "characters"
    PLACEHOLDERS = "placeholders"
    ADDRESSES = "addresses"
    NUMBERS = "numbers"
    MARKS = "marks"
    UNTRANSLATED = "untranslated"


REFUSED = frozenset({Finding.TOO_LONG, Finding.LINES, Finding.CHARACTERS})


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding and what it is about: the placeholders, numbers or kinds of marks that differ."""

    finding: Finding
    about: tuple[str, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Whether the text cannot be stored as it is."""
        return self.finding in REFUSED


def tidy(text: str, *, is_prose: bool) -> str:
    """Return a translation as it is stored: line ends of one kind, no space around it, composed characters."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    joined = "\n".join(line.rstrip() for line in lines).strip()
    return joined if is_prose else joined.strip("\n")


def check(source: str, target: str, *, is_prose: bool, longest: int | None = None) -> list[Remark]:
    """Return all remarks on `target` as a translation of `source`; none for an empty one."""
    if not target:
        return []
    remarks = _limits(target, is_prose=is_prose, longest=longest)
    lost = _differing(_PLACEHOLDER.findall(source), _PLACEHOLDER.findall(target))
    if lost:
        remarks.append(Remark(Finding.PLACEHOLDERS, lost))
    lost = _differing(_addresses(source), _addresses(target))
    if lost:
        remarks.append(Remark(Finding.ADDRESSES, lost))
    lost = _missing(_numbers(source), _numbers(target))
    if lost:
        remarks.append(Remark(Finding.NUMBERS, lost))
    if is_prose:
        lost = tuple(
            name for name, mark in _MARKS.items() if len(mark.findall(source)) != len(mark.findall(target))
        )
        if lost:
            remarks.append(Remark(Finding.MARKS, lost))
    if source == target and len(re.findall(r"[^\W\d_]{2,}", source)) > 1:
        remarks.append(Remark(Finding.UNTRANSLATED))
    return remarks


def _limits(target: str, *, is_prose: bool, longest: int | None) -> list[Remark]:
    remarks = []
    if longest is not None and len(target) > longest:
        remarks.append(Remark(Finding.TOO_LONG, (str(len(target)), str(longest))))
    if not is_prose and "\n" in target:
        remarks.append(Remark(Finding.LINES))
    if _CONTROL.search(target):
        remarks.append(Remark(Finding.CHARACTERS))
    return remarks


def _addresses(text: str) -> list[str]:
    return [found.rstrip(_TRAILING) for found in _ADDRESS.findall(text)]


def _numbers(text: str) -> list[str]:
    """The numbers of two digits or more, in Latin digits, without signs of grouping."""
    plain = _ADDRESS.sub(" ", _PLACEHOLDER.sub(" ", text))
    digits = ("".join(_digits(found)) for found in _NUMBER.findall(plain))
    return [number for number in digits if len(number) > 1]


def _digits(text: str) -> Iterable[str]:
    for character in text:
        value = unicodedata.digit(character, None)
        if value is not None:
            yield str(value)


def _differing(one: Iterable[str], other: Iterable[str]) -> tuple[str, ...]:
    first, second = Counter(one), Counter(other)
    return tuple(dict.fromkeys([*(first - second), *(second - first)]))


def _missing(one: Iterable[str], other: Iterable[str]) -> tuple[str, ...]:
    return tuple(Counter(one) - Counter(other))
