import numpy as np
import pytest

from bench.rivals import RIVALS
from summitry.algorithms.calibration import Rating

RATINGS = [
    *(Rating(entry, 1, score) for entry, score in ((0, 2.0), (1, 4.0), (2, 9.0))),
    *(Rating(entry, 2, score) for entry, score in ((0, 5.0), (1, 7.0), (3, 6.0))),
]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("raw", [3.5, 5.5, 9, 6]),
        ("median", [3.5, 5.5, 9, 6]),
        ("z", [-0.916, 0.361, 1.109, 0]),
        ("min-max", [0, 0.643, 1, 0.5]),
        ("Borda", [0, 0.75, 1, 0.5]),
        ("additive", [-2, 0, 5, -1]),
    ],
)
def test_rivals_do_as_they_are_known_to(name, expected):
    found = RIVALS[name](RATINGS, 4)
    shift = 0.0 if name != "additive" else found[1]
    assert found - shift == pytest.approx(expected, abs=0.001)


@pytest.mark.parametrize("name", sorted(RIVALS))
def test_rivals_survive_entries_without_ratings_and_jurors_with_one(name):
    assert np.isfinite(RIVALS[name]([Rating(0, 1, 4.0), Rating(1, 2, 4.0)], 3)).all()
