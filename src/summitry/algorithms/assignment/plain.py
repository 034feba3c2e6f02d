"""Problems and answers as JSON values: sorted and whole, so that the same question always has the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any, TypeVar, cast

import numpy as np

from summitry.algorithms.assignment.types import (
    BindingCap,
    BindingRule,
    Bottleneck,
    Change,
    Clash,
    Entry,
    Juror,
    KeptClash,
    Note,
    Pair,
    Plain,
    Problem,
    Remedy,
    Result,
    Shortage,
    ShortEntry,
    ShortJuror,
    Step,
)

T = TypeVar("T")
WISHES = ("per_organisation", "per_entity", "mode", "limit", "seed", "floor_share", "seconds", "connect")
"""The fields of a problem that are plain already."""


def problem_plain(problem: Problem) -> Plain:
    """The problem in JSON types, the same for every order of its entries and jurors."""
    entries = sorted(range(len(problem.entries)), key=lambda at: problem.entries[at].key)
    jurors = sorted(range(len(problem.jurors)), key=lambda at: problem.jurors[at].key)
    return {
        "entries": [[problem.entries[at].key, problem.entries[at].reads] for at in entries],
        "jurors": [
            [juror.key, juror.most, juror.least, juror.organisation, juror.entity]
            for juror in (problem.jurors[at] for at in jurors)
        ],
        "affinity": problem.affinity[np.ix_(entries, jurors)].tolist(),
        "barred": [[*pair, sorted(rules)] for pair, rules in sorted(problem.barred.items())],
        "kept": [list(pair) for pair in sorted(problem.kept)],
        "former": [list(pair) for pair in sorted(problem.former)],
        **{name: getattr(problem, name) for name in WISHES},
    }


def problem_from(value: Any) -> Problem:
    """The problem that the value states. Raises ValueError with an exact sentence where it states none."""
    facts = _mapping(value)
    entries = tuple(Entry(*_row(row, "An entry", (int, int))) for row in _list(facts, "entries"))
    jurors = tuple(Juror(*_row(row, "A juror", (int, int, int, str, str))) for row in _list(facts, "jurors"))
    wishes = {name: facts[name] for name in WISHES if name in facts}
    for name, kinds in (
        ("per_organisation", (int, type(None))),
        ("per_entity", (int, type(None))),
        ("mode", (str,)),
        ("limit", (int, float)),
        ("seed", (int,)),
        ("floor_share", (int, float)),
        ("seconds", (int, float)),
        ("connect", (bool,)),
    ):
        if name in wishes and type(wishes[name]) not in kinds:
            raise ValueError(f"The field {name} is of the wrong kind.")
    return Problem(
        entries=entries,
        jurors=jurors,
        affinity=_matrix(_list(facts, "affinity"), len(entries), len(jurors)),
        barred=_barred(_list(facts, "barred")),
        kept=frozenset(_pairs(facts, "kept")),
        former=frozenset(_pairs(facts, "former")),
        **wishes,
    )


def as_plain(answer: Result | Shortage) -> Plain:
    """The answer in JSON types; `answer` says which of the two it is."""
    kind = "result" if isinstance(answer, Result) else "shortage"
    return {"answer": kind, **cast("Plain", _plain(asdict(answer)))}


def result_from(value: Any) -> Result | Shortage:
    """The answer that `as_plain` wrote. Raises ValueError where the value is none."""
    facts = dict(_mapping(value))
    kind = facts.pop("answer", None)
    try:
        if kind == "result":
            return _result(facts)
        if kind == "shortage":
            return _shortage(facts)
    except (KeyError, TypeError) as unfit:
        raise ValueError(f"The {kind} does not have the fields of one: {unfit}.") from unfit
    raise ValueError("The answer is neither a result nor a shortage.")


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, str) else value


def _result(facts: Plain) -> Result:
    return Result(
        **facts
        | {
            "pairs": _tuples(facts["pairs"]),
            "moved": _tuples(facts["moved"]),
            "notes": tuple(Note(note) for note in facts["notes"]),
            "probabilities": _tuples(facts["probabilities"]),
        }
    )


def _shortage(facts: Plain) -> Shortage:
    narrow = facts["bottleneck"]
    return Shortage(
        **facts
        | {
            "entries": _each(facts["entries"], ShortEntry),
            "jurors": _each(facts["jurors"], ShortJuror),
            "bottleneck": narrow and Bottleneck(**_lists_as_tuples(narrow)),
            "rules": _each(facts["rules"], BindingRule),
            "caps": _each(facts["caps"], BindingCap),
            "clashes": tuple(KeptClash(**one | {"clash": Clash(one["clash"])}) for one in facts["clashes"]),
            "remedies": tuple(
                Remedy(**one | {"steps": tuple(_step(step) for step in one["steps"])})
                for one in facts["remedies"]
            ),
        }
    )


def _step(facts: Plain) -> Step:
    return Step(**_lists_as_tuples(facts) | {"change": Change(facts["change"])})


def _each(values: list[Plain], build: Callable[..., T]) -> tuple[T, ...]:
    return tuple(build(**_lists_as_tuples(value)) for value in values)


def _lists_as_tuples(facts: Plain) -> Plain:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in facts.items()}


def _tuples(rows: list[list[int]]) -> tuple[Any, ...]:
    return tuple(tuple(row) for row in rows)


def _mapping(value: Any) -> Plain:
    if not isinstance(value, dict):
        raise ValueError("The value is not an object.")  # noqa: TRY004 - every malformed value is a ValueError
    return value


def _list(facts: Plain, name: str) -> list[Any]:
    value = facts.get(name)
    if not isinstance(value, list):
        raise ValueError(f"The field {name} is not a list.")  # noqa: TRY004 - every malformed value is a ValueError
    return value


def _row(row: Any, name: str, kinds: tuple[type, ...]) -> list[Any]:
    """The row, if it has exactly these kinds of values; true is not a number here."""
    if not isinstance(row, list) or tuple(type(cell) for cell in row) != kinds:
        raise ValueError(f"{name} is not a list of {', '.join(kind.__name__ for kind in kinds)}.")
    return row


def _pairs(facts: Plain, name: str) -> list[Pair]:
    rows = (_row(row, f"A pair of {name}", (int, int)) for row in _list(facts, name))
    return [(entry, juror) for entry, juror in rows]


def _barred(rows: list[Any]) -> dict[Pair, tuple[str, ...]]:
    found: dict[Pair, tuple[str, ...]] = {}
    for row in rows:
        entry, juror, rules = _row(row, "A barred pair", (int, int, list))
        if not all(isinstance(rule, str) for rule in rules):
            raise ValueError("A rule that bars a pair is not a name.")
        found[entry, juror] = tuple(rules)
    return found


def _matrix(rows: list[Any], height: int, width: int) -> np.ndarray[Any, np.dtype[np.int32]]:
    if len(rows) != height or not all(isinstance(row, list) and len(row) == width for row in rows):
        raise ValueError(f"The affinity is not {height} lists of {width} numbers.")
    if not all(type(cell) is int and abs(cell) < 2**31 for row in rows for cell in row):
        raise ValueError("An affinity is not a whole number of 0 to 10000.")
    return np.array(rows, np.int32).reshape(height, width)
