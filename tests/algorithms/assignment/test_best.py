from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.algorithms.assignment import Juror, Note, Pair, Problem, Result, Shortage
from summitry.algorithms.assignment.solve import run
from tests.algorithms.assignment.problems import (
    assignments,
    broken,
    fit,
    problem,
    problems,
    result,
    shuffled,
    total,
    worst,
)


@settings(max_examples=75, deadline=None)
@given(problems())
def test_best_is_the_best_of_all_assignments(asked):
    answer = run(asked)
    every = list(assignments(asked))
    if not every:
        assert isinstance(answer, Shortage)
        return
    found = result(answer)
    assert broken(asked, found.pairs) == []
    keys = {juror.key for juror in asked.jurors}
    former = {pair for pair in asked.former if pair[1] in keys and pair not in asked.barred}

    def rank(pairs: tuple[Pair, ...]) -> tuple[int, int]:
        return len(former & set(pairs)), total(asked, pairs)

    assert rank(found.pairs) == max(map(rank, every))
    assert found.total == total(asked, found.pairs)
    assert found.bound == max(total(asked, pairs) for pairs in every)
    assert found.worst == worst(asked, found.pairs)
    assert found.moved == tuple(sorted(former - set(found.pairs)))


@settings(max_examples=20, deadline=None)
@given(problems(nested=False))
def test_best_is_exact_where_caps_cross(asked):
    asked = replace(asked, per_organisation=1, per_entity=1, former=frozenset())
    answer = run(asked)
    every = list(assignments(asked))
    assert isinstance(answer, Result) == bool(every)
    if isinstance(answer, Result):
        assert broken(asked, answer.pairs) == []
        assert answer.total == max(total(asked, pairs) for pairs in every) <= answer.bound


@settings(max_examples=20, deadline=None)
@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_entries_and_jurors_changes_nothing(asked, random):
    entries, jurors = list(range(len(asked.entries))), list(range(len(asked.jurors)))
    random.shuffle(entries)
    random.shuffle(jurors)
    assert run(shuffled(asked, entries, jurors)) == run(asked) == run(asked)


@settings(max_examples=20, deadline=None)
@given(problems(), st.data())
def test_a_larger_affinity_never_lowers_the_bound(asked, data):
    answer = run(asked)
    if isinstance(answer, Result):
        affinity = asked.affinity.copy()
        row = data.draw(st.integers(0, affinity.shape[0] - 1))
        column = data.draw(st.integers(0, affinity.shape[1] - 1))
        affinity[row, column] = data.draw(st.integers(int(affinity[row, column]), 10_000))
        assert result(run(replace(asked, affinity=affinity))).bound >= answer.bound


def test_best_keeps_what_has_begun_and_bars_what_clashes():
    asked = problem([[9000, 8000, 100], [9000, 8000, 100]], most=1, barred={(10, 20): ("declared",)})
    assert result(run(asked)).pairs == ((10, 21), (11, 20))
    assert result(run(replace(asked, kept=frozenset({(10, 22)})))).pairs == ((10, 22), (11, 20))


def test_a_repair_moves_nothing_that_could_stay():
    asked = problem([[9000, 100, 8000], [100, 9000, 8000], [9000, 9000, 8000]], most=2)
    before = result(run(asked))
    gone = replace(
        asked, jurors=asked.jurors[1:], affinity=asked.affinity[:, 1:], former=frozenset(before.pairs)
    )
    after = result(run(gone))
    assert after.moved == ()
    assert {pair for pair in before.pairs if pair[1] != 20} <= set(after.pairs)


def test_caps_hold_within_organisation_and_entity():
    asked = problem(
        [[9000, 8000, 7000, 10]],
        reads=2,
        jurors=(
            Juror(20, 1, organisation="a", entity="x"),
            Juror(21, 1, organisation="a", entity="x"),
            Juror(22, 1, organisation="b", entity="x"),
            Juror(23, 1),
        ),
    )
    assert result(run(asked)).pairs == ((10, 20), (10, 21))
    assert result(run(replace(asked, per_organisation=1))).pairs == ((10, 20), (10, 22))
    assert result(run(replace(asked, per_organisation=1, per_entity=1))).pairs == ((10, 20), (10, 23))


def test_crossing_caps_are_noted():
    asked = problem(
        [[9000, 8000, 7000]],
        reads=2,
        jurors=(
            Juror(20, 1, organisation="a", entity="x"),
            Juror(21, 1, organisation="a", entity="y"),
            Juror(22, 1, organisation="b", entity="x"),
        ),
        per_organisation=1,
        per_entity=1,
    )
    found = result(run(asked))
    assert (found.pairs, found.notes) == (((10, 21), (10, 22)), (Note.CAPS_CROSS,))
    assert "HiGHS" in found.solver


def test_best_of_nothing_is_empty():
    empty = Problem((), (), np.zeros((0, 0), np.int32))
    assert result(run(empty)).pairs == ()


def test_run_tells_its_stages():
    told: list[tuple[float, str]] = []
    run(problem([[1]], most=0), lambda share, stage: told.append((share, stage)))
    assert told == [(0.0, "solve"), (0.5, "explain")]


def test_fit_reads_the_matrix_by_key():
    assert fit(problem([[1, 2], [3, 4]]), (11, 20)) == 3


@pytest.mark.parametrize("kinds", [2, 3])
def test_best_of_a_large_problem_is_the_optimum_of_the_linear_program(kinds):
    generator = np.random.default_rng(kinds)
    affinity = generator.integers(0, kinds, (40, 20)).astype(np.int32) * 2500
    asked = problem(affinity.tolist(), reads=3, most=8, least=4)
    found = result(run(asked))
    fair = result(run(replace(asked, mode="fair", floor_share=0.0)))
    assert found.total == found.bound == fair.total
