"""What is planned and what a plan is expected to bring."""

from __future__ import annotations

import math
from dataclasses import dataclass

from summitry.algorithms.calibration import Components

RUNS = 24
"""Invented contests behind a forecast; the standard error of its recall is then about 0.02."""
MOST_RUNS = 1000
MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Stage:
    """One round: `reads` for each of the best `share` of all entries (1 is all of them)."""

    reads: int
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Habits:
    """What is assumed of jurors: variances of offsets, of scales and of one read's noise where that of entries is 1.

    `steps` is how many different scores the scale has. The defaults give one read a reliability of 0.4, as measured at
    scientific conferences.
    """

    juror: float = 0.5
    scale: float = 0.06
    residual: float = 1.0
    steps: int = 10

    @property
    def reliability(self) -> float:
        """The share of one rating's variance that is the entry's."""
        return 1 / (1 + self.juror + self.residual)


def habits_of(components: Components, steps: int) -> Habits:
    """The habits that a calibration has found, for planning the next round or the next edition."""
    entry = max(components.entry, 1e-9)
    return Habits(
        juror=min(components.juror / entry, 100.0),
        scale=min(components.scale, 1.0),
        residual=min(max(components.residual / entry, 0.001), 100.0),
        steps=steps,
    )


@dataclass(frozen=True, slots=True)
class Plan:
    """Rounds for `entries`, of which `places` will be chosen, read by `jurors`.

    Raises ValueError where there is nothing to plan: no places, more places than entries, an entry read more often than
    there are jurors, a later stage larger than the one before.
    """

    entries: int
    jurors: int
    places: int
    stages: tuple[Stage, ...]
    habits: Habits = Habits()
    seed: int = 0
    runs: int = RUNS

    def __post_init__(self) -> None:
        """Refuse what cannot be played."""
        if not (1 <= self.places <= self.entries <= MOST and 1 <= self.jurors <= MOST):
            raise ValueError("there must be at least one place, one juror, and no more places than entries")
        if not self.stages:
            raise ValueError("a plan needs at least one stage")
        if not 1 <= self.runs <= MOST_RUNS or self.seed < 0:
            raise ValueError(f"the runs must be from 1 to {MOST_RUNS}, and the seed not negative")
        last = 1.0
        for number, stage in enumerate(self.stages, start=1):
            if stage.reads < 1:
                raise ValueError(f"stage {number} has no reads")
            if not 0 < stage.share <= last:
                raise ValueError(f"stage {number} must take a share of the entries of the stage before")
            last = stage.share
        if self.stages[0].share != 1:
            raise ValueError("the first stage must read all entries")
        if sum(stage.reads for stage in self.stages) > self.jurors:
            raise ValueError("an entry would be read more often than there are jurors")
        check_habits(self.habits)

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many entries each stage reads; never fewer than there are places."""
        return tuple(max(self.places, math.ceil(stage.share * self.entries - 1e-9)) for stage in self.stages)

    @property
    def reads(self) -> int:
        """All reads together."""
        return sum(stage.reads * size for stage, size in zip(self.stages, self.sizes, strict=True))


def check_habits(habits: Habits) -> None:
    """Raise ValueError for variances that are none, or a scale of one step."""
    variances = (habits.juror, habits.scale, habits.residual)
    if not all(math.isfinite(variance) and 0 <= variance <= 100 for variance in variances):
        raise ValueError("the variances of the jurors must lie between 0 and 100")
    if not 2 <= habits.steps <= 1001:
        raise ValueError("a scale has from 2 to 1,001 steps")


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a plan costs and brings.

    `reads_per_juror` is the load of the busiest juror when loads are even. `recall` is the expected share of the truly
    best among the chosen, and nine contests of ten end between `low` and `high`. `loss` is how much worse the chosen are
    than the best, on average, in standard deviations of entries. `single` and `single_loss` are what the same number of
    reads brings in one round with plain means.
    """

    stages: tuple[Stage, ...]
    reads: int
    reads_per_juror: int
    recall: float
    low: float
    high: float
    loss: float
    single: float
    single_loss: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """The forecast of a plan, and of other ways to spend no more reads, best recall first."""

    forecast: Forecast
    others: tuple[Forecast, ...]
