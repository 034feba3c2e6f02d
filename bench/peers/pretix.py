"""pretix from PyPI: installed and migrated once under `var/bench`, seeded anew for each run, then only served.

Served by gunicorn with two workers on SQLite and without Redis, as a trial installation of it is. It comes in an environment
of its own; nothing of it is imported here.
"""

import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.peers import installing
from bench.peers.installing import ROOT, called, inherited, once
from bench.process import free_port, serving
from bench.progress import step

VERSION = "2026.8.0"
NAME = f"pretix {VERSION}"
REQUIREMENTS = (f"pretix=={VERSION}", "gunicorn>=23")
HOME = ROOT / "var" / "bench" / f"pretix-{VERSION}"
ENVIRONMENT = HOME / "environment"
PYTHON = ENVIRONMENT / "bin" / "python"
DATA = HOME / "data"
EMPTY = HOME / "empty"
PATIENCE = 1800
"""Seconds after which a step of the preparation is given up."""

REDEEM = "/api/v1/organizers/bench/checkinrpc/redeem/"


def prepare() -> dict[str, Any]:
    """Install where it is not; make the database and enter the tickets; return what scans them."""
    HOME.mkdir(parents=True, exist_ok=True)
    once(HOME / "installed", f"{sys.version} {REQUIREMENTS}", install)
    once(HOME / "migrated", VERSION, migrate)
    shutil.rmtree(DATA, ignore_errors=True)
    shutil.copytree(EMPTY, DATA)
    with step(f"{NAME}: entering 2,500 tickets"):
        seeded: dict[str, Any] = json.loads(call([PYTHON, "-m", "bench.peers.seed_pretix"]).splitlines()[-1])
    return seeded


def entries(secret: str) -> int:
    """How often a ticket was let in."""
    return int(call([PYTHON, "-m", "bench.peers.seed_pretix", "verify", secret]).splitlines()[-1])


@contextmanager
def served() -> Iterator[tuple[str, int]]:
    """The seeded pretix on a free loopback port: its address and its process."""
    port = free_port()
    settle(port)
    command: list[str | Path] = [
        *(ENVIRONMENT / "bin" / "gunicorn", "pretix.wsgi:application"),
        *("--workers", "2", "--bind", f"127.0.0.1:{port}", "--timeout", "120"),
    ]
    with serving(command, port=port, environment=settings(), folder=DATA) as server:
        yield f"http://127.0.0.1:{port}", server


def install() -> None:
    """Make the environment and install pretix into it."""
    installing.install(NAME, REQUIREMENTS, ENVIRONMENT, call)


def migrate() -> None:
    """Make the empty database, which takes minutes; each run begins with a copy of it."""
    shutil.rmtree(DATA, ignore_errors=True)
    DATA.mkdir()
    settle(8000)
    with step(f"{NAME}: creating its database"):
        call([PYTHON, "-m", "pretix", "migrate"])
    shutil.rmtree(EMPTY, ignore_errors=True)
    shutil.copytree(DATA, EMPTY)


def settle(port: int) -> None:
    """Write its configuration."""
    lines = [
        *("[pretix]", f"url=http://127.0.0.1:{port}", f"datadir={DATA}"),
        *("[mail]", "host=127.0.0.1", "port=9"),
        *("[django]", "debug=off"),
    ]
    (DATA / "pretix.cfg").write_text("\n".join(lines))


def call(command: Sequence[str | Path]) -> str:
    """Run one step and return what it printed."""
    return called(command, settings(), DATA if DATA.exists() else HOME, PATIENCE)


def settings() -> dict[str, str]:
    """The environment pretix runs in. Ours is not inherited, except for what finding programs and packages needs."""
    return {
        **inherited(),
        "DJANGO_SETTINGS_MODULE": "pretix.settings",
        "PRETIX_CONFIG_FILE": str(DATA / "pretix.cfg"),
    }
