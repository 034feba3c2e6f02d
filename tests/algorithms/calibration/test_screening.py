from dataclasses import replace

import pytest

from summitry.algorithms.calibration import Flag, Likeness
from summitry.algorithms.calibration.likeness import tail
from summitry.algorithms.calibration.solve import run
from tests.algorithms.calibration.juries import made


def flags_of(problem):
    return {effect.juror: effect.flags for effect in run(problem).jurors if effect.flags}


def rewritten(problem, juror, score):
    """The problem with this juror's scores replaced by what `score` makes of her ratings."""
    return replace(
        problem,
        ratings=tuple(
            replace(rating, score=float(score(rating))) if rating.juror == juror else rating
            for rating in problem.ratings
        ),
    )


@pytest.fixture(scope="module")
def jury():
    return made(entries=60, jurors=8, reads=6, offset=0.4)


def test_honest_jury_shows_nothing(jury):
    result = run(jury)
    assert (flags_of(jury), result.pairs) == ({}, ())


def test_juror_who_gives_all_the_same_is_named(jury):
    assert flags_of(rewritten(jury, 3, lambda _: 50)) == {3: (Flag.ONE_VALUE,)}


def test_juror_who_turns_the_scale_round_is_named(jury):
    assert Flag.ADVERSE in flags_of(rewritten(jury, 3, lambda rating: 100 - rating.score))[3]


def test_juror_who_scatters_is_named(jury):
    wild = rewritten(jury, 3, lambda rating: rating.entry * 37 % 101)
    assert Flag.ERRATIC in flags_of(wild)[3]


@pytest.mark.parametrize(("shift", "flag"), [(-40, Flag.SEVERE), (40, Flag.LENIENT)])
def test_juror_far_from_the_others_is_named(shift, flag):
    jury = made(entries=60, jurors=20, reads=6, offset=0.2)
    far = rewritten(jury, 3, lambda rating: min(max(rating.score + shift, 0), 100))
    assert flag in flags_of(far)[3]


def test_juror_with_few_reads_is_not_judged(jury):
    few = replace(jury, ratings=tuple(r for r in jury.ratings if r.juror != 3 or r.entry < 4))
    assert flags_of(few) == {3: (Flag.FEW,)}


def test_hasty_juror_is_named_where_times_are_known(jury):
    timed = tuple(replace(r, seconds=20 if r.juror == 5 else 200 + r.entry) for r in jury.ratings)
    assert flags_of(replace(jury, ratings=timed)) == {5: (Flag.HASTY,)}


def test_copied_ballot_is_named(jury):
    scores = {rating.entry: rating.score for rating in jury.ratings if rating.juror == 2}
    (pair,) = run(rewritten(jury, 6, lambda rating: scores.get(rating.entry, rating.score))).pairs
    assert (pair.first, pair.second, pair.equal, pair.likeness) == (2, 6, 1.0, Likeness.IDENTICAL)


def test_mostly_copied_ballot_is_named(jury):
    scores = {rating.entry: rating.score for rating in jury.ratings if rating.juror == 2 and rating.entry % 4}
    (pair,) = run(rewritten(jury, 6, lambda rating: scores.get(rating.entry, rating.score))).pairs
    assert (pair.first, pair.second, pair.likeness) == (2, 6, Likeness.EQUAL)
    assert 0.5 < pair.equal < 1


def test_ballots_that_lean_the_same_way_are_named():
    jury = made(entries=80, jurors=10, reads=10, offset=0.4)

    def leaning(rating) -> float:
        return float(min(max(rating.score + (25 if rating.entry % 2 else -25) + rating.juror, 0), 100))

    (pair,) = run(rewritten(rewritten(jury, 2, leaning), 6, leaning)).pairs
    assert (pair.first, pair.second, pair.likeness) == (2, 6, Likeness.CORRELATED)


def test_binomial_tail_agrees_with_counting():
    assert tail(4, 3, 0.5) == pytest.approx(5 / 16)
    assert (tail(4, 0, 0.5), tail(4, 3, 0), tail(4, 3, 1)) == (1, 0, 1)
