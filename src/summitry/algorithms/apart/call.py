"""The caller's side: start the process, feed it, listen to it, and end it at its deadline whatever it does."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from typing import IO, Any

from summitry.algorithms.apart.child import OUT_OF_MEMORY
from summitry.algorithms.apart.errors import (
    CrashedError,
    OutOfMemoryError,
    OutOfTimeError,
    RefusedError,
)
from summitry.algorithms.apart.table import PLACES

Progress = Callable[[float, str], None]

LEAST_MEGABYTES = 512
"""With much less, loading a solver's libraries neither succeeds nor fails: some try for ever."""

_INHERITED = ("HOME", "LANG", "LD_LIBRARY_PATH", "PATH", "PYTHONPATH", "SYSTEMROOT", "TMPDIR")
_ONE_THREAD = dict.fromkeys(
    ("MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"
)
_MEMORY_WORDS = (
    "MemoryError",
    "bad_alloc",
    "Cannot allocate memory",
    "cannot allocate memory",
    "failed to map segment",
    "malloc failed",
)
_SAID = 4000
_PATIENCE = 5
"""Seconds for the pipes of an ended process to close."""

_OUT, _ERR, _END = "out", "err", "end"


def run_apart(
    name: str,
    problem_plain: dict[str, Any],
    *,
    seconds: float,
    megabytes: int,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Return the plain result of the computation `name`, run in a process of its own.

    `seconds` is wall clock, the start of the process included; `megabytes` is address space, of which importing a solver
    takes some 300. `progress` is called in this thread with the share done (0 to 1) and the stage; what it raises ends
    the computation and is raised here. The child sees none of our settings or secrets, and computes with one thread.

    Raises OutOfTimeError, OutOfMemoryError, RefusedError (malformed problem), CrashedError; KeyError for a name that is
    not in the table and ValueError for less than LEAST_MEGABYTES.
    """
    if name not in PLACES:
        raise KeyError(name)
    if megabytes < LEAST_MEGABYTES:
        raise ValueError(f"{megabytes} MB are too few; a solver needs {LEAST_MEGABYTES}.")
    # -P: what lies in the working directory cannot be imported in place of ours.
    command = [sys.executable, "-P", "-m", "summitry.algorithms.apart", name, str(seconds), str(megabytes)]
    answer = converse(command, json.dumps(problem_plain).encode(), seconds=seconds, progress=progress)
    if "refused" in answer:
        raise RefusedError(answer["refused"])
    result: dict[str, Any] = answer["result"]
    return result


def converse(
    command: Sequence[str], question: bytes, *, seconds: float, progress: Progress | None = None
) -> dict[str, Any]:
    """Start `command`, hand it the question and return the JSON object it answers; errors as `run_apart`'s."""
    deadline = time.monotonic() + seconds
    heard = _Heard(progress)
    # No `with`: that would close pipes under the threads that use them. Each thread closes its own.
    child = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(),
        start_new_session=True,
    )
    lines: SimpleQueue[tuple[str, bytes]] = SimpleQueue()
    threads = _listening(child, question, lines)
    try:
        heard.listen(lines, deadline)
        code = child.wait(max(deadline - time.monotonic(), 0.01))
    except (Empty, subprocess.TimeoutExpired) as late:
        raise OutOfTimeError(f"No answer within {seconds:g} s.") from late
    finally:
        _end(child)
        for thread in threads:
            thread.join(_PATIENCE)
    return heard.answer(code)


def _environment() -> dict[str, str]:
    kept = {key: os.environ[key] for key in _INHERITED if key in os.environ}
    return kept | _ONE_THREAD | {"PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}


class _Heard:
    """What the child has said so far."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._out: list[bytes] = []
        self._said = ""

    def listen(self, lines: SimpleQueue[tuple[str, bytes]], deadline: float) -> None:
        """Take in what comes until both pipes are closed; raises Empty at the deadline."""
        open_pipes = 2
        while open_pipes:
            source, data = lines.get(timeout=max(deadline - time.monotonic(), 0.001))
            if source == _OUT:
                self._out.append(data)
            elif source == _ERR:
                self._hear(data.decode(errors="replace"))
            else:
                open_pipes -= 1
            if time.monotonic() > deadline:
                raise Empty

    def _hear(self, line: str) -> None:
        try:
            done, stage = (told := json.loads(line))["done"], told["stage"]
        except (ValueError, TypeError, KeyError):
            self._said = (self._said + line)[-_SAID:]
        else:
            if self._progress is not None:
                self._progress(done, stage)

    def answer(self, code: int) -> dict[str, Any]:
        """Return the answer of a process that has ended with this code."""
        if code == -getattr(signal, "SIGXCPU", 0):
            raise OutOfTimeError("Its processor time is used up.")
        # SIGKILL was not ours: that is how a system short of memory ends what it picks.
        if code in (OUT_OF_MEMORY, -9) or (code and any(word in self._said for word in _MEMORY_WORDS)):
            raise OutOfMemoryError("It asked for more memory than it may have.")
        try:
            value = json.loads(b"".join(self._out))
        except ValueError:
            value = None
        if code or not isinstance(value, dict):
            raise CrashedError(f"Exit code {code}. {self._said}".strip())
        return value


def _listening(
    child: subprocess.Popen[bytes], question: bytes, lines: SimpleQueue[tuple[str, bytes]]
) -> list[threading.Thread]:
    """Start threads that feed the child and drain both its pipes, so that neither side ever waits for the other."""
    assert child.stdin is not None  # noqa: S101 - for the type checker: all three are pipes
    assert child.stdout is not None  # noqa: S101 - likewise
    assert child.stderr is not None  # noqa: S101 - likewise
    threads = [
        threading.Thread(target=_feed, args=(child.stdin, question), daemon=True),
        threading.Thread(target=_drain, args=(child.stdout, _OUT, lines), daemon=True),
        threading.Thread(target=_drain, args=(child.stderr, _ERR, lines), daemon=True),
    ]
    for thread in threads:
        thread.start()
    return threads


def _feed(pipe: IO[bytes], question: bytes) -> None:
    try:
        with pipe:
            pipe.write(question)
    except OSError:
        return  # it has ended without reading on; its exit code says why


def _drain(pipe: IO[bytes], name: str, lines: SimpleQueue[tuple[str, bytes]]) -> None:
    try:
        with pipe:
            for line in pipe:
                lines.put((name, line))
    finally:
        lines.put((_END, b""))


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the child and whatever it started, if it is still there."""
    if child.poll() is None:
        try:
            os.killpg(child.pid, signal.SIGKILL)
        except (AttributeError, OSError):
            child.kill()
        child.wait()
