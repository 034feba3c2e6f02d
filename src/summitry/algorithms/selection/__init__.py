"""Selection: the best set of entries under quotas, what each quota costs, how firm each place is, and who follows.

Exact optima and reasons for them. Not for scoring, not for deciding: a chair decides, and a lottery only where she says
so. The solver is in `choose`, which is not imported here: these are the values that it takes and gives.
"""

from summitry.algorithms.selection.lottery import lottery
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

__all__ = [
    "EVERY",
    "Candidate",
    "Chance",
    "Count",
    "Demand",
    "Flip",
    "Price",
    "Problem",
    "Quota",
    "Relief",
    "Reserve",
    "Result",
    "Shortage",
    "Side",
    "Tie",
    "lottery",
]
