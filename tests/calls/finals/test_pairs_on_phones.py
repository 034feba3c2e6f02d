"""The next pair that a phone asks for is the one that the algorithm of the server would ask for."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from summitry.algorithms.ranking.pairwise import Comparison, next_pair

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
    expected = [
        next_pair(
            entries, [Comparison(1, one, other, bool(even)) for one, other, even in answers], 1, least_views=2
        )
        for entries, answers in cases
    ]
    assert json.loads(answered.stdout) == [list(pair) if pair else None for pair in expected]


def _case(rng: random.Random) -> tuple[list[int], list[list[int]]]:
    entries = rng.sample(range(1, 60), rng.randint(2, 9))
    answers: dict[frozenset[int], list[int]] = {}
    for _n in range(rng.randint(0, 14)):
        one, other = rng.sample(entries, 2)
        answers.setdefault(frozenset((one, other)), [one, other, int(rng.random() < 0.2)])
    return entries, list(answers.values())
