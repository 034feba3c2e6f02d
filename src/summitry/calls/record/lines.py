"""The file of a record: text, one part a line, each line under its own SHA-256, the last one over all of them.

    <sha256> <part> <canonical JSON>

There is no slack: whatever byte is changed, its line no longer agrees with its digest, or the end with the lines.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from summitry.calls.record.canonical import canonical

FORMAT = 1
LONGEST_LINE = 200_000_000
"""Bytes: a problem of 2,000 entries and 300 jurors has some four million."""


class Part(StrEnum):
    """What a line holds."""

    RECORD = "record"
    STEP = "step"
    WORDS = "words"
    ENTRY = "entry"
    VERSION = "version"
    REVIEW = "review"
    ASSIGNMENT = "assignment"
    COMPUTATION = "computation"
    BALLOT = "ballot"
    FINAL = "final"
    DECISION = "decision"
    LAUREATE = "laureate"
    END = "end"


class Grade(StrEnum):
    """For whom a record is: auditors get everything, the public neither people nor those who were not chosen."""

    AUDITOR = "auditor"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it was read."""

    number: int
    part: Part
    value: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a record that does not hold: which line (0: the whole file), which part, and what (see `verify`)."""

    line: int
    part: str
    what: str
    details: str = ""


def written(parts: Iterable[tuple[Part, dict[str, Any]]]) -> Iterator[bytes]:
    """Yield the lines of a file; the end is added."""
    whole = hashlib.sha256()
    count = 0
    for part, value in parts:
        line = _line(part, value)
        whole.update(line[:64])
        count += 1
        yield line
    yield _line(Part.END, {"lines": count, "digest": whole.hexdigest()})


def read(lines: Iterable[bytes]) -> tuple[list[Line], list[Fault]]:
    """Return the lines whose digest holds, and what is wrong with the others or with the whole."""
    found: list[Line] = []
    faults: list[Fault] = []
    whole = hashlib.sha256()
    number = 0
    for number, raw in enumerate(lines, 1):
        line = _read(number, raw)
        if isinstance(line, Fault):
            faults.append(line)
        else:
            found.append(line)
        if not (isinstance(line, Line) and line.part is Part.END):
            whole.update(raw[:64])
    faults += _whole(found, number, whole.hexdigest(), bool(faults))
    return found, faults


def _line(part: Part, value: dict[str, Any]) -> bytes:
    body = f"{part} ".encode() + canonical(value)
    return hashlib.sha256(body).hexdigest().encode() + b" " + body + b"\n"


def _read(number: int, raw: bytes) -> Line | Fault:
    name = raw[65:90].split(b" ", 1)[0].decode("ascii", "replace")
    if not raw.endswith(b"\n") or raw[64:65] != b" ":
        return Fault(number, name, "line")
    body = raw[65:-1]
    if hashlib.sha256(body).hexdigest().encode() != raw[:64]:
        return Fault(number, name, "digest")
    try:
        value = json.loads(body.split(b" ", 1)[1])
        part = Part(name)
        if not isinstance(value, dict) or canonical(value) != body.split(b" ", 1)[1]:
            return Fault(number, name, "line")
    except (ValueError, IndexError, RecursionError):
        return Fault(number, name, "line")
    return Line(number, part, value)


def _whole(found: list[Line], count: int, whole: str, has_faults: bool) -> list[Fault]:  # noqa: FBT001 - private, read beside its one call
    ends = [line for line in found if line.part is Part.END]
    if not ends or ends[-1].number != count or len(ends) > 1:
        return [Fault(0, Part.END, "end")]
    end = ends[0]
    if end.value != {"lines": count - 1, "digest": whole} and not has_faults:
        return [Fault(end.number, Part.END, "whole")]
    first = next((line for line in found if line.number == 1), None)
    if first is not None and (first.part is not Part.RECORD or first.value.get("format") != FORMAT):
        return [Fault(1, str(first.part), "format")]
    return []
