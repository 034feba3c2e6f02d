"""The files of the source tree, as the tests of this folder read them."""

from __future__ import annotations

import ast
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "summitry"
DOORS = frozenset({"views", "api", "cli"})


BUILT = frozenset(
    {".venv", ".git", "node_modules", "vendor", "var", "build", "dist", "__pycache__", ".mypy_cache"}
)


@cache
def tracked() -> list[Path]:
    """Every file that git holds or would be asked to hold; without git, every file but what is built."""
    git = shutil.which("git") if (ROOT / ".git").exists() else None
    if git is None:
        files = (path for path in ROOT.rglob("*") if not BUILT & set(path.relative_to(ROOT).parts))
        return [
            path for path in files if path.is_file() and path.suffix != ".mo" and path.name != "summitry.css"
        ]
    command = [git, "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [path for name in answer.stdout.split("\0") if name and (path := ROOT / name).is_file()]


@dataclass(frozen=True)
class Module:
    """One Python module of the product."""

    path: Path
    text: str

    @property
    def name(self) -> str:
        """Its place, as a reader would say it."""
        return self.path.relative_to(ROOT).as_posix()

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return ast.parse(self.text)

    @property
    def is_door(self) -> bool:
        """Whether people or programs come in here; `foundation` and `config` only lay the doorsteps."""
        room, *inside = self.path.relative_to(PACKAGE).with_suffix("").parts
        return room not in {"foundation", "config"} and bool(DOORS & set(inside[:1]))


@cache
def modules() -> list[Module]:
    """Every module of the product but migrations."""
    files = (path for path in tracked() if path.suffix == ".py" and path.is_relative_to(PACKAGE))
    return [Module(path, path.read_text()) for path in files if "migrations" not in path.parts]


@cache
def templates() -> list[Path]:
    """Every HTML template of the product."""
    return [path for path in tracked() if path.suffix == ".html" and path.is_relative_to(PACKAGE)]
