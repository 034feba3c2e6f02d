"""Exact optima over a board: a linear programme whose dual values prove the optimum, else a mixed integer programme.

Scores are whole numbers, so a selection is proven optimal as soon as a bound from any dual values (weak duality) lies less
than one above it; the bound is computed here and does not rest on the solver's word. Where dual values of a similar
question are known, only the candidates near the cut are given to the solver and the others are priced (sifting; Bixby et
al., Operations Research 40, 1992). The solver is HiGHS (Huangfu & Hall, Math. Prog. Comp. 10, 2018) through scipy.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, vstack

from summitry.algorithms.selection.board import Board, Flags, Ints

Floats = npt.NDArray[np.float64]

HALF = 0.5
"""Bounds are sums of floats; between whole numbers, a half decides."""

_EXACT = 1 << 50
"""Sums of floats below this are exact enough to tell whole numbers apart."""

_WINDOW = 60
"""How many candidates on either side of the cut the solver is given first."""


class UnsolvedError(Exception):
    """The solver gave up; carries its message."""


@dataclass(frozen=True, slots=True)
class Duals:
    """What a place and a unit of each row are worth, in millionths of score."""

    place: float
    rows: Floats


@dataclass(frozen=True, slots=True)
class Optimum:
    """An optimal set, its summed score, the dual values, the gain of each candidate by them and the gap of their bound.

    In every optimum, whoever gains more than the gap is chosen, and whoever gains less than minus the gap is not.
    """

    chosen: Flags
    total: int
    duals: Duals
    gains: Floats
    gap: float

    @property
    def proven(self) -> bool:
        """Whether the dual values alone prove it."""
        return self.gap < 1 - HALF / 2

    def undecided(self, below: int = 0) -> Flags:
        """Whom the dual values leave open in selections that are at most `below` worse than this one."""
        undecided: Flags = np.abs(self.gains) <= self.gap + below + HALF
        return undecided


@dataclass(frozen=True, slots=True)
class Task:
    """One question over a board: the scores, the rows kept to, who must be in (`low`) and who may be in (`high`)."""

    scores: Ints
    rows: Flags
    low: Flags
    high: Flags


class Solver:
    """Finds optima over one board. Raises UnsolvedError where HiGHS gives up."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self._matrix = csr_array(board.matrix.astype(np.float64))
        self._by_column = self._matrix.tocsc()

    def task(self, scores: Ints | None = None, rows: Flags | None = None) -> Task:
        """Return the board's own question, or the same with other scores or fewer rows."""
        board = self.board
        return Task(
            board.scores if scores is None else scores,
            np.ones(len(board.rows), dtype=bool) if rows is None else rows,
            board.required,
            ~board.excluded,
        )

    def loyal(self, task: Task, chosen: Flags, duals: Duals) -> tuple[Task, Duals]:
        """Return the task so that, of all its optima, one is found that has most in common with `chosen`.

        Scores are multiplied by more than the places, and whoever is chosen gets one point: that decides between equals
        only. Where numbers would grow too large to be exact, the task stays as it is. The total is then not its own.
        """
        factor = self.board.places + 1
        if int(np.abs(task.scores).max(initial=0)) * factor * factor >= _EXACT:
            return task, duals
        rescored = replace(task, scores=task.scores * factor + chosen)
        return rescored, Duals(duals.place * factor, duals.rows * factor)

    def optimum(self, task: Task, start: Duals | None = None) -> Optimum | None:
        """Return an optimum, or None where there is no selection. `start` are the dual values of a similar question."""
        if not (task.low ^ task.high).any() or (task.low & ~task.high).any():
            return self._decided(task)
        found = self._sifted(task, start) if start is not None else None
        if found is not None and found.proven:
            return found
        relaxed = self._relaxed(task, task.low, task.high)
        if relaxed is None:
            return None
        shares, duals = relaxed
        chosen = shares > HALF
        if np.abs(shares - chosen).max() < 1e-6 and self._allows(task, chosen):
            found = self._measured(task, chosen, duals)
            if found.proven:
                return found
        whole = self._whole(task)
        return None if whole is None else self._measured(task, whole, duals)

    def _decided(self, task: Task) -> Optimum | None:
        """Return what is decided, where nobody is left to choose and it keeps to the rows."""
        if (task.low & ~task.high).any() or not self._allows(task, task.low):
            return None
        return self._measured(task, task.low, Duals(0.0, np.zeros(len(task.rows))))

    def _allows(self, task: Task, chosen: Flags) -> bool:
        counts = self.board.matrix @ chosen
        held = (counts >= self.board.least) & (counts <= self.board.most)
        return bool(chosen.sum() == self.board.places and held[task.rows].all())

    def _sifted(self, task: Task, start: Duals) -> Optimum | None:
        """Solve for those near the cut and price the others; None where that leads to no integral optimum."""
        free = np.flatnonzero(task.low != task.high)
        if len(free) <= 2 * _WINDOW:
            return None
        gains = self._gains(task.scores, start)
        order = free[np.argsort(-gains[free], kind="stable")]
        cut = self.board.places - int(task.low.sum())
        inner = np.zeros(len(gains), dtype=bool)
        inner[order[max(cut - _WINDOW, 0) : cut + _WINDOW]] = True
        above = np.zeros(len(gains), dtype=bool)
        above[order[: max(cut - _WINDOW, 0)]] = True
        for _round in range(4):
            relaxed = self._relaxed(task, task.low | (above & ~inner), task.high & (inner | above))
            if relaxed is None:
                return None
            shares, duals = relaxed
            gains = self._gains(task.scores, duals)
            wrong = (task.low != task.high) & ~inner & np.where(above, gains < -HALF, gains > HALF)
            if not wrong.any():
                chosen = shares > HALF
                integral = np.abs(shares - chosen).max() < 1e-6 and self._allows(task, chosen)
                return self._measured(task, chosen, duals) if integral else None
            inner |= wrong
        return None

    def _relaxed(self, task: Task, low: Flags, high: Flags) -> tuple[Floats, Duals] | None:
        """Solve the linear relaxation for those between `low` and `high`; None where it has no solution."""
        board = self.board
        free = np.flatnonzero(low != high)
        counts = board.matrix @ low
        least, most = board.least - counts, board.most - counts
        place = board.places - int(low.sum())
        part = self._by_column[:, free].tocsr()
        upper = np.flatnonzero(task.rows & (most < part.sum(axis=1)))
        lower = np.flatnonzero(task.rows & (least > 0))
        sides = vstack([part[upper], -part[lower]]) if len(upper) + len(lower) else None
        floor = int(task.scores[free].min())
        found = linprog(
            -(task.scores[free] - floor).astype(np.float64),
            A_ub=sides,
            b_ub=None if sides is None else np.concatenate([most[upper], -least[lower]]),
            A_eq=csr_array(np.ones((1, len(free)))),
            b_eq=[place],
            bounds=(0, 1),
            method="highs",
        )
        if found.status == 2:
            return None
        if found.status != 0:
            raise UnsolvedError(found.message)
        rows = np.zeros(len(board.rows))
        if sides is not None:
            marginals = np.maximum(-found.ineqlin.marginals, 0)
            rows[upper] += marginals[: len(upper)]
            rows[lower] -= marginals[len(upper) :]
        shares = low.astype(np.float64)
        shares[free] = found.x
        return shares, Duals(float(floor - found.eqlin.marginals[0]), rows)

    def _whole(self, task: Task) -> Flags | None:
        """Solve the mixed integer programme."""
        board = self.board
        constraints = [
            LinearConstraint(csr_array(np.ones((1, len(task.scores)))), board.places, board.places)
        ]
        if task.rows.any():
            kept = np.flatnonzero(task.rows)
            constraints.append(LinearConstraint(self._matrix[kept], board.least[kept], board.most[kept]))
        worth = task.scores - task.scores.min()
        # Small numbers keep the solver's tolerances far below one unit.
        worth //= max(int(np.gcd.reduce(worth)), 1)
        found = milp(
            -worth.astype(np.float64),
            constraints=constraints,
            bounds=Bounds(task.low.astype(np.float64), task.high.astype(np.float64)),
            integrality=np.ones(len(task.scores)),
            options={"mip_rel_gap": 0},
        )
        if found.status == 2:
            return None
        if found.status != 0:
            raise UnsolvedError(found.message)
        chosen: Flags = found.x > HALF
        if not self._allows(task, chosen):
            raise UnsolvedError("The solver's answer does not keep to the quotas.")
        return chosen

    def _gains(self, scores: Ints, duals: Duals) -> Floats:
        gains: Floats = scores - duals.place - duals.rows @ self._matrix
        return gains

    def _measured(self, task: Task, chosen: Flags, duals: Duals) -> Optimum:
        """Measure a selection against the bound that the dual values give."""
        board = self.board
        gains = self._gains(task.scores, duals)
        bound = (
            duals.place * board.places
            + np.maximum(duals.rows, 0) @ board.most
            - np.maximum(-duals.rows, 0) @ board.least
            + np.where(task.low, gains, np.where(task.high, np.maximum(gains, 0), 0)).sum()
        )
        total = int(task.scores[chosen].sum())
        return Optimum(chosen, total, duals, gains, max(float(bound) - total, 0.0))
