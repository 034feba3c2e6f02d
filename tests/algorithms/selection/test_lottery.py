from __future__ import annotations

import shutil
import subprocess
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.algorithms.selection import lottery
from summitry.algorithms.selection.lottery import ticket


@given(st.lists(st.integers(), unique=True), st.binary(min_size=1), st.data())
def test_lottery_draws_the_same_whatever_the_order(keys: list[int], seed: bytes, data: st.DataObject) -> None:
    places = data.draw(st.integers(0, len(keys)))
    drawn = lottery(keys, places, seed)
    assert len(set(drawn)) == places
    assert set(drawn) <= set(keys)
    assert lottery(sorted(keys), places, seed) == drawn
    assert lottery(keys, len(keys), seed)[:places] == drawn


def test_lottery_gives_everybody_the_same_chance() -> None:
    times = Counter(key for round_ in range(3000) for key in lottery(range(6), 2, f"round {round_}"))
    expected = 1000
    # Five degrees of freedom: 20.5 is exceeded once in a thousand fair lotteries; this one is fixed.
    assert sum((times[key] - expected) ** 2 / expected for key in range(6)) < 20.5


def test_lottery_is_the_one_that_was_published() -> None:
    assert lottery([11, 12, 13, 14], 2, "Direct to Wuzhen 2026") == lottery(
        [14, 13, 12, 11], 2, b"Direct to Wuzhen 2026"
    )
    # RFC 4231 has no decimal message; this value is openssl's.
    assert ticket(12, "key") == "9dbd4edd16f0ff60d8421dda7a074e4cb0264d29e6fbb51d63d79498fd47c59e"


def test_lottery_can_be_checked_with_standard_tools() -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    command = ["openssl", "dgst", "-sha256", "-hmac", "a seed"]
    said = subprocess.run(command, input=b"-42", capture_output=True, check=True).stdout.decode()
    assert said.split()[-1] == ticket(-42, "a seed")


@pytest.mark.parametrize(
    ("keys", "places", "seed"), [([1, 1], 1, "s"), ([1], 2, "s"), ([1], -1, "s"), ([1], 1, ""), ([1], 1, b"")]
)
def test_lottery_refuses_what_has_no_meaning(keys: list[int], places: int, seed: str | bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any sentence
        lottery(keys, places, seed)
