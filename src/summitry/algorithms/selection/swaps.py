"""Single exchanges: whose place somebody else may take with every quota still met, and so who follows whom."""

from __future__ import annotations

import numpy as np

from summitry.algorithms.selection.board import Board, Flags, Ints
from summitry.algorithms.selection.types import Reserve


class Swaps:
    """For a chosen set: `may[i, j]` says whether candidate j, who is not chosen, may take the place of the i-th chosen."""

    def __init__(self, board: Board, chosen: Flags) -> None:
        self.board = board
        self.inside = np.flatnonzero(chosen)
        self._line = {int(one): line for line, one in enumerate(self.inside)}
        self._movable = ~board.required[self.inside]
        counts = board.matrix @ chosen
        carries = board.matrix.astype(bool)
        others = ~chosen & ~board.excluded
        self.may: Flags = np.empty((len(self.inside), len(chosen)), dtype=bool)
        for line, one in enumerate(self.inside):
            left = counts - board.matrix[:, one]
            full, short = left >= board.most, left < board.least
            self.may[line] = others & ~carries[full].any(axis=0) & carries[short].all(axis=0)

    def reach(self, total: int) -> Ints:
        """For each candidate, the highest sum with her on the other side that one exchange reaches; else NOBODY.

        Those who are decided in or out are reached from nowhere.
        """
        sums: Ints = np.full(len(self.board.keys), NOBODY)
        for one in range(len(sums)):
            partner = self.partner(one)
            if partner is not None:
                comes, goes = (partner, one) if one in self._line else (one, partner)
                sums[one] = total + self.board.scores[comes] - self.board.scores[goes]
        return sums

    def partner(self, one: int) -> int | None:
        """With whom she best changes places: the highest who may follow her, or the lowest whose place she may take."""
        scores = self.board.scores
        if one in self._line:
            able = self.may[self._line[one]]
            return int(np.argmax(np.where(able, scores, NOBODY))) if able.any() else None
        able = self.may[:, one] & self._movable
        if not able.any():
            return None
        return int(self.inside[np.argmin(np.where(able, scores[self.inside], -NOBODY))])

    def reserve(self, length: int) -> tuple[Reserve, ...]:
        """The first `length` who may take any place, best first; and after them whoever is a place's only successor."""
        board = self.board
        able: list[int] = np.flatnonzero(self.may.any(axis=0)).tolist()
        best = sorted(able, key=lambda one: (-board.scores[one], board.keys[one]))
        named = set(best[:length])
        if length:
            uncovered = self.may[~self.may[:, best[:length]].any(axis=1)]
            named |= {next(one for one in best if line[one]) for line in uncovered if line.any()}
        return tuple(
            Reserve(board.keys[one], tuple(board.keys[each] for each in self.inside[self.may[:, one]]))
            for one in best
            if one in named
        )


NOBODY = -(1 << 60)
"""Lower than any score, and far from the end of the range."""
