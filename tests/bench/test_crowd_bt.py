import numpy as np
import pytest

from bench.crowd_bt import beta_gain, crowd_bt, digamma, normal_gain
from bench.juries import Jury


def test_digamma_agrees_with_the_tables():
    assert digamma(np.array([0.5, 1.0, 10.0])) == pytest.approx(
        [-1.9635100260, -0.5772156649, 2.2517525891], abs=1e-8
    )


def test_nothing_is_gained_where_nothing_changes():
    same = np.array([2.0]), np.array([3.0])
    assert [normal_gain(same, same)[0], beta_gain(same, same)[0]] == pytest.approx([0, 0])


def test_order_is_found_by_jurors_without_noise():
    rng = np.random.default_rng(1)
    worth = rng.normal(0, 1, 20)
    jury = Jury(np.zeros(10), np.ones(10), np.zeros(10))
    found = crowd_bt(rng, worth, jury, 15)
    assert np.corrcoef(found, worth)[0, 1] > 0.9
