import numpy as np
import pytest

from summitry.algorithms.calibration import Problem, Rating
from summitry.algorithms.calibration.ratings import arrayed
from summitry.algorithms.calibration.solve import run
from summitry.algorithms.calibration.support import chance_of, evidence
from tests.algorithms.calibration.juries import contest, made, recalls


def least_squares(problem):
    """Residual sums of squares with entries alone, and with entries and jurors."""
    ratings = arrayed(problem)
    entries = np.eye(len(ratings.entries))[ratings.entry]
    both = np.hstack([entries, np.eye(len(ratings.jurors))[ratings.juror]])
    found = []
    for design in (entries, both):
        rest = ratings.score - design @ np.linalg.lstsq(design, ratings.score, rcond=None)[0]
        found.append((float(rest @ rest), np.linalg.matrix_rank(design)))
    return found


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("entries", "jurors", "reads"), [(12, 5, 2), (5, 9, 4), (10, 10, 1)])
def test_evidence_is_the_f_test_of_jurors_within_entries(entries, jurors, reads, seed):
    problem = made(entries, jurors, reads, seed=seed, offset=0.5)
    (alone, rank), (both, more) = least_squares(problem)
    left, between = len(problem.ratings) - more, more - rank
    found = evidence(arrayed(problem))
    if between < 1 or left < 1:
        assert found.chance == 1
        return
    assert found.residual == pytest.approx(both / left)
    assert found.chance == pytest.approx(chance_of((alone - both) / between, both / left, between, left))


@pytest.mark.parametrize(
    ("ratio", "degrees", "left", "chance"),
    [
        (1.0, 5, 10, 0.4651),
        (3.33, 5, 10, 0.0500),
        (2.35, 5, 30, 0.0652),
        (1.55, 39, 1161, 0.0168),
        (0.0, 4, 9, 1.0),
    ],
)
def test_chance_agrees_with_the_tables_of_f(ratio, degrees, left, chance):
    assert chance_of(ratio, 1.0, degrees, left) == pytest.approx(chance, abs=0.003)


def test_parts_are_counted_over_what_ratings_join():
    ratings = (Rating(1, 1, 5), Rating(2, 1, 6), Rating(2, 2, 6), Rating(3, 3, 7), Rating(4, 3, 2))
    assert evidence(arrayed(Problem(ratings, (1, 2, 3, 4, 5), 1, 1, 10))).parts == 2


def test_honest_jurors_who_rate_alike_are_seldom_corrected():
    chances = [evidence(arrayed(made(30, 6, 4, offset=0, seed=seed))).chance for seed in range(200)]
    assert 2 <= sum(chance < 0.05 for chance in chances) <= 20
    assert np.mean(chances) == pytest.approx(0.5, abs=0.07)


def test_jurors_who_scatter_or_tell_apart_alike_seldom_raise_an_alarm():
    found = [evidence(arrayed(contest(seed, 100, 20, 5)[1])) for seed in range(100)]
    for kind in ("noise", "scale"):
        assert 0 <= sum(getattr(one, kind) < 0.05 for one in found) <= 12
    assert sum(one.together < 0.05 for one in found) <= 12


@pytest.mark.parametrize(
    ("kind", "habits"),
    [
        ("noise", {"noises": (0.3, 1.0, 2.5)}),
        ("scale", {"scales": (0.2, 1.0, 2.0)}),
        ("scale", {"scales": (-1.0, *[1.0] * 9)}),
    ],
)
def test_jurors_who_differ_only_in_scatter_or_in_scale_are_found_out_and_corrected(kind, habits):
    gains = []
    for seed in range(5):
        worth, problem = contest(seed, **habits)
        found = evidence(arrayed(problem))
        assert getattr(found, kind) < 0.001
        result = run(problem)
        assert result.supported
        calibrated, mean = recalls(worth, result, 15)
        gains.append(calibrated - mean)
    assert np.mean(gains) > 0.04


def test_chances_are_modest_where_no_entry_was_read_twice():
    cases = []
    for seed in range(8):
        worth, problem = contest(seed, reads=1, offset=0.8)
        best = set(np.argsort(-worth)[:15].tolist())
        cases += [(one.chance, one.entry in best) for one in run(problem).estimates]
    high = [true for chance, true in cases if chance > 0.2]
    claimed = [chance for chance, _true in cases if chance > 0.2]
    assert np.mean(high) > np.mean(claimed) - 0.1
    assert max(chance for chance, _true in cases) < 0.6
