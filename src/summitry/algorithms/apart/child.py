"""The computation's own side: limits first, then the solver, one question in, progress and one answer out."""

from __future__ import annotations

import importlib
import json
import math
import os
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO, NoReturn

from summitry.algorithms.apart.table import Place

OUT_OF_MEMORY = 3
"""The exit code of a computation that asked for more memory than it may have."""

_PAUSE = 0.1


def serve(name: str, places: Mapping[str, Place], *, seconds: float = 0, megabytes: int = 0) -> None:
    """Answer the question on standard input; ends the process with OUT_OF_MEMORY where memory runs out.

    Limits of 0 are none. What a solver prints goes to standard error, so that standard output is the answer alone.
    """
    _limit(seconds, megabytes)
    with os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)
        try:
            answer = _answer(places[name], sys.stdin.buffer)
            out.write(json.dumps(answer, allow_nan=False, sort_keys=True, separators=(",", ":")).encode())
        except MemoryError:
            os._exit(OUT_OF_MEMORY)


def _limit(seconds: float, megabytes: int) -> None:
    try:
        import resource  # noqa: PLC0415 - only Unix has it
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if megabytes:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    if seconds:
        # At the first the kernel ends the process by SIGXCPU, at the second by SIGKILL, whatever it does about that.
        most = max(math.ceil(seconds), 1)
        resource.setrlimit(resource.RLIMIT_CPU, (most, most + 5))


def _answer(place: Place, source: BinaryIO) -> dict[str, Any]:
    plain = importlib.import_module(place.plain)
    solver = importlib.import_module(place.solver)
    try:
        problem = plain.problem_from(_question(source))
    except ValueError as refusal:
        return {"refused": str(refusal)}
    try:
        result = solver.run(problem, _telling())
    except getattr(solver, "REFUSALS", ()) as refusal:
        return {"refused": str(refusal)}
    return {"result": plain.as_plain(result)}


def _question(source: BinaryIO) -> Any:
    """Return the JSON value; raises ValueError where there is none."""
    try:
        return json.loads(source.read(), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"The problem is not JSON: {error}.") from error


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is not a number")


def _telling() -> Callable[[float, str], None]:
    """Return a function that writes progress to standard error: every change of stage, else ten times a second."""
    told, last = -math.inf, ""

    def tell(done: float, stage: str) -> None:
        nonlocal told, last
        now = time.monotonic()
        if stage == last and now - told < _PAUSE and done < 1:
            return
        told, last = now, stage
        print(json.dumps({"done": round(float(done), 4), "stage": stage}), file=sys.stderr, flush=True)  # noqa: T201 - the protocol

    return tell
