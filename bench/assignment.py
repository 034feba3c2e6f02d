"""Who reads what, at the size of a competition: the best, the fairest, a random assignment, a repair, and why there is none.

Measured on public matrices where they are at hand, and on a synthetic call of 1,000 entries and 150 jurors. The peer for time
is HiGHS, asked through scipy for the same optimum; MinMax and FairFlow are re-implemented, since openreview-matcher is not to
be had from PyPI. Everything is in one process; each side builds what it needs from the same problem.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from statistics import median
from typing import TypeVar

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, vstack

from bench.assignment_sets import WHOLE, Fault, faults, sets, synthetic
from bench.peers.matching import Case, Mask, fair_flow, min_max
from bench.progress import step
from bench.table import aligned, figure, ratio_line
from summitry.algorithms.assignment import Problem, Result, Shortage, changed, check
from summitry.algorithms.assignment.solve import run as solve

T = TypeVar("T")
ROUNDS = 5
SEEDS = (1, 2, 3, 4)
"""Seeds of the synthetic calls into which faults are put."""
LIMIT = 0.81
"""The probability limit at which Perturbed Maximization was published for AAMAS 2015."""


def run() -> None:
    """Measure all and print the tables and the ratio line."""
    asked = sets()
    plain, theirs, mine = best_table(asked)
    tables = {
        "Best: total affinity, and milliseconds (medians; HiGHS once)": plain,
        "Fair: affinity of the worst served entry, and total": fair_table(asked),
        "Caps, repair and chance": [
            ["what", "measured", "value"],
            *caps_rows(),
            *repair_rows(),
            *random_rows(asked),
        ],
        "Faults: problems without an assignment": fault_table(),
    }
    for title, rows in tables.items():
        print(title, aligned(rows), "", sep="\n")
    print(f"{os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}.", "")
    print(
        ratio_line(
            theirs / mine, "HiGHS through scipy against Summitry, time to the same optimum, all sets together"
        )
    )


def timed(action: Callable[[], T]) -> tuple[T, float]:
    """What it returns, and how many seconds it took."""
    start = time.perf_counter()
    found = action()
    return found, time.perf_counter() - start


def result(problem: Problem) -> Result:
    """The assignment, which must be one that breaks no rule."""
    found = solve(problem)
    if not isinstance(found, Result) or (faulty := check(problem, found)):
        raise OSError(f"An assignment was expected: {found if isinstance(found, Shortage) else faulty}")
    return found


def best_table(asked: dict[str, Problem]) -> tuple[list[list[str]], float, float]:
    """The totals and times of each set, and the times of HiGHS and of ours together."""
    rows = [["set", "size", "ours", "HiGHS", "same", "MinMax", "ours/MinMax", "ours ms", "HiGHS ms", "ratio"]]
    theirs = mine = 0.0
    for name, problem in asked.items():
        with step(f"best, {name}"):
            runs = [timed(lambda problem=problem: result(problem)) for _round in range(ROUNDS)]  # type: ignore[misc]
            found, took = runs[0][0], median(seconds for _found, seconds in runs)
            optimum, slow = timed(lambda problem=problem: by_highs(problem))  # type: ignore[misc]
            other = min_max(problem)
        theirs, mine = theirs + slow, mine + took
        short = "" if (other.sum(axis=0) >= Case(problem).least).all() else "*"
        rows.append(
            [
                name,
                f"{len(problem.entries)} x {len(problem.jurors)}",
                f"{found.total / WHOLE:.4f}",
                f"{optimum / WHOLE:.4f}",
                "yes" if found.total == found.bound == optimum else "NO",
                f"{total(problem, other) / WHOLE:.4f}{short}",
                f"{found.total / total(problem, other):.3f}",
                figure(took * 1000),
                figure(slow * 1000),
                figure(slow / took),
            ]
        )
    return rows, theirs, mine


def by_highs(problem: Problem) -> int:
    """The optimum by an integer program over the open pairs."""
    case = Case(problem)
    rows, columns = np.nonzero(case.open)
    pairs, ones = np.arange(len(rows)), np.ones(len(rows))
    matrix = vstack(
        [
            coo_array((ones, (rows, pairs)), shape=(len(case.reads), len(rows))),
            coo_array((ones, (columns, pairs)), shape=(len(case.most), len(rows))),
        ]
    )
    held = LinearConstraint(matrix, np.append(case.reads, case.least), np.append(case.reads, case.most))
    gain = case.affinity[rows, columns]
    answer = milp(-gain, integrality=ones, bounds=Bounds(0, 1), constraints=held)
    return round(float(gain @ np.round(answer.x)))


def total(problem: Problem, chosen: Mask) -> int:
    """The summed affinity of the pairs."""
    return int(problem.affinity[chosen].sum())


def fair_table(asked: dict[str, Problem]) -> list[list[str]]:
    """The floors and totals of ours and of FairFlow, as published and with ties broken for the total."""
    rows = [
        [
            "set",
            "remark",
            "bound",
            "worst",
            "total",
            "s",
            "FairFlow",
            "total",
            "s",
            "mindful",
            "total",
            "x total",
        ]
    ]
    for name, problem in asked.items():
        with step(f"fair, {name}"):
            found, took = timed(lambda problem=problem: result(replace(problem, mode="fair")))  # type: ignore[misc]
            other, slow = timed(lambda problem=problem: fair_flow(problem))  # type: ignore[misc]
            mindful = fair_flow(problem, mindful=True)
        worst = [int((problem.affinity * chosen).sum(axis=1).min()) for chosen in (other, mindful)]
        rows.append(
            [
                name,
                ", ".join(found.notes),
                f"{(found.worst_bound or 0) / WHOLE:.4f}",
                f"{found.worst / WHOLE:.4f}",
                f"{found.total / WHOLE:.2f}",
                figure(took),
                f"{worst[0] / WHOLE:.4f}",
                f"{total(problem, other) / WHOLE:.2f}",
                figure(slow),
                f"{worst[1] / WHOLE:.4f}",
                f"{total(problem, mindful) / WHOLE:.2f}",
                f"{found.total / total(problem, other):.3f}, {found.total / total(problem, mindful):.3f}",
            ]
        )
    return rows


def caps_rows() -> list[list[str]]:
    """What it costs that at most one juror of an organisation and two of an entity read an entry."""
    free, capped = synthetic(), replace(synthetic(), per_organisation=1, per_entity=2)
    with step("caps"):
        without, quick = timed(lambda: result(free))
        within, took = timed(lambda: result(capped))
    over = Counter(breach.fault for breach in check(capped, without))
    loss = 100 * (1 - within.total / without.total)
    return [
        [
            "caps",
            "entries over the cap of organisations, of entities, without",
            ", ".join(map(str, over.values())),
        ],
        ["caps", "with; affinity lost, %", f"0; {loss:.2f}"],
        ["caps", "seconds; times the time without", f"{took:.2f}; {took / quick:.1f}"],
    ]


def repair_rows() -> list[list[str]]:
    """Every tenth juror drops out when a third of the reviews have begun."""
    asked = synthetic()
    before = result(asked).pairs
    gone = {juror.key for juror in asked.jurors[::10]}
    stay = [pair for pair in before if pair[1] not in gone]
    left = [column for column, juror in enumerate(asked.jurors) if juror.key not in gone]
    repair = replace(
        asked,
        jurors=tuple(asked.jurors[column] for column in left),
        affinity=asked.affinity[:, left],
        barred={pair: rules for pair, rules in asked.barred.items() if pair[1] not in gone},
        kept=frozenset(stay[::3]),
        former=frozenset(before),
    )
    with step("repair"):
        mended, took = timed(lambda: result(repair))
    moved = len(set(stay) - set(mended.pairs))
    loss = 100 * (1 - mended.total / mended.bound)
    return [
        [
            "dropout of 10 %",
            "reviews to replace; of those that could stay, moved",
            f"{len(before) - len(stay)}; {moved}",
        ],
        ["dropout of 10 %", "affinity lost to keeping them, %; seconds", f"{loss:.2f}; {took:.2f}"],
    ]


def random_rows(asked: dict[str, Problem]) -> list[list[str]]:
    """Quality and spread of the probabilities: AAMAS 2015 as published, without minimum loads, and the synthetic call."""
    rows = []
    for name in ("aamas2015", "synthetic"):
        if name not in asked:
            continue
        jurors = tuple(
            replace(juror, least=0 if name == "aamas2015" else juror.least) for juror in asked[name].jurors
        )
        problem = replace(asked[name], jurors=jurors, mode="random", limit=LIMIT, seed=20_26)
        with step(f"random, {name}"):
            found, took = timed(lambda problem=problem: result(problem))  # type: ignore[misc]
        likeliest: dict[int, int] = {}
        for entry, _juror, share in found.probabilities:
            likeliest[entry] = max(share, likeliest.get(entry, 0))
        mean = sum(likeliest.values()) / len(likeliest) / WHOLE
        rows += [
            [
                f"random, {name}",
                f"expected share of the optimum at the limit {LIMIT}",
                f"{(found.expected or 0) / found.bound:.3f}",
            ],
            [
                f"random, {name}",
                "mean largest probability; pairs; seconds",
                f"{mean:.3f}; {len(found.probabilities)}; {took:.1f}",
            ],
        ]
    return rows


def fault_table() -> list[list[str]]:
    """Each kind of fault: how often it was named, with remedies that hold, and the slowest answer."""
    seen: dict[str, list[tuple[bool, float]]] = {}
    for seed in SEEDS:
        with step(f"faults of seed {seed}"):
            for fault in faults(seed):
                answer, took = timed(lambda fault=fault: solve(fault.asked))  # type: ignore[misc]
                seen.setdefault(fault.name, []).append((named(fault, answer), took))
    rows = [["fault", "cause named and freed", "slowest, s"]]
    rows += [
        [
            name,
            f"{sum(good for good, _took in cases)} of {len(cases)}",
            f"{max(took for _good, took in cases):.2f}",
        ]
        for name, cases in seen.items()
    ]
    every = [case for cases in seen.values() for case in cases]
    share = 100 * sum(good for good, _took in every) / len(every)
    return [*rows, ["all", f"{share:.0f} %", f"{max(took for _good, took in every):.2f}"]]


def named(fault: Fault, answer: Result | Shortage) -> bool:
    """Whether the cause is named, and an assignment found after each remedy that promises one."""
    if not isinstance(answer, Shortage) or not fault.names_it(answer):
        return False
    freeing = [remedy for remedy in answer.remedies if remedy.frees_all]
    return bool(freeing) and all(
        isinstance(solve(changed(fault.asked, remedy.steps)), Result) for remedy in freeing
    )
