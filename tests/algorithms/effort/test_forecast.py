from dataclasses import replace

import pytest

from summitry.algorithms.calibration import Components
from summitry.algorithms.effort import Habits, Plan, Stage, habits_of
from summitry.algorithms.effort.forecast import forecast, reduced
from summitry.algorithms.effort.plain import as_plain, problem_from, problem_plain, result_from
from summitry.algorithms.effort.solve import alternatives, run

ROUNDS = (Stage(2), Stage(3, 0.5), Stage(8, 0.15))
PLAN = Plan(60, 16, 6, ROUNDS, runs=8)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"places": 0}, "at least one place"),
        ({"places": 61}, "no more places than entries"),
        ({"jurors": 12}, "more often than there are jurors"),
        ({"stages": ()}, "at least one stage"),
        ({"stages": (Stage(2, 0.5),)}, "the first stage must read all"),
        ({"stages": (Stage(2), Stage(2, 0.2), Stage(2, 0.3))}, "stage 3 must take"),
        ({"stages": (Stage(2), Stage(0, 0.5))}, "stage 2 has no reads"),
        ({"runs": 0}, "runs"),
        ({"seed": -1}, "seed"),
        ({"habits": Habits(juror=-1)}, "variances"),
        ({"habits": Habits(residual=float("nan"))}, "variances"),
        ({"habits": Habits(steps=1)}, "steps"),
    ],
)
def test_plan_refuses_what_cannot_be_played(change, said):
    with pytest.raises(ValueError, match=said):
        replace(PLAN, **change)


def test_reads_are_counted_over_all_stages():
    assert (PLAN.sizes, PLAN.reads) == ((60, 30, 9), 120 + 90 + 72)
    assert replace(PLAN, places=20).sizes == (60, 30, 20)


def test_plan_of_the_competition_costs_34_reads_per_juror():
    plan = Plan(1000, 150, 100, (Stage(2), Stage(3, 0.5), Stage(10, 0.15)), runs=1)
    seen = forecast(plan)
    assert (seen.reads, seen.reads_per_juror) == (5000, 34)


def test_large_plans_are_played_in_small():
    small = reduced(Plan(1000, 150, 100, ROUNDS))
    assert (small.entries, small.jurors, small.places) == (400, 60, 40)
    few = reduced(Plan(1000, 150, 4, ROUNDS))
    assert (few.entries, few.places) == (1000, 4)
    assert reduced(PLAN) == PLAN


def test_forecast_is_the_same_again_and_lies_within_its_interval():
    first = forecast(PLAN)
    assert forecast(PLAN) == first
    assert 0 <= first.low <= first.recall <= first.high <= 1
    assert first.loss >= 0
    assert forecast(replace(PLAN, seed=1)) != first


def test_rounds_find_more_than_one_round_and_better_jurors_more_than_worse():
    rounds = forecast(replace(PLAN, runs=16))
    better = forecast(replace(PLAN, runs=16, habits=Habits(juror=0.05, residual=0.3)))
    assert rounds.recall > rounds.single + 0.05
    assert rounds.loss < rounds.single_loss
    assert better.recall > rounds.recall + 0.05


def test_every_entry_is_found_where_all_are_chosen():
    everything = forecast(replace(PLAN, places=60, runs=1))
    assert (everything.recall, everything.loss, everything.single) == (1, 0, 1)


def test_alternatives_read_no_more_and_are_possible():
    found = list(alternatives(PLAN))
    assert len({plan.stages for plan in found} | {ROUNDS}) == len(found) + 1
    assert all(plan.reads <= PLAN.reads for plan in found)
    assert (Stage(4),) in {plan.stages for plan in found}


def test_outlook_orders_the_others_by_recall_and_tells_its_progress():
    told: list[tuple[float, str]] = []
    outlook = run(replace(PLAN, runs=2), lambda share, stage: told.append((share, stage)))
    recalls = [other.recall for other in outlook.others]
    assert outlook.forecast == forecast(replace(PLAN, runs=2))
    assert recalls == sorted(recalls, reverse=True)
    assert (told[0], told[-1]) == ((0.0, "forecast"), (1.0, "done"))
    assert result_from(as_plain(outlook)) == outlook


def test_plan_is_written_and_read_back():
    assert problem_from(problem_plain(PLAN)) == PLAN
    bare = {"entries": 60, "jurors": 16, "places": 6, "stages": [{"reads": 2, "share": 1}]}
    assert problem_from(bare) == Plan(60, 16, 6, (Stage(2),))


@pytest.mark.parametrize("value", [None, [], {}, {"entries": "60"}, problem_plain(PLAN) | {"habits": 3}])
def test_malformed_plan_is_refused(value):
    with pytest.raises(ValueError, match="must be"):
        problem_from(value)


@pytest.mark.parametrize("value", [{}, {"forecast": {"stages": []}, "others": []}])
def test_malformed_outlook_is_refused(value):
    with pytest.raises(ValueError, match=r"must be|not one of"):
        result_from(value)


def test_habits_are_those_a_calibration_has_found():
    found = habits_of(Components(level=6, entry=2, juror=1, scale=0.05, residual=3, evidence=0), steps=10)
    assert found == Habits(juror=0.5, scale=0.05, residual=1.5, steps=10)
    assert found.reliability == pytest.approx(1 / 3)
