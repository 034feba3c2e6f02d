import json
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.algorithms.calibration import Problem, Rating
from summitry.algorithms.calibration.plain import as_plain, problem_from, problem_plain, result_from
from summitry.algorithms.calibration.solve import draws, run
from tests.algorithms.calibration.juries import made

problems = st.builds(
    lambda keys, scores, places, span: Problem(
        tuple(
            Rating(entry, juror, 1 + score * span / 10, number)
            for (entry, juror, number), score in zip(sorted(keys), scores, strict=False)
        ),
        tuple(range(1, 8)),
        places,
        1,
        1 + span,
        draws=50,
        seed=3,
    ),
    st.sets(st.tuples(st.integers(1, 7), st.integers(1, 6), st.integers(1, 2)), max_size=30),
    st.lists(st.integers(0, 10), min_size=30, max_size=30),
    st.integers(0, 9),
    st.sampled_from([1e-6, 1, 9, 100, 1e7]),
)


@settings(max_examples=60, deadline=None)
@given(problems, st.randoms(use_true_random=False))
def test_result_is_finite_adds_up_and_does_not_depend_on_the_order(problem, random):
    result = run(problem)
    text = json.dumps(as_plain(result), allow_nan=False)
    assert result_from(json.loads(text)) == result
    assert sum(estimate.chance for estimate in result.estimates) == pytest.approx(
        min(problem.places, len(problem.entries))
    )
    assert all(estimate.error > 0 for estimate in result.estimates)
    entries, ratings = list(problem.entries), list(problem.ratings)
    random.shuffle(entries)
    random.shuffle(ratings)
    shuffled = replace(problem, entries=tuple(entries), ratings=tuple(ratings))
    assert json.dumps(as_plain(run(shuffled))) == text
    assert problem_from(json.loads(json.dumps(problem_plain(problem)))) == problem_from(
        problem_plain(shuffled)
    )


@settings(max_examples=60, deadline=None)
@given(problems, st.integers(0, 29))
def test_higher_score_never_lowers_the_mean_nor_the_estimate_where_all_jurors_rate_alike(problem, at):
    if not problem.ratings:
        return
    raised = at % len(problem.ratings)
    rating = problem.ratings[raised]
    better = replace(rating, score=problem.highest)
    ratings = (*problem.ratings[:raised], better, *problem.ratings[raised + 1 :])
    before, after = run(problem), run(replace(problem, ratings=ratings))
    place = problem.entries.index(rating.entry)
    first, second = before.estimates[place], after.estimates[place]
    assert second.mean >= first.mean
    if not before.supported and not after.supported:
        order = [estimate.score for estimate in before.estimates]
        later = [estimate.score for estimate in after.estimates]
        beaten = [at for at, score in enumerate(order) if score < first.score - 1e-6 * (problem.highest - 1)]
        same_reads = [at for at in beaten if before.estimates[at].reads == first.reads]
        assert all(later[at] <= second.score + 1e-5 * (problem.highest - 1) for at in same_reads)


@pytest.mark.parametrize("offset", [0, 1.2])
def test_shift_and_stretch_of_the_scale_shift_and_stretch_the_estimates(offset):
    problem = made(offset=offset)
    moved = replace(
        problem,
        ratings=tuple(replace(rating, score=3 * rating.score - 20) for rating in problem.ratings),
        lowest=-20.0,
        highest=280.0,
    )
    first, second = run(problem), run(moved)
    assert first.supported == second.supported == bool(offset)
    for one, other in zip(first.estimates, second.estimates, strict=True):
        assert other.score == pytest.approx(3 * one.score - 20, abs=0.01)
        assert other.error == pytest.approx(3 * one.error, abs=0.01)
        assert other.chance == pytest.approx(one.chance, abs=0.03)


def test_score_is_the_shrunk_mean_where_jurors_do_not_differ():
    problem = made(offset=0, entries=60)
    problem = replace(problem, ratings=problem.ratings[:-7])
    result = run(problem)
    components = result.components
    assert (result.supported, components.juror, components.scale) == (False, 0, 0)
    assert {(effect.offset, effect.scale) for effect in result.jurors} == {(0, 1)}
    for estimate in result.estimates:
        if estimate.mean is not None:
            own = estimate.reads / (estimate.reads + components.residual / components.entry)
            expected = components.level + own * (estimate.mean - components.level)
            assert estimate.score == pytest.approx(expected, abs=0.01)


def test_jurors_are_found_out_and_their_offsets_taken_off():
    gained = []
    for seed in range(1, 6):
        result = run(made(entries=80, offset=1.5, seed=seed))
        rng = np.random.default_rng(seed)
        worth, habit = rng.normal(0, 1, 80), rng.normal(0, 1.5, 8)
        score = [estimate.score for estimate in result.estimates]
        mean = [estimate.mean or 0 for estimate in result.estimates]
        found = [effect.offset for effect in result.jurors]
        assert result.supported
        assert np.corrcoef(found, habit)[0, 1] > 0.95
        assert 50 < result.components.entry < 160
        assert 60 < result.components.residual < 140
        gained.append(np.corrcoef(score, worth)[0, 1] - np.corrcoef(mean, worth)[0, 1])
    assert np.mean(gained) > 0.03


@pytest.mark.parametrize(("entries", "jurors"), [(30, 5), (6, 25)])
def test_draws_have_the_means_and_errors_that_are_reported(entries, jurors):
    problem = replace(made(entries=entries, jurors=jurors, reads=5), draws=4000)
    result = run(problem)
    keys, drawn = draws(problem)
    assert keys == tuple(estimate.entry for estimate in result.estimates)
    worth = np.array([estimate.score for estimate in result.estimates])
    assert 100 * (drawn.mean(axis=0) - drawn.mean()) == pytest.approx(worth - worth.mean(), abs=1.2)
    best = np.argsort(-drawn, axis=1)[:, : problem.places]
    share = np.bincount(best.ravel(), minlength=entries) / problem.draws
    assert share == pytest.approx([estimate.chance for estimate in result.estimates])


def test_same_scores_whichever_side_is_eliminated():
    fewer_entries = made(entries=19, jurors=20, reads=6)
    more_entries = replace(fewer_entries, entries=(*fewer_entries.entries, *range(100, 110)))
    first, second = run(fewer_entries), run(more_entries)
    assert first.jurors == second.jurors
    assert [(e.score, e.error) for e in first.estimates] == [
        (e.score, e.error) for e in second.estimates[:19]
    ]


def test_later_round_by_a_fresh_panel_is_linked_by_the_entries_both_have_read():
    first = made(entries=60, jurors=6, reads=3, offset=0.3)
    rng = np.random.default_rng(1)
    worth = rng.normal(0, 1, 60)
    best = np.argsort(-worth)[:20].tolist()
    lenient = tuple(
        Rating(
            entry, 100 + juror, float(np.clip(np.rint(75 + 10 * (worth[entry] + rng.normal())), 0, 100)), 2
        )
        for entry, juror in product(best, range(3))
    )
    result = run(replace(first, ratings=first.ratings + lenient))
    offsets = {effect.juror: effect.offset for effect in result.jurors}
    first_level, second_level = (level.level for level in result.levels)
    offsets = {key: value + (second_level - first_level) * (key >= 100) for key, value in offsets.items()}
    assert result.linked == 1
    assert min(offsets[100 + juror] for juror in range(3)) > max(offsets[juror] for juror in range(6)) + 10


def test_round_that_is_rated_higher_or_lower_as_a_whole_moves_nobody_across_the_line():
    problem = made(entries=60, jurors=10, reads=3, offset=0.3)
    rng = np.random.default_rng(1)
    worth = rng.normal(0, 1, 60)
    pairs = list(product(np.argsort(-worth)[:15].tolist(), range(4)))
    felt = {pair: 50 + 10 * (worth[pair[0]] + rng.normal()) for pair in pairs}
    even, *others = (
        run(
            replace(
                problem,
                ratings=(
                    *problem.ratings,
                    *(
                        Rating(*pair, float(np.clip(np.rint(score + shift), 0, 100)), 2)
                        for pair, score in felt.items()
                    ),
                ),
            )
        )
        for shift in (0, -25, 20)
    )
    rise = even.levels[1].level - even.levels[0].level
    for shift, result in zip((-25, 20), others, strict=True):
        assert result.levels[1].level - result.levels[0].level == pytest.approx(rise + shift, abs=4)
        for one, other in zip(even.estimates, result.estimates, strict=True):
            assert other.chance == pytest.approx(one.chance, abs=0.15)


def test_unread_entries_are_at_the_level_with_the_largest_error():
    problem = made()
    result = run(replace(problem, entries=(*problem.entries, 999)))
    unread = result.estimates[-1]
    assert (unread.reads, unread.mean, unread.median, unread.spread) == (0, None, None, None)
    assert unread.score == pytest.approx(result.components.level, abs=0.01)
    assert unread.error == max(estimate.error for estimate in result.estimates)


def test_without_ratings_every_entry_has_the_same_chance():
    result = run(Problem((), (1, 2, 3, 4), 2, 1, 10))
    assert [estimate.score for estimate in result.estimates] == [5.5] * 4
    assert [estimate.chance for estimate in result.estimates] == pytest.approx([0.5] * 4, abs=0.05)
    assert (result.linked, result.jurors, result.contested) == (0, (), (1, 2, 3, 4))


def test_plain_figures_are_those_of_the_scores_given():
    ratings = (Rating(1, 1, 3), Rating(1, 2, 4), Rating(1, 3, 8), Rating(2, 1, 6))
    first, second = run(Problem(ratings, (1, 2), 1, 1, 10)).estimates
    assert (first.reads, first.mean, first.median, first.spread) == (3, 5, 4, 2.645751)
    assert (second.reads, second.mean, second.median, second.spread) == (1, 6, 6, None)


def test_chance_follows_the_number_of_places():
    problem = made()
    none, all_of_them = run(replace(problem, places=0)), run(replace(problem, places=99))
    assert {estimate.chance for estimate in none.estimates} == {0}
    assert {estimate.chance for estimate in all_of_them.estimates} == {1}
    assert all_of_them.contested == ()


def test_progress_goes_from_nothing_to_all():
    told: list[tuple[float, str]] = []
    run(made(), lambda share, stage: told.append((share, stage)))
    assert told == [(0.0, "fit"), (0.6, "chances"), (0.8, "screening"), (1.0, "done")]
