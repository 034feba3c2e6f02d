"""Breaking ties: of all optima the one with the smallest keys, compared as sorted lists are; or by lottery.

Keys are arbitrary, but give one answer. A lottery puts them in an order that nobody could choose, and goes through the tied in
that order as a serial draw does: each is taken who can still be in an optimum with all those taken before.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from summitry.algorithms.selection.board import Board, Flags
from summitry.algorithms.selection.exact import HALF, Optimum, UnsolvedError

_BLOCK = 12
"""How many keys one programme orders: weights up to 2**11 stay far from the solver's tolerances."""


def smallest(board: Board, best: Optimum) -> Flags:
    """Return the optimum that comes first in the board's order of candidates.

    Only those can differ whom the dual values leave undecided. They are ordered in blocks by small programmes, the sum
    kept: whether the first of a block can be in counts more than anything after them.
    """
    open_ = np.flatnonzero(best.undecided() & ~board.required & ~board.excluded)
    if len(open_) < 2 or best.chosen[open_].all() or not best.chosen[open_].any():
        return best.chosen
    open_ = open_[np.argsort(board.ranks()[open_])]
    fixed = best.chosen.copy()
    fixed[open_] = False
    constraints = _kept(board, best, fixed, open_)
    low, high = np.zeros(len(open_)), np.ones(len(open_))
    for start in range(0, len(open_), _BLOCK):
        block = slice(start, start + _BLOCK)
        weights = np.zeros(len(open_))
        weights[block] = 2.0 ** np.arange(len(weights[block]))[::-1]
        found = milp(
            -weights,
            constraints=constraints,
            bounds=Bounds(low, high),
            integrality=np.ones(len(open_)),
            options={"mip_rel_gap": 0},
        )
        if found.status != 0:
            raise UnsolvedError(found.message)
        low[block] = high[block] = np.round(found.x[block])
    fixed[open_] = low > HALF
    if not board.allows(fixed) or int(board.scores[fixed].sum()) != best.total:
        raise UnsolvedError("Breaking ties has left the optimum.")
    return fixed


def _kept(board: Board, best: Optimum, fixed: Flags, open_: np.ndarray) -> list[LinearConstraint]:
    """What the open ones must keep to: the rows and places that the fixed ones leave, and the sum."""
    counts = board.matrix @ fixed
    part = board.matrix[:, open_]
    used = np.flatnonzero(part.any(axis=1))
    place = board.places - int(fixed.sum())
    values = board.scores[open_] - board.scores[open_].min()
    return [
        LinearConstraint(
            csr_array(np.vstack([part[used], np.ones((1, len(open_)))]).astype(np.float64)),
            np.append((board.least - counts)[used], place),
            np.append((board.most - counts)[used], place),
        ),
        LinearConstraint(values[None, :].astype(np.float64), int(values @ best.chosen[open_]) - HALF, np.inf),
    ]
