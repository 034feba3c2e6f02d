"""Summitry as a visitor's server: seeded with the synthetic summit in a scratch folder, then served by its own command."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.contest import System
from bench.process import free_port, serving
from bench.progress import step
from bench.summit import SESSIONS, SPEAKERS

NAME = "Summitry"
ROOT = Path(__file__).parents[1]
HOME = ROOT / "var" / "bench" / "summitry"
EDITION = "bench"
LANGUAGES = ["en", "zh-hans", "fr", "es", "ru", "ar"]
PROGRAMME = f"/en/{EDITION}/programme/"
TIMETABLE = f"{PROGRAMME}?day=all"
SPEAKER_LIST = f"/en/{EDITION}/speakers/?page=all"
"""Everything on one page, as the peer's pages are; without the query there is a page for each day or hundred."""

FRAB_JSON = f"{PROGRAMME}schedule.json"
FRAB_XML = f"{PROGRAMME}schedule.xml"
CALENDAR = f"{PROGRAMME}calendar.ics"
PATIENCE = 300
"""Seconds after which seeding is given up."""


class OursFailedError(Exception):
    """Summitry could not be seeded or did not publish; carries the end of what it printed."""


@dataclass(frozen=True, slots=True)
class Ours:
    """Summitry's server, and the publication that makes whatever it keeps out of date."""

    system: System
    publish: Callable[[], None]


def prepare() -> None:
    """Seed from nothing: our own code changes from run to run, so nothing is kept."""
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir(parents=True)
    with step(f"{NAME}: entering {SESSIONS} sessions and {SPEAKERS} speakers"):
        seed("bench.seed_ours")


def seed(module: str) -> str:
    """Run one of our seeders and return what it printed. Raises OursFailedError."""
    done = subprocess.run(
        [sys.executable, "-m", module],
        env=settings(),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    if done.returncode:
        raise OursFailedError(f"{module} failed:\n{done.stdout}{done.stderr}"[-3000:])
    return done.stdout


@contextmanager
def served() -> Iterator[Ours]:
    """The seeded Summitry on a free loopback port, and its publisher, until the block ends."""
    port = free_port()
    program = Path(sys.executable).with_name("summitry")
    command = [str(program), "serve", "--workers", "2", "--port", str(port)]
    with (
        serving(command, port=port, environment=settings(port), folder=HOME) as server,
        publisher() as publish,
    ):
        yield Ours(System(NAME, f"http://127.0.0.1:{port}", server), publish)


@contextmanager
def publisher() -> Iterator[Callable[[], None]]:
    """A process of its own that publishes a new version of the schedule when asked; its CPU is not the server's."""
    with (HOME / "publisher.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "bench.seed_ours", "--publish-on-request"],
            env=settings(),
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )

    def publish() -> None:
        if process.stdin is None or process.stdout is None:
            raise OursFailedError("the publisher has no pipes")
        process.stdin.write("publish\n")
        process.stdin.flush()
        if process.stdout.readline() != "published\n":
            raise OursFailedError((HOME / "publisher.log").read_text()[-3000:])

    try:
        yield publish
    finally:
        process.communicate(timeout=PATIENCE)


def settings(port: int = 8000) -> dict[str, str]:
    """The environment Summitry runs in: its defaults, with its data in the scratch folder."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("SUMMITRY_") and name != "DATABASE_URL"
    }
    return {
        **inherited,
        "DJANGO_SETTINGS_MODULE": "summitry.config.settings",
        "SUMMITRY_DATA": str(HOME),
        "SUMMITRY_URL": f"http://127.0.0.1:{port}",
    }
