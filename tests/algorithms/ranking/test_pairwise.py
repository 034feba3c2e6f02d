from __future__ import annotations

import math
import random
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from summitry.algorithms.ranking.pairwise import PRIOR, Comparison, strengths

ENTRIES = range(6)


@st.composite
def votes(draw) -> list[Comparison]:
    pairs = st.sampled_from([(better, worse) for better in ENTRIES for worse in ENTRIES if better != worse])
    vote = st.tuples(st.integers(0, 3), pairs, st.integers(0, 9))
    return [
        Comparison(juror, better, worse, skipped=skip == 0)
        for juror, (better, worse), skip in draw(st.lists(vote, max_size=15))
    ]


@settings(max_examples=50)
@given(votes(), st.randoms(use_true_random=False))
def test_strengths_do_not_depend_on_order_and_mirror_the_votes(
    known: list[Comparison], chance: random.Random
) -> None:
    found = strengths(ENTRIES, known)
    shuffled = chance.sample(known, len(known))
    assert strengths(chance.sample([*ENTRIES], 6), shuffled) == found
    mirrored = [Comparison(each.juror, each.worse, each.better, each.skipped) for each in known]
    mine = {each.entry: (each.strength, each.error, each.views) for each in found}
    for each in strengths(ENTRIES, mirrored):
        strength, error, views = mine[each.entry]
        assert each.strength == pytest.approx(-strength, abs=2e-9)
        assert each.error == pytest.approx(error, abs=2e-9)
        assert each.views == views
    assert sum(each.strength for each in found) == pytest.approx(0, abs=1e-7)


@settings(max_examples=20)
@given(votes())
def test_strengths_are_the_mode_that_another_method_finds(known: list[Comparison]) -> None:
    def cost(values: np.ndarray) -> float:
        losses = [
            np.logaddexp(0, values[each.worse] - values[each.better]) for each in known if not each.skipped
        ]
        return float(sum(losses) + values @ values / (2 * PRIOR**2))

    other = minimize(cost, np.zeros(6), method="BFGS", options={"gtol": 1e-8}).x
    for each in strengths(ENTRIES, known):
        assert each.strength == pytest.approx(other[each.entry], abs=1e-4)


@given(votes(), st.sampled_from([*combinations(ENTRIES, 2)]))
@settings(max_examples=30)
def test_one_more_win_never_weakens(known: list[Comparison], pair: tuple[int, int]) -> None:
    before = {each.entry: each for each in strengths(ENTRIES, known)}
    after = {each.entry: each for each in strengths(ENTRIES, [*known, Comparison(9, *pair)])}
    assert after[pair[0]].strength > before[pair[0]].strength - 1e-9
    assert after[pair[1]].strength < before[pair[1]].strength + 1e-9


def test_nothing_known_is_nothing_said() -> None:
    found = strengths([3, 1, 2], [])
    assert [(each.entry, each.strength, each.error, each.views) for each in found] == [
        (1, 0.0, PRIOR, 0),
        (2, 0.0, PRIOR, 0),
        (3, 0.0, PRIOR, 0),
    ]
    assert strengths([], []) == ()


def test_separate_groups_and_endless_wins_stay_finite() -> None:
    known = [Comparison(1, 0, 1)] * 400 + [Comparison(1, 2, 3)]
    found = {each.entry: each for each in strengths(range(5), known)}
    assert 3 < found[0].strength < 4
    assert found[0].strength == -found[1].strength
    assert found[4].error == PRIOR
    assert all(math.isfinite(each.error) for each in found.values())


def test_errors_shrink_like_those_of_a_logit() -> None:
    # One pair at even odds, n votes: the difference has variance 1 / (n/4 + 1/(2 prior²)), shared by both sides.
    known = [Comparison(1, 0, 1), Comparison(1, 1, 0)] * 50
    found = strengths([0, 1], known)
    spread = 1 / (100 / 4 + 1 / (2 * PRIOR**2))
    expected = math.sqrt((spread + 2 * PRIOR**2) / 4)
    assert [each.error for each in found] == [pytest.approx(expected)] * 2


def test_comparisons_of_what_is_not_there_are_refused() -> None:
    with pytest.raises(ValueError, match="1 and 9 are no pair"):
        strengths([1, 2], [Comparison(1, 1, 9)])
    with pytest.raises(ValueError, match="1 and 1 are no pair"):
        strengths([1, 2], [Comparison(5, 1, 1)])
    with pytest.raises(ValueError, match="prior"):
        strengths([1, 2], [], prior=0)
