"""Selections under quotas: exact, how fast, how fast again for every draw of the scores, and how fast a shortage is named.

The sizes are those of the three programmes (300 to 15, 200 to 12, 1,000 to 100) and one beyond. Beside us choose PuLP with its
CBC, from PyPI in an environment of its own, and CP-SAT of OR-tools, both with the same integer programme; what
re-selecting costs without our dual values is measured with scipy's `milp` for each draw. Every optimum is compared
with CP-SAT's, and on small selections with trying every subset.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from statistics import median
from typing import TypeVar

import numpy as np
from ortools.sat.python import cp_model
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from bench.ours import NAME, OursFailedError
from bench.peers import installing
from bench.peers.installing import ROOT, PeerFailedError, called, inherited, once
from bench.progress import step
from bench.table import aligned, figure, ratio_line
from summitry.algorithms.selection import Candidate, Problem, Quota, Shortage
from summitry.algorithms.selection.board import Board
from summitry.algorithms.selection.chances import chances, draws
from summitry.algorithms.selection.choose import run as choose
from summitry.algorithms.selection.exact import Optimum, Solver
from summitry.algorithms.selection.order import smallest

T = TypeVar("T")

VERSION = "3.3.0"
REQUIREMENT = f"pulp=={VERSION}"
PULP = f"PuLP {VERSION}"
HOME = ROOT / "var" / "bench" / "pulp"
PYTHON = HOME / "environment" / "bin" / "python"
ROUNDS = 5
DRAWS = 500
SAMPLED = 25
BAR = 0.1
"""CPU seconds in which 100 of 1,000 are chosen."""

SHORTAGE_BAR = 5.0
"""Seconds in which a shortage is named (the slowest)."""

# Entries, places, and per dimension how many labels, least and most of each.
SIZES: tuple[tuple[int, int, tuple[tuple[int, int, int], ...]], ...] = (
    (300, 15, ((9, 1, 3), (25, 0, 2), (4, 2, 8))),
    (200, 12, ((5, 1, 4),)),
    (1000, 100, ((6, 8, 30), (20, 1, 12), (4, 5, 60))),
    (5000, 200, ((9, 5, 50), (40, 1, 20))),
)
LINES = 6
DECIDING = 2
"""Which of the sizes the bar and the ratio are about."""


def run() -> None:
    """Measure every size, count what is exact, and print the table and the ratio line."""
    HOME.mkdir(parents=True, exist_ok=True)
    once(HOME / "installed", f"{sys.version} {REQUIREMENT}", install)
    rows = [["entries, places", "what", "CPU ms", "times ours"]]
    for entries, places, dimensions in SIZES:
        with step(f"{entries:,} to {places}"):
            rows += sized(invented(entries, places, dimensions, seed=1), f"{entries:,} to {places}")
    with step("exactness"):
        exact = exactness()
    with step("shortages"):
        named = shortages()
    print(aligned(rows), "", exact, named, sep="\n")
    print(
        f"Medians of {ROUNDS}; {os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}.", "", sep="\n"
    )
    mine, pulp = (float(row[2].replace(",", "")) for row in rows[1 + DECIDING * LINES :][:2])
    if mine / 1000 > BAR:
        raise OursFailedError(f"The selection took {mine:.0f} ms; it may take {BAR} s.")
    print(ratio_line(pulp / mine, f"Summitry's exact selection of 100 from 1,000 against {PULP} with CBC"))


def install() -> None:
    """Install the peer."""
    installing.install(
        PULP, [REQUIREMENT], HOME / "environment", lambda command: called(command, inherited(), HOME, 300)
    )


def invented(entries: int, places: int, dimensions: tuple[tuple[int, int, int], ...], seed: int) -> Problem:
    """Return a call with normal scores and labels of unequal size."""
    chance = np.random.default_rng(seed)
    scores = np.round(chance.normal(6, 1.2, entries), 6)
    labels = [
        np.minimum((size * chance.random(entries) ** 1.7).astype(int), size - 1)
        for size, _least, _most in dimensions
    ]
    names = ("area", "entity", "kind")
    return Problem(
        tuple(
            Candidate(
                key,
                float(scores[key]),
                {name: f"{of[key]:02}" for name, of in zip(names, labels, strict=False)},
                0.5,
            )
            for key in range(entries)
        ),
        places,
        tuple(
            Quota(name, "*", least, most)
            for name, (_size, least, most) in zip(names, dimensions, strict=False)
        ),
        reserve=10,
    )


def sized(problem: Problem, title: str) -> list[list[str]]:
    """Measure one size: the optimum by us and both peers, everything that we say of a selection, and the draws."""
    mine, (board, best) = timed(lambda: ours(problem))
    rival, expected = timed(lambda: cp_sat(board))
    other, found = pulp_chooses(board)
    if {expected, found} != {best.total}:
        raise OursFailedError(f"{title}: ours {best.total}, CP-SAT {expected}, {PULP} {found}.")
    whole, _answer = timed(lambda: choose(problem, silent), rounds=1)
    again, wavering = timed(lambda: redrawn(problem, board, best), rounds=1)
    naive, totals = timed(lambda: naive_sums(problem, board, SAMPLED), rounds=1)
    if totals != sums(problem, board, best, SAMPLED):
        raise OursFailedError(f"{title}: the optimum of a draw differs from milp's.")
    naive *= DRAWS / SAMPLED
    return [
        [title, f"{NAME}: the optimum, ties broken", figure(mine * 1000), ""],
        ["", f"{PULP} with CBC", figure(other * 1000), figure(other / mine)],
        ["", "CP-SAT, one worker", figure(rival * 1000), figure(rival / mine)],
        ["", f"{NAME}: with prices, flips, ties, reserve", figure(whole * 1000), ""],
        ["", f"{NAME}: {DRAWS} draws, {wavering} entries in 0.1 to 0.9", figure(again * 1000), ""],
        ["", f"milp for each draw ({SAMPLED} measured)", figure(naive * 1000), figure(naive / again)],
    ]


def timed(action: Callable[[], T], rounds: int = ROUNDS) -> tuple[float, T]:
    """Return the median of the CPU seconds, and the last answer."""
    taken = []
    for _round in range(rounds):
        begun = time.process_time()
        answer = action()
        taken.append(time.process_time() - begun)
    return median(taken), answer


def ours(problem: Problem) -> tuple[Board, Optimum]:
    """Choose, from plain values to the set with the smallest keys."""
    board = Board(problem)
    solver = Solver(board)
    best = solver.optimum(solver.task())
    if best is None:
        raise OursFailedError("An invented call has no selection.")
    return board, replace(best, chosen=smallest(board, best))


def redrawn(problem: Problem, board: Board, best: Optimum) -> int:
    """Select for every draw, and return how many entries are neither sure to be in nor sure to be out."""
    found = chances(replace(problem, draws=DRAWS), Solver(board), best, best.chosen, lambda _done: None)
    return sum(0.1 < each.share < 0.9 for each in found)


def sums(problem: Problem, board: Board, best: Optimum, count: int) -> list[int]:
    """Return what the first draws' optima come to."""
    solver = Solver(board)
    found = [
        solver.optimum(solver.task(scores), best.duals)
        for scores in draws(replace(problem, draws=count), board)
    ]
    return [each.total for each in found if each is not None]


def naive_sums(problem: Problem, board: Board, count: int) -> list[int]:
    """Return the same from a mixed integer programme for each draw, without what the other draws have shown."""
    constraints = [
        LinearConstraint(csr_array(board.matrix.astype(float)), board.least, board.most),
        LinearConstraint(np.ones((1, len(board.keys))), board.places, board.places),
    ]
    found = []
    for scores in draws(replace(problem, draws=count), board):
        solved = milp(
            -scores.astype(float),
            constraints=constraints,
            bounds=Bounds(0, 1),
            integrality=np.ones(len(scores)),
            options={"mip_rel_gap": 0},
        )
        found.append(int(scores[solved.x > 0.5].sum()))
    return found


def cp_sat(board: Board) -> int | None:
    """Return the best sum by constraint programming; None where there is no selection."""
    model = cp_model.CpModel()
    inside = [model.new_bool_var("") for _key in board.keys]
    model.add(sum(inside) == board.places)
    for row in board.rows:
        count = sum(inside[one] for one in row.members)
        model.add_linear_constraint(count, row.least, len(board.keys) if row.most is None else row.most)
    model.maximize(sum(int(score) * each for score, each in zip(board.scores, inside, strict=True)))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return None
    if status != cp_model.OPTIMAL:
        raise OursFailedError("CP-SAT has not proven an optimum.")
    return round(solver.objective_value)


def pulp_chooses(board: Board) -> tuple[float, int]:
    """Return the median of the peer's CPU seconds, its solver's included, and the sum of what it chooses."""
    selection = {
        "scores": (board.scores / 1e6).tolist(),
        "places": board.places,
        "rows": [[row.least, row.most, list(row.members)] for row in board.rows],
    }
    done = subprocess.run(
        [PYTHON, ROOT / "bench" / "peers" / "select_pulp.py"],
        input=(json.dumps(selection) + "\n") * ROUNDS,
        env=inherited(),
        cwd=HOME,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    if done.returncode:
        raise PeerFailedError(done.stderr[-3000:])
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    return median(each["seconds"] for each in answers), int(board.scores[answers[-1]["chosen"]].sum())


def exactness() -> str:
    """Compare small selections with every subset and middling ones with CP-SAT; raises OursFailedError for a difference."""
    small = middling = 0
    for seed in range(150):
        problem = invented(11, 4, ((3, 1, 2), (3, 0, 2), (2, 1, 3)), seed)
        small += agreed(problem, by_trying(Board(problem)))
    for seed in range(60):
        problem = invented(120, 24, ((6, 2, 6), (11, 1, 3), (4, 4, 8)), seed)
        middling += agreed(problem, cp_sat(Board(problem)))
    return (
        f"Exact: 150 of 150 selections of 4 from 11 against every subset ({small} have one), "
        f"60 of 60 of 24 from 120 against CP-SAT ({middling} have one)."
    )


def agreed(problem: Problem, expected: int | None) -> bool:
    """Whether there is a selection; raises OursFailedError where ours is not the expected one."""
    answer = choose(problem, silent)
    mine = None if isinstance(answer, Shortage) else round(answer.objective * 1e6)
    if mine != expected:
        raise OursFailedError(f"Ours is {mine}, the optimum {expected}.")
    return mine is not None


def by_trying(board: Board) -> int | None:
    """Return the best sum of every subset."""
    sets = (
        np.isin(np.arange(len(board.keys)), some)
        for some in combinations(range(len(board.keys)), board.places)
    )
    return max((int(board.scores[chosen].sum()) for chosen in sets if board.allows(chosen)), default=None)


def shortages() -> str:
    """Break a call of 1,000 in thirty ways, and see that each is named in time; raises OursFailedError otherwise."""
    entries, places, dimensions = SIZES[DECIDING]
    chance = np.random.default_rng(5)
    slowest, sizes = 0.0, []
    for seed in range(30):
        sound = invented(entries, places, dimensions, seed)
        broken = replace(sound, quotas=(*sound.quotas, *faults(chance)))
        begun = time.perf_counter()
        answer = choose(broken, silent)
        slowest = max(slowest, time.perf_counter() - begun)
        if not isinstance(answer, Shortage) or not answer.demands or not answer.ways:
            raise OursFailedError("A shortage was not named.")
        sizes.append(len(answer.demands))
    if slowest > SHORTAGE_BAR:
        raise OursFailedError(f"A shortage took {slowest:.1f} s.")
    return (
        f"Shortages: 30 of 30 of 1,000 to 100 are named by a smallest conflict of {min(sizes)} to {max(sizes)} demands, "
        f"the slowest in {slowest:.2f} s."
    )


def faults(chance: np.random.Generator) -> tuple[Quota, ...]:
    """Return quotas of which at least one cannot be met beside the call's own."""
    area, entity, kind = (f"{chance.integers(0, size):02}" for size in (6, 20, 4))
    match int(chance.integers(0, 4)):
        case 0:
            return (Quota("area", area, least=101),)
        case 1:
            return (Quota("kind", kind, least=90), Quota("area", area, least=30))
        case 2:
            return (
                Quota("entity", entity, least=20),
                Quota("kind", kind, most=0),
                Quota("area", area, least=81),
            )
    return (Quota("area", "no such area", least=1),)


def silent(_done: float, _stage: str) -> None:
    """Take no notice of progress."""
