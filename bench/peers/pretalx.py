"""pretalx from PyPI: installed, migrated and seeded once under `var/bench`, then only served.

Served as its administrator's guide says: gunicorn with two workers, here on its default SQLite and without Redis. Each
step leaves a mark, so a second run starts in seconds and an interrupted one resumes. The database is made anew when the
synthetic summit or the seeder changes.
"""

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.contest import System
from bench.peers import installing
from bench.peers.installing import ROOT, PeerFailedError, called, inherited, once
from bench.process import free_port, serving
from bench.progress import step
from bench.summit import SESSIONS, SPEAKERS

VERSION = "2025.2.2"
NAME = f"pretalx {VERSION}"
REQUIREMENTS = (f"pretalx=={VERSION}", "gunicorn>=23")
HOME = ROOT / "var" / "bench" / f"pretalx-{VERSION}"
ENVIRONMENT = HOME / "environment"
PYTHON = ENVIRONMENT / "bin" / "python"
DATA = HOME / "data"
PATIENCE = 300
"""Seconds after which a step of the preparation is given up."""

FULL, PLAIN = "summit", "plain"
"""The two events of the seeder: with all texts, and without abstracts and biographies."""

SCHEDULE = "/{event}/schedule/nojs"
SPEAKER_LIST = "/{event}/speaker/"
FRAB_JSON, FRAB_XML, CALENDAR = "/{event}/schedule.json", "/{event}/schedule.xml", "/{event}/schedule.ics"


def prepare() -> None:
    """Bring the environment and the seeded database about; does nothing when both are there."""
    HOME.mkdir(parents=True, exist_ok=True)
    once(HOME / "installed", f"{sys.version} {REQUIREMENTS}", install)
    sources = [ROOT / "bench" / "summit.py", ROOT / "bench" / "peers" / "seed_pretalx.py"]
    once(HOME / "seeded", hashlib.sha256(b"".join(map(Path.read_bytes, sources))).hexdigest(), seed)


@contextmanager
def served() -> Iterator[System]:
    """The seeded pretalx on a free loopback port, until the block ends."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command: list[str | Path] = [
        *(ENVIRONMENT / "bin" / "gunicorn", "pretalx.wsgi:application"),
        *("--workers", "2", "--bind", f"127.0.0.1:{port}", "--timeout", "120"),
    ]
    with serving(command, port=port, environment=settings(address), folder=DATA) as server:
        yield System(NAME, address, server)


def install() -> None:
    """Make the environment and install pretalx into it."""
    installing.install(NAME, REQUIREMENTS, ENVIRONMENT, call)


def seed() -> None:
    """Make the database, collect the static files and enter the summit; PeerFailedError if pretalx counts otherwise."""
    shutil.rmtree(DATA, ignore_errors=True)
    DATA.mkdir()
    with step(f"{NAME}: creating its database"):
        call([PYTHON, "-m", "pretalx", "migrate"])
        call([PYTHON, "-m", "pretalx", "collectstatic", "--noinput"])
    with step(f"{NAME}: entering {SESSIONS} sessions and {SPEAKERS} speakers, twice"):
        counts = json.loads(call([PYTHON, "-m", "bench.peers.seed_pretalx"]).splitlines()[-1])
    for event, count in counts.items():
        if count != {"talks": SESSIONS, "speakers": SPEAKERS}:
            raise PeerFailedError(f"{NAME} shows {count} in the event {event!r}")


def call(command: Sequence[str | Path]) -> str:
    """Run one step in pretalx's data folder and return what it printed."""
    return called(command, settings("http://127.0.0.1"), DATA if DATA.exists() else HOME, PATIENCE)


def settings(address: str) -> dict[str, str]:
    """The environment pretalx runs in. Ours is not inherited, except for what finding programs and packages needs."""
    return {
        **inherited(),
        "DJANGO_SETTINGS_MODULE": "pretalx.settings",
        "PRETALX_CONFIG_FILE": os.devnull,
        "PRETALX_DATA_DIR": str(DATA),
        "PRETALX_FILESYSTEM_STATIC": str(DATA / "static"),
        "PRETALX_SITE_URL": address,
        "PRETALX_DEBUG": "False",
    }
