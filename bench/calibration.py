"""How well methods find the best entries out of a jury's scores: six invented scenarios, and half panels of real ratings.

Every method sees the same ratings. Recall is the share of the truly best among the method's best, tau Kendall's rank
correlation with the truth. For real ratings the truth is what the other half of the raters thought. Computed in a
process of its own with one thread. SUMMITRY_BENCH_SEEDS asks for another number of seeds than 24 (a quarter for F).
"""

import time
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from bench import rdata
from bench.alone import measured_alone, seeds, verdict
from bench.progress import note, step
from bench.rivals import RIVALS
from bench.scenarios import SCENARIOS
from bench.table import aligned, ratio_line
from summitry.algorithms.calibration import Problem, Rating, Result
from summitry.algorithms.calibration.solve import run as calibrated

ROOT = Path(__file__).parents[1]
RATINGS = ROOT.parent / "shared/data/selection/InstEval.rda"
SEEDS = seeds()
OURS = "ours"
METHODS = (*RIVALS, OURS)
BINS = (0.05, 0.2, 0.4, 0.6, 0.8, 1.001)
HALVES = 10
ENTRIES, READS, PLACES, TRUTH = 300, 8, 15, 15
"""Of a half-panel test: entries, ratings of each, places, and how many ratings of the other half make a truth."""

Reals = NDArray[np.float64]
Scores = dict[str, list[tuple[float, float]]]


def run() -> None:
    """Measure in a process of its own, so that its linear algebra keeps to one thread."""
    measured_alone("bench.calibration")


def measure() -> None:
    """Print both tables, how the chances came true, and the bars."""
    cases: list[tuple[float, bool]] = []
    found: dict[str, Scores] = {}
    band, seconds = [], {}
    for name, contest in SCENARIOS.items():
        count = SEEDS if not name.startswith("F") else max(1, SEEDS // 4)
        scores: Scores = defaultdict(list)
        took = []
        with step(f"{name}, {count} seeds"):
            for seed in range(count):
                played = contest(seed)
                size = len(played.worth)
                began = time.process_time()
                result = calibrated(
                    Problem(played.ratings, tuple(range(size)), played.places, 1, 10, seed=seed)
                )
                took.append(time.process_time() - began)
                compare(scores, played.ratings, played.worth, played.places, result)
                best = set(np.argsort(-played.worth)[: played.places].tolist())
                cases += [(each.chance, each.entry in best) for each in result.estimates]
                band.append(fmean(result.estimates[entry].chance > 0.1 for entry in best))
        found[name], seconds[name] = scores, float(np.median(took))
    print(table(found, seconds), "", reliability(cases, band), "", sep="\n")
    halves = half_panels()
    print(table({"InstEval, half panels": halves}, {}) if halves else "", "", sep="\n")
    print(*bars(found, halves, cases, band), "", sep="\n")
    ours = fmean(mean(scores, OURS)[1] for scores in found.values())
    theirs = fmean(mean(scores, "z")[1] for scores in found.values())
    print(
        ratio_line(
            ours / theirs, "recall of the best by Summitry's calibration against per-juror z-scores, A to F"
        )
    )


def compare(scores: Scores, ratings: Sequence[Rating], worth: Reals, places: int, result: Result) -> None:
    """Add tau and recall of every method."""
    for name, method in RIVALS.items():
        scores[name].append(quality(worth, method(ratings, len(worth)), places))
    ours = np.array([estimate.score for estimate in result.estimates])
    scores[OURS].append(quality(worth, ours, places))


def quality(worth: Reals, score: Reals, places: int) -> tuple[float, float]:
    """Kendall's tau-b and the recall of the best; ties at the line are broken by the order of entries, which means by lot."""
    upper = np.triu_indices(len(worth), 1)
    truth = np.sign(np.subtract.outer(worth, worth))[upper]
    guess = np.sign(np.subtract.outer(score, score))[upper]
    tau = float(truth @ guess) / float(np.sqrt((truth**2).sum() * max((guess**2).sum(), 1)))
    best = np.argsort(-worth, kind="stable")[:places]
    chosen = np.argsort(-score, kind="stable")[:places]
    return tau, len(np.intersect1d(best, chosen)) / places


def mean(scores: Scores, method: str) -> tuple[float, float]:
    """Mean tau and mean recall."""
    tau, recall = zip(*scores[method], strict=True)
    return fmean(tau), fmean(recall)


def table(found: dict[str, Scores], seconds: dict[str, float]) -> str:
    """One row per scenario, tau/recall by method, and the median CPU seconds of one calibration."""
    rows = [["scenario", "what", *METHODS, "CPU s"]]
    for name, scores in found.items():
        cells = [f"{tau:.3f}/{recall:.3f}" for tau, recall in (mean(scores, method) for method in METHODS)]
        rows.append([name, "tau/recall", *cells, f"{seconds[name]:.2f}" if name in seconds else ""])
    return aligned(rows)


def binned(cases: Sequence[tuple[float, bool]]) -> list[tuple[float, float, int]]:
    """By bin of chances: their mean, the share that came true, how many cases."""
    groups = []
    for low, high in pairwise(BINS):
        group = [(chance, true) for chance, true in cases if low <= chance < high]
        if group:
            groups.append(
                (fmean(chance for chance, _ in group), fmean(true for _, true in group), len(group))
            )
    return groups


def reliability(cases: Sequence[tuple[float, bool]], band: Sequence[float]) -> str:
    """How the chances came true."""
    came = ", ".join(f"{chance:.2f} -> {true:.2f} ({count})" for chance, true, count in binned(cases))
    return f"Chances and how many came true (cases): {came}. True winners with a chance above 0.1: {fmean(band):.3f}."


def half_panels() -> Scores | None:
    """Real ratings of lecturers: eight by one half of the raters, the truth by the other half."""
    if not RATINGS.exists():
        note(f"{RATINGS.name} is not beside the project: real ratings are left out")
        return None
    columns = rdata.frame(RATINGS, "InstEval")
    rater, entry, score = (np.asarray(columns[name]) for name in ("s", "d", "y"))
    scores: Scores = defaultdict(list)
    with step(f"half panels, {HALVES} splits"):
        for seed in range(HALVES):
            rng = np.random.default_rng(seed)
            ratings, worth = split(rng, rater, entry, score.astype(float))
            result = calibrated(Problem(ratings, tuple(range(len(worth))), PLACES, 1, 5, draws=100))
            compare(scores, ratings, worth, PLACES, result)
    return scores


def split(
    rng: np.random.Generator, rater: NDArray[np.int_], entry: NDArray[np.int_], score: Reals
) -> tuple[tuple[Rating, ...], Reals]:
    """Ratings of some entries by one half of the raters, and their means by the other half."""
    first = (rng.random(rater.max() + 1) < 0.5)[rater]
    enough = (np.bincount(entry[first], minlength=entry.max() + 1) >= READS) & (
        np.bincount(entry[~first], minlength=entry.max() + 1) >= TRUTH
    )
    chosen = rng.permutation(np.flatnonzero(enough))[:ENTRIES]
    ratings, worth = [], []
    for number, key in enumerate(chosen.tolist()):
        rows = rng.permutation(np.flatnonzero((entry == key) & first))[:READS].tolist()
        raters = rater[rows].tolist()
        ratings += [
            # A rater may have met a lecturer in several courses: each is a round of its own.
            Rating(number, by, float(score[row]), raters[:at].count(by) + 1)
            for at, (row, by) in enumerate(zip(rows, raters, strict=True))
        ]
        worth.append(score[(entry == key) & ~first].mean())
    return tuple(ratings), np.array(worth)


def bars(
    found: dict[str, Scores],
    halves: Scores | None,
    cases: Sequence[tuple[float, bool]],
    band: Sequence[float],
) -> list[str]:
    """What was asked for and what was measured, one line each."""
    recall = {
        name[0]: {method: mean(scores, method)[1] for method in METHODS} for name, scores in found.items()
    }
    gains = [(name, "raw", 0.05) for name in "ACE"] + [("B", "z", 0.08), ("D", "raw", -0.01)]
    lines = [
        verdict(f"{name}: recall over {rival}", recall[name][OURS] - recall[name][rival], least)
        for name, rival, least in gains
    ]
    if halves:
        lines.append(
            verdict("InstEval: tau over raw", mean(halves, OURS)[0] - mean(halves, "raw")[0], -0.015)
        )
    worst = max((abs(chance - true) for chance, true, count in binned(cases) if count >= 30), default=0.0)
    lines.append(verdict("chances: worst bin, negative distance", -worst, -0.1))
    lines.append(verdict("true winners with a chance above 0.1", fmean(band), 0.9))
    return lines


if __name__ == "__main__":
    measure()
