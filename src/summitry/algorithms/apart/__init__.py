"""Computations in a process of their own, with limits of time and memory: a solver that needs too much harms nothing else.

Not for solving anything: each computation is a package beside this one, and the table names them.
"""

from summitry.algorithms.apart.call import Progress, run_apart
from summitry.algorithms.apart.errors import (
    ApartError,
    CrashedError,
    OutOfMemoryError,
    OutOfTimeError,
    RefusedError,
)

__all__ = [
    "ApartError",
    "CrashedError",
    "OutOfMemoryError",
    "OutOfTimeError",
    "Progress",
    "RefusedError",
    "run_apart",
]
