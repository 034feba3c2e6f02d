"""The jurors' panel at full size: 1,000 entries, 150 jurors, five reads each, half of them handed in.

Measured is the server's CPU for a juror's table, an entry with her review, a save, and the progress page's parts, beside
an empty page of the same console (the table of a call that gave her nothing): what is above it is the panel's own work.
Then all 150 jurors save at the same moment, three times, and every answer and every stored word is compared.
"""

import json
import shutil
import threading
import time
from collections.abc import Callable
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

from bench import ours
from bench.checkin import serve_ours
from bench.load import PATIENCE, Slice, UnexpectedAnswerError, slice_of_load, together
from bench.process import cpu_seconds
from bench.progress import rounds, step
from bench.table import aligned, figure, percentile, ratio_line

LIMIT = 0.100
"""Seconds of server time that we allow ourselves for a page."""
ROUNDS, PAGES, SAVES, WARMING, WAVES = 5, 24, 24, 16, 3
JSON = "application/json"


def run() -> None:
    """Seed, serve, measure, print."""
    shutil.rmtree(ours.HOME, ignore_errors=True)
    ours.HOME.mkdir(parents=True)
    with step(f"{ours.NAME}: entering 1,000 entries, 150 jurors, 5,000 assignments"):
        seeded = json.loads(ours.seed("bench.seed_panel").splitlines()[-1])
    with serve_ours() as (address, server):
        panel = Panel(address, server, seeded)
        slices = measured(panel)
        lost, waits = all_at_once(panel)
    report(slices, lost, waits)


class Panel:
    """The panel as jurors' browsers meet it."""

    def __init__(self, address: str, server: int, seeded: dict[str, Any]) -> None:
        self.address, self.server = address, server
        self.cookies: list[str] = seeded["cookies"]
        self.tables: list[list[int]] = seeded["tables"]
        self.base = f"/en/console/{seeded['edition']}/calls"

    def path(self, juror: int, place: int = 0) -> str:
        """The address of an entry on a juror's table."""
        return f"{self.base}/full/panel/1/{self.tables[juror][place]}/"

    def ask(self, juror: int, path: str, body: dict[str, str] | None = None) -> Any:
        """The state of a review: asked for, or after a save. Raises UnexpectedAnswerError."""
        connection = HTTPConnection(urlsplit(self.address).netloc, timeout=PATIENCE)
        headers = {"Cookie": f"{self.cookies[juror]}; csrftoken={'c' * 32}", "Accept": JSON}
        try:
            if body is None:
                connection.request("GET", path, headers=headers)
            else:
                form = urlencode({**body, "csrfmiddlewaretoken": "c" * 32})
                headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.address}
                connection.request("POST", path, body=form, headers=headers)
            answer = connection.getresponse()
            text = answer.read()
            if answer.status != 200:
                raise UnexpectedAnswerError(f"{path} answered {answer.status}: {text[:200]!r}")
            return json.loads(text)
        finally:
            connection.close()

    def save(self, juror: int, place: int, words: str, told: Any) -> Any:
        """Save remarks and a mark, as a page does that was told how the review stands."""
        seen = {name: field["seen"] for name, field in told["fields"].items()}
        body = {"remarks": words, "mark_c0": "7", "do": "save", "seen": json.dumps(seen), "key": words[:40]}
        return self.ask(juror, self.path(juror, place), body)


def measured(panel: Panel) -> dict[str, Slice]:
    """The cost of each kind of page, and of a save."""
    pages: dict[str, Callable[[], str]] = {
        "empty console page": lambda: f"{panel.base}/empty/panel/",
        "table": lambda: f"{panel.base}/full/panel/",
        "entry with review": lambda: panel.path(0),
    }
    found: dict[str, list[Slice]] = {}
    for ask in pages.values():
        load(panel, ask(), WARMING)
    for _round in rounds(ROUNDS):
        for label, ask in pages.items():
            found.setdefault(label, []).append(load(panel, ask(), PAGES))
        found.setdefault("save", []).append(saves(panel))
    return {label: together(each) for label, each in found.items()}


def load(panel: Panel, path: str, requests: int) -> Slice:
    """Ask for one page so many times, one after the other."""
    url = panel.address + path
    return slice_of_load(url, server=panel.server, requests=requests, clients=1, cookie=panel.cookies[0])


def saves(panel: Panel) -> Slice:
    """Save one review so many times, each time other words."""
    told = panel.ask(0, panel.path(0, 1))
    waits = []
    cpu, began = cpu_seconds(panel.server), time.perf_counter()
    for n in range(SAVES):
        before = time.perf_counter()
        told = panel.save(0, 1, f"{time.monotonic_ns()} words {n}", told)
        waits.append(time.perf_counter() - before)
    return Slice(SAVES, cpu_seconds(panel.server) - cpu, time.perf_counter() - began, waits)


def all_at_once(panel: Panel) -> tuple[int, list[float]]:
    """Let all jurors save at one moment, several times; return how many words are not stored, and the waits."""
    told = {juror: panel.ask(juror, panel.path(juror, 2)) for juror in range(len(panel.cookies))}
    waits: list[float] = []
    for wave in range(WAVES):
        start = threading.Barrier(len(told))
        threads = [
            threading.Thread(target=_one, args=(panel, juror, wave, told, waits, start)) for juror in told
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    last = {juror: panel.ask(juror, panel.path(juror, 2)) for juror in told}
    lost = sum(
        last[juror]["fields"]["remarks"]["value"] != words_of(juror, WAVES - 1)
        or last[juror]["version"] != told[juror]["version"]
        for juror in told
    )
    return lost, waits


def _one(
    panel: Panel, juror: int, wave: int, told: dict[int, Any], waits: list[float], start: threading.Barrier
) -> None:
    start.wait(PATIENCE)
    began = time.perf_counter()
    told[juror] = panel.save(juror, 2, words_of(juror, wave), told[juror])
    waits.append(time.perf_counter() - began)


def words_of(juror: int, wave: int) -> str:
    """What a juror writes in a wave."""
    return f"wave {wave} juror {juror}"


def report(slices: dict[str, Slice], lost: int, waits: list[float]) -> None:
    """Print the table, and last the ratio line."""
    empty = slices["empty console page"]
    rows = [["", "ms of server CPU", "p50 ms", "p99 ms", "of an empty page"]]
    for label, each in slices.items():
        share = each.cpu_each / empty.cpu_each
        rows.append(
            [
                label,
                figure(each.cpu_each * 1000),
                figure(percentile(each.waits, 50) * 1000),
                figure(percentile(each.waits, 99) * 1000),
                f"{share:.2f}",
            ]
        )
    worst = max(each.cpu_each for each in slices.values())
    held = "within" if worst <= LIMIT else "OVER"
    print(
        aligned(rows),
        "",
        f"Every page {held} {LIMIT * 1000:.0f} ms of server time, at 1,000 entries and 150 jurors.",
        f"150 jurors saved at one moment, {WAVES} times: {lost} lost; "
        f"waits p50 {percentile(waits, 50):.2f} s, p99 {percentile(waits, 99):.2f} s.",
        "",
        ratio_line(
            empty.cpu_each / slices["entry with review"].cpu_each,
            "an empty page of the same console against an entry with its review, server CPU",
        ),
        sep="\n",
    )
