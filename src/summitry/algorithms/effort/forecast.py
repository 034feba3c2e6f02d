"""The expected outcome of a plan, by playing it: invented entries and jurors, the real calibration between the rounds."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from summitry.algorithms.calibration import Problem, Rating
from summitry.algorithms.calibration.chance import chances
from summitry.algorithms.calibration.model import fit
from summitry.algorithms.effort.types import Forecast, Plan

LARGE = 400
"""A contest of more entries is played in small: the same shares, reads and loads, fewer of everything."""
FEWEST_PLACES = 4
SWEEPS = 25
DRAWS = 400
REACH = 4.0
"""The scale of the played contests ends so many standard deviations of entries from its middle, on either side."""

Reals = NDArray[np.float64]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Played:
    """One contest: the share of the best among the chosen and the loss, of the plan and of one round with plain means."""

    recall: float
    loss: float
    single: float
    single_loss: float


def forecast(plan: Plan) -> Forecast:
    """What the plan is expected to bring; the same plan always has the same forecast."""
    small = reduced(plan)
    games = [played(small, np.random.default_rng([plan.seed, run])) for run in range(plan.runs)]
    recalls = sorted(game.recall for game in games)
    return Forecast(
        stages=plan.stages,
        reads=plan.reads,
        reads_per_juror=math.ceil(plan.reads / plan.jurors),
        recall=mean(game.recall for game in games),
        low=round(float(np.quantile(recalls, 0.05)), 4),
        high=round(float(np.quantile(recalls, 0.95)), 4),
        loss=mean(game.loss for game in games),
        single=mean(game.single for game in games),
        single_loss=mean(game.single_loss for game in games),
    )


def mean(values: Iterable[float]) -> float:
    """To four decimals, summed without regard to order."""
    listed = list(values)
    return round(math.fsum(listed) / len(listed), 4)


def reduced(plan: Plan) -> Plan:
    """The plan in small, where it is large; never with so few places that a recall would be a lottery."""
    factor = min(1.0, max(LARGE / plan.entries, FEWEST_PLACES / plan.places))
    if factor == 1:
        return plan
    needed = sum(stage.reads for stage in plan.stages)
    return replace(
        plan,
        entries=round(plan.entries * factor),
        places=max(1, round(plan.places * factor)),
        jurors=max(needed, round(plan.jurors * factor)),
    )


def played(plan: Plan, rng: np.random.Generator) -> Played:
    """Play one contest by the plan and, with the same jurors, in one round."""
    contest = Contest.invented(plan, rng)
    order = np.arange(plan.entries)
    ratings: list[Rating] = []
    for number, (stage, size) in enumerate(zip(plan.stages, plan.sizes, strict=True), start=1):
        ratings += contest.read(np.sort(order[:size]), np.full(size, stage.reads), number)
        order = contest.order(ratings, plan)
    each, extra = divmod(plan.reads, plan.entries)
    reads = np.minimum(each + (rng.permutation(plan.entries) < extra), plan.jurors)
    alone = Contest(contest.worth, contest.offset, contest.scale, contest.noise, contest.steps, rng)
    plain = plain_order(alone.read(np.arange(plan.entries), reads, 1), plan.entries, rng)
    best = np.argsort(-contest.worth, kind="stable")[: plan.places]
    return Played(
        *share_and_loss(contest.worth, best, order[: plan.places]),
        *share_and_loss(contest.worth, best, plain[: plan.places]),
    )


def share_and_loss(worth: Reals, best: Places, chosen: Places) -> tuple[float, float]:
    """How many of the best were chosen, and by how much the chosen are worse on average."""
    return len(np.intersect1d(best, chosen)) / len(best), float(worth[best].mean() - worth[chosen].mean())


def plain_order(ratings: list[Rating], entries: int, rng: np.random.Generator) -> Places:
    """Entries by their mean, best first, ties by lot."""
    entry = np.array([rating.entry for rating in ratings])
    score = np.array([rating.score for rating in ratings])
    means = np.bincount(entry, score, entries) / np.maximum(np.bincount(entry, minlength=entries), 1)
    return np.lexsort((rng.random(entries), -means))


class Contest:
    """Invented entries and jurors, and who has read what; worth has mean 0 and variance 1."""

    def __init__(
        self, worth: Reals, offset: Reals, scale: Reals, noise: Reals, steps: int, rng: np.random.Generator
    ) -> None:
        self.worth, self.offset, self.scale, self.noise = worth, offset, scale, noise
        self.steps, self.rng = steps, rng
        self.load = np.zeros(len(offset), dtype=np.int64)
        self.done = np.zeros((len(worth), len(offset)), dtype=bool)

    @classmethod
    def invented(cls, plan: Plan, rng: np.random.Generator) -> Contest:
        """Worth and habits by the plan's assumptions; a juror's noise varies by a third."""
        habits, size = plan.habits, plan.jurors
        return cls(
            worth=rng.standard_normal(plan.entries),
            offset=rng.standard_normal(size) * math.sqrt(habits.juror),
            scale=np.maximum(1 + rng.standard_normal(size) * math.sqrt(habits.scale), 0.1),
            noise=math.sqrt(habits.residual) * np.sqrt(5 / np.maximum(rng.chisquare(7, size), 0.5)),
            steps=habits.steps,
            rng=rng,
        )

    def read(self, entries: Places, reads: Places, number: int) -> list[Rating]:
        """Ratings by the jurors with the least to do who have not read the entry, ties by lot."""
        entry, juror = np.repeat(entries, reads), np.empty(int(reads.sum()), dtype=np.intp)
        end = np.cumsum(reads)
        for at, (key, count) in enumerate(zip(entries.tolist(), reads.tolist(), strict=True)):
            busy = np.where(self.done[key], np.inf, self.load + self.rng.random(len(self.load)))
            chosen = np.argsort(busy, kind="stable")[:count]
            self.done[key, chosen] = True
            self.load[chosen] += 1
            juror[end[at] - count : end[at]] = chosen
        rows = zip(entry.tolist(), juror.tolist(), self.scores(entry, juror).tolist(), strict=True)
        return [Rating(key, by, score, number) for key, by, score in rows]

    def scores(self, entry: Places, juror: Places) -> Reals:
        """Scores on the scale from 0 to steps - 1, one by one as given."""
        noise = self.rng.standard_normal(len(entry)) * self.noise[juror]
        felt = self.worth[entry] * self.scale[juror] + self.offset[juror] + noise
        last = self.steps - 1
        given: Reals = np.clip(np.rint((felt / REACH + 1) / 2 * last), 0, last)
        return given

    def order(self, ratings: list[Rating], plan: Plan) -> Places:
        """All entries by their chance to be among the best, ties by score."""
        problem = Problem(
            tuple(ratings), tuple(range(plan.entries)), plan.places, 0, self.steps - 1, DRAWS, plan.seed
        )
        fitted = fit(problem, SWEEPS)
        return np.lexsort((-fitted.posterior.entry, -chances(fitted, problem)))
