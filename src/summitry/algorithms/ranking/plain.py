"""Rules and tallies as JSON values without floats: fractions are text, such as `7/3` or `8`."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from summitry.algorithms.ranking.ballots import Method, Rules
from summitry.algorithms.ranking.tally import Tally

LONGEST_NUMBER = 40


def rules_plain(rules: Rules) -> dict[str, Any]:
    """Return the rules as a JSON value."""
    return {
        "method": rules.method.value,
        "points": list(rules.points),
        "trim": rules.trim,
        "weights": {str(juror): str(Fraction(rules.weights[juror])) for juror in sorted(rules.weights)},
    }


def rules_from(value: Any) -> Rules:
    """Return the rules that this JSON value says; raises ValueError with a sentence where it says none."""
    if not isinstance(value, dict) or value.keys() != {"method", "points", "trim", "weights"}:
        raise ValueError("Rules have a method, points, a trim and weights, and nothing else.")
    points, trim, weights = value["points"], value["trim"], value["weights"]
    if type(trim) is not int or not isinstance(weights, dict) or not isinstance(points, list):
        raise ValueError("The trim is no number, the weights are no object, or the points are no list.")
    if any(type(each) is not int for each in points):
        raise ValueError("The points are not whole numbers.")
    found = {_entry(name): number_from(weight) for name, weight in weights.items()}
    return Rules(Method(value["method"]), found, trim, tuple(points))


def as_plain(tally: Tally) -> dict[str, Any]:
    """Return a tally as a JSON value; with `commit.canonical`, equal tallies are equal bytes."""
    return {
        "ballots": tally.ballots,
        "standings": [
            {
                "entry": each.entry,
                "figure": None if each.figure is None else str(each.figure),
                "place": each.place,
                "step": each.step.value,
            }
            for each in tally.standings
        ],
    }


def number_from(value: Any) -> Fraction:
    """Return the fraction of a whole number or of text such as `7/3` or `8.5`; raises ValueError for anything else."""
    if type(value) is int and abs(value) < 10**LONGEST_NUMBER:
        return Fraction(value)
    # Exponents are refused: `1e999999999` is short and would fill the memory.
    if isinstance(value, str) and len(value) <= LONGEST_NUMBER and not set(value) - set("0123456789./-"):
        try:
            return Fraction(value)
        except ZeroDivisionError as error:
            raise ValueError(f"{value!r} divides by 0.") from error
    raise ValueError(f"{str(value)[:LONGEST_NUMBER]!r} is no number.")


def _entry(name: str) -> int:
    if not name.removeprefix("-").isdecimal() or not name.isascii() or len(name) > LONGEST_NUMBER:
        raise ValueError(f"{name[:LONGEST_NUMBER]!r} is no key.")
    return int(name)
