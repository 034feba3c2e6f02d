"""Between processes: sockets in a folder, and a real NATS server."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from summitry.foundation.live.nats_carrier import NatsCarrier
from summitry.foundation.live.socket_carrier import SocketCarrier
from tests.foundation.live.servers import free_port, nats

OTHER = """
import sys, time, django
django.setup()
from summitry.foundation.live.hub import Hub, carrier_of
from summitry.foundation.live.hints import Hint
from pathlib import Path
from summitry.foundation.live.socket_carrier import SocketCarrier
place = sys.argv[1]
hub = Hub(lambda: carrier_of(place) if "://" in place else SocketCarrier(Path(place)))
hub.attach(lambda told: print(told.kind, flush=True))
print("ready", flush=True)
for line in sys.stdin:
    hub.publish(Hint("topic", line.strip()))
"""


def eventually(holds: Callable[[], bool], seconds: float = 10) -> bool:
    until = time.monotonic() + seconds
    while not holds() and time.monotonic() < until:
        time.sleep(0.02)
    return holds()


class Ears:
    """Notes what a carrier hears."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.gaps = 0

    def missed(self) -> None:
        self.gaps += 1


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="live-") as name:
        yield Path(name)


def other_process(place: str, tmp_path: Path) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "summitry.config.settings",
        "SUMMITRY_DATA": str(tmp_path),
        "SUMMITRY_SECRET_KEY": "tests-only",
        "DATABASE_URL": "",
    }
    return subprocess.Popen(
        [sys.executable, "-c", OTHER, place],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def say(process: subprocess.Popen[str], word: str) -> None:
    assert process.stdin is not None
    process.stdin.write(f"{word}\n")
    process.stdin.flush()


def test_a_socket_carries_to_every_other_process_and_not_back(folder: Path, tmp_path: Path) -> None:
    ears = Ears()
    own = SocketCarrier(folder)
    own.listen(ears.heard.append, ears.missed)
    with other_process(str(folder), tmp_path) as other:
        assert said(other) == "ready"
        say(other, "hello")
        assert said(other) == "hello"  # a hub tells its own process itself
        assert eventually(lambda: ears.heard == [b'["topic", "hello", {}]'])
        own.send(b'["topic", "answer", {}]')
        assert said(other) == "answer"
        other.send_signal(signal.SIGKILL)
        other.wait(10)
        assert len(list(folder.iterdir())) == 2
        own.send(b'["topic", "gone", {}]')
    assert len(list(folder.iterdir())) == 1
    own.close()
    assert (list(folder.iterdir()), ears.gaps) == ([], 0)


def test_a_process_that_does_not_read_holds_nobody_up_and_learns_of_the_gap(folder: Path) -> None:
    deaf = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    deaf.bind(str(folder / "deaf"))
    sender, ears = SocketCarrier(folder), Ears()
    began = time.monotonic()
    for _n in range(600):
        sender.send(b'["a", "b", {}]')
    assert time.monotonic() - began < 30  # each send could wait a quarter of a second
    deaf.close()
    (folder / "deaf").unlink()
    listener = SocketCarrier(folder)
    listener.listen(ears.heard.append, ears.missed)
    sender.send(b"1")
    assert eventually(lambda: len(ears.heard) == 1)
    sender._sent += 1
    sender.send(b"3")
    assert eventually(lambda: ears.heard == [b"1", b"3"])
    assert ears.gaps == 1
    listener.close()
    sender.close()


def test_many_messages_arrive_in_order(folder: Path) -> None:
    ears = Ears()
    listener, sender = SocketCarrier(folder), SocketCarrier(folder)
    listener.listen(ears.heard.append, ears.missed)
    for n in range(2000):
        sender.send(str(n).encode())
    assert eventually(lambda: len(ears.heard) == 2000)
    assert (ears.heard, ears.gaps) == ([str(n).encode() for n in range(2000)], 0)
    listener.close()
    sender.close()


def test_a_folder_with_a_long_name_is_replaced_by_a_short_one(tmp_path: Path) -> None:
    long = tmp_path / ("x" * 120) / "live"
    ears = Ears()
    listener, sender = SocketCarrier(long), SocketCarrier(long)
    listener.listen(ears.heard.append, ears.missed)
    sender.send(b"1")
    assert eventually(lambda: ears.heard == [b"1"])
    listener.close()
    sender.close()
    listener._folder.rmdir()


def test_where_no_socket_can_be_made_everything_else_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("")
    carrier, ears = SocketCarrier(tmp_path / "file" / "live"), Ears()
    carrier.listen(ears.heard.append, ears.missed)
    carrier.send(b"1")
    carrier.close()
    assert "Live updates stay within this process" in caplog.text


def test_nats_carries_between_processes_and_comes_back_after_a_restart(tmp_path: Path) -> None:
    port, ears = free_port(), Ears()
    with nats(port) as address, other_process(address, tmp_path) as other:
        own = NatsCarrier(address)
        own.listen(ears.heard.append, ears.missed)
        own.send(b'["topic", "early", {}]')
        assert said(other) == "ready"
        say(other, "hello")
        assert eventually(lambda: b'["topic", "hello", {}]' in ears.heard)
        own.send(b'["topic", "answer", {}]')
        words = [said(other)]
        while words[-1] != "answer":
            words.append(said(other))
        assert set(words) <= {"early", "hello", "answer"}
        other.kill()
    own.send(b'["topic", "meanwhile", {}]')
    with nats(port) as address, other_process(address, tmp_path) as other:
        assert said(other) == "ready"
        assert eventually(lambda: ears.gaps > 0, 20)
        say(other, "again")  # once it is heard, the other process is connected and listens
        assert eventually(lambda: b'["topic", "again", {}]' in ears.heard)
        own.send(b'["topic", "back", {}]')
        words = [said(other)]
        while words[-1] != "back":
            words.append(said(other))
        own.close()
        other.kill()
    assert not own._thread.is_alive()


def test_an_absent_nats_server_costs_nobody_anything(caplog: pytest.LogCaptureFixture) -> None:
    ears = Ears()
    began = time.monotonic()
    carrier = NatsCarrier(f"nats://127.0.0.1:{free_port()}")
    carrier.listen(ears.heard.append, ears.missed)
    for _n in range(5000):
        carrier.send(b"1")
    assert time.monotonic() - began < 30
    assert eventually(lambda: "NATS does not answer" in caplog.text)
    carrier.close()
