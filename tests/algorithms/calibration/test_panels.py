from dataclasses import replace

import numpy as np
import pytest

from summitry.algorithms.calibration import Problem, Rating
from summitry.algorithms.calibration.crossed import Jury, Variances, posterior
from summitry.algorithms.calibration.panels import panels_of
from summitry.algorithms.calibration.ratings import arrayed
from summitry.algorithms.calibration.solve import run
from tests.algorithms.calibration.juries import contest, recalls


def split(links=0, unread=0):
    """Reads of two panels of four jurors, by [entry, juror]: 20 entries each, and `links` that a juror of the other reads."""
    counts = np.zeros((40 + unread, 8))
    for entry in range(40):
        own = 4 * (entry // 20) + np.arange(4)
        counts[entry, np.delete(own, entry % 4)] = 1
    for entry in range(links):
        counts[entry, 4 + entry % 4] = 1
    return counts


def test_panels_that_share_nothing_or_little_are_told_apart():
    for links in (0, 1, 2, 4):
        assert panels_of(split(links)).tolist() == [0] * 20 + [1] * 20


def test_entries_nobody_has_read_are_a_panel_of_their_own():
    assert panels_of(split(unread=3)).tolist() == [0] * 20 + [1] * 20 + [2] * 3
    assert panels_of(np.zeros((3, 0))).tolist() == [0, 0, 0]
    assert panels_of(np.zeros((0, 0))).tolist() == []


@pytest.mark.parametrize(
    ("entries", "jurors", "reads"), [(300, 40, 5), (300, 150, 5), (300, 40, 2), (30, 6, 3)]
)
def test_a_jury_dealt_at_random_is_one_panel(entries, jurors, reads):
    for seed in range(5):
        counts = arrayed(contest(seed, entries, jurors, reads)[1]).counts
        assert set(panels_of(counts).tolist()) == {0}


@pytest.mark.parametrize("more", [0, 30])
def test_posterior_with_panels_is_that_of_the_normal_model(more):
    """Against the conditional expectation and covariance, computed from the dense covariance of all ratings."""
    rng = np.random.default_rng(more)
    ratings = tuple(
        Rating(entry, juror, float(rng.integers(1, 11)))
        for entry, row in enumerate(split(2))
        for juror in np.flatnonzero(row).tolist()
    )
    # With more jurors than entries, the other side is eliminated.
    ratings += tuple(Rating(at, 100 + at, float(rng.integers(1, 11))) for at in range(more + 5))
    found = arrayed(Problem(ratings, tuple(range(40)), 3, 1, 10))
    variances = Variances(entry=0.02, juror=0.01, scale=0.01, residual=0.015, panel=0.03)
    size = len(found.jurors)
    jury = Jury(rng.uniform(0.5, 1.5, size), rng.uniform(0.5, 1.5, size))
    now = posterior(found, jury, variances)
    loading = jury.scale[found.juror][:, None] * np.eye(40)[found.entry]
    worth = variances.entry * np.eye(40) + variances.panel * (found.panel[:, None] == found.panel)
    offsets = np.eye(size)[found.juror]
    ones = np.ones(len(ratings))
    whole = loading @ worth @ loading.T + variances.juror * offsets @ offsets.T + 1e6 * np.outer(ones, ones)
    whole += np.diag(variances.residual / jury.precision[found.juror])
    gain = worth @ loading.T @ np.linalg.inv(whole)
    assert now.entry == pytest.approx(gain @ found.score, abs=1e-6)
    assert now.entry_variance == pytest.approx(np.diag(worth - gain @ loading @ worth), abs=1e-6)
    means = variances.panel * (np.arange(found.panels)[:, None] == found.panel)
    of_means = means @ loading.T @ np.linalg.inv(whole)
    spread = np.diag(variances.panel * np.eye(found.panels) - of_means @ loading @ means.T)
    assert now.panels == pytest.approx((of_means @ found.score) ** 2 + spread, abs=1e-6)
    own = worth - means[found.panel]
    rest = gain @ found.score - (of_means @ found.score)[found.panel]
    joint = np.diag(own @ np.eye(40)) - np.diag((gain - of_means[found.panel]) @ loading @ own.T)
    assert now.own == pytest.approx(rest**2 + joint, abs=1e-6)


def test_strength_of_a_panels_entries_is_not_taken_for_kindness_of_its_jurors():
    for links in (0, 2):
        gains = []
        for seed in range(6):
            worth, problem = contest(seed, 200, 40, 5, offset=0.7, panels=5, strength=0.8, links=links)
            calibrated, mean = recalls(worth, run(problem), 15)
            gains.append(calibrated - mean)
        assert np.mean(gains) > -0.01


def test_kindness_of_a_panels_jurors_is_not_taken_for_strength_of_its_entries():
    gains = []
    for seed in range(6):
        worth, problem = contest(seed, 200, 30, 4, offset=1.5, panels=5, links=2)
        calibrated, mean = recalls(worth, run(problem), 15)
        gains.append(calibrated - mean)
    assert np.mean(gains) > 0.05


def test_panels_change_nothing_where_jurors_do_not_differ():
    _worth, problem = contest(3, 200, 40, 5, panels=5, strength=0.8)
    result = run(problem)
    assert not result.supported
    by_score = sorted(result.estimates, key=lambda one: (-one.score, one.entry))
    by_mean = sorted(result.estimates, key=lambda one: (-(one.mean or 0), one.entry))
    assert [one.entry for one in by_score] == [one.entry for one in by_mean]


def test_panels_do_not_hang_on_the_order_of_ratings():
    _worth, problem = contest(1, 60, 20, 4, offset=0.7, panels=3, links=2, strength=0.5)
    turned = replace(problem, ratings=problem.ratings[::-1], entries=problem.entries[::-1])
    assert run(turned) == run(problem)


def test_an_entry_that_only_its_own_jurors_have_read_changes_next_to_nothing():
    _worth, problem = contest(2, 100, 20, 5, offset=0.7)
    stray = tuple(Rating(100, 50 + at, 5.0 + at) for at in range(3))
    first = run(problem)
    second = run(replace(problem, ratings=problem.ratings + stray, entries=(*problem.entries, 100)))
    assert (second.linked, second.supported) == (2, True)
    for one, other in zip(first.estimates, second.estimates, strict=False):
        assert other.score == pytest.approx(one.score, abs=0.1)
