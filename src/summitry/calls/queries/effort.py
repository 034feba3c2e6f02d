"""Planning the effort of a jury: what is asked of the planner, and its answer as a table."""

from __future__ import annotations

from dataclasses import dataclass

from summitry.algorithms.calibration.plain import result_from as calibration_from
from summitry.algorithms.effort.plain import result_from
from summitry.algorithms.effort.types import Forecast, Habits, Plan, Stage, habits_of
from summitry.calls.enums import IN_PLAY, ComputationState, EntryState, JurorState, RoundKind, Task
from summitry.calls.models import Call, Computation, Criterion, Entry, Juror, Round
from summitry.calls.queries.computations import answer_of
from summitry.calls.queries.rounds import rounds_of
from summitry.calls.record.seeds import derived_seed

COUNTED = IN_PLAY | {
    EntryState.SUBMITTED,
    EntryState.RETURNED,
    EntryState.NOT_ADVANCED,
    EntryState.NOT_SELECTED,
}
DEFAULT_STAGES = ((2, 1.0), (3, 0.5), (10, 0.15))
"""The rounds that are suggested where a call has none."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants planned: `stages` are (reads, entries), first all of them."""

    entries: int
    jurors: int
    places: int
    stages: tuple[tuple[int, int], ...]


def wish_of(call: Call) -> Wish:
    """Return a call's entries, jurors, places and rounds as they are (four queries)."""
    entries = Entry.objects.filter(call=call, state__in=COUNTED).count()
    jurors = Juror.objects.filter(call=call, state=JurorState.ACCEPTED).count()
    desk = [each for each in rounds_of(call) if each.kind == RoundKind.DESK]
    stages, size = [], entries
    for each in desk:
        stages.append((each.reads, size))
        size = min(size, each.places or call.places)
    if not stages:
        stages = [(reads, max(call.places, round(share * entries))) for reads, share in DEFAULT_STAGES]
    return Wish(entries, jurors, call.places, tuple(stages))


def plan_of(call: Call, wish: Wish) -> Plan:
    """Return the plan of a wish, with the habits that the jury has shown. Raises ValueError where it contradicts itself."""
    return Plan(
        entries=wish.entries,
        jurors=wish.jurors,
        places=wish.places,
        stages=tuple(Stage(reads, min(1.0, size / max(1, wish.entries))) for reads, size in wish.stages),
        habits=habits_in(call),
        seed=derived_seed(call.seed, "effort", 0),
    )


def habits_in(call: Call) -> Habits:
    """Return the habits that the last calibration of a call found; the usual ones before any (two queries)."""
    ends = Criterion.objects.filter(round__call=call).values_list("lowest", "highest").first()
    steps = min(1001, ends[1] - ends[0] + 1) if ends else Habits().steps
    held = Computation.objects.filter(call=call, task=Task.CALIBRATION, state=ComputationState.IN_FORCE)
    newest = held.order_by("-number").first()
    if newest is None:
        return Habits(steps=steps)
    components = calibration_from(answer_of(newest)).components
    return habits_of(components, steps) if components.entry > 0 else Habits(steps=steps)


@dataclass(frozen=True, slots=True)
class Way:
    """One way to spend reads: its stages as (reads, entries), and what it is expected to bring."""

    stages: tuple[tuple[int, int], ...]
    forecast: Forecast
    is_asked: bool

    @property
    def code(self) -> str:
        """Its stages as a form carries them: "2x300,10x45"."""
        return ",".join(f"{reads}x{size}" for reads, size in self.stages)


def ways_of(computation: Computation, problem: dict[str, int]) -> list[Way]:
    """Return the plan that was asked for, then the others, best recall first."""
    outlook = result_from(answer_of(computation))
    found = [(outlook.forecast, True), *((each, False) for each in outlook.others)]
    return [Way(sizes_of(each, problem["entries"], problem["places"]), each, asked) for each, asked in found]


def sizes_of(forecast: Forecast, entries: int, places: int) -> tuple[tuple[int, int], ...]:
    """Return the stages of a forecast as reads and entries; never fewer entries than places."""
    plan = Plan(entries, 1_000_000, places, forecast.stages)
    return tuple((stage.reads, size) for stage, size in zip(plan.stages, plan.sizes, strict=True))


def desk_rounds(call: Call) -> list[Round]:
    """Return the rounds of a call in which jurors read."""
    return [each for each in rounds_of(call) if each.kind == RoundKind.DESK]
