"""The console as somebody signed in meets it: 400 contributions, filtered and sorted, and the console's home.

The peer's list is its organiser's list of sessions over the same 400 talks; both show a page of fifty, of all that have
a speaker or are confirmed, by title. Its home is the event's dashboard. Nothing of a console is kept from one request to
the next, so a request after a publication costs what every request does.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bench import content, ours
from bench.contest import Lane, Result, System, measure, ratio
from bench.match import ROUNDS, Match, Outcome, Verdict
from bench.ours import Ours
from bench.peers import pretalx
from bench.peers.installing import once
from bench.progress import step
from bench.summit import Summit
from bench.talks import TALKS, talks_of

LIST = "/en/console/talks/programme/contributions/?peopled=yes&sort=title"
LARGE = f"{LIST}&size=250"
HOME = "/en/console/talks/"
PEER_LIST = "/orga/event/console/submissions/?state=confirmed&sort=title"
PEER_LARGE = f"{PEER_LIST}&page_size=250"
PEER_HOME = "/orga/event/console/"
LIST_LIMIT, HOME_LIMIT = 0.200, 0.150
"""Seconds of server time that we allow ourselves for the list, and for the home."""

PAGE = 50
SEEDER = "bench.peers.seed_pretalx_console"


def play(peer: System, mine: Ours, summit: Summit) -> Verdict:
    """Seed both consoles, require that both lists show the same first page, then measure."""
    cookies = {peer.name: peer_session(), mine.system.name: our_session()}
    first_page = sorted(talk.title for talk in talks_of(summit).sessions)[:PAGE]
    for system, path in ((peer, PEER_LIST), (mine.system, LIST)):
        content.require(system.address + path, first_page, cookies[system.name])
    match = Match(
        label="contributions, page of 50", theirs=PEER_LIST, mine=LIST, requests=8, warm_requests=40
    )
    pages = {"contributions, page of 250": (PEER_LARGE, LARGE), "console's home": (PEER_HOME, HOME)}
    further = [
        Lane(label=label, system=system, path=path, requests=4)
        for label, paths in pages.items()
        for system, path in zip((peer, mine.system), paths, strict=True)
    ]
    lanes = [replace(lane, cookie=cookies[lane.system.name]) for lane in (*match.lanes(peer, mine), *further)]
    *results, theirs_large, large, theirs_home, home = measure(lanes, count=ROUNDS)
    outcome = Outcome(*results)
    others = [
        (theirs_large, theirs_large),
        (large, theirs_large),
        (theirs_home, theirs_home),
        (home, theirs_home),
    ]
    return Verdict(
        compared=[*outcome.compared, *others],
        outcome=outcome,
        what=f"Summitry's list of {TALKS} contributions, filtered and sorted, against {peer.name}'s of sessions",
        remark=remark(
            [(outcome.warm, LIST_LIMIT), (large, LIST_LIMIT), (home, HOME_LIMIT)], ratio(home, theirs_home)
        ),
    )


def remark(results: Sequence[tuple[Result, float]], home: float) -> str:
    """What each page of ours costs, beside what we allow ourselves, and the home's ratio."""
    lines = [
        f"{result.lane.label}: {result.total.cpu_each * 1000:.0f} ms of server time, "
        f"{'within' if result.total.cpu_each <= limit else 'OVER'} {limit * 1000:.0f} ms."
        for result, limit in results
    ]
    return "\n".join([*lines, f"Console's home against the peer's dashboard: {home:.1f}."])


def peer_session() -> str:
    """Seed the peer's talks once, and open an organiser's session."""
    folder = Path(__file__).parent
    sources = [folder / name for name in ("talks.py", "summit.py", "peers/seed_pretalx_console.py")]
    mark = hashlib.sha256(b"".join(map(Path.read_bytes, sources))).hexdigest()
    with step(f"{pretalx.NAME}: entering {TALKS} talks"):
        once(pretalx.DATA / "seeded-console", mark, seed_peer)
    return cookie_in(pretalx.call([pretalx.PYTHON, "-m", SEEDER, "--session"]))


def seed_peer() -> None:
    """Enter the talks into the peer."""
    pretalx.call([pretalx.PYTHON, "-m", SEEDER])


def our_session() -> str:
    """Seed our talks, and open a director's session."""
    with step(f"{ours.NAME}: entering {TALKS} contributions"):
        return cookie_in(ours.seed("bench.seed_console"))


def cookie_in(printed: str) -> str:
    """The cookie that a seeder printed in its last line."""
    return str(json.loads(printed.splitlines()[-1])["cookie"])
