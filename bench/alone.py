"""A measurement of ours in a process of its own, with one thread of linear algebra, and its bars."""

import os
import subprocess
import sys
from pathlib import Path

from bench.ours import OursFailedError

ROOT = Path(__file__).parents[1]
ONE_THREAD = dict.fromkeys(("MKL_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")


def measured_alone(module: str) -> None:
    """Run the module, which prints its table. Raises OursFailedError where it fails."""
    places = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    done = subprocess.run(
        [sys.executable, "-m", module],
        env={**os.environ, **ONE_THREAD, "PYTHONPATH": places},
        cwd=ROOT,
        check=False,
    )
    if done.returncode:
        raise OursFailedError(f"{module} could not be measured")


def seeds(asked: str = "24") -> int:
    """How many seeds: the environment's SUMMITRY_BENCH_SEEDS, or as many as are asked for."""
    return max(1, int(os.environ.get("SUMMITRY_BENCH_SEEDS", asked)))


def verdict(what: str, measured: float, least: float) -> str:
    """One bar: what was measured and what was asked for."""
    return (
        f"{'reached' if measured >= least else 'MISSED'}: {what} {measured:.3f}, asked at least {least:.3f}"
    )
