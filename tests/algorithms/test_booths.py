"""Turns in the booth and the faults of a plan, checked against what interpreters' practice asks for."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.algorithms.booths import Booth, Fault, FaultKind, check, divide

EN = frozenset({"en"})


def booth(sitting: int = 1, lang: str = "fr", team: tuple[int, ...] = (1, 2), **facts: object) -> Booth:
    values: dict[str, object] = {"starts": 0, "ends": 3600, "spoken": EN, **facts}
    return Booth(sitting, lang, team=team, **values)  # type: ignore[arg-type] # a builder for tests


PAIRS = {n: frozenset({("en", "fr"), ("en", "zh"), ("fr", "zh"), ("zh", "fr")}) for n in range(1, 9)}


def faults(
    *booths: Booth, wanted: dict[int, frozenset[str]] | None = None, places: dict[int, int] | None = None
) -> list[Fault]:
    return check(booths, wanted or {}, places or {}, PAIRS)


def test_sound_plan_has_no_fault():
    assert faults(booth(), wanted={1: frozenset({"fr"})}, places={1: 1}) == []


@pytest.mark.parametrize(
    ("booths", "expected"),
    [
        ([booth(team=())], [Fault(1, FaultKind.NO_INTERPRETER, "fr")]),
        ([booth(team=(1,))], [Fault(1, FaultKind.ALONE, "fr", 1)]),
        ([booth(team=(1,), ends=2400)], []),
        ([booth(longest=1801)], [Fault(1, FaultKind.LONG_SHIFT, "fr")]),
        ([booth(team=(9, 1))], [Fault(1, FaultKind.WRONG_LANGUAGE, "fr", 9)]),
        ([booth(), booth(2, starts=1800, ends=5400, team=(2, 3))], [Fault(2, FaultKind.TWICE, "fr", 2, 1)]),
        ([booth(), booth(2, starts=4000, ends=5400, team=(2, 3))], [Fault(2, FaultKind.NO_REST, "fr", 2, 1)]),
        ([booth(), booth(2, starts=4500, ends=5400, team=(2, 3))], []),
        ([booth(relay="zh")], [Fault(1, FaultKind.RELAY_MISSING, "fr")]),
        ([booth(relay="zh"), booth(lang="zh", team=(3, 4))], []),
        (
            [booth(relay="zh"), booth(lang="zh", relay="fr", team=(3, 4))],
            [Fault(1, FaultKind.RELAY_CIRCLE, "fr"), Fault(1, FaultKind.RELAY_CIRCLE, "zh")],
        ),
    ],
)
def test_fault_is_found(booths: list[Booth], expected: list[Fault]):
    assert faults(*booths) == expected


def test_missing_language_and_too_few_booths_are_named():
    found = faults(
        booth(), booth(lang="zh", team=(3, 4)), wanted={1: frozenset({"fr", "zh", "ar"})}, places={1: 1}
    )
    assert found == [Fault(1, FaultKind.NO_BOOTH, "ar"), Fault(1, FaultKind.TOO_MANY_BOOTHS)]


@given(st.integers(0, 10**6), st.integers(1, 600), st.integers(1, 4))
def test_turns_cover_the_sitting_without_a_gap(start: int, minutes: int, people: int):
    team = list(range(1, people + 1))
    turns = divide(start, start + minutes * 60, team)
    assert (turns[0].starts, turns[-1].ends) == (start, start + minutes * 60)
    assert all(one.ends == two.starts for one, two in pairwise(turns))
    assert all(0 < turn.ends - turn.starts <= 30 * 60 for turn in turns)
    assert all((turn.ends - turn.starts) % 60 == 0 for turn in turns)
    if people > 1:
        assert all(one.interpreter != two.interpreter for one, two in pairwise(turns))


def test_sitting_without_time_or_interpreter_is_refused():
    for wrong in ((0, 0, [1]), (0, 60, [])):
        with pytest.raises(ValueError, match="is needed"):
            divide(*wrong)
