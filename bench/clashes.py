"""What clashes in a schedule of 300 sessions and 600 speakers: from the database to the list of warnings, in one process.

The peer's are those of its schedule editor: room overlaps, rooms and speakers that are not available, speakers twice,
too small rooms. Ours look for these and for the rest that `summitry.algorithms.clashes` knows, and word every one. Both
read the same synthetic summit from SQLite. Ours is also measured without the database, on a crowded plan.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from statistics import median

from bench import ours
from bench.peers import pretalx
from bench.progress import step
from bench.table import aligned, figure, ratio_line

ROUNDS = 5
ROOT = Path(__file__).parents[1]


def run() -> None:
    """Prepare both, measure both in turns, and print the table and the ratio line."""
    pretalx.prepare()
    ours.prepare()
    theirs: list[float] = []
    mine: list[float] = []
    alone: list[float] = []
    for number in range(1, ROUNDS + 1):
        with step(f"round {number} of {ROUNDS}"):
            peer = measured(
                [pretalx.PYTHON, "-m", "bench.peers.clashes_pretalx"], pretalx.settings("http://127.0.0.1")
            )
            own = measured([sys.executable, "-m", "bench.clashes_ours"], ours.settings())
        theirs.append(peer["milliseconds"])
        mine.append(own["milliseconds"])
        alone.append(own["alone"])
    rows = [
        ["system", "what", "CPU ms"],
        [pretalx.NAME, "all warnings of the schedule, from the database", figure(median(theirs))],
        [ours.NAME, "all clashes of the draft in sentences, from the database", figure(median(mine))],
        [
            ours.NAME,
            f"the algorithm alone, on a plan with {own['clashes']:.0f} clashes",
            figure(median(alone)),
        ],
    ]
    busy = f"Medians of {ROUNDS} processes each, in turns; {os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}."
    last = ratio_line(
        median(theirs) / median(mine),
        f"Summitry's clashes against {pretalx.NAME}'s warnings, CPU time on the same data",
    )
    print(aligned(rows), "", busy, "", last, sep="\n")


def measured(command: list[str | Path], environment: Mapping[str, str]) -> dict[str, float]:
    """Run one side in a process of its own and return the figures it prints last."""
    folder = pretalx.DATA if command[0] == pretalx.PYTHON else ROOT
    done = subprocess.run(
        [str(part) for part in command],
        env={**environment, "PYTHONPATH": str(ROOT)},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=pretalx.PATIENCE,
        check=False,
    )
    if done.returncode:
        raise ours.OursFailedError(f"{command[-1]} failed:\n{done.stdout}{done.stderr}"[-3000:])
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures
