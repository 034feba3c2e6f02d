"""One POST to another system, with limits on everything: address, time, size. Redirects are answers, never followed."""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult

from summitry import __version__
from summitry.foundation.webhooks.guard import Address, AddressRefused, checked_url, resolved

CONNECT_SECONDS = 5.0
TOTAL_SECONDS = 12.0
MOST_ANSWER = 2000


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: an HTTP `status` with the beginning of its `text`, or 0 and the `problem` in a word."""

    status: int
    text: str = ""
    problem: str = ""
    milliseconds: int = 0

    @property
    def is_success(self) -> bool:
        """Whether the receiver has taken the message."""
        return 200 <= self.status < 300


def send(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """POST `body` to `url` and return the answer; every failure is an answer too."""
    began = time.monotonic()

    def answer(status: int = 0, text: str = "", problem: str = "") -> Answer:
        return Answer(status, text, problem, int((time.monotonic() - began) * 1000))

    try:
        parts = checked_url(url)
        status, text = _post(parts, resolved(parts), body, headers)
    except AddressRefused as error:
        return answer(problem=error.code)
    except TimeoutError:
        return answer(problem="timeout")
    except ssl.SSLError:
        return answer(problem="certificate")
    except (OSError, http.client.HTTPException, ValueError):
        return answer(problem="timeout" if time.monotonic() - began >= TOTAL_SECONDS else "connection")
    return answer(status, text)


def _post(parts: SplitResult, address: Address, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
    connection = _ToAddress(parts, address)
    # A receiver that answers one byte at a time would never exceed the time for one read.
    deadline = threading.Timer(TOTAL_SECONDS, connection.cut)
    deadline.daemon = True
    deadline.start()
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        agent = {
            "content-type": "application/json",
            "user-agent": f"Summitry/{__version__}",
            "connection": "close",
        }
        connection.request("POST", path, body, {**agent, **headers})
        response = connection.getresponse()
        text = response.read(MOST_ANSWER).decode("utf-8", "replace").replace("\0", "")
        if connection.was_cut:  # half an answer reads like a whole one that was short
            raise TimeoutError
        return response.status, text
    finally:
        deadline.cancel()
        connection.let_go()


class _ToAddress(http.client.HTTPConnection):
    """A connection to an address that was resolved and checked before; the name is only for certificate and Host."""

    def __init__(self, parts: SplitResult, address: Address) -> None:
        self._is_tls = parts.scheme == "https"
        self.default_port = 443 if self._is_tls else 80
        super().__init__(parts.hostname or "", parts.port or self.default_port, timeout=CONNECT_SECONDS)
        self._address = address
        self._line: socket.socket | None = None  # `sock` is let go of while the answer is still being read
        self.was_cut = False

    def connect(self) -> None:
        self._line = socket.create_connection((str(self._address), self.port), CONNECT_SECONDS)
        if self._is_tls:
            context = ssl.create_default_context()
            secured = context.wrap_socket(
                self._line, server_hostname=self.host, do_handshake_on_connect=False
            )
            self._line = secured
            secured.do_handshake()
        self._line.settimeout(TOTAL_SECONDS)
        self.sock = self._line

    def let_go(self) -> None:
        """Close everything, also what never came to be a connection."""
        self.close()
        if self._line is not None:
            self._line.close()

    def cut(self) -> None:
        """End the connection from another thread."""
        self.was_cut = True
        if self._line is not None:
            with contextlib.suppress(OSError):
                # Not the TLS socket's own method: it takes the session away from the thread that reads.
                socket.socket.shutdown(self._line, socket.SHUT_RDWR)
