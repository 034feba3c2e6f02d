"""The assignment as a matrix of linear rows over the pairs, for what is no flow: crossing caps, floors under sums."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy.optimize import LinearConstraint
from scipy.sparse import coo_array, csr_array, vstack

from summitry.algorithms.assignment.grid import Grid, Mask, Whole
from summitry.algorithms.assignment.types import WHOLE

Reals = npt.NDArray[np.float64]
Numbers = Whole | Reals


@dataclass(slots=True)
class Program:
    """Columns are the pairs (rows, columns), each 0 to 1; what holds is added as rows of a matrix with bounds."""

    rows: Whole
    columns: Whole
    matrices: list[csr_array] = field(default_factory=list)
    lower: list[Numbers] = field(default_factory=list)
    upper: list[Numbers] = field(default_factory=list)

    def hold(
        self, at: Whole, weights: Numbers, bounds: tuple[Numbers, Numbers], pairs: Whole | None = None
    ) -> None:
        """Add rows: row `at[k]` has the weight `weights[k]` at pair k (or `pairs[k]`), its sum within the bounds."""
        columns = np.arange(len(self.rows)) if pairs is None else pairs
        shape = (len(bounds[0]), len(self.rows))
        self.matrices.append(csr_array(coo_array((weights.astype(float), (at, columns)), shape=shape)))
        self.lower.append(bounds[0])
        self.upper.append(bounds[1])

    @property
    def constraint(self) -> LinearConstraint:
        """All rows together."""
        return LinearConstraint(
            vstack(self.matrices, format="csr"), np.concatenate(self.lower), np.concatenate(self.upper)
        )


def program_of(grid: Grid, usable: Mask, floor: int = 0) -> Program:
    """Coverage, loads and caps over the usable pairs, and a floor under the sum of each entry that is read."""
    rows, columns = np.nonzero(usable)
    program = Program(rows, columns)
    ones = np.ones(len(rows))
    program.hold(rows, ones, (grid.need, grid.need))
    program.hold(columns, ones, (grid.floor, grid.room))
    hold_caps(program, grid)
    if floor:
        lowest = np.where(grid.reads > 0, floor - grid.held, 0) / WHOLE
        hold_sums(program, grid, lowest)
    return program


def hold_sums(program: Program, grid: Grid, lowest: Numbers) -> None:
    """Keep the sum of each entry's affinities, without its kept pairs, at its lowest or above."""
    gains = grid.affinity[program.rows, program.columns] / WHOLE
    program.hold(program.rows, gains, (lowest, np.full(len(lowest), np.inf)))


def hold_caps(program: Program, grid: Grid) -> None:
    """Keep each group within its cap at each entry."""
    for group in grid.groups:
        inside = np.flatnonzero(np.isin(program.columns, group.members))
        left = np.maximum(grid.left(group), 0)
        bounds = (np.full(len(left), -np.inf), left)
        program.hold(program.rows[inside], np.ones(len(inside)), bounds, inside)
