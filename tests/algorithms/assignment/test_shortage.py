from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from summitry.algorithms.assignment import (
    BindingCap,
    BindingRule,
    Bottleneck,
    Change,
    Clash,
    Juror,
    KeptClash,
    Problem,
    Remedy,
    Shortage,
    ShortEntry,
    ShortJuror,
    Step,
    changed,
)
from summitry.algorithms.assignment.solve import run
from tests.algorithms.assignment.problems import assignments, broken, problem, problems, result


def shortage(asked: Problem) -> Shortage:
    answer = run(asked)
    assert isinstance(answer, Shortage), answer
    return answer


def check(asked: Problem, named: Shortage) -> None:
    """What must be true of every shortage: remedies do what they say, and one of them frees all."""
    assert named.missing or named.unreached or named.clashes
    assert sum(entry.missing for entry in named.entries) >= named.missing
    assert any(remedy.frees_all for remedy in named.remedies)
    for remedy in named.remedies:
        after = run(changed(asked, remedy.steps))
        if remedy.frees_all:
            assert broken(changed(asked, remedy.steps), result(after).pairs) == []
        else:
            assert isinstance(after, Shortage)
            assert after.missing == remedy.still_missing
            assert after.unreached == remedy.still_unreached
            assert len(after.clashes) == remedy.still_clashing


@settings(max_examples=40, deadline=None)
@given(problems())
def test_a_shortage_is_named_if_and_only_if_there_is_no_assignment(asked):
    answer = run(asked)
    assert isinstance(answer, Shortage) == (not list(assignments(asked)))
    if isinstance(answer, Shortage):
        check(asked, answer)


@settings(max_examples=40, deadline=None)
@given(problems())
def test_no_step_of_a_remedy_that_frees_all_could_be_left_out_or_be_smaller(asked):
    answer = run(asked)
    for remedy in answer.remedies if isinstance(answer, Shortage) else ():
        for at, step in enumerate(remedy.steps):
            before, after = remedy.steps[:at], remedy.steps[at + 1 :]
            smaller = (replace(step, by=step.by - 1),) if step.by > 1 else ()
            if remedy.frees_all:
                assert isinstance(run(changed(asked, (*before, *smaller, *after))), Shortage)


def test_a_minimum_that_a_raised_load_meets_is_not_lowered_too():
    """Reads that are wanting, a cap and a minimum that only the cap kept from being met: the cap alone frees all."""
    jurors = tuple(Juror(20 + at, 9, least=1, organisation="a") for at in range(2))
    asked = problem([[1, 1]], reads=2, jurors=jurors, per_organisation=1)
    named = shortage(asked)
    check(asked, named)
    assert (named.missing, named.unreached) == (1, 1)
    assert Remedy((Step(Change.RAISE_ORGANISATION_CAP, by=1),), 0, 0, 0) in named.remedies
    assert [[step.change for step in remedy.steps] for remedy in named.remedies if remedy.frees_all] == [
        [Change.RAISE_ORGANISATION_CAP],
        [Change.LOWER_READS, Change.LOWER_LEAST],
    ]


def test_a_cap_is_raised_no_further_than_it_helps():
    jurors = tuple(Juror(20 + at, 9, organisation="a") for at in range(6))
    named = shortage(problem([[1] * 6], reads=3, jurors=jurors, per_organisation=1))
    assert Remedy((Step(Change.RAISE_ORGANISATION_CAP, by=2),), 0, 0, 0) in named.remedies


def test_parts_of_reads_that_are_rounded_up_leave_a_remedy_that_frees_all():
    """Half a read may be drawn of each pair: one read less than asked for would do for the entries, but not for the juror."""
    asked = problem(
        [[1], [1]], jurors=(Juror(20, 4, least=1),), reads=1, mode="random", limit=0.5, per_entity=3
    )
    named = shortage(asked)
    assert (named.missing, named.unreached) == (1, 0)
    assert any(remedy.frees_all for remedy in named.remedies)


@settings(max_examples=10, deadline=None)
@given(problems(nested=False))
def test_a_shortage_is_named_where_caps_cross(asked):
    asked = replace(asked, per_organisation=1, per_entity=1)
    answer = run(asked)
    assert isinstance(answer, Shortage) == (not list(assignments(asked)))
    if isinstance(answer, Shortage):
        check(asked, answer)


def test_too_little_load_names_the_reads_and_the_load():
    asked = problem([[1, 1], [1, 1], [1, 1]], reads=2, most=2)
    named = shortage(asked)
    check(asked, named)
    assert (named.missing, named.unreached) == (2, 0)
    assert named.bottleneck == Bottleneck("reads", (10, 11, 12), (20, 21), need=6, give=4)
    raised = Remedy(
        (Step(Change.RAISE_MOST, juror=20, by=1), Step(Change.RAISE_MOST, juror=21, by=1)), 0, 0, 0
    )
    assert raised in named.remedies


def test_a_rule_that_leaves_too_few_is_named_with_its_pairs():
    asked = problem(
        [[1, 1, 1], [1, 1, 1]],
        reads=2,
        barred={(11, 20): ("country",), (11, 21): ("country",), (11, 22): ("country", "declared")},
    )
    named = shortage(asked)
    check(asked, named)
    assert named.entries == (ShortEntry(11, reads=2, missing=2, open=0),)
    assert named.bottleneck == Bottleneck("reads", (11,), (), need=2, give=0)
    assert named.rules == (
        BindingRule(("country",), pairs=2, frees=2, entries=(11,)),
        BindingRule(("country", "declared"), pairs=3, frees=2, entries=(11,)),
    )
    lifted = tuple(Step(Change.LIFT_RULES, entry=11, juror=juror, rules=("country",)) for juror in (20, 21))
    assert named.remedies[0].steps == (Step(Change.LOWER_READS, entry=11, by=2),)
    assert Remedy(lifted, 0, 0, 0) in named.remedies


def test_only_the_entries_that_compete_are_in_the_bottleneck():
    barred = {(entry, juror): ("declared",) for entry in (10, 11) for juror in (21, 22)}
    named = shortage(problem([[1, 1, 1]] * 4, most=1, barred=barred))
    assert named.missing == 1
    assert named.bottleneck == Bottleneck("reads", (10, 11), (20,), need=2, give=1)


def test_a_cap_that_binds_is_named_with_its_entries():
    jurors = tuple(Juror(20 + at, 5, organisation="a") for at in range(3))
    asked = problem([[1, 1, 1], [1, 1, 1]], reads=2, jurors=jurors, per_organisation=1)
    named = shortage(asked)
    check(asked, named)
    assert named.caps == (BindingCap("organisation", 1, frees=2, entries=(10, 11), jointly=False),)
    assert Remedy((Step(Change.RAISE_ORGANISATION_CAP, by=1),), 0, 0, 0) in named.remedies


def test_two_caps_that_bind_together_are_both_named():
    jurors = tuple(Juror(20 + at, 5, organisation="a", entity="x") for at in range(3))
    asked = problem([[1, 1, 1]], reads=2, jurors=jurors, per_organisation=1, per_entity=1)
    named = shortage(asked)
    check(asked, named)
    assert [(cap.kind, cap.frees, cap.jointly) for cap in named.caps] == [
        ("organisation", 1, True),
        ("entity", 1, True),
    ]


def test_a_minimum_that_cannot_be_reached_names_the_juror():
    jurors = (Juror(20, most=9, least=2), Juror(21, most=9))
    asked = problem([[1, 1], [1, 1]], jurors=jurors, barred={(10, 20): ("same_organisation",)})
    named = shortage(asked)
    check(asked, named)
    assert (named.missing, named.unreached) == (0, 1)
    assert named.jurors == (ShortJuror(20, least=2, reach=1),)
    assert named.bottleneck == Bottleneck("minimums", (), (20,), need=2, give=1)
    assert [rule.rules for rule in named.rules] == [("same_organisation",)]


def test_a_minimum_above_the_largest_load_is_named():
    asked = problem([[1], [1]], jurors=(Juror(20, most=2, least=3),))
    named = shortage(asked)
    check(asked, named)
    assert named.jurors == (ShortJuror(20, least=3, reach=2),)


def test_minimums_beyond_all_reads_are_named():
    asked = problem([[1, 1, 1]], least=1)
    named = shortage(asked)
    check(asked, named)
    assert (named.missing, named.unreached) == (0, 2)
    assert named.bottleneck == Bottleneck("minimums", (10,), (20, 21, 22), need=3, give=1)


@pytest.mark.parametrize(
    ("facts", "clash", "change"),
    [
        ({"barred": {(10, 20): ("declared",)}}, Clash.BARRED, Change.LIFT_RULES),
        ({"jurors": (Juror(20, 0), Juror(21, 9))}, Clash.JUROR_FULL, Change.RAISE_MOST),
        ({"reads": 0}, Clash.ENTRY_FULL, Change.RAISE_READS),
    ],
)
def test_kept_pairs_that_clash_are_named(facts, clash, change):
    asked = problem([[1, 1]], **facts, kept=frozenset({(10, 20)}))
    named = shortage(asked)
    check(asked, named)
    assert named.clashes == (KeptClash(10, 20, clash),)
    steps = [remedy.steps[0].change for remedy in named.remedies if remedy.frees_all]
    assert set(steps) >= {change, Change.RELEASE_KEPT}


def test_kept_pairs_beyond_a_cap_are_named():
    jurors = tuple(Juror(20 + at, 5, organisation="a", entity="x") for at in range(2))
    kept = frozenset({(10, 20), (10, 21)})
    asked = problem([[1, 2]], reads=2, jurors=jurors, per_organisation=1, per_entity=1, kept=kept)
    named = shortage(asked)
    check(asked, named)
    assert {one.clash for one in named.clashes} == {Clash.ORGANISATION_CAP, Clash.ENTITY_CAP}


def test_more_reads_than_jurors_is_named():
    asked = problem([[1, 1]], reads=3)
    named = shortage(asked)
    check(asked, named)
    assert named.entries == (ShortEntry(10, reads=3, missing=1, open=2),)


def test_no_jurors_at_all_is_named():
    asked = problem([[1, 1]], jurors=(Juror(20, 0), Juror(21, 0)))
    named = shortage(asked)
    check(asked, named)
    assert (
        Remedy((Step(Change.RAISE_MOST, juror=20, by=1),), 0, 0, 0) in named.remedies
        or Remedy((Step(Change.RAISE_MOST, juror=21, by=1),), 0, 0, 0) in named.remedies
    )
