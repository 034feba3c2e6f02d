"""Server processes: starting them, ending them, and the CPU that their whole process tree has used (Linux)."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

CPU_CLOCK = 2
"""The kernel's number for "CPU time used" among a process's clocks (see clock_getcpuclockid(3))."""


class ServerFailedError(Exception):
    """A server did not start; carries the end of its log."""


def free_port() -> int:
    """A loopback port that nothing listens on just now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def process_tree(pid: int) -> list[int]:
    """The process and all its descendants that are alive."""
    tree, waiting = [], [pid]
    while waiting:
        parent = waiting.pop()
        tree.append(parent)
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                waiting += [int(child) for child in task.read_text().split()]
            except OSError:
                continue  # the thread ended while we looked
    return tree


def cpu_seconds(pid: int) -> float:
    """User and system CPU seconds used so far by the process and its living descendants, all threads.

    Read from the kernel's per-process clock, in nanoseconds: the same account as utime + stime in /proc/PID/stat,
    whose ticks of 10 ms are too coarse for a single request.
    """
    total = 0.0
    for each in process_tree(pid):
        try:
            total += time.clock_gettime((~each << 3) | CPU_CLOCK)
        except OSError:
            continue  # ended between listing and reading
    return total


def resident_megabytes(pid: int) -> list[float]:
    """Resident memory of each descendant, largest first; the parent, which serves nothing, is left out."""
    sizes = []
    for each in process_tree(pid)[1:]:
        try:
            pages = int(Path(f"/proc/{each}/statm").read_text().split()[1])
        except OSError:
            continue
        sizes.append(pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000)
    return sorted(sizes, reverse=True)


@contextmanager
def serving(
    command: Sequence[str | Path],
    *,
    port: int,
    environment: Mapping[str, str],
    folder: Path,
    patience: float = 60,
) -> Iterator[int]:
    """Run a server until the block ends; yields its process id once it accepts connections on the port.

    The server gets a session of its own, so that ending it ends its workers too. Its output goes to `server.log` in the
    folder.
    """
    log = folder / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [str(part) for part in command],
            env=dict(environment),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        wait_until_accepting(server, port, log, patience)
        yield server.pid
    finally:
        end(server)


def wait_until_accepting(server: subprocess.Popen[bytes], port: int, log: Path, patience: float) -> None:
    """Return once the port answers; ServerFailedError if the server ends or the patience runs out first."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise ServerFailedError(
        f"no server on port {port}; the end of {log}:\n{log.read_text(errors='replace')[-2000:]}"
    )


def end(server: subprocess.Popen[bytes], patience: float = 15) -> None:
    """Ask the server's whole process group to end, then insist."""
    for insistence in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(server.pid, insistence)
        except ProcessLookupError:
            break
        try:
            server.wait(patience)
        except subprocess.TimeoutExpired:
            continue
