from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from summitry.algorithms.assignment import Entry, Juror, Note, Problem, Result, check
from summitry.algorithms.assignment.connect import bridges_of
from summitry.algorithms.assignment.solve import run
from tests.algorithms.assignment.problems import problem, problems, result

TWO_WORLDS = [[9000, 9000, 0, 0], [9000, 8000, 0, 100], [0, 0, 9000, 9000], [0, 200, 9000, 9000]]


def test_two_worlds_are_counted():
    assert result(run(problem(TWO_WORLDS, reads=2, most=2))).components == 2


def test_two_worlds_are_joined_at_the_least_loss():
    asked = problem(TWO_WORLDS, reads=2, most=2)
    found = result(run(replace(asked, connect=True)))
    assert found.components == 1
    assert check(asked, found) == ()
    assert found.bound - found.total == 8000 - 100 + 9000 - 200
    assert found.notes == ()


def test_a_juror_with_room_joins_two_worlds():
    asked = problem(TWO_WORLDS, reads=2, most=3, connect=True)
    found = result(run(asked))
    assert (found.components, found.bound - found.total) == (1, 8000 - 100)


def test_what_is_kept_or_was_in_force_is_not_moved_to_join():
    asked = problem(TWO_WORLDS, reads=2, most=2, connect=True)
    before = result(run(replace(asked, connect=False))).pairs
    for fixed in (replace(asked, kept=frozenset(before)), replace(asked, former=frozenset(before))):
        found = result(run(fixed))
        assert (found.components, found.pairs, found.notes) == (2, before, (Note.NOT_CONNECTED,))


def test_a_fair_floor_is_kept_when_joining():
    asked = problem(TWO_WORLDS, reads=2, most=2, connect=True, mode="fair", floor_share=0.9)
    found = result(run(asked))
    assert (found.components, found.worst, found.notes) == (2, 17000, (Note.NOT_CONNECTED,))


@settings(max_examples=40, deadline=None)
@given(problems())
def test_joining_breaks_no_rule_and_never_parts(asked):
    answer = run(asked)
    if isinstance(answer, Result):
        joined = result(run(replace(asked, connect=True)))
        assert check(asked, joined) == ()
        assert joined.components <= answer.components
        assert joined.moved == answer.moved


def test_areas_of_a_large_jury_are_joined():
    affinity = np.zeros((60, 30), np.int32)
    for area in range(3):
        affinity[area * 20 : area * 20 + 20, area * 10 : area * 10 + 10] = 9000
    asked = Problem(
        tuple(Entry(row, 3) for row in range(60)), tuple(Juror(column, 6) for column in range(30)), affinity
    )
    parts = result(run(asked)).components
    assert parts >= 3
    found = result(run(replace(asked, connect=True)))
    assert found.components == 1
    assert found.bound - found.total <= 2 * (parts - 1) * 9000
    assert check(asked, found) == ()


def components_of(chosen):
    parts: list[set[tuple[str, int]]] = []
    for row, column in zip(*np.nonzero(chosen), strict=True):
        pair = {("entry", row), ("juror", column)}
        joined = [part for part in parts if not part.isdisjoint(pair)]
        parts = [part for part in parts if part.isdisjoint(pair)] + [pair.union(*joined)]
    return len(parts)


@given(arrays.arrays(bool, st.tuples(st.integers(1, 6), st.integers(1, 6))))
def test_bridges_are_the_pairs_whose_loss_parts_a_component(chosen):
    found = bridges_of(chosen)
    for row, column in zip(*np.nonzero(chosen), strict=True):
        without = chosen.copy()
        without[row, column] = False
        alone = int(not without[row].any()) + int(not without[:, column].any())
        assert found[row, column] == (components_of(without) + alone > components_of(chosen))
    assert not found[~chosen].any()
