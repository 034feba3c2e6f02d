"""pretalx from PyPI: installed, migrated and seeded once under `var/bench`, then only served.

Served as its administrator's guide says: gunicorn with two workers, here on its default SQLite and without Redis. Each
step leaves a mark, so a second run starts in seconds and an interrupted one resumes. The database is made anew when the
synthetic summit or the seeder changes.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.contest import System
from bench.process import free_port, serving
from bench.progress import step
from bench.summit import SESSIONS, SPEAKERS

VERSION = "2025.2.2"
NAME = f"pretalx {VERSION}"
REQUIREMENTS = (f"pretalx=={VERSION}", "gunicorn>=23")
ROOT = Path(__file__).parents[2]
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


class PeerFailedError(Exception):
    """A step of the peer's preparation failed; carries the end of what it printed."""


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


def once(mark: Path, content: str, action: Callable[[], None]) -> None:
    """Do what the mark stands for, unless the mark is there with the same content."""
    if mark.exists() and mark.read_text() == content:
        return
    mark.unlink(missing_ok=True)
    action()
    mark.write_text(content)


def install() -> None:
    """Make the environment and install pretalx into it: with uv where there is one, else with venv and pip."""
    places = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    uv = shutil.which("uv", path=places)
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    with step(f"installing {NAME}"):
        if uv:
            call([uv, "venv", "--python", sys.executable, ENVIRONMENT])
            call([uv, "pip", "install", "--python", PYTHON, *REQUIREMENTS])
        else:
            call([sys.executable, "-m", "venv", ENVIRONMENT])
            call([PYTHON, "-m", "pip", "install", "--quiet", *REQUIREMENTS])


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
    arguments = [str(part) for part in command]
    try:
        done = subprocess.run(
            arguments,
            env=settings("http://127.0.0.1"),
            cwd=DATA if DATA.exists() else HOME,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=True,
        )
    except subprocess.TimeoutExpired as slow:
        raise PeerFailedError(f"{' '.join(arguments)} took more than {PATIENCE} s") from slow
    except subprocess.CalledProcessError as failed:
        raise PeerFailedError(
            f"{' '.join(arguments)} failed:\n{failed.stdout}{failed.stderr}"[-3000:]
        ) from failed
    return done.stdout


def settings(address: str) -> dict[str, str]:
    """The environment pretalx runs in. Ours is not inherited, except for what finding programs and packages needs."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name in {"PATH", "HOME", "LANG", "TMPDIR"}
        or name.startswith(("UV_", "PIP_", "SSL_"))
        or "PROXY" in name.upper()
    }
    return {
        **inherited,
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "pretalx.settings",
        "PRETALX_CONFIG_FILE": os.devnull,
        "PRETALX_DATA_DIR": str(DATA),
        "PRETALX_FILESYSTEM_STATIC": str(DATA / "static"),
        "PRETALX_SITE_URL": address,
        "PRETALX_DEBUG": "False",
    }
