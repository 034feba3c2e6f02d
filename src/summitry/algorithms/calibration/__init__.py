"""Calibration: what the ratings of a jury say about its entries, once every juror's own way of rating is taken into account.

Plain values in, plain values out: estimates with their errors, the chance of each entry to be among the best, what is
conspicuous in the jury. It decides nothing and assigns nobody; the solving itself is in `solve`, so that a room can
import the values without paying for the solver.
"""

from summitry.algorithms.calibration.types import (
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

__all__ = [
    "Components",
    "Estimate",
    "Flag",
    "JurorEffect",
    "Likeness",
    "Pair",
    "Problem",
    "Rating",
    "Result",
    "RoundLevel",
]
