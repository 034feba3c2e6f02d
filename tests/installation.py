"""A data folder that the server finds ready, made once in a run of the tests, for whoever starts a server of its own."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

PREPARE = """
import django
django.setup()
from summitry.config.cli.server import prepare
prepare(quiet=True)
"""


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return the folder that `make` filled, in whichever worker came first; the others wait for it."""
    common = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        common = common.parent
    with (common / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder = common / name
        if not folder.exists():
            making = common / f"{name}.new"
            making.mkdir()
            make(making)
            making.rename(folder)
    return folder


def prepared(factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an empty SQLite database of the present schema and with the static files collected."""

    def make(folder: Path) -> None:
        given = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("SUMMITRY_", "DATABASE_"))
        }
        settings = {"DJANGO_SETTINGS_MODULE": "summitry.config.settings", "SUMMITRY_DATA": str(folder)}
        subprocess.run([sys.executable, "-c", PREPARE], env=given | settings, check=True)

    return once(factory, "prepared", make)


def copied(source: Path, target: Path) -> Path:
    """Return `target`, a copy of the data folder `source`."""
    return Path(shutil.copytree(source, target, dirs_exist_ok=True))
