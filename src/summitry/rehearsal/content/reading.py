"""Reads the package's data files; every file is UTF-8 TOML below `data/`."""

import tomllib
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

ROOT = files("summitry.rehearsal.content") / "data"


@cache
def read(name: str) -> dict[str, Any]:
    """Return the parsed file `data/<name>.toml`; callers must not change it."""
    return tomllib.loads((ROOT / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def listing(folder: str) -> tuple[str, ...]:
    """Return the names of the data files in a folder, ready for `read`, in order of their file names."""
    found = (item.name for item in (ROOT / folder).iterdir() if item.name.endswith(".toml"))
    return tuple(f"{folder}/{name.removesuffix('.toml')}" for name in sorted(found))


def chance(seed: int, part: str) -> Random:
    """Return the random source of one part, so that a change in one part does not reshuffle the others."""
    return Random(f"{seed}:{part}")  # noqa: S311 (fiction needs repeatable chance, not secrecy)
