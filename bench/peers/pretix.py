"""pretix from PyPI: installed and migrated once under `var/bench`, seeded anew for each run, then only served.

Served by gunicorn with two workers on SQLite and without Redis, as a trial installation of it is. It comes in an environment
of its own; nothing of it is imported here.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.peers.pretalx import PATIENCE, PeerFailedError, once
from bench.process import free_port, serving
from bench.progress import step

VERSION = "2026.8.0"
NAME = f"pretix {VERSION}"
REQUIREMENTS = (f"pretix=={VERSION}", "gunicorn>=23")
ROOT = Path(__file__).parents[2]
HOME = ROOT / "var" / "bench" / f"pretix-{VERSION}"
ENVIRONMENT = HOME / "environment"
PYTHON = ENVIRONMENT / "bin" / "python"
DATA = HOME / "data"
EMPTY = HOME / "empty"
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
    """Make the environment and install pretix into it: with uv where there is one, else with venv and pip."""
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
    arguments = [str(part) for part in command]
    try:
        done = subprocess.run(
            arguments,
            env=settings(),
            cwd=DATA if DATA.exists() else HOME,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE * 6,
            check=True,
        )
    except subprocess.TimeoutExpired as slow:
        raise PeerFailedError(f"{' '.join(arguments)} took too long") from slow
    except subprocess.CalledProcessError as failed:
        said = f"{failed.stdout}{failed.stderr}"[-3000:]
        raise PeerFailedError(f"{' '.join(arguments)} failed:\n{said}") from failed
    return done.stdout


def settings() -> dict[str, str]:
    """The environment pretix runs in. Ours is not inherited, except for what finding programs and packages needs."""
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
        "DJANGO_SETTINGS_MODULE": "pretix.settings",
        "PRETIX_CONFIG_FILE": str(DATA / "pretix.cfg"),
    }
