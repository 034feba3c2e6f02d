"""Real servers for these tests: NATS from its wheel, and Summitry with several workers."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[3]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes], seconds: float = 240) -> None:
    """Wait until somebody listens on `port`."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        assert process.poll() is None, "the server ended"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not answer")


@contextmanager
def nats(port: int) -> Iterator[str]:
    """Run a NATS server and yield its address."""
    program = Path(sysconfig.get_path("scripts")) / "nats-server"
    process = subprocess.Popen(
        [program, "-a", "127.0.0.1", "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(port, process)
        yield f"nats://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


class Events:
    """One open stream of server-sent events."""

    def __init__(self, port: int, *topics: str, session: str = "") -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        headers = {"Cookie": f"sessionid={session}"} if session else {}
        self.connection.request(
            "GET", "/live/?" + urlencode([("topic", name) for name in topics]), headers=headers
        )
        self.answer = self.connection.getresponse()
        self.status = self.answer.status

    def until(self, word: str) -> str:
        """Read until `word` has come, and return the last of what came, at most some 100,000 characters."""
        got = ""
        until = time.monotonic() + 60  # heartbeats would keep it waiting for ever
        while word not in got:
            piece = self.answer.read1(65536).decode()
            assert time.monotonic() < until, f"{word} never came"
            if not piece:
                raise EOFError(got)
            got = got[-40_000:] + piece
        return got

    def close(self) -> None:
        self.answer.close()
        self.connection.close()


@dataclass
class Site:
    """A running Summitry: its port, its process, and the environment to run Python beside it."""

    port: int
    process: subprocess.Popen[bytes]
    environment: dict[str, str]

    def run(self, code: str) -> str:
        """Run `code` in another process of the same installation and return what it printed."""
        with self.begin(code) as process:
            told, trouble = process.communicate(timeout=60)
        assert process.returncode == 0, trouble.decode()
        return told.decode().strip()

    def begin(self, code: str) -> subprocess.Popen[bytes]:
        """Let `code` run in another process of the same installation, which can be written to."""
        return subprocess.Popen(
            [sys.executable, "-c", f"import django\ndjango.setup()\n{code}"],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def post(self, path: str, session: str, **fields: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {
            "Cookie": f"sessionid={session}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Sec-Fetch-Site": "same-origin",
        }
        connection.request("POST", path, urlencode(fields), headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text

    def stop(self) -> float:
        """Ask the server to stop, and return how long that took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        return time.monotonic() - began


@contextmanager
def summitry(folder: Path, **settings: str) -> Iterator[Site]:
    """Serve an empty installation with two workers."""
    port = free_port()
    environment = {
        **{
            name: value for name, value in os.environ.items() if not name.startswith(("SUMMITRY", "DATABASE"))
        },
        "DJANGO_SETTINGS_MODULE": "summitry.config.settings",
        "SUMMITRY_DATA": str(folder),
        "SUMMITRY_JOBS": "none",
        "SUMMITRY_LOG": "WARNING",
        **settings,
    }
    command = [sys.executable, "-m", "summitry.config.cli", "serve", "--port", str(port), "--workers", "2"]
    log = (folder / "log").open("wb")
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)
    try:
        wait_for(port, process)
        yield Site(port, process, environment)
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(30)
        log.close()
