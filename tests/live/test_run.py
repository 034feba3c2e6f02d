"""Running a session: steps, the way back, what was skipped, and what an overrun does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from summitry.foundation import clock
from summitry.foundation.access import system
from summitry.foundation.bus import Event, subscribe
from summitry.foundation.errors import InvalidInput, PermissionRefused, StaleState
from summitry.live.actions.arrival import set_arrival
from summitry.live.actions.overrun_watch import watch_overruns
from summitry.live.actions.run import finish_run, next_cue, skip_cue, step_back
from summitry.live.enums import ArrivalState, RunState
from summitry.live.errors import NothingToDo, RunMovedOn
from summitry.live.events import ArrivalSet, CueStarted, RunEvent, RunFinished, SessionOverran
from summitry.live.models import Arrival, Run
from summitry.live.queries.green_room import guests_of
from summitry.live.queries.rundown import Rundown, following_in_room, rundown_now
from summitry.programme.models import Appearance, Session
from tests.live.make import House, make_house, make_sheet
from tests.programme.make import SYSTEM, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    made = make_house()
    make_sheet(made)
    return made


@pytest.fixture
def told(django_capture_on_commit_callbacks) -> Iterator[list[Event]]:
    heard: list[Event] = []
    subscribe(RunEvent, heard.append, inside=True)
    yield heard
    heard.clear()


def rain(house: House) -> Session:
    return Session.objects.select_related("edition", "run").get(pk=house.sessions["rain"].pk)


def step(house: House, hour: int, minute: int) -> Rundown:
    with clock.frozen(at(hour, minute)):
        next_cue(rain(house), by=SYSTEM)
        return rundown_now(rain(house))


def times(run: Rundown) -> list[str]:
    zone = run.session.edition.zone
    return [f"{line.starts_at.astimezone(zone):%H:%M}" for line in run.lines]


def test_session_runs_from_doors_to_end(house):
    assert rundown_now(rain(house)).state is RunState.WAITING
    states = []
    for minute in (45, 60, 65, 95, 115, 120):
        run = step(house, 8, minute)
        states.append((str(run.running.cue.what) if run.running else "", str(run.state)))
    assert states == [
        ("Doors open", "running"), ("Opening", "running"), ("On rivers", "running"), ("On seas", "running"),
        ("Closing", "running"), ("", "done"),
    ]  # fmt: skip
    with pytest.raises(NothingToDo):
        next_cue(rain(house), by=SYSTEM)


def test_doors_opened_early_do_not_make_the_session_begin_early(house):
    run = step(house, 8, 40)
    assert times(run) == ["08:40", "09:00", "09:05", "09:35", "09:55"]


def test_overrun_ripples_through_the_sheet_and_into_the_next_session(house):
    for hour, minute in ((8, 45), (9, 0), (9, 5)):
        step(house, hour, minute)
    with clock.frozen(at(9, 55)):
        run = rundown_now(rain(house))
        after = following_in_room(run)
    assert (times(run)[3:], run.overrun_minutes, run.state) == (["09:55", "10:15"], 20, RunState.OVERRUN)
    assert after is not None
    assert (str(after.title), after.late_minutes) == ("Of wells", 5)


def test_outdated_step_is_refused_and_told_who_was_faster(house):
    next_cue(rain(house), by=system("Ann"), revision=0)
    with pytest.raises(RunMovedOn) as refused:
        next_cue(rain(house), by=SYSTEM, revision=0)
    assert str(refused.value) == "Ann was faster: “Doors open”. Nothing was changed."
    assert Run.objects.get().revision == 1


def test_back_undoes_one_step_after_the_other(house):
    for hour, minute in ((8, 45), (9, 0), (9, 5)):
        step(house, hour, minute)
    with clock.frozen(at(9, 6)):
        finish_run(rain(house), by=SYSTEM)
        states = []
        for _step in range(4):
            step_back(rain(house), by=SYSTEM)
            run = rundown_now(rain(house))
            states.append((str(run.running.cue.what) if run.running else "", str(run.state)))
    assert [what for what, _state in states] == ["On rivers", "Opening", "Doors open", ""]
    assert states[3][1] == "late"
    with pytest.raises(NothingToDo):
        step_back(rain(house), by=SYSTEM)
    assert [cue.started_at for cue in house.cues()] == [None] * 5


def test_cue_taken_back_runs_on_from_when_it_began(house):
    step(house, 8, 45)
    step(house, 9, 0)
    with clock.frozen(at(9, 1)):
        step_back(rain(house), by=SYSTEM)
    first = house.cues()[0]
    assert (first.started_at, first.ended_at) == (at(8, 45), None)


def test_skipped_cue_takes_no_time_and_can_come_back(house):
    step(house, 8, 45)
    river = house.cues()[2]
    skip_cue(river, by=SYSTEM)
    assert rundown_now(rain(house)).overrun_minutes == -30
    step(house, 9, 0)
    assert str(rundown_now(rain(house)).following.cue.what) == "On seas"  # type: ignore[union-attr]
    skip_cue(river, by=SYSTEM, is_skipped=False)
    assert str(rundown_now(rain(house)).following.cue.what) == "On rivers"  # type: ignore[union-attr]
    step(house, 9, 5)
    with pytest.raises(NothingToDo):
        skip_cue(river, by=SYSTEM)


def test_events_tell_what_happened(house, told):
    step(house, 8, 50)
    step(house, 9, 10)
    with clock.frozen(at(9, 30)):
        finish_run(rain(house), by=SYSTEM)
    first, second = house.cues()[:2]
    assert [(type(event), event.session_id) for event in told] == [
        (CueStarted, rain(house).pk), (SessionOverran, rain(house).pk), (CueStarted, rain(house).pk),
        (SessionOverran, rain(house).pk), (RunFinished, rain(house).pk),
    ]  # fmt: skip
    facts = [(e.cue_id, e.is_first, e.late_seconds) for e in told if isinstance(e, CueStarted)]
    assert facts == [(first.pk, True, 300), (second.pk, False, 600)]
    assert [e.minutes for e in told if isinstance(e, SessionOverran)] == [5, 10]
    assert [e.overrun_seconds for e in told if isinstance(e, RunFinished)] == [-1800]


def test_overrun_that_grows_by_itself_is_told_in_steps_of_five_minutes(house, told):
    for hour, minute in ((8, 45), (9, 0), (9, 5)):
        step(house, hour, minute)
    told.clear()
    for minute in (35, 41, 42, 47):
        with clock.frozen(at(9, minute)):
            watch_overruns.call()
    assert [e.minutes for e in told if isinstance(e, SessionOverran)] == [5, 10]


@pytest.mark.parametrize("who", ["viewer", "stream", "booth", "water", "guest"])
def test_others_do_not_run_the_session(house, who):
    for refused in (next_cue, step_back, finish_run):
        with pytest.raises(PermissionRefused):
            refused(rain(house), by=house.actor(who))
    with pytest.raises(PermissionRefused):
        skip_cue(house.cues()[0], by=house.actor(who))


def part(house: House, who: str) -> Appearance:
    return Appearance.objects.select_related("session", "person").get(person=house.people[who])


def test_arrival_is_noted_once_and_compared_with_what_was_seen(house, told):
    chen = part(house, "chen")
    set_arrival(chen, ArrivalState.LINKED, by=house.actor("stream"))
    set_arrival(chen, ArrivalState.LINKED, by=house.actor("stream"))
    with pytest.raises(StaleState):
        set_arrival(chen, ArrivalState.ON_STAGE, by=SYSTEM, expected=ArrivalState.EXPECTED)
    with pytest.raises(InvalidInput):
        set_arrival(chen, "asleep", by=SYSTEM)
    assert [(e.appearance_id, e.state) for e in told if isinstance(e, ArrivalSet)] == [(chen.pk, "linked")]
    assert Arrival.objects.get().state == "linked"


def test_green_room_tells_everybody_in_the_order_of_parts(house):
    set_arrival(part(house, "leila"), ArrivalState.GREEN_ROOM, by=SYSTEM)
    told = [
        (str(one.name), str(one.state), one.is_remote, one.is_ready) for one in guests_of(rain(house), "en")
    ]
    assert told == [
        ("Chen Sihan", "expected", True, False),
        ("Leïla Benslimane", "green_room", False, True),
    ]
    remote, there = guests_of(rain(house), "en")
    assert [value for value, _label in remote.choices] == [
        "expected",
        "linked",
        "on_stage",
        "gone",
        "missing",
    ]
    assert "linked" not in [value for value, _label in there.choices]


@pytest.mark.parametrize("who", ["viewer", "booth", "water", "guest"])
def test_others_do_not_note_arrivals(house, who):
    with pytest.raises(PermissionRefused):
        set_arrival(part(house, "chen"), ArrivalState.GONE, by=house.actor(who))


def test_session_without_cues_or_place_has_no_steps(house):
    for key in ("well", "far"):
        with pytest.raises(NothingToDo):
            next_cue(house.sessions[key], by=SYSTEM)
    assert rundown_now(house.sessions["far"]).state is RunState.NO_SHEET


def test_session_that_does_not_begin_is_late(house):
    with clock.frozen(at(9) + dt.timedelta(seconds=59)):
        assert rundown_now(rain(house)).state is RunState.WAITING
    with clock.frozen(at(9, 1)):
        assert rundown_now(rain(house)).state is RunState.LATE
