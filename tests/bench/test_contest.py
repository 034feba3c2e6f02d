import pytest

from bench.contest import Lane, Result, System, ratio
from bench.load import Slice


def result(*cpu_of_ten_requests: float) -> Result:
    lane = Lane(label="page", system=System("system", "http://127.0.0.1:1", 1), path="/page", requests=10)
    return Result(lane, 1000, tuple(Slice(10, cpu, cpu, [cpu / 10] * 10) for cpu in cpu_of_ten_requests))


def test_ratio_is_the_median_of_the_rounds() -> None:
    ours, peer = result(1.0, 1.0, 2.0), result(5.0, 9.0, 14.0)

    assert ratio(ours, peer) == 7.0


def test_ratio_is_not_moved_by_a_clock_that_slows_both() -> None:
    ours, peer = result(1.0, 1.7, 1.0), result(5.0, 8.5, 5.0)

    assert ratio(ours, peer) == pytest.approx(5.0)


def test_ratio_needs_as_many_rounds_of_both() -> None:
    with pytest.raises(ValueError, match="zip"):
        ratio(result(1.0), result(1.0, 2.0))
