"""What the server processes hold in memory: once they are ready, after every page once, and after a crowd's load.

The load is mixed: home, timetable, speakers, forums and the three exports, ours with search and in all six languages,
with publications between. Eight clients ask at once, and most take compressed answers, as browsers do. The peer gets
its own pages and exports in its one language, fewer of them because each takes it long, and no publication.
"""

import random
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import product
from pathlib import Path
from threading import Lock
from urllib.parse import urlsplit

from bench import ours
from bench.contest import CROWD, System
from bench.load import PATIENCE, UnexpectedAnswerError
from bench.ours import EDITION, LANGUAGES
from bench.peers import pretalx
from bench.process import process_tree
from bench.progress import note, step
from bench.table import aligned, figure, ratio_line

REQUESTS, PEER_REQUESTS = 2000, 120
STAGES = 4
"""Parts of the load; ours publishes a new version of the schedule between them."""

COMPRESSED = 0.7
"""Share of requests that take a compressed answer."""

PATHS = (
    *(
        "",
        "programme/",
        "programme/?view=list",
        "programme/?day=all",
        "speakers/",
        "speakers/?page=all",
        "forums/",
    ),
    *("search/?q=a", "programme/schedule.json", "programme/schedule.xml", "programme/calendar.ics"),
)
PEER_PATHS = (pretalx.SCHEDULE, pretalx.SPEAKER_LIST, pretalx.FRAB_JSON, pretalx.FRAB_XML, pretalx.CALENDAR)
HEADINGS = "system|moment|worker|RSS MB|PSS MB".split("|")


@dataclass(frozen=True, slots=True)
class Held:
    """What a process holds, in MB of a million bytes: as `ps` shows it, and with shared pages divided among sharers."""

    resident: float
    proportional: float


def play() -> str:
    """Prepare both systems, load one after the other, and return the table with the ratio line."""
    pretalx.prepare()
    ours.prepare()
    paths = [f"/{lang}/{EDITION}/{path}" for lang, path in product(LANGUAGES, PATHS)]
    with pretalx.served() as peer:
        theirs = watched(
            peer, [path.format(event=pretalx.FULL) for path in PEER_PATHS], PEER_REQUESTS, lambda: None
        )
    with ours.served() as mine:
        own = watched(mine.system, paths, REQUESTS, mine.publish)
    rows = [line for system, found in ((peer, theirs), (mine.system, own)) for line in lines(system, found)]
    number = largest(theirs) / largest(own)
    return f"{aligned([HEADINGS, *rows])}\n\n{ratio_line(number, 'peer’s largest worker over ours, RSS after the load')}"


def watched(
    system: System, paths: Sequence[str], requests: int, publish: Callable[[], None]
) -> dict[str, list[Held]]:
    """Load the system; what each worker holds at each moment."""
    chance = random.Random(20261109)
    crowd(system, [(paths[0], True)] * CROWD)
    moments = {"ready": workers(system.server)}
    with step(f"{system.name}: {len(paths)} pages once, then {requests} requests"):
        crowd(system, [(path, True) for path in paths])
        moments["every page once"] = workers(system.server)
        for stage in range(STAGES):
            if stage:
                publish()
            crowd(system, [drawn(chance, paths) for _ in range(requests // STAGES)])
    moments["after the load"] = workers(system.server)
    return moments


def drawn(chance: random.Random, paths: Sequence[str]) -> tuple[str, bool]:
    """A path by chance, and whether its answer may be compressed."""
    return chance.choice(paths), chance.random() < COMPRESSED


def crowd(system: System, requests: Sequence[tuple[str, bool]]) -> None:
    """Send the requests by several clients at once, each over a connection of its own."""
    waiting, lock = iter(requests), Lock()

    def client() -> None:
        connection = HTTPConnection(urlsplit(system.address).netloc, timeout=PATIENCE)
        try:
            while True:
                with lock:
                    asked = next(waiting, None)
                if asked is None:
                    return
                fetch(connection, *asked)
        finally:
            connection.close()

    with ThreadPoolExecutor(CROWD) as pool:
        for done in [pool.submit(client) for _ in range(CROWD)]:
            done.result()


def fetch(connection: HTTPConnection, path: str, compressed: bool) -> None:  # noqa: FBT001 - as it was drawn
    """One request; UnexpectedAnswerError unless it is answered with 200."""
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"} if compressed else {})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise UnexpectedAnswerError(f"{path} answered {answer.status}: {body[:200]!r}")


def workers(server: int) -> list[Held]:
    """What each process of the server that answers requests holds, largest first."""
    found = []
    for pid in process_tree(server)[1:]:
        try:
            if "resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_text():
                found.append(held(pid))
        except OSError:
            note(f"process {pid} ended while it was looked at")
    return sorted(found, key=lambda each: each.resident, reverse=True)


def held(pid: int) -> Held:
    """What a process holds, by the kernel's own sum."""
    rows = (line.split() for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:])
    sizes = {row[0]: int(row[1]) * 1024 / 1_000_000 for row in rows}
    return Held(sizes["Rss:"], sizes["Pss:"])


def largest(moments: dict[str, list[Held]]) -> float:
    """The largest worker's resident memory after the load."""
    return max(each.resident for each in moments["after the load"])


def lines(system: System, moments: dict[str, list[Held]]) -> list[list[str]]:
    """A row for each worker at each moment."""
    return [
        [system.name, moment, str(number), figure(each.resident), figure(each.proportional)]
        for moment, found in moments.items()
        for number, each in enumerate(found, 1)
    ]
