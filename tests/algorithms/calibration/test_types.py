import pytest

from summitry.algorithms.calibration import (
    Problem,
    Rating,
)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"lowest": 10.0}, "lowest possible score"),
        ({"highest": float("nan")}, "lowest possible score"),
        ({"lowest": -1e308, "highest": 1e308}, "too narrow or too wide"),
        ({"places": -1}, "number of places"),
        ({"draws": 0}, "number of draws"),
        ({"seed": -1}, "seed"),
        ({"entries": (1, 1)}, "named twice"),
        ({"ratings": (Rating(3, 1, 5),)}, "entry 3, which is not"),
        ({"ratings": (Rating(1, 1, 11),)}, "outside the scale"),
        ({"ratings": (Rating(1, 1, float("nan")),)}, "outside the scale"),
        ({"ratings": (Rating(1, 1, 5, seconds=-1),)}, "less than no time"),
        ({"ratings": (Rating(1, 7, 5), Rating(1, 7, 6))}, "juror 7 has rated entry 1 twice in round 1"),
    ],
)
def test_problem_refuses_what_has_no_meaning(change, said):
    fields = {"ratings": (), "entries": (1, 2), "places": 1, "lowest": 1.0, "highest": 10.0}
    with pytest.raises(ValueError, match=said):
        Problem(**fields | change)


def test_rating_of_the_same_pair_is_taken_once_per_round():
    problem = Problem((Rating(1, 7, 5), Rating(1, 7, 6, round=2)), (1,), 1, 1, 10)
    assert len(problem.ratings) == 2
