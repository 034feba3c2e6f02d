from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from summitry.algorithms.assignment import Change, Juror, Note, Shortage, UnansweredError
from summitry.algorithms.assignment.draw import draw, numbers
from summitry.algorithms.assignment.grid import grid_of, nested
from summitry.algorithms.assignment.solve import run
from summitry.algorithms.assignment.spread import probabilities
from tests.algorithms.assignment.problems import assignments, broken, problem, problems, result, shuffled


@settings(max_examples=40, deadline=None)
@given(problems())
def test_a_draw_keeps_every_rule_and_no_pair_is_likelier_than_the_limit(asked):
    asked = replace(asked, mode="random", limit=0.7, seed=7, former=frozenset())
    answer = run(asked)
    if isinstance(answer, Shortage):
        assert not list(assignments(asked)) or any(
            step.change is Change.RAISE_LIMIT for remedy in answer.remedies for step in remedy.steps
        )
        return
    assert broken(asked, answer.pairs) == []
    reads: Counter[int] = Counter()
    for entry, juror, share in answer.probabilities:
        assert 0 < share <= (10_000 if (entry, juror) in asked.kept else 7_000)
        assert (entry, juror) not in asked.barred
        reads[entry] += share
    assert all(reads[entry.key] == entry.reads * 10_000 for entry in asked.entries)
    assert {(entry, juror) for entry, juror, _share in answer.probabilities} >= set(answer.pairs)


def test_draws_follow_the_probabilities():
    rows = [[9000, 8000, 3000, 1000], [9000, 2000, 8000, 5000], [1000, 9000, 9000, 500]]
    jurors = tuple(Juror(20 + at, 3, organisation="ab"[at % 2], entity="x") for at in range(4))
    asked = problem(rows, reads=2, jurors=jurors, per_organisation=1, mode="random", limit=0.6)
    grid = grid_of(asked)
    groups = nested(grid.groups)
    assert groups is not None
    shares = probabilities(asked, grid, groups)
    assert shares is not None
    drawn = sum(draw(grid, groups, shares, seed).astype(int) for seed in range(4000))
    assert np.abs(drawn / 4000 - shares / 10_000).max() < 0.03


def test_a_draw_is_that_of_its_seed():
    rows = np.random.default_rng(3).integers(0, 10_000, (12, 8)).tolist()
    asked = problem(rows, reads=3, most=6, mode="random", limit=0.5, seed=5)
    found = result(run(asked))
    assert run(asked) == found
    assert run(shuffled(asked, list(range(11, -1, -1)), [3, 1, 2, 0, 7, 6, 5, 4])) == found
    other = result(run(replace(asked, seed=6)))
    assert other.probabilities == found.probabilities
    assert other.pairs != found.pairs


def test_the_numbers_of_a_seed_are_sha256_of_seed_and_counter():
    first = next(numbers(5))
    assert f"{first:064x}" == "b3d8acb98c59e4a872d0a43cb21135c13bc7f599b64918059771d2544242cc6a"


def test_a_limit_that_leaves_too_few_is_named():
    asked = problem([[9000, 8000, 7000]], reads=2, mode="random", limit=0.6)
    named = run(asked)
    assert isinstance(named, Shortage)
    assert named.missing == 1
    best = named.remedies[0]
    assert best.frees_all
    raised = next(
        remedy for remedy in named.remedies if {step.change for step in remedy.steps} == {Change.RAISE_LIMIT}
    )
    assert [(step.by, raised.frees_all) for step in raised.steps] == [(667, True)]


def test_a_draw_refuses_probabilities_that_do_not_add_up():
    grid = grid_of(problem([[9000, 8000]]))
    with pytest.raises(ValueError, match="do not add up"):
        draw(grid, (), np.array([[5000, 4999]]), 1)


def test_random_keeps_caps_that_cross():
    """An organisation with jurors of two countries or regions, in each of which there are others."""
    names = [("a", "x"), ("a", "y"), ("b", "x"), ("b", "y"), ("c", "z"), ("", "x")]
    jurors = tuple(Juror(20 + at, 4, organisation=one, entity=other) for at, (one, other) in enumerate(names))
    rows = np.random.default_rng(1).integers(0, 10_000, (6, 6)).tolist()
    asked = problem(rows, reads=2, jurors=jurors, per_organisation=1, per_entity=1, mode="random", limit=0.9)
    drawn = [result(run(replace(asked, seed=seed))) for seed in range(20)]
    for found in drawn:
        assert broken(asked, found.pairs) == []
        assert found.notes == (Note.CAPS_CROSS,)
        assert max(share for _entry, _juror, share in found.probabilities) <= 9000
    assert len({found.pairs for found in drawn}) > 5


@settings(max_examples=30, deadline=None)
@given(problems(nested=False))
def test_random_keeps_every_rule_where_caps_cross(asked):
    asked = replace(asked, mode="random", limit=0.8, per_organisation=1, per_entity=2)
    try:
        answer = run(asked)
    except UnansweredError:
        return
    if isinstance(answer, Shortage):
        assert any(remedy.frees_all for remedy in answer.remedies)
        return
    assert broken(asked, answer.pairs) == []
    shares = {(entry, juror): share for entry, juror, share in answer.probabilities}
    assert all(share <= 8000 or pair in asked.kept for pair, share in shares.items())


def test_former_pairs_are_drawn_again():
    rows = [[100, 9000, 9000, 9000]]
    asked = problem(rows, reads=2, mode="random", limit=0.7, former=frozenset({(10, 20)}))
    found = result(run(asked))
    assert (10, 20, 7000) in found.probabilities
