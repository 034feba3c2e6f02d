"""The measurement itself: lanes of requests to the systems under comparison, run in alternating slices."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median

from bench.load import Slice, fetch, slice_of_load, together
from bench.process import cpu_seconds
from bench.progress import note, rounds

CROWD = 8
"""Requests at once, over as many connections, that reach every one of a few workers."""

NOTICEABLE = 0.02
"""Seconds of CPU between a publication and its first request that are worth a remark."""


@dataclass(frozen=True, slots=True)
class System:
    """A server that runs: what it is called, where it answers, and the process whose tree's CPU counts."""

    name: str
    address: str
    server: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One page of one system in one mode.

    A lane that `warms_up` asks for the page a few times before each slice, uncounted. `before` makes a lane cold: it is called before each request (a publication, say), the requests are then sent one by
    one, and what the server does from the request's arrival to its answer is what counts. `cookie` is the session of somebody signed in.
    """

    label: str
    system: System
    path: str
    requests: int
    clients: int = 1
    warms_up: bool = False
    before: Callable[[], None] | None = None
    cookie: str = ""

    @property
    def url(self) -> str:
        """Where the lane's requests go."""
        return self.system.address + self.path


@dataclass(frozen=True, slots=True)
class Result:
    """A lane's slices, one per round, and the size of its answer."""

    lane: Lane
    size: int
    slices: tuple[Slice, ...]

    @property
    def total(self) -> Slice:
        """All slices as one."""
        return together(self.slices)


def ratio(ours: Result, peer: Result) -> float:
    """How many times the peer's requests per CPU second ours makes: the median of the rounds."""
    pairs = zip(ours.slices, peer.slices, strict=True)
    return median(mine.per_cpu_second / theirs.per_cpu_second for mine, theirs in pairs)


def measure(lanes: Sequence[Lane], *, count: int) -> list[Result]:
    """Run every lane once per round, `count` rounds, after a warm-up that wakes every worker."""
    sizes = [warm_up(lane) for lane in lanes]
    slices: list[list[Slice]] = [[] for _ in lanes]
    for _ in rounds(count):
        for lane, done in zip(lanes, slices, strict=True):
            done.append(run(lane))
    return [Result(lane, size, tuple(done)) for lane, size, done in zip(lanes, sizes, slices, strict=True)]


def warm_up(lane: Lane) -> int:
    """Ask a few times at once over new connections, so that every worker is ready; the size of the answer."""
    with ThreadPoolExecutor(CROWD) as pool:
        return max(map(len, pool.map(fetch, [lane.url] * CROWD, [lane.cookie] * CROWD)))


def run(lane: Lane) -> Slice:
    """One slice of a lane. Where the lane is warm, what an earlier cold lane left undone is made up for first."""
    if lane.before is not None:
        return together([first_request(lane, lane.before) for _ in range(lane.requests)])
    if lane.warms_up:
        warm_up(lane)
    return slice_of_load(
        lane.url, server=lane.system.server, requests=lane.requests, clients=lane.clients, cookie=lane.cookie
    )


def first_request(lane: Lane, before: Callable[[], None]) -> Slice:
    """The first request after what makes the lane cold. Work done ahead of the request is remarked on, not hidden."""
    resting = cpu_seconds(lane.system.server)
    before()
    ahead = cpu_seconds(lane.system.server) - resting
    if ahead > NOTICEABLE:
        note(f"{lane.label}: the server used {ahead * 1000:.0f} ms of CPU between publication and request")
    return slice_of_load(lane.url, server=lane.system.server, requests=1, clients=1, cookie=lane.cookie)
