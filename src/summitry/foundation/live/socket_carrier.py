"""Hints between the processes of one machine, without a service: each listens on a socket in a folder they share.

Whoever has something to say sends one datagram to every socket there. A socket whose process is gone refuses, and is
removed. Server processes, job workers and commands find each other by nothing but the folder.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import logging
import os
import secrets
import socket
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

logger = logging.getLogger(__name__)
LONGEST_PATH = 90
"""The name of a socket may have 104 bytes on some systems; the file in the folder takes its share."""
PATIENCE = 0.25
"""Seconds that a sender waits for a process whose queue is full."""
PAUSE = 5.0
"""Seconds for which a process that did not read is left alone; it notices the gap and asks its pages to look again."""
LOOK_AROUND = 10.0
LARGEST = 65536


class SocketCarrier:
    """Datagrams between the processes that share `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = _short(folder)
        self._name = secrets.token_hex(4)
        self._sent = 0
        self._lock = threading.Lock()
        self._sender: socket.socket | None = None
        self._stuck: dict[str, float] = {}
        self._inbox: _Inbox | None = None

    def send(self, message: bytes) -> None:
        with self._lock:
            self._sent += 1
            datagram = f"{self._name} {self._sent} ".encode() + message
            for path in self._others():
                self._send_to(path, datagram)

    def listen(self, heard: Callable[[bytes], None], missed: Callable[[], None]) -> None:
        if self._inbox is not None or not hasattr(socket, "AF_UNIX"):
            return
        self._inbox = _Inbox(self._folder, self._name, heard, missed)
        self._inbox.start()

    def close(self) -> None:
        if self._inbox is not None:
            self._inbox.close()
        if self._sender is not None:
            self._sender.close()

    def _others(self) -> list[Path]:
        try:
            return [Path(entry.path) for entry in os.scandir(self._folder) if entry.name != self._name]
        except OSError:
            return []

    def _send_to(self, path: Path, datagram: bytes) -> None:
        if self._stuck.get(path.name, 0) > time.monotonic():
            return
        if self._sender is None:
            self._sender = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            self._sender.settimeout(PATIENCE)
        try:
            self._sender.sendto(datagram, str(path))
            self._stuck.pop(path.name, None)
        except (ConnectionRefusedError, FileNotFoundError):
            with contextlib.suppress(OSError):
                path.unlink()
            self._stuck.pop(path.name, None)
        except TimeoutError:
            self._stuck[path.name] = time.monotonic() + PAUSE
            logger.warning("A process does not read its live updates; it is left alone for a while")
        except OSError as error:
            logger.warning("A live update could not be sent to another process (%s)", error.strerror)


class _Inbox(threading.Thread):
    """The listening half: a thread that reads one socket, counts each sender's messages, and notices gaps."""

    def __init__(
        self, folder: Path, name: str, heard: Callable[[bytes], None], missed: Callable[[], None]
    ) -> None:
        super().__init__(name="summitry-live", daemon=True)
        self._path = folder / name
        self._heard = heard
        self._missed = missed
        self._last: dict[bytes, int] = {}
        self._is_closing = False
        self._socket = _bound(self._path)
        atexit.register(self.close)

    def run(self) -> None:
        while not self._is_closing:
            if self._socket is None:
                time.sleep(LOOK_AROUND)
                self._socket = _bound(self._path)
                continue
            try:
                self._take(self._socket.recv(LARGEST))
            except TimeoutError:
                self._look_around()
            except OSError:
                if not self._is_closing:
                    self._look_around()
                    time.sleep(1)
            except Exception:
                logger.exception("A live update could not be read; the next ones will be")

    def close(self) -> None:
        self._is_closing = True
        with contextlib.suppress(OSError):
            self._path.unlink()
        if self._socket is not None:
            self._socket.close()
        atexit.unregister(self.close)

    def _take(self, datagram: bytes) -> None:
        sender, number, message = datagram.split(b" ", 2)
        count, before = int(number), self._last.get(sender)
        if len(self._last) > 1000:
            self._last.clear()
        self._last[sender] = count
        if before is not None and count != before + 1:
            self._missed()
        self._heard(message)

    def _look_around(self) -> None:
        """Bind anew where somebody has emptied the folder: nobody could find this process any more."""
        if not self._is_closing and not self._path.exists():
            if self._socket is not None:
                self._socket.close()
            self._socket = _bound(self._path)
            self._missed()


def can_listen_in(folder: Path) -> bool:
    """Return whether processes can find each other in `folder` (for the doctor)."""
    if not hasattr(socket, "AF_UNIX"):
        return False
    path = _short(folder) / f"probe-{secrets.token_hex(4)}"
    made = _bound(path)
    if made is None:
        return False
    made.close()
    path.unlink()
    return True


def _bound(path: Path) -> socket.socket | None:
    made = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        made.bind(str(path))
    except OSError as error:
        made.close()
        logger.warning(
            "Live updates stay within this process: no socket can be made in %s (%s). Set BUS_URL.",
            path.parent,
            error.strerror or error,
        )
        return None
    made.settimeout(LOOK_AROUND)
    return made


def _short(folder: Path) -> Path:
    """Return `folder`, or where its path is too long for a socket, one of its own among the temporary files."""
    if len(os.fsencode(folder)) <= LONGEST_PATH:
        return folder
    owner = os.getuid() if hasattr(os, "getuid") else 0
    name = hashlib.sha256(f"{owner}:{folder}".encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"summitry-{name}"
