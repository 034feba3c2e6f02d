"""Answer a problem: the assignment of the wanted mode, or the shortage that makes one impossible.

Exact throughout: where caps are nested the assignment is a flow, whose optimum in whole numbers equals the linear program's;
where they cross, or a fairness floor is asked, it is an integer program.
"""

from __future__ import annotations

from collections.abc import Callable

from summitry.algorithms.assignment.best import best
from summitry.algorithms.assignment.fair import fair
from summitry.algorithms.assignment.grid import grid_of
from summitry.algorithms.assignment.lack import clashes_of
from summitry.algorithms.assignment.shortage import shortage
from summitry.algorithms.assignment.spread import randomised
from summitry.algorithms.assignment.types import Problem, Result, Shortage, UnansweredError

Progress = Callable[[float, str], None]
"""Is told the share that is done, 0 to 1, and the name of the stage that begins."""
REFUSALS = (UnansweredError,)
"""What a run may raise whose sentence is for whoever asked."""
MODES = {"best": best, "fair": fair, "random": randomised}


def silent(_share: float, _stage: str) -> None:
    """Tell nobody."""


def run(problem: Problem, progress: Progress = silent) -> Result | Shortage:
    """The assignment, or why there is none. The same problem has the same answer, unless a time limit decided."""
    grid = grid_of(problem)
    progress(0.0, "solve")
    result = None if clashes_of(grid) else MODES[problem.mode](problem, grid, progress)
    if result is None:
        progress(0.5, "explain")
        named = shortage(problem, grid)
        if named is None:
            raise ArithmeticError("No assignment was found, yet nothing is missing.")
        return named
    progress(1.0, "done")
    return result
