"""Rounds: made, opened, closed in time; jurors told and reminded; plans of effort."""

from __future__ import annotations

import datetime as dt

import pytest

from summitry.calls.actions.planning import PlanNotTaken, forecast_soon, take_plan_over
from summitry.calls.actions.round import (
    RoundInUse,
    RoundNotReady,
    add_criterion,
    close_rounds_in_time,
    create_round,
    extend_round,
    fill_round,
    open_round,
    remove_round,
    update_round,
)
from summitry.calls.actions.seeds import commit_seed, reveal_seed
from summitry.calls.actions.telling_jurors import remind_jurors
from summitry.calls.enums import RoundKind, RoundState
from summitry.calls.models import Assignment, Computation, Criterion, Entry, Round, Step
from summitry.calls.queries.computations import problem_of
from summitry.calls.queries.effort import Wish, ways_of, wish_of
from summitry.calls.record.seeds import derived_seed, seed_digest
from summitry.foundation import clock
from summitry.foundation.errors import InvalidInput, PermissionRefused
from summitry.foundation.i18n import Text
from summitry.foundation.jobs import run_pending
from summitry.mailing.models import Letter
from tests.calls.make import SYSTEM, make_call, make_entry, make_round
from tests.calls.rounds.house import assigned, make_house, office

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(days=7)


def test_a_round_is_kept_until_jurors_read() -> None:
    call = make_call()
    by = office(call).actor()
    made = create_round(call, by=by, name=Text.of("First look"), reads=3)
    criterion = add_criterion(made, by=by, name=Text.of("Reach"), anchors={"10": "everywhere"})
    assert (made.number, criterion.slug) == (1, "criterion-1")
    with pytest.raises(InvalidInput):
        add_criterion(made, by=by, name=Text.of("Depth"), anchors={"11": "too much"})
    with pytest.raises(RoundNotReady, match="no entry is eligible"):
        open_round(made, by=by)
    with pytest.raises(PermissionRefused):
        update_round(made, by=office(call, "juror").actor(), reads=4)

    make_entry(call)
    open_round(made, by=by)
    assert [entry.state for entry in Entry.objects.filter(call=call)] == ["judged"]
    with pytest.raises(InvalidInput):
        update_round(made, by=by, reads=4)
    with pytest.raises(RoundInUse):
        add_criterion(made, by=by, name=Text.of("Depth"))
    with pytest.raises(RoundInUse):
        remove_round(made, by=by)
    remove_round(create_round(call, by=by, name=Text.of("Second look")), by=by)


def test_a_late_entry_comes_into_an_open_round() -> None:
    house = make_house(entries=1, jurors=1)
    open_round(house.round, by=SYSTEM)
    make_entry(house.call, "Late one")
    assert fill_round(house.round, by=SYSTEM) == 1
    assert set(house.round.standings.values_list("entry__state", flat=True)) == {"judged"}


def test_a_round_closes_at_its_end_and_opens_again() -> None:
    house = make_house(entries=1, jurors=1, closes_at=clock.now() + WEEK)
    open_round(house.round, by=SYSTEM)
    close_rounds_in_time.func()
    assert Round.objects.get().state == RoundState.READING
    with clock.frozen(clock.now() + 2 * WEEK):
        close_rounds_in_time.func()
        round_ = Round.objects.select_related("call").get()
        assert round_.state == RoundState.CLOSED
        extend_round(round_, closes_at=clock.now() + WEEK, by=SYSTEM)
        assert Round.objects.get().state == RoundState.READING
        with pytest.raises(InvalidInput):
            extend_round(round_, closes_at=clock.now() - WEEK, by=SYSTEM)


def test_jurors_are_told_and_reminded_once() -> None:
    house = make_house(entries=2, jurors=2, reads=1, closes_at=clock.now() + 3 * WEEK)
    for n, juror in enumerate(house.jurors):
        juror.person.email = f"juror-{n}@example.org"
        juror.person.save()
    assigned(house, [(0, 0), (1, 1)])
    assert Letter.objects.count() == 0
    open_round(house.round, by=SYSTEM)
    assert Letter.objects.count() == 2

    Assignment.objects.filter(juror=house.jurors[0]).update(state="submitted")
    with clock.frozen(clock.now() + 2 * WEEK + dt.timedelta(hours=1)):
        remind_jurors.func()
        remind_jurors.func()
    subjects = list(Letter.objects.order_by("pk").values_list("subject", flat=True))
    assert (len(subjects), "remember" in subjects[-1]) == (3, True)


def test_the_seed_is_committed_once_and_revealed_at_the_end() -> None:
    call = make_call()
    assert commit_seed(call) is not None
    assert commit_seed(call) is None
    reveal_seed(call)
    assert reveal_seed(call) is None
    told = [step.content for step in Step.objects.filter(call=call)]
    assert told == [{"digest": seed_digest(call.seed)}, {"seed": call.seed}]
    seeds = {derived_seed(call.seed, task, number) for task in ("a", "b") for number in (1, 2)}
    assert (len(seeds), all(0 <= seed < 2**62 for seed in seeds)) == (4, True)


@pytest.mark.django_db(transaction=True)
def test_a_plan_of_effort_is_forecast_and_taken_over() -> None:
    house = make_house(entries=12, jurors=6, reads=2)
    assert wish_of(house.call) == Wish(12, 6, 2, ((2, 12),))
    with pytest.raises(InvalidInput):
        forecast_soon(house.call, Wish(12, 2, 2, ((3, 12),)), by=SYSTEM)
    forecast_soon(house.call, Wish(12, 6, 2, ((1, 12), (2, 6))), by=SYSTEM)
    run_pending()
    computation = Computation.objects.get()
    assert (computation.state, computation.error) == ("proposed", "")
    asked = ways_of(computation, problem_of(computation))[0]
    assert (asked.code, asked.forecast.reads, asked.forecast.reads_per_juror) == ("1x12,2x6", 24, 4)

    take_plan_over(house.call, [(1, 12), (2, 6)], by=SYSTEM)
    rows = list(Round.objects.filter(call=house.call).values_list("number", "reads", "places"))
    assert rows == [(1, 1, 6), (2, 2, 0)]
    assert Criterion.objects.filter(round__number=2).count() == 1
    with pytest.raises(PlanNotTaken, match="more rounds"):
        take_plan_over(house.call, [(2, 12)], by=SYSTEM)
    make_round(house.call, 3, kind=RoundKind.LIVE)
    with pytest.raises(PlanNotTaken, match="live final"):
        take_plan_over(house.call, [(1, 12), (2, 6), (3, 4)], by=SYSTEM)
