"""Ranking: tallies of a live final in exact fractions, ballots committed and revealed, and comparisons of pairs.

Few entries and many eyes: every figure can be repeated by hand. Not for calibrating jurors (see `calibration`) and not for
choosing under quotas (see `selection`). Comparisons of pairs need numpy and are in `pairwise`, which is not imported here.
"""

from summitry.algorithms.ranking.ballots import EUROVISION, Ballot, Method, Rules, of_criteria
from summitry.algorithms.ranking.commit import Opening, canonical, check, commitment, reveal
from summitry.algorithms.ranking.public import Scale, combined
from summitry.algorithms.ranking.tally import Standing, Step, Tally, tally

__all__ = [
    "EUROVISION",
    "Ballot",
    "Method",
    "Opening",
    "Rules",
    "Scale",
    "Standing",
    "Step",
    "Tally",
    "canonical",
    "check",
    "combined",
    "commitment",
    "of_criteria",
    "reveal",
    "tally",
]
