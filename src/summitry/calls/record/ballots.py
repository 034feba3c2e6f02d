"""What a ballot of a live final says, as bytes: the device that fills it and everybody who checks it write it in one form.

A ballot names its final and its juror, so that nobody can hand in a copy of somebody else's; marks are whole numbers.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from summitry.algorithms.ranking import Ballot, check, of_criteria
from summitry.calls.record.canonical import canonical

FORMAT = 1
SCORES, PAIRS = "scores", "pairs"
LONGEST = 200_000
"""Characters of a ballot that is revealed: 200 pitches with ten marks each have some forty thousand."""


class Opened(NamedTuple):
    """What a juror reveals: the ballot's text, and the salt in hexadecimal."""

    ballot: str
    salt: str


@dataclass(frozen=True, slots=True)
class Scale:
    """What a criterion counts, and its marks from the lowest to the highest."""

    weight: int
    lowest: int
    highest: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A ballot as it is counted: scores, or pairs of which the first was preferred (the third: neither was)."""

    juror: int
    scores: Mapping[int, Fraction]
    pairs: tuple[tuple[int, int, bool], ...] = ()

    @property
    def ballot(self) -> Ballot:
        """The ballot for a tally of scores."""
        return Ballot(self.juror, dict(self.scores))


class SpoiledError(ValueError):
    """A ballot that says nothing that can be counted."""


def content_of_scores(final: int, juror: int, marks: Mapping[int, Mapping[str, int]]) -> dict[str, Any]:
    """Return a ballot with marks by entry and criterion."""
    return _content(final, juror, SCORES) | {"marks": {str(entry): dict(marks[entry]) for entry in marks}}


def content_of_pairs(
    final: int, juror: int, pairs: Collection[tuple[int, int, bool | int]]
) -> dict[str, Any]:
    """Return a ballot with comparisons in their order: who was preferred, to whom, and whether neither was."""
    return _content(final, juror, PAIRS) | {
        "pairs": [[better, worse, int(even)] for better, worse, even in pairs]
    }


def opening_text(ballot: str, salt: str) -> str:
    """Return what a juror keeps until the reveal, as one line."""
    return canonical({"ballot": ballot, "salt": salt}).decode()


def opening_from(text: str) -> Opened | None:
    """Return what a line that a juror kept opens; None for anything else."""
    if len(text) > LONGEST:
        return None
    try:
        value = json.loads(text.strip())
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or value.keys() != {"ballot", "salt"}:
        return None
    if not all(isinstance(part, str) for part in value.values()):
        return None
    return Opened(value["ballot"], value["salt"])


def content_if_committed(opened: Opened, commitment: str, *, final: int, juror: int) -> dict[str, Any] | None:
    """Return what a revealed ballot says; None where it is not the committed one, or not this juror's in this final."""
    try:
        data, salt = opened.ballot.encode(), bytes.fromhex(opened.salt)
        if opened.salt != salt.hex() or not check(commitment, data, salt):
            return None
        value = json.loads(opened.ballot)
        if canonical(value) != data:
            return None
    except (ValueError, RecursionError):
        return None
    if (
        not isinstance(value, dict)
        or type(value.get("juror")) is not int
        or type(value.get("final")) is not int
    ):
        return None
    return value if (value["final"], value["juror"]) == (final, juror) else None


def paper_of(
    content: Any, *, kind: str, entries: Collection[int], scales: Mapping[str, Scale], struck: Collection[int]
) -> Paper:
    """Return a ballot as it counts, without the entries that are `struck`. Raises SpoiledError."""
    if not isinstance(content, dict) or content.get("format") != FORMAT or content.get("kind") != kind:
        raise SpoiledError("This is no ballot of this kind.")
    if type(content.get("juror")) is not int:
        raise SpoiledError("The ballot names no juror.")
    if kind == PAIRS:
        found = _pairs(content.get("pairs"), entries)
        kept = [pair for pair in found if pair[0] not in struck and pair[1] not in struck]
        return Paper(content["juror"], {}, tuple(kept))
    scores = _scores(content.get("marks"), entries, scales)
    return Paper(content["juror"], {entry: score for entry, score in scores.items() if entry not in struck})


def _content(final: int, juror: int, kind: str) -> dict[str, Any]:
    return {"final": final, "format": FORMAT, "juror": juror, "kind": kind}


def _scores(marks: Any, entries: Collection[int], scales: Mapping[str, Scale]) -> dict[int, Fraction]:
    if not isinstance(marks, dict):
        raise SpoiledError("The ballot has no marks.")
    known = {str(entry): entry for entry in entries}
    found: dict[int, Fraction] = {}
    for name, given in marks.items():
        if name not in known or not isinstance(given, dict) or given.keys() != scales.keys():
            raise SpoiledError("The ballot marks something else than this final's entries.")
        for slug, mark in given.items():
            if type(mark) is not int or not scales[slug].lowest <= mark <= scales[slug].highest:
                raise SpoiledError("A mark lies outside its scale.")
        found[known[name]] = of_criteria(given, {slug: scale.weight for slug, scale in scales.items()})
    return found


def _pairs(pairs: Any, entries: Collection[int]) -> list[tuple[int, int, bool]]:
    if not isinstance(pairs, list):
        raise SpoiledError("The ballot has no comparisons.")
    known = set(entries)
    found: list[tuple[int, int, bool]] = []
    seen: set[frozenset[int]] = set()
    for pair in pairs:
        if not isinstance(pair, list) or len(pair) != 3 or any(type(part) is not int for part in pair):
            raise SpoiledError("A comparison is not two entries and whether neither was preferred.")
        better, worse, even = pair
        both = frozenset((better, worse))
        if len(both) < 2 or not both <= known or both in seen or even not in (0, 1):
            raise SpoiledError("A comparison is not of two of this final's entries, each pair once.")
        seen.add(both)
        found.append((better, worse, bool(even)))
    return found
