from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings

from summitry.algorithms.assignment import Note, Shortage
from summitry.algorithms.assignment.fair import fair
from summitry.algorithms.assignment.grid import grid_of
from summitry.algorithms.assignment.solve import run
from tests.algorithms.assignment.problems import (
    assignments,
    broken,
    problem,
    problems,
    result,
    total,
    worst,
)


@settings(max_examples=30, deadline=None)
@given(problems(nested=False))
def test_fair_is_the_best_above_the_floor(asked):
    asked = replace(asked, mode="fair", former=frozenset())
    answer = run(asked)
    every = list(assignments(asked))
    if not every:
        assert isinstance(answer, Shortage)
        return
    found = result(answer)
    assert broken(asked, found.pairs) == []
    highest = max(worst(asked, pairs) for pairs in every)
    assert found.worst_bound is not None
    assert found.worst <= highest <= found.worst_bound
    assert found.worst >= 0.5 * highest - 1
    above = [total(asked, pairs) for pairs in every if worst(asked, pairs) >= found.worst]
    assert found.total == max(above)
    assert found.bound == max(total(asked, pairs) for pairs in every)


def test_fair_serves_the_worst_first():
    asked = problem([[10000, 9000], [9000, 1000]], most=1)
    assert result(run(asked)).pairs == ((10, 21), (11, 20))
    asked = problem([[10000, 7000], [5000, 3000]], most=1)
    assert (result(run(asked)).total, result(run(asked)).worst) == (13000, 3000)
    found = result(run(replace(asked, mode="fair")))
    assert (found.total, found.worst, found.worst_bound, found.notes) == (12000, 5000, 5000, ())


def test_a_lower_share_of_the_floor_leaves_more_total():
    asked = problem([[10000, 6000], [5000, 3000]], most=1, mode="fair", floor_share=0.6)
    assert result(run(asked)).worst == 3000


def test_a_floor_that_whole_pairs_cannot_reach_is_lowered_and_noted():
    asked = problem([[10000, 1], [10000, 0]], most=1, mode="fair")
    found = result(run(asked))
    assert (found.worst, found.worst_bound, found.notes) == (1, 5000, (Note.FLOOR_LOWERED, Note.REWEIGHTED))


def test_fair_without_time_falls_back_and_says_so():
    generator = np.random.default_rng(1)
    rows = generator.integers(0, 10_000, (200, 60)).tolist()
    asked = problem(rows, reads=3, most=10, least=10, mode="fair", seconds=1e-6)
    found = fair(asked, grid_of(asked), lambda _share, _stage: None)
    assert found is not None
    assert broken(asked, found.pairs) == []
    assert found.notes == (Note.FLOOR_LOWERED, Note.REWEIGHTED, Note.STOPPED)
    assert found.worst >= result(run(replace(asked, mode="best"))).worst


def test_an_entry_without_reads_is_not_the_worst():
    asked = problem([[5000], [9000]], most=2, mode="fair")
    asked = replace(asked, entries=(replace(asked.entries[0], reads=0), asked.entries[1]))
    assert result(run(asked)).worst == 9000
