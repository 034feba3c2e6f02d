"""What the same number of reads finds, spread over rounds in different ways, and by pairwise judging.

300 entries, 1,500 reads by 40 jurors, 15 places. Rounds are ordered by raw means or by our calibration; "to the
contested" gives later reads as `effort.next_reads` proposes. Pairwise is Crowd-BT (see `crowd_bt`), 37 reads by each
juror as in all others. Computed in a process of its own with one thread. SUMMITRY_BENCH_SEEDS asks for other than 24 seeds.
"""

from collections.abc import Callable
from statistics import fmean

import numpy as np

from bench.alone import measured_alone, seeds, verdict
from bench.crowd_bt import crowd_bt
from bench.juries import Jury, Reals, dealt, jury, read
from bench.progress import step
from bench.rivals import raw_mean
from bench.table import aligned, ratio_line
from summitry.algorithms.calibration import Problem, Rating, Result
from summitry.algorithms.calibration.solve import run as calibrated
from summitry.algorithms.effort import Plan, Stage, next_reads, precedence
from summitry.algorithms.effort.forecast import forecast

SEEDS = seeds()
ENTRIES, JURORS, PLACES, TOTAL = 300, 40, 15, 1500
PLANS: dict[str, tuple[Stage, ...]] = {
    "one round of 5": (Stage(5),),
    "3, best 40 % +5": (Stage(3), Stage(5, 0.4)),
    "3, best 20 % +10": (Stage(3), Stage(10, 0.2)),
    "3, best 30 % +4, best 10 % +8": (Stage(3), Stage(4, 0.3), Stage(8, 0.1)),
    "2, best 50 % +3, best 15 % +10": (Stage(2), Stage(3, 0.5), Stage(10, 0.15)),
}
ROUNDS = PLANS["2, best 50 % +3, best 15 % +10"]
Outcome = tuple[float, float]


def run() -> None:
    """Measure in a process of its own, so that its linear algebra keeps to one thread."""
    measured_alone("bench.effort")


class Event:
    """One contest in play: who has read what, and all ratings so far."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self.worth: Reals = self.rng.normal(0, 1, ENTRIES)
        self.jurors: Jury = jury(self.rng, JURORS)
        self.ratings: tuple[Rating, ...] = ()
        self.done: frozenset[tuple[int, int]] = frozenset()
        self.number = 0

    def play(self, reads: dict[int, int]) -> None:
        """One more round."""
        self.number += 1
        pairs = dealt(self.rng, reads, range(JURORS), self.done)
        self.done |= frozenset(pairs)
        self.ratings += read(self.rng, self.worth, self.jurors, pairs, self.number)

    def calibrated(self) -> Result:
        """What all ratings say."""
        return calibrated(Problem(self.ratings, tuple(range(ENTRIES)), PLACES, 1, 10, draws=1000))

    def by_mean(self) -> list[int]:
        """Entries by raw mean, best first; worth is random, so their order breaks ties by lot."""
        return [int(entry) for entry in np.argsort(-raw_mean(self.ratings, ENTRIES), kind="stable")]

    def by_chance(self) -> list[int]:
        """Entries by their chance to be among the best."""
        return [each.entry for each in sorted(self.calibrated().estimates, key=precedence)]

    def outcome(self, order: list[int]) -> Outcome:
        """Recall of the truly best, and by how much the chosen are worse on average."""
        best = np.argsort(-self.worth)[:PLACES].tolist()
        chosen = order[:PLACES]
        lost = float(self.worth[best].mean() - self.worth[chosen].mean())
        return len(set(best) & set(chosen)) / PLACES, lost


def staged(seed: int, stages: tuple[Stage, ...], order: Callable[[Event], list[int]]) -> Outcome:
    """Play rounds in which a share of the entries goes on."""
    event = Event(seed)
    left = list(range(ENTRIES))
    for stage in stages:
        event.play(dict.fromkeys(sorted(left[: round(stage.share * ENTRIES)]), stage.reads))
        left = order(event)
    return event.outcome(left)


def contested(seed: int) -> Outcome:
    """Two reads each, then twice half of what is left to the contested band."""
    event = Event(seed)
    event.play(dict.fromkeys(range(ENTRIES), 2))
    for _ in range(2):
        event.play(next_reads(event.calibrated(), (TOTAL - 2 * ENTRIES) // 2, 1, 10))
    return event.outcome(event.by_chance())


def pairwise(seed: int) -> Outcome:
    """Crowd-BT with the same reads."""
    event = Event(seed)
    mu = crowd_bt(event.rng, event.worth, event.jurors, TOTAL // JURORS)
    return event.outcome([int(entry) for entry in np.argsort(-mu, kind="stable")])


def measure() -> None:
    """Print the table and the bars."""
    rows = [["plan", "order", "recall", "loss", "forecast"]]
    found: dict[str, Outcome] = {}

    def add(plan: str, order: str, play: Callable[[int], Outcome], expected: str = "") -> None:
        with step(f"{plan}, {order}, {SEEDS} seeds"):
            recall, loss = zip(*(play(seed) for seed in range(SEEDS)), strict=True)
        found[f"{plan}, {order}"] = fmean(recall), fmean(loss)
        rows.append([plan, order, f"{fmean(recall):.3f}", f"{fmean(loss):.3f}", expected])

    for name, stages in PLANS.items():
        add(name, "raw mean", lambda seed, stages=stages: staged(seed, stages, Event.by_mean))  # type: ignore[misc]
        expected = forecast(Plan(ENTRIES, JURORS, PLACES, stages))
        add(
            name,
            "calibrated",
            lambda seed, stages=stages: staged(seed, stages, Event.by_chance),  # type: ignore[misc]
            f"{expected.recall:.2f} ({expected.low:.2f}-{expected.high:.2f})",
        )
    add("2, then to the contested", "calibrated", contested)
    add("37 reads per juror, pairwise", "Crowd-BT", pairwise)
    print(aligned(rows), "", sep="\n")
    single, rounds = (
        found["one round of 5, raw mean"][0],
        found["2, best 50 % +3, best 15 % +10, calibrated"][0],
    )
    once, pairs = found["one round of 5, calibrated"][0], found["37 reads per juror, pairwise, Crowd-BT"][0]
    print(verdict("rounds against one round with raw means", rounds / single, 1.35))
    print(verdict("one calibrated round against Crowd-BT", once / pairs, 1.2), "", sep="\n")
    print(
        ratio_line(
            rounds / single,
            "recall of the best by calibrated rounds against one round with means, equal reads",
        )
    )


if __name__ == "__main__":
    measure()
