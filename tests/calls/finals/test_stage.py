"""The stage of a final: its plan, the order, and one step at a time."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from summitry.algorithms.selection import lottery
from summitry.calls.actions.advancing import decide_round
from summitry.calls.actions.ballot import RevealClosed
from summitry.calls.actions.counting import close_ballots, count_ballots, reopen_ballots
from summitry.calls.actions.final import (
    CannotPlan,
    draw_order,
    move_pitch,
    order_pitches,
    plan_final,
    update_final,
)
from summitry.calls.actions.final_stage import (
    NoStep,
    begin_clock,
    begin_questions,
    next_pitch,
    start_final,
    step_back,
    stop_clock,
    unveil_place,
    veil_place,
)
from summitry.calls.enums import FinalState, RoundState, StepKind
from summitry.calls.models import Entry, Final, Pitch, Round, Standing, Step
from summitry.calls.queries.finals import stage_of, unveiled_places, voters_of
from summitry.calls.record.canonical import digest
from summitry.calls.record.seeds import derived_seed
from summitry.foundation import clock
from summitry.foundation.errors import InvalidInput, PermissionRefused, StaleState, TransitionRefused
from summitry.rehearsal.build_final import build_final
from tests.at_once import at_once
from tests.calls.finals.hall import Hall, make_hall
from tests.calls.make import SYSTEM, make_call, make_round

pytestmark = pytest.mark.django_db


def states(hall: Hall) -> list[str]:
    return list(Pitch.objects.filter(final=hall.final).order_by("position").values_list("state", flat=True))


def order(hall: Hall) -> list[int]:
    return list(
        Pitch.objects.filter(final=hall.final).order_by("position").values_list("entry_id", flat=True)
    )


def test_a_planned_final_holds_every_entry_of_its_round_in_the_order_of_numbers() -> None:
    hall = make_hall(starts=False)
    assert order(hall) == [entry.pk for entry in hall.entries]
    assert (hall.final.state, set(states(hall))) == (FinalState.PLANNED, {"waiting"})


def test_only_a_live_round_has_a_final_and_only_one() -> None:
    hall = make_hall(starts=False)
    with pytest.raises(CannotPlan):
        plan_final(hall.final.round, by=SYSTEM)
    with pytest.raises(CannotPlan):
        plan_final(make_round(make_call()), by=SYSTEM)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"seconds": 3}, "seconds"),
        ({"public_share": 101}, "public_share"),
        ({"vote_opens_at": dt.datetime(2026, 1, 2, tzinfo=dt.UTC), "vote_closes_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}, "vote_closes_at"),
    ],
)  # fmt: skip
def test_a_plan_that_has_no_meaning_is_refused_beside_its_field(facts: dict[str, Any], field: str) -> None:
    hall = make_hall(starts=False)
    with pytest.raises(InvalidInput) as refusal:
        update_final(hall.final, by=SYSTEM, **facts)
    assert list(refusal.value.fields) == [field]


def test_what_jurors_were_told_holds_once_the_final_runs() -> None:
    hall = make_hall()
    with pytest.raises(InvalidInput):
        update_final(hall.final, by=SYSTEM, ballot="pairs")
    update_final(hall.final, by=SYSTEM, seconds=90)
    assert hall.fresh().seconds == 90


def test_the_order_is_drawn_from_a_seed_that_the_record_names() -> None:
    hall = make_hall(entries=5, starts=False)
    draw_order(hall.final, by=SYSTEM)
    seed = str(derived_seed(hall.call.seed, "pitches", 1))
    keys = [entry.pk for entry in hall.entries]
    assert order(hall) == list(lottery(keys, 5, seed))
    step = Step.objects.filter(call=hall.call, kind=StepKind.LOTTERY).get()
    assert step.content == {
        "round": 1, "what": "pitches", "keys": keys, "places": 5, "drawn": order(hall), "seed": digest(seed),
    }  # fmt: skip
    draw_order(hall.final, by=SYSTEM)
    assert order(hall) == step.content["drawn"]


def test_the_order_is_set_by_hand_as_long_as_pitches_wait() -> None:
    hall = make_hall()
    first, second, third = (entry.pk for entry in hall.entries)
    order_pitches(hall.final, [third, first, second], by=SYSTEM)
    next_pitch(hall.final, by=SYSTEM)
    move_pitch(hall.final, second, -1, by=SYSTEM)
    assert order(hall) == [third, second, first]
    with pytest.raises(StaleState):
        order_pitches(hall.final, [third, first, second], by=SYSTEM)
    with pytest.raises(CannotPlan):
        draw_order(hall.final, by=SYSTEM)


def test_a_start_opens_the_round_and_brings_its_entries_to_the_jury() -> None:
    hall = make_hall()
    assert Round.objects.get(pk=hall.final.round_id).state == RoundState.READING
    assert set(Entry.objects.values_list("state", flat=True)) == {"judged"}
    with pytest.raises(TransitionRefused):
        start_final(hall.final, by=SYSTEM)


def test_pitches_follow_each_other_to_the_last() -> None:
    hall = make_hall(entries=2)
    next_pitch(hall.final, by=SYSTEM)
    assert states(hall) == ["on_stage", "waiting"]
    next_pitch(hall.final, by=SYSTEM)
    assert states(hall) == ["done", "on_stage"]
    assert next_pitch(hall.final, by=SYSTEM) is None
    assert states(hall) == ["done", "done"]
    with pytest.raises(NoStep):
        next_pitch(hall.final, by=SYSTEM)


def test_the_clock_stops_and_goes_on_where_it_was() -> None:
    hall = make_hall(seconds=300, question_seconds=60)
    start = clock.now()
    next_pitch(hall.final, by=SYSTEM)
    assert stage_of(hall.fresh()).clock.shown == "05:00"
    begin_clock(hall.final, by=SYSTEM)
    with clock.frozen(start + dt.timedelta(seconds=100)):
        stop_clock(hall.final, by=SYSTEM)
        with pytest.raises(NoStep):
            stop_clock(hall.final, by=SYSTEM)
    with clock.frozen(start + dt.timedelta(seconds=160)):
        stopped = stage_of(hall.fresh()).clock
        assert (stopped.is_running, stopped.shown) == (False, "03:20")
        begin_clock(hall.final, by=SYSTEM)
    with clock.frozen(start + dt.timedelta(seconds=360)):
        assert stage_of(hall.fresh()).clock.shown == "00:00"
        begin_questions(hall.final, by=SYSTEM)
    with clock.frozen(start + dt.timedelta(seconds=425)):
        late = stage_of(hall.fresh()).clock
        assert (late.phase, late.is_running, late.shown) == ("questions", True, "+00:05")


def test_a_step_back_undoes_the_last_step_and_no_more() -> None:
    hall = make_hall(entries=2)
    for step in (next_pitch, next_pitch, begin_clock, begin_questions):
        step(hall.final, by=SYSTEM)
    step_back(hall.final, by=SYSTEM)
    assert stage_of(hall.fresh()).clock.phase == "pitching"
    step_back(hall.final, by=SYSTEM)
    assert stage_of(hall.fresh()).clock.phase == "waiting"
    step_back(hall.final, by=SYSTEM)
    assert states(hall) == ["on_stage", "waiting"]
    step_back(hall.final, by=SYSTEM)
    assert states(hall) == ["waiting", "waiting"]
    with pytest.raises(NoStep):
        step_back(hall.final, by=SYSTEM)


def test_a_step_that_the_page_has_not_seen_is_refused() -> None:
    hall = make_hall()
    seen = hall.final.revision
    next_pitch(hall.final, by=SYSTEM, revision=seen)
    with pytest.raises(StaleState):
        next_pitch(hall.final, by=SYSTEM, revision=seen)
    assert states(hall) == ["on_stage", "waiting", "waiting"]


def test_jurors_do_not_run_the_stage() -> None:
    hall = make_hall()
    with pytest.raises(PermissionRefused):
        next_pitch(hall.final, by=hall.actor("ada"))


@pytest.mark.django_db(transaction=True)
def test_two_managers_who_press_next_at_once_call_one_pitch_up() -> None:
    hall = make_hall()
    seen = hall.final.revision

    def press() -> None:
        next_pitch(
            Final.objects.select_related("round__call").get(pk=hall.final.pk), by=SYSTEM, revision=seen
        )

    assert sorted(map(str, at_once(press, press))) == sorted(["None", str(StaleState)])
    assert states(hall) == ["on_stage", "waiting", "waiting"]


def test_places_are_revealed_from_the_last_one_up() -> None:
    hall = make_hall()
    hall.commit("ada", 5, 9, 7)
    close_ballots(hall.final, by=SYSTEM)
    hall.reveal("ada", 5, 9, 7)
    final = count_ballots(hall.fresh(), by=SYSTEM)
    assert unveiled_places(final) == []
    for _n in range(2):
        unveil_place(final, by=SYSTEM)
    assert [(place.rank, place.entry) for place in unveiled_places(hall.fresh())] == [
        (1, hall.entries[1]), (2, hall.entries[2]),
    ]  # fmt: skip
    with pytest.raises(NoStep):
        unveil_place(final, by=SYSTEM)
    veil_place(final, by=SYSTEM)
    assert [place.entry for place in unveiled_places(hall.fresh())] == [hall.entries[2]]


def test_the_chair_decides_the_round_by_the_ballots() -> None:
    hall = make_hall()
    hall.commit("ada", 5, 9, 7)
    close_ballots(hall.final, by=SYSTEM)
    hall.reveal("ada", 5, 9, 7)
    count_ballots(hall.fresh(), by=SYSTEM)
    decide_round(
        Round.objects.select_related("call__edition").get(pk=hall.final.round_id), by=hall.actor("chair")
    )
    found = Standing.objects.order_by("rank").values_list("entry_id", "stand")
    first, second, third = hall.entries
    assert list(found) == [(second.pk, "advanced"), (third.pk, "advanced"), (first.pk, "reserve")]


def test_ballots_are_taken_again_only_while_none_is_revealed() -> None:
    hall = make_hall()
    hall.commit("ada", 5, 9, 7)
    close_ballots(hall.final, by=SYSTEM)
    reopen_ballots(hall.fresh(), by=SYSTEM)
    close_ballots(hall.fresh(), by=SYSTEM)
    hall.reveal("ada", 5, 9, 7)
    with pytest.raises(RevealClosed):
        reopen_ballots(hall.fresh(), by=SYSTEM)


def test_the_demo_s_final_is_planned_with_a_jury_of_its_own() -> None:
    hall = make_hall(entries=4, starts=False)
    hall.final.delete()
    final = build_final(hall.call, SYSTEM)
    assert set(voters_of(final)) == set(hall.jurors.values())
    assert (final.state, final.public_share, final.pitches.count()) == (FinalState.PLANNED, 20, 4)
