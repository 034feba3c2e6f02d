"""Where the browser of the tests is."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

import pytest

FIND = Path(__file__).parent.parent / "find-chromium"


@cache
def program() -> str:
    """Return the path of a Chromium; fail, with what to do about it, where there is none."""
    found = subprocess.run(["sh", FIND], capture_output=True, text=True, check=False)
    if found.returncode:
        pytest.fail(found.stderr.strip())
    return found.stdout.strip()
