from __future__ import annotations

import json
import random
from fractions import Fraction
from statistics import mean, median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.algorithms.ranking import (
    Ballot,
    Method,
    Rules,
    Scale,
    Standing,
    Step,
    Tally,
    canonical,
    combined,
    of_criteria,
    tally,
)
from summitry.algorithms.ranking.plain import (
    as_plain,
    number_from,
    rules_from,
    rules_plain,
)
from summitry.algorithms.selection import lottery

ENTRIES = range(5)
SCORES = st.sampled_from([0, 1, 2, Fraction(5, 2), 3])


@st.composite
def finals(draw) -> tuple[list[Ballot], Rules]:
    jurors = draw(st.integers(0, 5))
    ballots = [
        Ballot(juror, draw(st.dictionaries(st.sampled_from(ENTRIES), SCORES))) for juror in range(jurors)
    ]
    method = draw(st.sampled_from(Method))
    weights = {} if method is Method.TRIMMED else draw(st.dictionaries(st.integers(0, 4), st.integers(1, 3)))
    return ballots, Rules(
        method, weights, draw(st.integers(0, 2)), draw(st.sampled_from([(12, 10, 8), (1,), ()]))
    )


def places(found: Tally) -> dict[int, int]:
    return {each.entry: each.place for each in found.standings}


@settings(max_examples=80)
@given(finals(), st.randoms(use_true_random=False))
def test_order_of_ballots_and_entries_makes_no_difference(
    final: tuple[list[Ballot], Rules], chance: random.Random
) -> None:
    ballots, rules = final
    shuffled = [
        Ballot(b.juror, dict(sorted(b.scores.items(), key=lambda _each: chance.random()))) for b in ballots
    ]
    chance.shuffle(shuffled)
    again = tally(sorted(ENTRIES, key=lambda _each: chance.random()), shuffled, rules, "seed")
    found = tally(ENTRIES, ballots, rules, "seed")
    assert canonical(as_plain(again)) == canonical(as_plain(found))
    assert sorted(places(found)) == [*ENTRIES]
    values = [each.figure for each in found.standings if each.figure is not None]
    assert [each.place for each in found.standings][: len(values)] == [*range(1, len(values) + 1)]
    assert values == sorted(values, reverse=True)


@settings(max_examples=80)
@given(finals(), st.data())
def test_more_from_a_juror_never_costs_a_place(
    final: tuple[list[Ballot], Rules], data: st.DataObject
) -> None:
    ballots, rules = final
    if not ballots:
        return
    lucky = data.draw(st.sampled_from(ballots))
    if not lucky.scores:
        return
    entry = data.draw(st.sampled_from(sorted(lucky.scores)))
    better = Ballot(lucky.juror, {**lucky.scores, entry: 4})
    after = [better if each is lucky else each for each in ballots]
    before = {each.entry: each.figure for each in tally(ENTRIES, ballots, rules).standings}
    then = {each.entry: each.figure for each in tally(ENTRIES, after, rules).standings}
    was, is_ = before[entry], then[entry]
    assert (was is None) == (is_ is None)
    assert was is None or is_ is None or is_ >= was


@given(st.lists(st.lists(SCORES, min_size=3, max_size=3), min_size=1, max_size=6), st.integers(0, 2))
def test_figures_are_what_each_method_says(rows: list[list[Fraction]], trim: int) -> None:
    ballots = [Ballot(juror, dict(enumerate(row))) for juror, row in enumerate(rows)]

    def figure(rules: Rules, entry: int) -> Fraction | None:
        return next(each.figure for each in tally(range(3), ballots, rules).standings if each.entry == entry)

    for entry in range(3):
        column = sorted(Fraction(row[entry]) for row in rows)
        cut = min(trim, (len(column) - 1) // 2)
        assert figure(Rules(Method.MEAN), entry) == mean(column)
        assert figure(Rules(Method.TRIMMED, trim=trim), entry) == mean(column[cut : len(column) - cut])
        beaten = [
            sum((x < row[entry]) + Fraction(x == row[entry], 2) for x in row) - Fraction(1, 2) for row in rows
        ]
        assert figure(Rules(Method.BORDA), entry) == mean(beaten) / 2
        # With three points from 2 to 0 in even steps, points are Borda's count.
        assert figure(Rules(Method.POINTS, points=(2, 1, 0)), entry) == mean(beaten)
    assert figure(Rules(Method.TRIMMED, trim=9), 0) == median(sorted(Fraction(row[0]) for row in rows))


def test_points_are_those_of_the_table_and_weights_count() -> None:
    ballots = [Ballot.ranked(1, [3, 1, 2]), Ballot.ranked(2, [1, (2, 3)])]
    assert tally([1, 2, 3], ballots, Rules(Method.POINTS, {2: 3})) == Tally(
        (
            Standing(1, 1, Fraction(46, 4), Step.FIGURE),
            Standing(3, 2, Fraction(39, 4), Step.FIGURE),
            Standing(2, 3, Fraction(35, 4), Step.FIGURE),
        ),
        2,
    )


def test_ladder_says_which_step_decided() -> None:
    rules = Rules(Method.MEAN)
    firsts = [Ballot(1, {1: 5, 2: 4}), Ballot(2, {1: 5, 2: 4}), Ballot(3, {1: 2, 2: 4})]
    assert _steps(tally([1, 2], firsts, rules)) == [(1, 1, Step.FIGURE), (2, 2, Step.FIRSTS)]
    middle = [Ballot(1, {1: 9, 2: 1, 3: 0}), Ballot(2, {1: 0, 2: 9, 3: 6}), Ballot(3, {1: 6, 2: 5, 3: 9})]
    assert _steps(tally([1, 2, 3], middle, rules)) == [
        (3, 1, Step.FIGURE),
        (1, 2, Step.DUELS),
        (2, 3, Step.MEDIAN),
    ]
    ballots = [Ballot(1, {1: 4, 2: 3, 3: 9}), Ballot(2, {1: 3, 2: 2, 3: 9}), Ballot(3, {1: 2, 2: 4, 3: 9})]
    duel = [*ballots, Ballot(4, {1: 3, 3: 9}), Ballot(5, {2: 3, 3: 9})]
    assert _steps(tally([1, 2, 3], duel, rules)) == [
        (3, 1, Step.FIGURE),
        (1, 2, Step.FIGURE),
        (2, 3, Step.DUELS),
    ]


def test_what_stays_equal_shares_a_place_or_is_drawn_by_lot() -> None:
    ballots = [Ballot(1, {1: 1, 2: 1, 3: 1, 4: 2})]
    assert _steps(tally([1, 2, 3, 4, 5], ballots, Rules())) == [
        (4, 1, Step.FIGURE),
        (1, 2, Step.FIGURE),
        (2, 2, Step.NOTHING),
        (3, 2, Step.NOTHING),
        (5, 5, Step.FIGURE),
    ]
    drawn = tally([1, 2, 3, 4], ballots, Rules(), "beacon 17")
    assert [each.entry for each in drawn.standings[1:]] == [*lottery([1, 2, 3], 3, "beacon 17")]
    assert [each.step for each in drawn.standings] == [Step.FIGURE, Step.FIGURE, Step.LOTTERY, Step.LOTTERY]


def _steps(found: Tally) -> list[tuple[int, int, Step]]:
    return [(each.entry, each.place, each.step) for each in found.standings]


def test_ballots_that_do_not_belong_are_refused() -> None:
    with pytest.raises(ValueError, match="The ballot of juror 7 names 3, which is not in this final"):
        tally([1, 2], [Ballot(7, {3: 1})], Rules())
    with pytest.raises(ValueError, match="Juror 7 has two ballots"):
        tally([1], [Ballot(7, {1: 1}), Ballot(7, {1: 2})], Rules())
    with pytest.raises(ValueError, match="names an entry twice"):
        Ballot.ranked(7, [1, (2, 1)])


@pytest.mark.parametrize(
    "wrong",
    [
        {"trim": -1},
        {"weights": {1: 0}},
        {"method": Method.TRIMMED, "weights": {1: 2}},
        {"points": (1, 2)},
        {"points": (1, -1)},
    ],
)
def test_rules_without_meaning_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any sentence
        Rules(**wrong)  # type: ignore[arg-type]


def test_criteria_make_one_score_by_weight() -> None:
    assert of_criteria({"novelty": 8, "use": 5}, {"novelty": 1, "use": 2}) == 6
    for weights in ({"novelty": 1}, {"novelty": 0, "use": 0}, {"novelty": 2, "use": -1}):
        with pytest.raises(ValueError, match="criterion"):
            of_criteria({"novelty": 8, "use": 5}, weights)


@settings(max_examples=50)
@given(finals())
def test_rules_survive_json_and_tallies_are_json(final: tuple[list[Ballot], Rules]) -> None:
    ballots, rules = final
    again = rules_from(json.loads(canonical(rules_plain(rules))))
    assert again == rules
    found = tally(ENTRIES, ballots, again, "seed")
    assert found == tally(ENTRIES, ballots, rules, "seed")
    said = json.loads(canonical(as_plain(found)))
    assert [(each["entry"], each["place"]) for each in said["standings"]] == [
        (each.entry, each.place) for each in found.standings
    ]


@pytest.mark.parametrize("text", ["1e9", "1/0", "", "nan", "9" * 41, 1.5, True, None, "٣", 10**40, "--1"])
def test_numbers_that_are_none_are_refused(text: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any sentence
        number_from(text)


def test_public_vote_counts_with_its_share() -> None:
    jury = tally([1, 2, 3], [Ballot(1, {1: 9, 2: 8, 3: 1})], Rules())
    votes = {1: 10, 2: 30, 3: 60}
    half = combined(jury, votes, public_share=Fraction(1, 2))
    assert half.standings == (
        Standing(1, 1, Fraction(10, 12), Step.FIGURE),
        Standing(2, 2, Fraction(10, 12), Step.JURY),
        Standing(3, 3, Fraction(10, 12), Step.JURY),
    )
    parts = combined(jury, votes, public_share=Fraction(1, 3), scale=Scale.PARTS)
    assert [(each.entry, each.figure) for each in parts.standings] == [
        (2, Fraction(2, 3) * Fraction(8, 18) + Fraction(1, 3) * Fraction(30, 100)),
        (1, Fraction(2, 3) * Fraction(9, 18) + Fraction(1, 3) * Fraction(10, 100)),
        (3, Fraction(2, 3) * Fraction(1, 18) + Fraction(1, 3) * Fraction(60, 100)),
    ]


@settings(max_examples=50)
@given(finals(), st.dictionaries(st.sampled_from(ENTRIES), st.integers(0, 9)), st.sampled_from(Scale))
def test_share_of_nothing_or_everything_is_one_side_alone(
    final: tuple[list[Ballot], Rules], votes: dict[int, int], scale: Scale
) -> None:
    jury = tally(ENTRIES, *final, "seed")
    alone = combined(jury, votes, public_share=Fraction(0), scale=Scale.PARTS, seed="seed")
    judged = [each.entry for each in jury.standings if each.figure]
    assert [each.entry for each in alone.standings[: len(judged)]] == judged
    public = combined(jury, votes, public_share=Fraction(1), scale=scale, points=(5, 4, 3, 2, 1))
    order = [votes.get(each.entry, 0) for each in public.standings]
    assert order == sorted(order, reverse=True)


@pytest.mark.parametrize(
    ("votes", "share", "sentence"),
    [
        ({9: 1}, 0, "9 has votes"),
        ({1: -1}, 0, "less than 0"),
        ({}, 2, "between 0 and 1"),
        ({}, Fraction(1, 2), "part of a whole"),
    ],
)
def test_public_vote_refuses_what_has_no_meaning(
    votes: dict[int, int], share: Fraction, sentence: str
) -> None:
    jury = tally([1], [Ballot(1, {1: -3})], Rules())
    with pytest.raises(ValueError, match=sentence):
        combined(jury, votes, public_share=Fraction(share), scale=Scale.PARTS)
