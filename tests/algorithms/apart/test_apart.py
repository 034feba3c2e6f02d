"""Real processes: small programs in place of a solver, and one real solver."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

import pytest

from summitry.algorithms.apart import (
    CrashedError,
    OutOfMemoryError,
    OutOfTimeError,
    RefusedError,
    run_apart,
)
from summitry.algorithms.apart.call import converse
from summitry.algorithms.apart.table import PLACES
from summitry.algorithms.selection.choose import run
from summitry.algorithms.selection.plain import as_plain, problem_from

SOLVER = """
import json, os, sys, types
from summitry.algorithms.apart.child import serve
from summitry.algorithms.apart.table import Place

def problem_from(value):
    if not isinstance(value, dict):
        raise ValueError("The problem is no object.")
    return value

def run(problem, progress):
    progress(0.0, "start")
    for step in range(1000):
        progress(step / 1000, "middle")
    exec(problem["code"])
    progress(1.0, "end")
    return problem

for name in ("solver", "plain"):
    module = sys.modules[name] = types.ModuleType(name)
    module.run, module.problem_from, module.as_plain = run, problem_from, lambda result: {"code": result["code"]}

serve("toy", {"toy": Place("solver", "plain")}, seconds=float(sys.argv[1]), megabytes=int(sys.argv[2]))
"""


def toy(code: str, *, wall: float = 10, cpu: float = 5, megabytes: int = 200, progress=None):
    command = [sys.executable, "-P", "-c", SOLVER, str(cpu), str(megabytes)]
    return converse(command, json.dumps({"code": code}).encode(), seconds=wall, progress=progress)


def test_answer_and_progress_come_back() -> None:
    told: list[tuple[float, str]] = []
    code = "print('chatter of a solver')"
    assert toy(code, progress=lambda done, stage: told.append((done, stage))) == {"result": {"code": code}}
    assert (told[0], told[1], told[-1]) == ((0.0, "start"), (0.0, "middle"), (1.0, "end"))
    assert len(told) < 20


def test_large_questions_and_much_chatter_never_block() -> None:
    code = "for _ in range(4000): os.write(1, b'x' * 999 + bytes([10]))\n" + "# " + "y" * 2_000_000
    assert toy(code) == {"result": {"code": code}}


@pytest.mark.parametrize(
    "question",
    [b"[1]", b"{", b"[" * 100_000, b'{"code": NaN}', b'{"code": ' + b"9" * 5000 + b"}", b"\xff", b""],
)
def test_malformed_problem_is_refused_with_a_sentence(question: bytes) -> None:
    answer = converse([sys.executable, "-P", "-c", SOLVER, "5", "200"], question, seconds=10)
    assert list(answer) == ["refused"]
    assert answer["refused"].startswith("The problem is ")


def test_wall_clock_ends_a_sleeper_and_what_it_started() -> None:
    began = time.monotonic()
    with pytest.raises(OutOfTimeError):
        toy("import subprocess; subprocess.run(['sleep', '60'])", wall=0.5)
    assert time.monotonic() - began < 30


def test_wall_clock_ends_a_process_that_hangs_up_and_stays() -> None:
    with pytest.raises(OutOfTimeError):
        converse(["sh", "-c", "exec <&- >&- 2>&-; sleep 60"], b"{}", seconds=0.3)


def test_processor_time_is_limited_in_the_child_itself() -> None:
    with pytest.raises(OutOfTimeError):
        toy("while True: pass", cpu=0.1, wall=60)


def test_memory_is_limited_whichever_way_it_ends() -> None:
    with pytest.raises(OutOfMemoryError):
        toy("bytearray(1 << 30)")
    with pytest.raises(OutOfMemoryError):
        toy(
            "sys.stderr.write('terminate called after throwing std::bad_alloc'); sys.stderr.flush(); os.abort()"
        )


def test_crash_carries_the_end_of_what_was_said() -> None:
    with pytest.raises(CrashedError, match="ZeroDivisionError"):
        toy("1 / 0")
    with pytest.raises(CrashedError, match="Exit code -11"):
        toy("os.kill(os.getpid(), 11)")
    with pytest.raises(CrashedError, match="Exit code 0"):
        converse(["true"], b"{}" * 1_000_000, seconds=10)


def test_what_progress_raises_ends_the_computation() -> None:
    class GivenUpError(Exception):
        pass

    def give_up(done: float, stage: str) -> None:
        raise GivenUpError

    began = time.monotonic()
    with pytest.raises(GivenUpError):
        toy("import time; time.sleep(60)", progress=give_up)
    assert time.monotonic() - began < 30


def test_child_sees_no_secrets_and_computes_with_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMITRY_SECRET_KEY", "tell nobody")
    code = "assert 'SUMMITRY_SECRET_KEY' not in os.environ and os.environ['OMP_NUM_THREADS'] == '1'"
    assert "result" in toy(code)


def test_only_what_is_in_the_table_runs() -> None:
    assert sorted(PLACES) == ["assignment", "calibration", "effort", "selection"]
    with pytest.raises(KeyError):
        run_apart("os", {}, seconds=1, megabytes=1000)
    command = [sys.executable, "-m", "summitry.algorithms.apart", "os"]
    assert subprocess.run(command, env=dict(os.environ), capture_output=True, check=False).returncode == 2


def test_asking_loads_no_solver() -> None:
    code = "import sys, summitry.algorithms.apart; print({'numpy', 'scipy', 'ortools', 'django'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_selection_apart_is_the_selection() -> None:
    problem = {
        "candidates": [
            {"key": key, "score": key % 7, "labels": {"area": f"a{key % 3}"}} for key in range(30)
        ],
        "places": 6,
        "quotas": [{"dimension": "area", "least": 1, "most": 2}],
    }
    told: list[str] = []
    result = run_apart(
        "selection", problem, seconds=60, megabytes=2000, progress=lambda _done, stage: told.append(stage)
    )
    assert result == as_plain(run(problem_from(problem), lambda _done, _stage: None))
    assert (told[0], told[-1]) == ("optimum", "done")


def test_malformed_selection_is_refused() -> None:
    with pytest.raises(RefusedError, match="places is no whole number"):
        run_apart("selection", {"places": "many"}, seconds=60, megabytes=2000)
    with pytest.raises(ValueError, match="100 MB are too few"):
        run_apart("selection", {}, seconds=60, megabytes=100)
