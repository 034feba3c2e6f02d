"""Two stage managers press at the same moment: one step is taken, and the other is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from summitry.foundation import clock
from summitry.foundation.errors import StaleState, SummitryError
from summitry.live.actions.arrival import set_arrival
from summitry.live.actions.booth_plan import set_team
from summitry.live.actions.cues import draft_cues
from summitry.live.actions.run import next_cue, step_back
from summitry.live.errors import RunMovedOn, SheetNotEmpty
from summitry.live.models import Cue, Run, Shift
from summitry.programme.models import Appearance, Session
from tests.at_once import at_once
from tests.live.make import House, make_house, make_interpreters, make_plan, make_sheet
from tests.programme.make import SYSTEM, at

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture
def house() -> House:
    return make_house()


def at_nine(*acts: Callable[[], object]) -> list[type[SummitryError] | None]:
    """Run all acts at the same time, at nine o'clock, and return what each was refused with."""
    with clock.frozen(at(9).astimezone(dt.UTC)):
        return at_once(*acts)


def rain() -> Session:
    return Session.objects.select_related("edition").get(code="rain")


def begun() -> list[str]:
    return [str(cue.what) for cue in Cue.objects.filter(started_at__isnull=False)]


def test_next_pressed_twice_at_once_starts_one_cue(house):
    make_sheet(house)
    refused = at_nine(*(lambda: next_cue(rain(), by=SYSTEM, revision=0) for _ in range(3)))
    assert sorted(refused, key=str) == sorted([None, RunMovedOn, RunMovedOn], key=str)
    assert (begun(), Run.objects.get().revision) == (["Doors open"], 1)


def test_next_and_back_at_once_take_one_step(house):
    make_sheet(house)
    next_cue(rain(), by=SYSTEM)
    refused = at_nine(
        lambda: next_cue(rain(), by=SYSTEM, revision=1), lambda: step_back(rain(), by=SYSTEM, revision=1)
    )
    assert sorted(refused, key=str) == sorted([None, RunMovedOn], key=str)
    assert begun() == (["Doors open", "Opening"] if refused[0] is None else [])
    assert Run.objects.get().revision == 2


def test_sheet_drafted_twice_at_once_is_drafted_once(house):
    refused = at_nine(*(lambda: draft_cues(rain(), by=SYSTEM) for _ in range(2)))
    assert sorted(refused, key=str) == sorted([None, SheetNotEmpty], key=str)
    assert Cue.objects.count() == 5


def test_person_is_noted_by_one_of_two(house):
    make_sheet(house)
    part = Appearance.objects.select_related("session", "person")[0]
    refused = at_nine(
        *(
            lambda state=state: set_arrival(part, state, by=SYSTEM, expected="expected")
            for state in ("arrived", "missing")
        )
    )
    assert sorted(refused, key=str) == sorted([None, StaleState], key=str)


def test_team_set_by_two_at_once_is_set_by_one(house):
    one, two, three = make_interpreters(house, "fr", "fr", "fr")
    plan = make_plan(house, "fr", one)
    refused = at_nine(
        *(
            lambda other=other: set_team(plan, [one, other], by=SYSTEM, expected=[one.pk])
            for other in (two, three)
        )
    )
    assert sorted(refused, key=str) == sorted([None, StaleState], key=str)
    winner = (two, three)[refused.index(None)]
    assert set(Shift.objects.values_list("interpreter", flat=True)) == {one.pk, winner.pk}
