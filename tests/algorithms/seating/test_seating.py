"""Who sits beside whom, what a plan does not keep to, and proposals that never seat anybody twice."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.algorithms.seating import (
    Diner,
    Kind,
    Place,
    Rule,
    Shape,
    Violation,
    beside,
    check,
    honours,
    propose,
)


def table(shape: Shape, count: int, block: int = 0, first: int = 0) -> list[Place]:
    """Return the places of one table, numbered from `first`."""
    ranks = honours(shape, count)
    return [
        Place(first + n, block, first + ranks[n], frozenset(first + other for other in near))
        for n, near in enumerate(beside(shape, count))
    ]


def test_beside_follows_the_shape() -> None:
    assert [sorted(near) for near in beside(Shape.ROW, 3)] == [[1], [0, 2], [1]]
    assert [sorted(near) for near in beside(Shape.ROUND, 4)] == [[1, 3], [0, 2], [1, 3], [0, 2]]
    assert [sorted(near) for near in beside(Shape.LONG, 5)] == [[1, 3], [0, 2, 4], [1], [0, 4], [1, 3]]
    assert [sorted(near) for near in beside(Shape.ROUND, 2)] == [[1], [0]]
    assert beside(Shape.ROUND, 1) == [frozenset()]


def test_honours_begin_in_the_middle_and_go_right_first() -> None:
    assert honours(Shape.ROW, 5) == [4, 2, 0, 1, 3]
    assert honours(Shape.ROUND, 5) == [0, 1, 3, 4, 2]
    assert honours(Shape.LONG, 6) == [4, 0, 2, 5, 1, 3]


@given(st.sampled_from(Shape), st.integers(1, 60))
def test_tables_are_symmetric_and_every_place_has_its_honour(shape: Shape, count: int) -> None:
    near = beside(shape, count)
    assert all(seat in near[other] for seat in range(count) for other in near[seat])
    assert all(seat not in near[seat] for seat in range(count))
    assert sorted(honours(shape, count)) == list(range(count))


def test_check_names_rule_and_people() -> None:
    places = [*table(Shape.ROW, 3), *table(Shape.ROW, 2, block=1, first=3)]
    diners = [Diner(n, n, frozenset({"en"} if n != 2 else {"zh"})) for n in range(5)]
    rules = [
        Rule(1, Kind.APART, frozenset({0, 1})),
        Rule(2, Kind.APART, frozenset({0, 2}), whole_block=True),
        Rule(3, Kind.TOGETHER, frozenset({0, 3})),
        Rule(4, Kind.TOGETHER, frozenset({3, 4}), whole_block=True),
        Rule(5, Kind.LANGUAGE),
    ]
    assert check(places, diners, rules, {n: n for n in range(5)}) == [
        Violation(1, (0, 1)),
        Violation(2, (0, 2)),
        Violation(3, (0,)),
        Violation(3, (3,)),
        Violation(5, (2,)),
    ]


def test_who_is_not_seated_or_speaks_nothing_known_breaks_nothing() -> None:
    places = table(Shape.ROW, 2)
    diners = [Diner(0, 0), Diner(1, 1, frozenset({"en"})), Diner(2, 2, frozenset({"zh"}))]
    rules = [Rule(1, Kind.LANGUAGE), Rule(2, Kind.APART, frozenset({1, 2}))]
    assert check(places, diners, rules, {0: 0, 1: 1}) == []


def test_proposal_follows_the_order_where_nothing_is_against_it() -> None:
    places = table(Shape.ROW, 3)
    assert propose(places, [Diner(7, 1), Diner(8, 2), Diner(9, 3)], []) == {7: 1, 8: 2, 9: 0}


def test_proposal_parts_rivals_and_leaves_locked_seats() -> None:
    places = table(Shape.ROUND, 6)
    diners = [Diner(n, n) for n in range(6)]
    rules = [Rule(1, Kind.APART, frozenset({0, 1}))]
    seated = propose(places, diners, rules, {0: 0})
    assert seated[0] == 0
    assert seated[1] not in places[0].beside
    assert check(places, diners, rules, seated) == []


def test_proposal_moves_others_away_from_a_locked_guest() -> None:
    places = table(Shape.ROW, 4)
    diners = [
        Diner(0, 0, frozenset({"zh"})),
        *(Diner(n, n, frozenset({"en"})) for n in (1, 2)),
        Diner(3, 3, frozenset({"zh"})),
    ]
    seated = propose(places, diners, [Rule(1, Kind.LANGUAGE, frozenset({0}))], {0: 0})
    assert seated[3] == 1


def test_last_in_the_order_gets_no_seat_where_seats_are_too_few() -> None:
    assert propose(table(Shape.ROW, 2), [Diner(1, 1), Diner(2, 2), Diner(3, 3)], []) == {1: 0, 2: 1}


@st.composite
def problems(draw: st.DrawFn) -> tuple[list[Place], list[Diner], list[Rule], dict[int, int]]:
    sizes = draw(st.lists(st.integers(1, 6), min_size=1, max_size=3))
    places: list[Place] = []
    for block, size in enumerate(sizes):
        places += table(draw(st.sampled_from(Shape)), size, block, len(places))
    langs = st.frozensets(st.sampled_from(["en", "zh", "fr"]), max_size=2)
    count = draw(st.integers(0, len(places) + 2))
    diners = [Diner(n, draw(st.integers(0, 9)), draw(langs)) for n in range(count)]
    groups = st.frozensets(st.integers(0, max(0, count - 1)), max_size=4)
    rules = [
        Rule(n, kind, draw(groups), draw(st.booleans()))
        for n, kind in enumerate(draw(st.lists(st.sampled_from(Kind), max_size=5)))
    ]
    known = [Rule(r.id, r.kind, r.diners if count else frozenset(), r.whole_block) for r in rules]
    locked_diners = draw(st.lists(st.sampled_from(range(count)), unique=True, max_size=2)) if count else []
    locked_places = draw(st.permutations(range(len(places))))
    return places, diners, known, dict(zip(locked_diners, locked_places, strict=False))


@settings(max_examples=60)
@given(problems())
def test_proposal_seats_each_once_keeps_locks_and_is_no_worse_than_the_order(
    problem: tuple[list[Place], list[Diner], list[Rule], dict[int, int]],
) -> None:
    places, diners, rules, locked = problem
    seated = propose(places, diners, rules, locked)
    assert len(set(seated.values())) == len(seated) == min(len(places), len(diners))
    assert {diner: seated[diner] for diner in locked} == locked
    assert seated == propose(places, diners, rules, locked)
    start = propose(places, diners, [], locked)
    assert len(check(places, diners, rules, seated)) <= len(check(places, diners, rules, start))


@pytest.mark.parametrize("shape", list(Shape))
def test_one_seat_is_a_table(shape: Shape) -> None:
    assert honours(shape, 1) == [0]
