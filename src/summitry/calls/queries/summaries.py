"""What pages show of a computation without unpacking it: a few figures, drawn from question and answer when it ends."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

WORST = 12
"""So many of the worst served entries are named."""


def assignment_summary(problem: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    """Return the figures of an assignment; `served` is the summed fit of each entry, in ten-thousandths, by its key."""
    if answer.get("answer") != "result":
        return {"missing": answer["missing"], "unreached": answer["unreached"]}
    row = {entry[0]: at for at, entry in enumerate(problem["entries"])}
    column = {juror[0]: at for at, juror in enumerate(problem["jurors"])}
    served: dict[int, int] = defaultdict(int)
    for entry, juror in answer["pairs"]:
        served[entry] += problem["affinity"][row[entry]][column[juror]]
    same_organisation, same_entity = _together(problem, answer["pairs"])
    return {
        "entries": len(problem["entries"]),
        "jurors": len(problem["jurors"]),
        "reads": len(answer["pairs"]),
        "mode": problem["mode"],
        "total": answer["total"],
        "bound": answer["bound"],
        "worst": answer["worst"],
        "worst_bound": answer["worst_bound"],
        "kept": len(problem["kept"]),
        "former": len(problem["former"]),
        "moved": len(answer["moved"]),
        "components": answer["components"],
        "notes": answer["notes"],
        "solver": answer["solver"],
        "same_organisation": same_organisation,
        "same_entity": same_entity,
        "served": [[entry, served[entry]] for entry in sorted(served)],
    }


def calibration_summary(problem: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    """Return the figures of a calibration."""
    return {
        "entries": len(problem["entries"]),
        "ratings": len(problem["ratings"]),
        "jurors": len(answer["jurors"]),
        "places": problem["places"],
        "contested": len(answer["contested"]),
        "supported": answer["supported"],
        "linked": answer["linked"],
        "lowest": problem["lowest"],
        "highest": problem["highest"],
    }


def _together(problem: dict[str, Any], pairs: list[list[int]]) -> tuple[int, int]:
    """How many entries are read by two jurors of one organisation, and by two of one country or region."""
    known = {juror[0]: (juror[3], juror[4]) for juror in problem["jurors"]}
    readers: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for entry, juror in pairs:
        readers[entry].append(known[juror])
    return (
        sum(_repeats([organisation for organisation, _ in each]) for each in readers.values()),
        sum(_repeats([entity for _, entity in each]) for each in readers.values()),
    )


def _repeats(labels: list[str]) -> bool:
    named = [label for label in labels if label]
    return len(set(named)) < len(named)
