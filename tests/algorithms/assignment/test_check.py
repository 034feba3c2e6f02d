from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.algorithms.assignment import Breach, Fault, Juror, Result, breaches, check
from summitry.algorithms.assignment.solve import run
from tests.algorithms.assignment.problems import broken, problem, problems, result


@settings(max_examples=60, deadline=None)
@given(problems(), st.data())
def test_breaches_are_found_if_and_only_if_a_rule_is_broken(asked, data):
    pairs = [(entry.key, juror.key) for entry in asked.entries for juror in asked.jurors]
    chosen = data.draw(st.lists(st.sampled_from(pairs), unique=True))
    assert bool(breaches(asked, chosen)) == bool(broken(asked, chosen))
    answer = run(asked)
    if isinstance(answer, Result):
        assert check(asked, answer) == ()


def test_every_fault_is_named():
    jurors = (
        Juror(20, 1, organisation="a", entity="x"),
        Juror(21, 1, organisation="a", entity="x"),
        Juror(22, 3, least=3),
    )
    asked = problem(
        [[1, 1, 1], [1, 1, 1]],
        reads=2,
        jurors=jurors,
        per_organisation=1,
        per_entity=1,
        barred={(10, 21): ("declared",)},
        kept=frozenset({(11, 22)}),
    )
    assert breaches(asked, [(10, 20), (10, 21), (11, 20), (12, 22)]) == (
        Breach(Fault.BARRED, 10, 21),
        Breach(Fault.ENTITY_CAP, 10),
        Breach(Fault.LOAD, juror=20),
        Breach(Fault.LOAD, juror=22),
        Breach(Fault.LOST, 11, 22),
        Breach(Fault.ORGANISATION_CAP, 10),
        Breach(Fault.READS, 11),
        Breach(Fault.UNKNOWN, 12, 22),
    )


def test_figures_that_are_not_those_of_the_pairs_are_found():
    asked = problem([[4000, 6000]])
    found = result(run(asked))
    assert check(asked, found) == ()
    for wrong in (replace(found, total=1), replace(found, worst=1), replace(found, bound=5999)):
        assert check(asked, wrong) == (Breach(Fault.FIGURES),)
    assert check(asked, replace(found, pairs=((99, 20),)))[-1] == Breach(Fault.UNKNOWN, 99, 20)
