from __future__ import annotations

import json
import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from summitry.algorithms.selection import (
    Candidate,
    Chance,
    Count,
    Flip,
    Price,
    Problem,
    Quota,
    Reserve,
    Result,
    Shortage,
    Tie,
    lottery,
)
from summitry.algorithms.selection.choose import run
from summitry.algorithms.selection.plain import as_plain, problem_from, problem_plain, result_from
from summitry.algorithms.selection.types import whole
from tests.algorithms.selection.problems import allowed, bounds, optima, problems, total


def chosen_by(problem: Problem) -> Result | Shortage:
    return run(problem, lambda _done, _stage: None)


def solved(problem: Problem) -> Result:
    """The answer, where there is a selection; other examples are left out."""
    answer = chosen_by(problem)
    assume(isinstance(answer, Result))
    assert isinstance(answer, Result)
    return answer


@settings(max_examples=60)
@given(st.booleans().flatmap(lambda harsh: problems(harsh=harsh)))
def test_optimum_is_that_of_trying_everything(problem: Problem) -> None:
    result, best = chosen_by(problem), optima(problem)
    if not best:
        assert isinstance(result, Shortage)
        return
    assert isinstance(result, Result)
    assert result.chosen == best[0]
    assert whole(result.objective) == total(problem, best[0])
    assert whole(result.unconstrained) == total(problem, optima(replace(problem, quotas=()))[0])
    assert [(c.dimension, c.label, c.chosen, c.candidates) for c in result.counts] == [
        (quota.dimension, quota.label, len(members & set(result.chosen)), len(members))
        for quota, members in sorted(bounds(problem), key=lambda each: _row_order(problem, each[0]))
    ]


def _row_order(problem: Problem, row: Quota) -> tuple[str, str, str]:
    named = {(quota.dimension, quota.label) for quota in problem.quotas}
    quota = row.label if (row.dimension, row.label) in named else "*"
    return (row.dimension, quota, row.label)


@settings(max_examples=40)
@given(problems())
def test_prices_flips_and_ties_are_those_of_trying_everything(problem: Problem) -> None:
    every, best = allowed(problem), optima(problem)
    assume(best)
    result = chosen_by(problem)
    assert isinstance(result, Result)
    top = total(problem, best[0])
    for price in result.prices:
        without = optima(problem, price.quota)
        assert whole(price.loss) == total(problem, without[0]) - top >= 0
        then = tuple(sorted({*result.chosen, *price.comes} - set(price.goes)))
        assert then in without
    for flip in result.flips:
        others = [each for each in every if (flip.key in each) != flip.chosen]
        if flip.change is None:
            assert others == []
        else:
            assert whole(flip.change) == top - max(total(problem, each) for each in others)
            changed = {*result.chosen, *flip.comes} - set(flip.goes)
            then = tuple(sorted(changed ^ {flip.key}))
            assert then in others
    told = {flip.key for flip in result.flips}
    free = {c.key for c in problem.candidates} - problem.required - problem.excluded
    assert told == free
    wavering = {key for each in best for key in each if not all(key in other for other in best)}
    assert sorted(key for tie in result.ties for key in tie.keys) == sorted(wavering)
    for tie in result.ties:
        assert tie.places == len(set(tie.keys) & set(result.chosen))


@settings(max_examples=15)
@given(problems(scores=(1.0, 2.0)))
def test_tie_may_be_drawn_by_lottery(problem: Problem) -> None:
    best = optima(problem)
    result = solved(problem)
    drawn = solved(replace(problem, lottery="beacon 17"))
    order = lottery([each.key for each in problem.candidates], len(problem.candidates), "beacon 17")
    assert drawn.chosen == min(best, key=lambda chosen: sorted(order.index(key) for key in chosen))
    assert drawn.ties == result.ties
    for tie in result.ties:
        some = lottery(tie.keys, tie.places, "beacon 17")
        if tie.open:
            assert {*some} == {*drawn.chosen} & {*tie.keys}
            assert tuple(sorted({*result.chosen} - {*tie.keys} | {*some})) in best


@settings(max_examples=15)
@given(problems())
def test_reserve_follows_where_every_quota_is_still_met(problem: Problem) -> None:
    every = allowed(replace(problem, required=frozenset()))
    result = solved(problem)
    scores = {candidate.key: candidate.score for candidate in problem.candidates}
    able = {
        key: tuple(one for one in result.chosen if tuple(sorted({*result.chosen, key} - {one})) in every)
        for key in sorted(scores, key=lambda key: (-scores[key], key))
        if key not in result.chosen and key not in problem.excluded
    }
    listed = [Reserve(key, places) for key, places in able.items() if places]
    assert [each for each in listed if each in result.reserve] == list(result.reserve)
    assert list(result.reserve[: problem.reserve]) == listed[: problem.reserve]
    if problem.reserve:
        covered = {place for each in result.reserve for place in each.replaces}
        assert covered == {place for each in listed for place in each.replaces}
        last = result.reserve[problem.reserve :]
        firsts = {next(e.key for e in listed if place in e.replaces) for place in covered}
        assert {each.key for each in last} <= firsts


@settings(max_examples=12)
@given(problems(draws=5), st.randoms(use_true_random=False))
def test_order_of_the_input_makes_no_difference(problem: Problem, chance: random.Random) -> None:
    order = list(range(len(problem.candidates)))
    chance.shuffle(order)
    samples = tuple(tuple(float((key * 7 + row) % 5) for key in range(len(order))) for row in range(2))
    sampled = replace(problem, samples=samples)
    shuffled = replace(
        sampled,
        candidates=tuple(problem.candidates[place] for place in order),
        samples=tuple(tuple(sample[place] for place in order) for sample in samples),
        quotas=problem.quotas[::-1],
    )
    assert as_plain(chosen_by(sampled)) == as_plain(chosen_by(shuffled))
    assert problem_plain(sampled) == problem_plain(shuffled)


@settings(max_examples=15)
@given(problems(), st.integers(1, 3))
def test_better_score_never_costs_the_place(problem: Problem, rise: int) -> None:
    before = solved(problem)
    assume(before.chosen)
    lucky = before.chosen[len(before.chosen) // 2]
    raised = tuple(
        replace(each, score=each.score + rise) if each.key == lucky else each for each in problem.candidates
    )
    after = chosen_by(replace(problem, candidates=raised))
    assert isinstance(after, Result)
    assert lucky in after.chosen


@settings(max_examples=12)
@given(problems(draws=8))
def test_chances_add_up_to_the_places(problem: Problem) -> None:
    result = solved(problem)
    assert sum(each.share for each in result.chances) == pytest.approx(problem.places)
    assert {*result.chosen} <= {each.key for each in result.chances}
    certain = replace(
        problem, candidates=tuple(replace(each, error=None) for each in problem.candidates), draws=1
    )
    same = chosen_by(certain)
    assert isinstance(same, Result)
    drawn = tuple(each.key for each in same.chances if each.share == 1)
    assert drawn in optima(problem)


@settings(max_examples=15)
@given(problems(draws=2))
def test_problem_and_answer_survive_json(problem: Problem) -> None:
    text = json.dumps(problem_plain(problem))
    again = problem_from(json.loads(text))
    assert problem_plain(again) == problem_plain(problem)
    answer = chosen_by(again)
    assert answer == chosen_by(problem)
    assert result_from(json.loads(json.dumps(as_plain(answer)))) == answer


def grid(count: int, places: int, seed: int, digits: int, *, close: bool) -> Problem:
    """A problem of three dimensions with bounds that bind."""
    chance = np.random.default_rng(seed)
    far, near = chance.normal(6, 1, count), 6 + chance.integers(0, 4, count) * 1e-6
    scores = (near if close else np.round(far, digits)).tolist()
    labels = {
        name: chance.choice(size, count, p=(weights := np.arange(1, size + 1.0)) / weights.sum())
        for name, size in (("area", 5), ("entity", 12), ("kind", 3))
    }
    candidates = tuple(
        Candidate(key, scores[key], {name: f"{name}{found[key]}" for name, found in labels.items()}, 0.4)
        for key in range(count)
    )
    quotas = (
        Quota("area", "*", 2, 6),
        Quota("entity", "*", 0, 2),
        Quota("kind", "kind0", 4),
        Quota("kind", "*", 1, 11),
    )
    return Problem(candidates, places, quotas)


def oracle(problem: Problem) -> int | None:
    """The highest summed score by another method: constraint programming over whole numbers."""
    model = cp_model.CpModel()
    inside = {each.key: model.new_bool_var("") for each in problem.candidates}
    model.add(sum(inside.values()) == problem.places)
    for quota, members in bounds(problem):
        count = sum(inside[key] for key in members)
        model.add(count >= quota.least)
        if quota.most is not None:
            model.add(count <= quota.most)
    model.maximize(sum(whole(each.score) * inside[each.key] for each in problem.candidates))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    return round(solver.objective_value) if solver.solve(model) == cp_model.OPTIMAL else None


@pytest.mark.parametrize(("digits", "close"), [(6, False), (1, False), (0, False), (6, True)])
def test_optimum_is_that_of_another_solver(digits: int, close: bool) -> None:
    for seed in range(2):
        problem = replace(grid(150, 20, seed, digits, close=close), draws=3)
        result = chosen_by(problem)
        expected = oracle(problem)
        assert expected == (whole(result.objective) if isinstance(result, Result) else None)


def test_result_says_everything_about_a_small_selection() -> None:
    problem = Problem(
        (
            Candidate(1, 9.0, {"area": "health", "entity": "FR"}),
            Candidate(2, 8.0, {"area": "health", "entity": "CN"}),
            Candidate(3, 7.0, {"area": "health", "entity": "CN"}),
            Candidate(4, 6.0, {"area": "energy", "entity": ("CN", "FR")}),
            Candidate(5, 6.0, {"area": "energy", "entity": "BR"}),
            Candidate(6, 1.0, {"area": "energy"}),
        ),
        places=3,
        quotas=(Quota("area", least=1), Quota("entity", most=2)),
        reserve=1,
        samples=((9, 8, 7, 6, 6, 1), (9, 8, 7, 6, 5, 1), (9, 5, 7, 6, 8, 1), (9, 5, 7, 6, 6.5, 1)),
    )
    assert chosen_by(problem) == Result(
        chosen=(1, 2, 4),
        objective=23.0,
        unconstrained=24.0,
        counts=(
            Count("area", "energy", 1, None, 1, 3),
            Count("area", "health", 1, None, 2, 3),
            Count("entity", "BR", 0, 2, 0, 1),
            Count("entity", "CN", 0, 2, 2, 3),
            Count("entity", "FR", 0, 2, 2, 2),
        ),
        prices=(
            Price(problem.quotas[0], 1.0, (3,), (4,)),
            Price(problem.quotas[1], 0.0, (), ()),
        ),
        flips=(
            Flip(1, True, 2.0, (3, 5), (4,)),
            Flip(2, True, 1.0, (3,)),
            Flip(4, True, 0.0, (5,)),
            Flip(5, False, 0.0, (), (4,)),
            Flip(3, False, 1.0, (), (2,)),
            Flip(6, False, 5.0, (), (4,)),
        ),
        chances=(Chance(1, 1.0), Chance(2, 0.5), Chance(3, 0.5), Chance(4, 0.5), Chance(5, 0.5)),
        reserve=(Reserve(3, (2,)), Reserve(5, (1, 2, 4))),
        ties=(Tie((4, 5), 1, open=True),),
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"candidates": [{"key": 1, "score": 1}] * 2}, "Candidate 1 is there 2 times."),
        (
            {"candidates": [{"key": 1, "score": float("nan")}]},
            "The score of candidate 1 is no number between ±100000.",
        ),
        ({"candidates": [{"key": 1, "score": 10**400}]}, "candidates[0].score is too large."),
        ({"candidates": [{"key": True, "score": 1}]}, "candidates[0].key is no key."),
        (
            {"candidates": [{"key": 1, "score": 1, "labels": {"a": 3}}]},
            "candidates[0].labels holds what is neither text nor a list.",
        ),
        ({"places": -1}, "places is no whole number between 0 and 9223372036854775807."),
        (
            {"quotas": [{"dimension": "a", "least": 2, "most": 1}]},
            "The quota for a * asks for at least 2 and at most 1.",
        ),
        ({"quotas": [{"dimension": "a"}, {"dimension": "a"}]}, "There are 2 quotas for a *."),
        ({"required": [7]}, "7 is decided, but is no candidate."),
        ({"required": [1], "excluded": [1]}, "Candidate 1 is decided both in and out."),
        ({"samples": [[1, 2]]}, "Sample 0 has 2 scores for 1 candidates."),
        (
            {"candidates": [{"key": 1, "score": 1, "labels": {"a": ["b", "*"]}}]},
            "Candidate 1 has the label *, which means every label.",
        ),
        ({"colour": 1}, "The problem has an unknown member 'colour'."),
    ],
)
def test_malformed_problem_is_refused_with_its_sentence(change: dict[str, object], sentence: str) -> None:
    value = {"candidates": [{"key": 1, "score": 1.5}], "places": 1} | change
    with pytest.raises(ValueError) as refusal:  # noqa: PT011 - the sentence is compared
        problem_from(value)
    assert str(refusal.value) == sentence


def test_drawing_is_the_same_in_every_version() -> None:
    problem = Problem((Candidate(1, 5.0, {}, 1.0), Candidate(2, 5.0, {}, 1.0)), 1, draws=20, seed=7)
    result = chosen_by(problem)
    assert isinstance(result, Result)
    assert result.chances == (Chance(1, 0.55), Chance(2, 0.45))
