"""Runs a module beside a running server, on its database: it builds a small summit there, or does what somebody else would."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.journeys.pages import Site


def begun(site: Site, module: str, *words: object) -> subprocess.Popen[str]:
    """Let `tests.journeys.worlds.<module>` begin with these words."""
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "DJANGO_SETTINGS_MODULE": "summitry.config.settings",
        "SUMMITRY_DATA": str(site.log.parent),
    }
    command = [sys.executable, "-m", f"tests.journeys.worlds.{module}", *map(str, words)]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def told(process: subprocess.Popen[str]) -> str:
    """Wait until it has ended, and return what it printed."""
    said, trouble = process.communicate(timeout=60)
    assert process.returncode == 0, trouble
    return said


def done(site: Site, module: str, *words: object) -> str:
    """Run it to its end, and return what it printed."""
    return told(begun(site, module, *words))
