"""The interpretation plan: turns that follow the schedule, exchanges that are kept, proposals, faults, clashes."""

from __future__ import annotations

import pytest

from summitry.foundation.errors import InvalidInput, PermissionRefused, StaleState
from summitry.live.actions.booth_plan import plan_booth, set_team, take_proposals, unplan_booth
from summitry.live.actions.interpreters import change_interpreter, engage_interpreters, set_booths
from summitry.live.actions.turns import swap_turns
from summitry.live.models import Booth, BoothPlan, Interpreter, Shift
from summitry.live.queries.interpretation import booths_by_room, planned, proposals
from summitry.programme.actions.schedule import draft_of, unplace_session
from summitry.programme.models import Version
from summitry.programme.queries.clash_lines import clashes_of
from tests.live.make import House, make_booths, make_house, make_interpreters, make_plan
from tests.programme.make import SYSTEM, at, place

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


def draft(house: House) -> Version:
    return draft_of(house.edition)


def turns(plan: BoothPlan) -> list[tuple[str, str, str]]:
    zone = plan.session.edition.zone
    return [
        (
            f"{one.starts_at.astimezone(zone):%H:%M}",
            f"{one.ends_at.astimezone(zone):%H:%M}",
            str(one.interpreter),
        )
        for one in Shift.objects.filter(plan=plan).select_related("interpreter__person")
    ]


def booth_lines(house: House) -> list[tuple[str, str]]:
    lines = clashes_of(draft(house), "en")
    return [(line.kind, line.sentence) for line in lines if line.kind.startswith("booths_")]


def test_team_takes_turns_of_at_most_half_an_hour(house):
    one, two = make_interpreters(house, "fr", "fr")
    plan = make_plan(house, "fr", one, two)
    assert turns(plan) == [("09:00", "09:30", "Interpreter 1"), ("09:30", "10:00", "Interpreter 2")]
    plan_booth(plan.session, "fr", by=SYSTEM, rotation_minutes=20)
    assert [begins for begins, _ends, _who in turns(plan)] == ["09:00", "09:20", "09:40"]


def test_turns_follow_the_session_and_vanish_with_its_place(house):
    one, two = make_interpreters(house, "fr", "fr")
    plan = make_plan(house, "fr", one, two)
    place(house.sessions["rain"], house.rooms["moon"], at(13), 60)
    assert [(begins, who) for begins, _ends, who in turns(plan)] == [
        ("13:00", "Interpreter 1"), ("13:30", "Interpreter 2"),
    ]  # fmt: skip
    unplace_session(draft(house), house.sessions["rain"], by=SYSTEM)
    assert turns(plan) == []


def test_exchanged_turns_move_along_and_are_flagged_where_they_cannot(house):
    one, two = make_interpreters(house, "fr", "fr")
    plan = make_plan(house, "fr", one, two)
    first, second = Shift.objects.filter(plan=plan).select_related("plan__session")
    swap_turns(first, second, by=SYSTEM)
    place(house.sessions["rain"], house.rooms["moon"], at(13), 60)
    assert [who for _begins, _ends, who in turns(plan)] == ["Interpreter 2", "Interpreter 1"]
    place(house.sessions["rain"], house.rooms["moon"], at(13), 90)
    plan.refresh_from_db()
    assert ([who[-1] for _begins, _ends, who in turns(plan)], plan.swaps_lost) == (["1", "2", "1"], True)


def test_turn_that_is_somebody_elses_by_now_is_not_exchanged(house):
    one, two, three = make_interpreters(house, "fr", "fr", "fr")
    plan = make_plan(house, "fr", one, two)
    first, second = Shift.objects.filter(plan=plan).select_related("plan__session")
    Shift.objects.filter(pk=second.pk).update(interpreter=three)
    with pytest.raises(StaleState):
        swap_turns(first, second, by=SYSTEM)
    assert Shift.objects.get(pk=first.pk).interpreter == one


def test_impossible_plans_are_refused(house):
    booths = make_booths(house)
    rain = house.sessions["rain"]
    one = make_interpreters(house, "fr")[0]
    for values in ({"relay": "fr"}, {"relay": "ar"}, {"rotation_minutes": 31}):
        with pytest.raises(InvalidInput):
            plan_booth(rain, "fr", by=SYSTEM, **values)
    with pytest.raises(InvalidInput):
        plan_booth(rain, "ar", by=SYSTEM, booth=booths[0])
    with pytest.raises(InvalidInput):
        make_plan(house, "fr", one, one)
    with pytest.raises(InvalidInput):
        engage_interpreters(house.edition, [(one.person, [])], by=SYSTEM)
    with pytest.raises(InvalidInput):
        change_interpreter(one, by=SYSTEM, pairs=[["en", "en"]])
    with pytest.raises(InvalidInput):
        set_booths(house.edition, {house.rooms["moon"]: 21}, by=SYSTEM)


def test_faults_are_clashes_with_people_and_sessions(house):
    make_booths(house, 1)
    one, two = make_interpreters(house, "fr", "zh")
    assert booth_lines(house) == []
    make_plan(house, "fr", one)
    make_plan(house, "fr", one, two, key="lamp")
    lines = dict(booth_lines(house))
    plain = {kind: sentence.replace("\u2068", "").replace("\u2069", "") for kind, sentence in lines.items()}
    assert plain == {
        "booths_twice": "“Lamps” (Mon 9 Nov, 09:00), French: Interpreter 1 works in “Rain and data” (Mon 9 Nov, 09:00) "
        "at the same time.",
        "booths_alone": "“Rain and data” (Mon 9 Nov, 09:00), French: Interpreter 1 works alone for more than 40 minutes.",
        "booths_wrong_language": "“Lamps” (Mon 9 Nov, 09:00), French: Interpreter 2 does not interpret into French from "
        "anything that is heard there.",
        "booths_no_booth": "“Rain and data” (Mon 9 Nov, 09:00) is to be interpreted into Chinese as well, for which no "
        "booth is planned.",
    }


def test_relay_and_rooms_are_checked(house):
    make_booths(house, 1)
    one, two = make_interpreters(house, "fr", "fr")
    three, four = make_interpreters(house, "zh", "zh")
    for who in (one, two):
        change_interpreter(who, by=SYSTEM, pairs=[["zh", "fr"]])
    plan_booth(make_plan(house, "fr", one, two).session, "fr", by=SYSTEM, relay="zh")
    assert {kind for kind, _sentence in booth_lines(house)} == {"booths_no_booth", "booths_relay_missing"}
    make_plan(house, "zh", three, four)
    assert [kind for kind, _sentence in booth_lines(house)] == ["booths_too_many_booths"]


def test_proposal_fills_gaps_and_is_taken_as_it_was_shown(house):
    make_booths(house)
    make_interpreters(house, "fr", "fr", "fr", "zh", "zh")
    state = planned(draft(house))
    found = proposals(
        state, [house.sessions[key].pk for key in ("rain", "lamp")], booths_by_room(house.edition)
    )
    assert [(one.lang, len(one.team), one.missing) for one in found] == [
        ("fr", 2, 0),
        ("zh", 2, 0),
        ("fr", 1, 1),
    ]
    assert BoothPlan.objects.count() == 0
    assert take_proposals(house.edition, found, by=SYSTEM) == 3
    assert [str(plan.booth) for plan in BoothPlan.objects.filter(session=house.sessions["rain"])] == [
        "Booth 1", "Booth 2",
    ]  # fmt: skip
    assert Shift.objects.count() == 6
    with pytest.raises(StaleState):
        take_proposals(house.edition, found, by=SYSTEM)


def test_booths_that_go_leave_the_plan(house):
    booths = make_booths(house)
    plan = make_plan(house, "fr", *make_interpreters(house, "fr", "fr"))
    plan_booth(plan.session, "fr", by=SYSTEM, booth=booths[2])
    make_booths(house, 2)
    plan.refresh_from_db()
    assert (plan.booth, Booth.objects.filter(room=house.rooms["moon"]).count()) == (None, 2)


def test_unplanned_booth_takes_team_and_turns_along(house):
    plan = make_plan(house, "fr", *make_interpreters(house, "fr", "fr"))
    unplan_booth(plan, by=SYSTEM)
    assert (BoothPlan.objects.count(), Shift.objects.count()) == (0, 0)


@pytest.mark.parametrize("who", ["viewer", "operator", "stream", "booth", "water", "guest"])
def test_only_planners_plan(house, who):
    one = make_interpreters(house, "fr")[0]
    plan = make_plan(house, "fr", one)
    shift = Shift.objects.filter(plan=plan).select_related("plan__session")[0]
    actor = house.actor(who)
    for refused in (
        lambda: plan_booth(house.sessions["rain"], "zh", by=actor),
        lambda: set_team(plan, [], by=actor),
        lambda: unplan_booth(plan, by=actor),
        lambda: swap_turns(shift, shift, by=actor),
        lambda: take_proposals(house.edition, [], by=actor),
        lambda: set_booths(house.edition, {}, by=actor),
        lambda: engage_interpreters(house.edition, [], by=actor),
        lambda: change_interpreter(one, by=actor, note="x"),
    ):
        with pytest.raises(PermissionRefused):
            refused()
    assert Interpreter.objects.count() == 1
