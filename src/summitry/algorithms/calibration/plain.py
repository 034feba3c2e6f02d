"""Problems and results as JSON values: what a process of its own reads and writes, and what a record keeps.

Canonical: members in the order of keys, so that equal results are equal texts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from summitry.algorithms.calibration.types import (
    DRAWS,
    Components,
    Estimate,
    Flag,
    JurorEffect,
    Likeness,
    Pair,
    Problem,
    Rating,
    Result,
    RoundLevel,
)


def problem_plain(problem: Problem) -> dict[str, Any]:
    """The problem; a rating is [entry, juror, round, score, seconds or None]."""
    return {
        "entries": sorted(problem.entries),
        "ratings": sorted(
            [rating.entry, rating.juror, rating.round, rating.score, rating.seconds]
            for rating in problem.ratings
        ),
        "places": problem.places,
        "lowest": problem.lowest,
        "highest": problem.highest,
        "draws": problem.draws,
        "seed": problem.seed,
    }


def problem_from(value: Any) -> Problem:
    """The problem that `problem_plain` wrote. Raises ValueError where the value is anything else."""
    members = mapping(value, "the problem")
    return Problem(
        ratings=tuple(rating_from(row) for row in listed(members.get("ratings"), "the ratings")),
        entries=tuple(whole(key, "an entry") for key in listed(members.get("entries"), "the entries")),
        places=whole(members.get("places"), "the number of places"),
        lowest=real(members.get("lowest"), "the lowest score"),
        highest=real(members.get("highest"), "the highest score"),
        draws=whole(members.get("draws", DRAWS), "the number of draws"),
        seed=whole(members.get("seed", 0), "the seed"),
    )


def rating_from(value: Any) -> Rating:
    """One row of ratings."""
    row = listed(value, "a rating")
    if len(row) != 5:
        raise ValueError("a rating must have five members: entry, juror, round, score and seconds")
    entry, juror, number, score, seconds = row
    return Rating(
        entry=whole(entry, "the entry of a rating"),
        juror=whole(juror, "the juror of a rating"),
        round=whole(number, "the round of a rating"),
        score=real(score, "the score of a rating"),
        seconds=None if seconds is None else whole(seconds, "the seconds of a rating"),
    )


def as_plain(result: Result) -> dict[str, Any]:
    """The result, its members as mappings."""
    return asdict(result) | {
        "estimates": [asdict(estimate) for estimate in result.estimates],
        "jurors": [
            asdict(effect) | {"flags": [str(flag) for flag in effect.flags]} for effect in result.jurors
        ],
        "levels": [asdict(level) for level in result.levels],
        "contested": list(result.contested),
        "pairs": [asdict(pair) | {"likeness": str(pair.likeness)} for pair in result.pairs],
    }


def result_from(value: Any) -> Result:
    """The result that `as_plain` wrote. Raises ValueError where the value is anything else."""
    members = mapping(value, "the result")
    try:
        return Result(
            estimates=tuple(Estimate(**row) for row in members["estimates"]),
            jurors=tuple(
                JurorEffect(**{**row, "flags": tuple(Flag(flag) for flag in row["flags"])})
                for row in members["jurors"]
            ),
            components=Components(**members["components"]),
            levels=tuple(RoundLevel(**row) for row in members["levels"]),
            supported=bool(members["supported"]),
            linked=whole(members["linked"], "the number of parts"),
            contested=tuple(whole(key, "a contested entry") for key in members["contested"]),
            pairs=tuple(Pair(**{**row, "likeness": Likeness(row["likeness"])}) for row in members["pairs"]),
        )
    except (KeyError, TypeError) as wrong:
        raise ValueError("the result is not one of a calibration") from wrong


def mapping(value: Any, what: str) -> Mapping[str, Any]:
    """The value, if it is an object."""
    if not isinstance(value, Mapping):
        raise ValueError(f"{what} must be an object")  # noqa: TRY004 - malformed input has one kind of error
    return value


def listed(value: Any, what: str) -> Sequence[Any]:
    """The value, if it is a list."""
    if not isinstance(value, list | tuple):
        raise ValueError(f"{what} must be a list")  # noqa: TRY004 - malformed input has one kind of error
    return value


def whole(value: Any, what: str) -> int:
    """The value, if it is a whole number of at most 63 bits."""
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= 2**63:
        raise ValueError(f"{what} must be a whole number")
    return value


def real(value: Any, what: str) -> float:
    """The value, if it is a finite number."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise ValueError(f"{what} must be a number")
    return float(value)
