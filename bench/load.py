"""The load generator: a fixed number of requests by a few clients, each waiting for its answer.

A fixed number, not a fixed time: a generator that stops at the bell leaves half-made answers behind, whose CPU would be
charged to the requests that did finish, and to the slower system most. One generator for both systems, on the same
cores; what it uses itself is not counted.
"""

import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from urllib.parse import urlsplit

from bench.process import cpu_seconds

HEADERS = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": "en"}
PATIENCE = 120


class UnexpectedAnswerError(Exception):
    """A page answered with something else than 200 and the same number of bytes every time."""


@dataclass(frozen=True, slots=True)
class Slice:
    """What a number of requests cost: CPU of the server's process tree, wall clock, and each request's wait."""

    requests: int
    cpu: float
    wall: float
    waits: list[float] = field(repr=False)

    @property
    def per_cpu_second(self) -> float:
        """Requests per second of server CPU: the measure."""
        return self.requests / self.cpu

    @property
    def cpu_each(self) -> float:
        """Seconds of server CPU per request."""
        return self.cpu / self.requests

    @property
    def per_second(self) -> float:
        """Requests per second of wall clock: for the picture."""
        return self.requests / self.wall


def fetch(url: str, cookie: str = "") -> bytes:
    """The body of one answer, over a connection of its own; to somebody signed in, where `cookie` is a session's."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=PATIENCE)
    try:
        return ask(connection, target(url), cookie)
    finally:
        connection.close()


def target(url: str) -> str:
    """Path and query."""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def ask(connection: HTTPConnection, path: str, cookie: str = "") -> bytes:
    """One request on an open connection; UnexpectedAnswerError unless it is answered with 200."""
    headers = {**HEADERS, "Cookie": cookie} if cookie else HEADERS
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise UnexpectedAnswerError(f"{path} answered {answer.status}: {body[:200]!r}")
    return body


def slice_of_load(url: str, *, server: int, requests: int, clients: int, cookie: str = "") -> Slice:
    """Send the requests, `clients` at a time, and account for the server's CPU from the first to the last answer."""
    tickets = iter(range(requests))
    lock = threading.Lock()
    cpu, began = cpu_seconds(server), time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        running = [pool.submit(client, url, tickets, lock, cookie) for _ in range(clients)]
        waits = [wait for client_waits in running for wait in client_waits.result()]
    return Slice(requests, cpu_seconds(server) - cpu, time.perf_counter() - began, waits)


def client(url: str, tickets: Iterator[int], lock: threading.Lock, cookie: str = "") -> list[float]:
    """Take tickets until there are none; the wait for each answer. The connection is kept where the server keeps it."""
    connection = HTTPConnection(urlsplit(url).netloc, timeout=PATIENCE)
    path, length = target(url), None
    waits: list[float] = []
    try:
        while True:
            with lock:
                if next(tickets, None) is None:
                    return waits
            began = time.perf_counter()
            body = ask(connection, path, cookie)
            waits.append(time.perf_counter() - began)
            if length not in (None, len(body)):
                raise UnexpectedAnswerError(f"{path} answered {len(body)} bytes after {length}")
            length = len(body)
    finally:
        connection.close()


def together(slices: Sequence[Slice]) -> Slice:
    """Several slices of the same page as one."""
    return Slice(
        requests=sum(each.requests for each in slices),
        cpu=sum(each.cpu for each in slices),
        wall=sum(each.wall for each in slices),
        waits=[wait for each in slices for wait in each.waits],
    )
