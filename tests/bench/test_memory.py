import os
from pathlib import Path
from random import Random

import pytest

from bench.contest import System
from bench.memory import HEADINGS, Held, drawn, held, largest, lines

MOMENTS = {"ready": [Held(90.0, 70.0)], "after the load": [Held(118.2, 100.0), Held(110.0, 95.5)]}


def test_held_is_what_the_kernel_shows() -> None:
    found = held(os.getpid())

    pages = int(Path(f"/proc/{os.getpid()}/statm").read_text().split()[1])
    assert found.resident == pytest.approx(pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000, rel=0.05)
    assert 0 < found.proportional <= found.resident


def test_every_worker_has_a_line_at_each_moment() -> None:
    found = lines(System("Summitry", "http://127.0.0.1:1", 1), MOMENTS)

    assert found == [
        ["Summitry", "ready", "1", "90.0", "70.0"],
        ["Summitry", "after the load", "1", "118", "100"],
        ["Summitry", "after the load", "2", "110", "95.5"],
    ]
    assert {len(line) for line in found} == {len(HEADINGS)}


def test_the_largest_counts_after_the_load() -> None:
    assert largest(MOMENTS) == 118.2


def test_the_load_is_the_same_on_every_run() -> None:
    draws = [[drawn(chance, ["a", "b", "c"]) for _ in range(200)] for chance in (Random(7), Random(7))]

    assert draws[0] == draws[1]
    assert {path for path, _compressed in draws[0]} == {"a", "b", "c"}
    assert 110 < sum(compressed for _path, compressed in draws[0]) < 170
