"""The next pair that a phone asks for is the one that tells most: Bayesian D-optimality, worked out here by itself."""

from __future__ import annotations

import json
import math
import random
import shutil
import subprocess
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from summitry.algorithms.ranking.pairwise import PRIOR, Comparison, strengths

MODULE = Path(__file__).parents[3] / "src/summitry/foundation/static/summitry/js/final-pairs.js"
SCRIPT = """
import { readFileSync } from "node:fs";
const { nextPair } = await import(process.argv[1]);
const cases = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(cases.map(([entries, answers]) => nextPair(entries, answers))));
"""


def test_phones_ask_for_the_same_pairs() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed: the module is only run by browsers here.")
    cases = [_case(random.Random(seed)) for seed in range(60)]
    command = [node, "--input-type=module", "-e", SCRIPT, MODULE.as_uri()]
    answered = subprocess.run(command, input=json.dumps(cases), capture_output=True, text=True, check=True)
    expected = [telling_most(entries, answers) for entries, answers in cases]
    assert json.loads(answered.stdout) == [list(pair) if pair else None for pair in expected]


def telling_most(entries: list[int], answers: list[list[int]]) -> tuple[int, int] | None:
    """The pair of which half the log of 1 + p (1 - p) v is largest, v the variance of the difference; twice-unseen first."""
    asked = [{one, other} for one, other, _even in answers]
    pairs = [pair for pair in combinations(sorted(entries), 2) if set(pair) not in asked]
    views = {key: sum(key in pair for pair in asked) for pair in pairs for key in pair}
    fewest = min(views.values(), default=2)
    if fewest < 2:
        pairs = [pair for pair in pairs if fewest in (views[pair[0]], views[pair[1]])]
    comparisons = [Comparison(1, one, other, bool(even)) for one, other, even in answers]
    mode = {each.entry: each.strength for each in strengths(entries, comparisons)}
    keys = sorted(entries)
    curvature = np.eye(len(keys)) / PRIOR**2
    for better, worse, even in answers:
        if not even:
            step = np.zeros(len(keys))
            step[keys.index(better)], step[keys.index(worse)] = 1, -1
            curvature += np.outer(step, step) * _even_odds(mode[better] - mode[worse])
    spread = np.linalg.inv(curvature)

    def worth(pair: tuple[int, int]) -> float:
        one, other = map(keys.index, pair)
        variance = spread[one, one] + spread[other, other] - 2 * spread[one, other]
        return round(0.5 * math.log1p(_even_odds(mode[pair[0]] - mode[pair[1]]) * variance), 8)

    return max(pairs, key=worth, default=None)


def _even_odds(difference: float) -> float:
    chance = 1 / (1 + math.exp(-difference))
    return chance * (1 - chance)


def _case(rng: random.Random) -> tuple[list[int], list[list[int]]]:
    entries = rng.sample(range(1, 60), rng.randint(2, 9))
    answers: dict[frozenset[int], list[int]] = {}
    for _n in range(rng.randint(0, 14)):
        one, other = rng.sample(entries, 2)
        answers.setdefault(frozenset((one, other)), [one, other, int(rng.random() < 0.2)])
    return entries, list(answers.values())
