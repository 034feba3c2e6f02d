import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.process import ServerFailedError, cpu_seconds, free_port, process_tree, serving

BURN = """
import os, sys, time
child = os.fork()
while time.process_time() < 0.3:
    pass
print(child or "child", flush=True)
sys.stdin.readline()
"""
"""Parent and child burn 0.3 s of CPU each, say so, and wait for their input to end."""

SERVER = """
import socket, sys, time
listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
time.sleep(60)
"""


def ticks(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def ended(pid: int) -> bool:
    status = Path(f"/proc/{pid}/status")
    return not status.exists() or "\nState:\tZ" in status.read_text()


def test_cpu_seconds_counts_the_whole_tree_as_the_kernel_does() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", BURN], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        said = [parent.stdout.readline().strip() for _ in range(2)]
        child = int(max(said, key=str.isdigit))

        assert process_tree(parent.pid) == [parent.pid, child]
        assert cpu_seconds(parent.pid) == pytest.approx(ticks(parent.pid) + ticks(child), abs=0.05)
        assert cpu_seconds(parent.pid) >= 0.6


def test_cpu_seconds_of_nobody_is_zero() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()

    assert cpu_seconds(gone.pid) == 0.0


def test_serving_waits_for_the_port_and_ends_the_server(tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-c", SERVER, str(port)]
    with serving(command, port=port, environment=os.environ, folder=tmp_path) as server:
        assert not ended(server)

    assert ended(server)


def test_serving_ends_the_server_when_the_block_fails(tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-c", SERVER, str(port)]
    with (
        pytest.raises(ZeroDivisionError),
        serving(command, port=port, environment=os.environ, folder=tmp_path) as server,
    ):
        raise ZeroDivisionError

    assert ended(server)


def test_serving_reports_what_a_failing_server_said(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "raise SystemExit('no database')"]

    with (
        pytest.raises(ServerFailedError, match="no database"),
        serving(command, port=free_port(), environment=os.environ, folder=tmp_path),
    ):
        pass
