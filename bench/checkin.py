"""Check-in over HTTP: a scan at a gate, beside pretix's redeem operation.

The same work: a POST with a device's key over a connection of its own, a distinct badge each time, an answer with name,
category and organisation, a row in a log that is never changed, a durable commit. 2,500 guests, two workers, SQLite each.
Slices alternate; the measure is CPU of the server's whole process tree for each scan. Then one badge by 16 clients at
once, ten times: exactly one may be a first entry, and no answer may be a 5xx. Counters are what a display on a wall asks.
"""

import itertools
import json
import shutil
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from bench import ours
from bench.load import PATIENCE, Slice, UnexpectedAnswerError, together
from bench.peers import pretix
from bench.process import cpu_seconds, free_port, serving
from bench.progress import rounds, step
from bench.table import aligned, figure, percentile, ratio_line

CELLS = {1: 40, 8: 80, 32: 96}
"""How many scans a slice has, by how many clients send them."""
ROUNDS = 3
WARMING = 24
RACERS, RACES = 16, 10
COUNTERS = 100
TROUBLE = 500


@dataclass(frozen=True, slots=True)
class Gate:
    """One system's gate: where it is, its process, and what a scan of a badge is."""

    name: str
    address: str
    server: int
    badges: Iterator[str]
    scan: Callable[[str, int], tuple[str, str, dict[str, Any]]]
    """Path, authorization and body for a badge and the number of the client."""
    is_first: Callable[[int, dict[str, Any]], bool]


def run() -> None:
    """Prepare and serve both, measure, print."""
    peer_seed, our_seed = pretix.prepare(), prepare_ours()
    with pretix.served() as (address, server), serve_ours() as (our_address, our_server):
        peer = pretix_gate(address, server, peer_seed)
        mine = our_gate(our_address, our_server, our_seed)
        for gate in (peer, mine):
            with step(f"{gate.name}: warming"):
                slice_of(gate, 4, WARMING)
        slices: dict[tuple[str, int], list[Slice]] = {}
        for _round in rounds(ROUNDS):
            for clients, number in CELLS.items():
                for gate in (peer, mine):
                    slices.setdefault((gate.name, clients), []).append(slice_of(gate, clients, number))
        races = {gate.name: [race(gate) for _ in range(RACES)] for gate in (peer, mine)}
        counters = ask_counters(mine, our_seed)
    report(slices, races, counters)


def slice_of(gate: Gate, clients: int, number: int) -> Slice:
    """Scan so many badges, each once, by so many clients."""
    badges = iter([next(gate.badges) for _ in range(number)])
    lock = threading.Lock()

    def client(own: int) -> list[float]:
        waits: list[float] = []
        while True:
            with lock:
                badge = next(badges, None)
            if badge is None:
                return waits
            status, answer, wait = send(gate, badge, own)
            if status < TROUBLE and not gate.is_first(status, answer):
                raise UnexpectedAnswerError(f"{gate.name} answered {status}: {answer}")
            with lock:
                failures[gate.name, clients] += status >= TROUBLE
            waits.append(wait)

    cpu, began = cpu_seconds(gate.server), time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        waits = [
            wait for done in [pool.submit(client, own) for own in range(clients)] for wait in done.result()
        ]
    return Slice(number, cpu_seconds(gate.server) - cpu, time.perf_counter() - began, waits)


failures: Counter[tuple[str, int]] = Counter()
"""How many scans were answered with 5xx, by system and number of clients."""


def send(gate: Gate, badge: str, client: int) -> tuple[int, dict[str, Any], float]:
    """Send one scan over a connection of its own; return status, answer and how long it took."""
    path, authorization, body = gate.scan(badge, client)
    headers = {
        "Authorization": authorization,
        "Content-Type": "application/json",
        "Accept": "application/json",
    }
    connection = HTTPConnection(urlsplit(gate.address).netloc, timeout=PATIENCE)
    began = time.perf_counter()
    try:
        connection.request("POST", path, json.dumps(body), headers)
        answer = connection.getresponse()
        text = answer.read()
    finally:
        connection.close()
    wait = time.perf_counter() - began
    return answer.status, json.loads(text) if answer.status < TROUBLE else {}, wait


def race(gate: Gate) -> tuple[int, int]:
    """Scan one badge by all racers at once; return how many were a first entry, and how many were answered with 5xx."""
    badge = next(gate.badges)
    start = threading.Barrier(RACERS)

    def racer(own: int) -> tuple[int, dict[str, Any], float]:
        start.wait(PATIENCE)
        return send(gate, badge, own)

    with ThreadPoolExecutor(RACERS) as pool:
        told = [done.result() for done in [pool.submit(racer, own) for own in range(RACERS)]]
    return (
        sum(gate.is_first(status, answer) for status, answer, _wait in told),
        sum(status >= TROUBLE for status, _answer, _wait in told),
    )


def ask_counters(gate: Gate, seed: dict[str, Any]) -> Slice:
    """Ask for the counters of the wall by one client."""
    connection = HTTPConnection(urlsplit(gate.address).netloc, timeout=PATIENCE)
    headers = {"Authorization": seed["devices"][0]["authorization"]}
    waits = []
    cpu, began = cpu_seconds(gate.server), time.perf_counter()
    for _ in range(COUNTERS):
        asked = time.perf_counter()
        connection.request("GET", "/api/v1/gates/counters", headers=headers)
        answer = connection.getresponse()
        if answer.status != 200 or not json.loads(answer.read())["zones"]:
            raise UnexpectedAnswerError("the counters are empty")
        waits.append(time.perf_counter() - asked)
    connection.close()
    return Slice(COUNTERS, cpu_seconds(gate.server) - cpu, time.perf_counter() - began, waits)


def report(
    slices: dict[tuple[str, int], list[Slice]], races: dict[str, list[tuple[int, int]]], counters: Slice
) -> None:
    """Print the table, the races and the ratio line."""
    rows = [
        [
            "system",
            "clients",
            "CPU ms",
            "per CPU s",
            "per s",
            "p50 ms",
            "p99 ms",
            "scans",
            "5xx",
            "times the peer",
        ]
    ]
    ratios = []
    for clients in CELLS:
        peer, mine = (together(slices[name, clients]) for name in (pretix.NAME, ours.NAME))
        pairs = zip(slices[pretix.NAME, clients], slices[ours.NAME, clients], strict=True)
        ratios.append(median(theirs.cpu_each / own.cpu_each for theirs, own in pairs))
        rows.append(row(pretix.NAME, clients, peer, failures[pretix.NAME, clients], ""))
        rows.append(row(ours.NAME, clients, mine, failures[ours.NAME, clients], figure(ratios[-1])))
    print(aligned(rows), "", sep="\n")
    for name, told in races.items():
        once = sum(first == 1 for first, _trouble in told)
        trouble = sum(number for _first, number in told)
        print(
            f"{name}: one badge by {RACERS} clients at once: one first entry in {once} of {RACES}, {trouble} answers 5xx."
        )
    print(
        f"{ours.NAME}: counters of the wall: {figure(counters.cpu_each * 1000)} ms CPU, "
        f"p50 {figure(percentile(counters.waits, 50) * 1000)} ms.",
        f"Wall clocks are for the picture: servers and load share the machine's cores. Medians of {ROUNDS} rounds.",
        "",
        ratio_line(
            min(ratios),
            f"{ours.NAME}'s scan against {pretix.NAME}'s redeem, scans per CPU second, the least of 1, 8 and 32 clients",
        ),
        sep="\n",
    )


def row(name: str, clients: int, total: Slice, failed: int, ratio: str) -> list[str]:
    """One line of the table."""
    return [
        name,
        str(clients),
        figure(total.cpu_each * 1000),
        figure(total.per_cpu_second),
        figure(total.per_second),
        figure(percentile(total.waits, 50) * 1000),
        figure(percentile(total.waits, 99) * 1000),
        str(total.requests),
        str(failed),
        ratio,
    ]


def pretix_gate(address: str, server: int, seed: dict[str, Any]) -> Gate:
    """The peer's gate."""

    def scan(badge: str, _client: int) -> tuple[str, str, dict[str, Any]]:
        body = {
            "secret": badge,
            "source_type": "barcode",
            "lists": [seed["list"]],
            "force": False,
            "type": "entry",
        }
        return pretix.REDEEM, seed["authorization"], body

    return Gate(
        pretix.NAME, address, server, iter(seed["tokens"]), scan, lambda status, _answer: status == 201
    )


def our_gate(address: str, server: int, seed: dict[str, Any]) -> Gate:
    """Our gate: each client is a device at a gate of its own."""
    numbers = itertools.count(1)

    def scan(badge: str, client: int) -> tuple[str, str, dict[str, Any]]:
        device = seed["devices"][client % len(seed["devices"])]
        line = {
            "id": str(uuid.uuid4()),
            "seq": next(numbers),
            "token": badge,
            "gate": device["gate"],
            "direction": "in",
            "kind": "scan",
            "offline": False,
        }
        return "/api/v1/gates/scans", device["authorization"], {"scans": [line]}

    def is_first(status: int, answer: dict[str, Any]) -> bool:
        told = answer["scans"][0] if status == 200 else {}
        shown = told.get("guest") or {}
        return bool(told.get("first")) and all(shown.get(name) for name in ("name", "category", "org"))

    return Gate(ours.NAME, address, server, iter(seed["tokens"]), scan, is_first)


def prepare_ours() -> dict[str, Any]:
    """Seed Summitry from nothing; return what scans."""
    shutil.rmtree(ours.HOME, ignore_errors=True)
    ours.HOME.mkdir(parents=True)
    with step(f"{ours.NAME}: entering 2,500 guests"):
        seeded: dict[str, Any] = json.loads(ours.seed("bench.seed_checkin").splitlines()[-1])
    return seeded


@contextmanager
def serve_ours() -> Iterator[tuple[str, int]]:
    """The seeded Summitry on a free loopback port: its address and its process."""
    port = free_port()
    command = [
        str(Path(sys.executable).with_name("summitry")),
        "serve",
        "--workers",
        "2",
        "--port",
        str(port),
    ]
    with serving(command, port=port, environment=ours.settings(port), folder=ours.HOME) as server:
        yield f"http://127.0.0.1:{port}", server
