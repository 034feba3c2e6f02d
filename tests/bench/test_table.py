import pytest

from bench.contest import Lane, Result, System
from bench.load import Slice
from bench.table import aligned, figure, percentile, printed, ratio_line


def result(name: str, cpu: float) -> Result:
    lane = Lane(label="page", system=System(name, "http://127.0.0.1:1", 1), path="/page", requests=10)
    return Result(lane, 255_000, (Slice(10, cpu, 2 * cpu, [cpu / 10] * 10),))


def test_aligned_puts_words_left_and_figures_right() -> None:
    assert aligned([["system", "page", "KB"], ["a", "timetable", "1,008"]]).splitlines() == [
        "system  page          KB",
        "------  ---------  -----",
        "a       timetable  1,008",
    ]


@pytest.mark.parametrize(
    ("number", "shown"),
    [(0.6173, "0.617"), (5.432, "5.43"), (48.06, "48.1"), (612.4, "612"), (1650.2, "1,650"), (0.0, "0.000")],
)
def test_figure_has_three_digits(number: float, shown: str) -> None:
    assert figure(number) == shown


def test_percentile_interpolates() -> None:
    waits = [float(number) for number in range(101)]

    assert (percentile(waits, 50), percentile(waits, 99), percentile([3.0], 99)) == (50.0, 99.0, 3.0)


def test_printed_compares_ours_with_the_peer_and_not_the_peer_with_itself() -> None:
    peer, ours = result("peer", 5.0), result("ours", 0.5)

    assert printed([(peer, peer), (ours, peer)]).splitlines() == [
        "system  page   KB  CPU ms  per CPU s  per s  p50 ms  p99 ms  requests  times the peer",
        "------  ----  ---  ------  ---------  -----  ------  ------  --------  --------------",
        "peer    page  255     500       2.00   1.00     500     500        10",
        "ours    page  255    50.0       20.0   10.0    50.0    50.0        10            10.0",
    ]


def test_ratio_line_is_read_by_scripts() -> None:
    assert ratio_line(812.345, "ours against theirs") == "ratio: 812.35 (ours against theirs)"
