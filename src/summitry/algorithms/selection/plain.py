"""Selections as JSON values, in both directions; what comes from outside is checked and refused with a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from summitry.algorithms.selection.types import (
    EVERY,
    Candidate,
    Chance,
    Count,
    Demand,
    Flip,
    Price,
    Problem,
    Quota,
    Relief,
    Reserve,
    Result,
    Shortage,
    Side,
    Tie,
)

MOST_KEY = 2**63 - 1
MOST_DRAWS = 5_000
MOST_SEED = 2**128 - 1
MOST_QUOTAS = 500


def problem_from(value: Any) -> Problem:
    """Return the problem that this JSON value says; raises ValueError with a sentence where it says none."""
    known = _object(value, "The problem", {each.name for each in fields(Problem)})
    return Problem(
        candidates=tuple(_each(known, "candidates", _candidate)),
        places=_int(known.get("places"), "places"),
        quotas=tuple(_each(known, "quotas", _quota, MOST_QUOTAS)),
        required=frozenset(_each(known, "required", _key)),
        excluded=frozenset(_each(known, "excluded", _key)),
        draws=_int(known.get("draws", 0), "draws", MOST_DRAWS),
        samples=tuple(_each(known, "samples", _sample, MOST_DRAWS)),
        seed=_int(known.get("seed", 0), "seed", MOST_SEED),
        reserve=_int(known.get("reserve", 0), "reserve"),
        lottery=_text(known.get("lottery", ""), "lottery"),
    )


def problem_plain(problem: Problem) -> dict[str, Any]:
    """Return the problem as a JSON value, the same whatever the order of candidates, quotas and labels."""
    order = sorted(range(len(problem.candidates)), key=lambda index: problem.candidates[index].key)
    return {
        "candidates": [_candidate_plain(problem.candidates[index]) for index in order],
        "draws": problem.draws,
        "excluded": sorted(problem.excluded),
        "lottery": problem.lottery,
        "places": problem.places,
        "quotas": sorted(
            (_quota_plain(quota) for quota in problem.quotas),
            key=lambda each: (each["dimension"], each["label"]),
        ),
        "required": sorted(problem.required),
        "reserve": problem.reserve,
        "samples": [[sample[index] for index in order] for sample in problem.samples],
        "seed": problem.seed,
    }


def as_plain(result: Result | Shortage) -> dict[str, Any]:
    """Return the answer as a JSON value: a result's members, or {"shortage": …}."""
    if isinstance(result, Shortage):
        return {
            "shortage": {
                "demands": [_demand_plain(demand) for demand in result.demands],
                "ways": [
                    [{"bound": each.bound, "demand": _demand_plain(each.demand)} for each in way]
                    for way in result.ways
                ],
            }
        }
    return {
        "chances": [[each.key, each.share] for each in result.chances],
        "chosen": list(result.chosen),
        "counts": [_flat(each) for each in result.counts],
        "flips": [_flat(each) for each in result.flips],
        "objective": result.objective,
        "prices": [_flat(each) | {"quota": _quota_plain(each.quota)} for each in result.prices],
        "reserve": [_flat(each) for each in result.reserve],
        "ties": [_flat(each) for each in result.ties],
        "unconstrained": result.unconstrained,
    }


def result_from(value: Mapping[str, Any]) -> Result | Shortage:
    """Return the answer that `as_plain` wrote; raises ValueError, KeyError or TypeError for anything else."""
    if "shortage" in value:
        short = value["shortage"]
        return Shortage(
            tuple(_demand(each) for each in short["demands"]),
            tuple(
                tuple(Relief(_demand(each["demand"]), each["bound"]) for each in way) for way in short["ways"]
            ),
        )
    return Result(
        chosen=tuple(value["chosen"]),
        objective=value["objective"],
        unconstrained=value["unconstrained"],
        counts=tuple(Count(**each) for each in value["counts"]),
        prices=tuple(Price(**_tuples(each) | {"quota": Quota(**each["quota"])}) for each in value["prices"]),
        flips=tuple(Flip(**_tuples(each)) for each in value["flips"]),
        chances=tuple(Chance(key, share) for key, share in value["chances"]),
        reserve=tuple(Reserve(**_tuples(each)) for each in value["reserve"]),
        ties=tuple(Tie(**_tuples(each)) for each in value["ties"]),
    )


def _flat(row: Any) -> dict[str, Any]:
    values = {each.name: getattr(row, each.name) for each in fields(row)}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def _tuples(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}


def _candidate_plain(candidate: Candidate) -> dict[str, Any]:
    labels = {name: sorted(candidate.labels_in(name)) for name in sorted(candidate.labels)}
    return {"error": candidate.error, "key": candidate.key, "labels": labels, "score": candidate.score}


def _quota_plain(quota: Quota) -> dict[str, Any]:
    return _flat(quota)


def _demand_plain(demand: Demand) -> dict[str, Any]:
    return _flat(demand) | {"side": demand.side.value}


def _demand(row: Mapping[str, Any]) -> Demand:
    return Demand(**_tuples(row) | {"side": Side(row["side"])})


def _object(value: Any, what: str, names: set[str]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"{what} is no object.")  # noqa: TRY004 - a refusal, not a mistake of the caller
    for name in sorted(value.keys() - names):
        raise ValueError(f"{what} has an unknown member {name[:40]!r}.")
    return value


def _each(
    known: Mapping[str, Any], name: str, read: Callable[[Any, str], Any], most: int | None = None
) -> list[Any]:
    values = known.get(name, [])
    if not isinstance(values, list):
        raise ValueError(f"{name} is no list.")  # noqa: TRY004 - a refusal, not a mistake of the caller
    if most is not None and len(values) > most:
        raise ValueError(f"{name} has {len(values)} members; at most {most} are possible.")
    return [read(value, f"{name}[{index}]") for index, value in enumerate(values)]


def _int(value: Any, what: str, most: int = MOST_KEY) -> int:
    if type(value) is not int or not 0 <= value <= most:
        raise ValueError(f"{what} is no whole number between 0 and {most}.")
    return value


def _key(value: Any, what: str) -> int:
    if type(value) is not int or abs(value) > MOST_KEY:
        raise ValueError(f"{what} is no key.")
    return value


def _number(value: Any, what: str) -> float:
    if type(value) not in (int, float):
        raise ValueError(f"{what} is no number.")
    try:
        return float(value)
    except OverflowError as error:
        raise ValueError(f"{what} is too large.") from error


def _text(value: Any, what: str) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{what} is no text.")  # noqa: TRY004 - a refusal, not a mistake of the caller
    return value


def _candidate(value: Any, what: str) -> Candidate:
    known = _object(value, what, {"error", "key", "labels", "score"})
    labels = known.get("labels", {})
    if not isinstance(labels, dict):
        raise ValueError(f"{what}.labels is no object.")  # noqa: TRY004 - a refusal, not a mistake of the caller
    error = known.get("error")
    return Candidate(
        _key(known.get("key"), f"{what}.key"),
        _number(known.get("score"), f"{what}.score"),
        {name: _labels(found, f"{what}.labels") for name, found in sorted(labels.items())},
        None if error is None else _number(error, f"{what}.error"),
    )


def _labels(value: Any, what: str) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list):
        raise ValueError(f"{what} holds what is neither text nor a list.")  # noqa: TRY004 - a refusal, not a mistake of the caller
    return tuple(sorted({_text(each, what) for each in value}))


def _quota(value: Any, what: str) -> Quota:
    known = _object(value, what, {"dimension", "label", "least", "most"})
    most = known.get("most")
    return Quota(
        _text(known.get("dimension"), f"{what}.dimension"),
        _text(known.get("label", EVERY), f"{what}.label"),
        _int(known.get("least", 0), f"{what}.least"),
        None if most is None else _int(most, f"{what}.most"),
    )


def _sample(value: Any, what: str) -> tuple[float, ...]:
    if not isinstance(value, list):
        raise ValueError(f"{what} is no list.")  # noqa: TRY004 - a refusal, not a mistake of the caller
    return tuple(_number(each, what) for each in value)
