"""How surprising a correlation is."""

from __future__ import annotations

import numpy as np

from summitry.algorithms.calibration.ratings import Reals


def deviates(correlation: Reals, count: Reals) -> Reals:
    """Correlations over `count` pairs of independent normal values as normal deviates; 0 where there are too few.

    Student's t in Wallace's normal approximation (1959), which is close far out in the tails and with few pairs.
    """
    degrees = np.maximum(count - 2, 0)
    unexplained = np.maximum(1 - correlation**2, 1e-12)
    size = (8 * degrees + 1) / (8 * degrees + 3) * np.sqrt(degrees * -np.log(unexplained))
    surprise: Reals = np.sign(correlation) * size
    return surprise
