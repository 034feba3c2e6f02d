"""Builds what a checkout does not carry: fetched browser files, the stylesheet, compiled translations, and a table.

`make assets` and the wheel's build hook share `build()`; it runs without Django and without settings. npm only fetches:
`frontend/package-lock.json` says what, with hashes, and `frontend/assets.toml` says which file becomes which static file.
Everything written here is ignored by git.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
import time
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from summitry.foundation.web import npm, pinyin, stylesheet, svg

STAMP = ".stamp.json"


class AssetError(Exception):
    """The assets could not be built; the message says why and what to do about it."""


@dataclass(frozen=True, slots=True)
class Checkout:
    """Where things are in a source tree."""

    root: Path

    @property
    def frontend(self) -> Path:
        """The folder of the npm lock and of the copy list."""
        return self.root / "frontend"

    @property
    def package(self) -> Path:
        """The Python package."""
        return self.root / "src" / "summitry"

    @property
    def static(self) -> Path:
        """The static folder of `foundation`."""
        return self.package / "foundation" / "static"

    @property
    def vendor(self) -> Path:
        """The folder of everything that others wrote; it holds nothing else."""
        return self.static / "vendor"

    @property
    def fonts(self) -> Path:
        """The fonts of printed matter: below no static folder, for no browser asks for them."""
        return self.package / "foundation" / "typeset" / "fonts"

    @property
    def css(self) -> Path:
        """The folder of the stylesheet's sources; the one built stylesheet lies among them."""
        return self.static / "summitry" / "css"

    @property
    def readings(self) -> Path:
        """The table by which `foundation.search` reads Chinese."""
        return self.package / "foundation" / "search" / "readings.txt"


HERE = Checkout(Path(__file__).resolve().parents[4])


def build(checkout: Checkout = HERE, *, force: bool = False, tools: bool = False) -> list[str]:
    """Build whatever is out of date and return one sentence for each thing done.

    `tools` also fetches the development packages (TypeScript, axe). Raises AssetError or NpmError with a remedy.
    """
    if not (checkout.frontend / "package-lock.json").is_file():
        raise AssetError("Assets are built in a source tree; an installed Summitry already carries its own.")
    done = []
    if force or not is_fetched(checkout) or (tools and not _has_tools(checkout)):
        npm.install(checkout.frontend, development=tools or _has_tools(checkout))
        done.append(f"Fetched {copy_packages(checkout)} files.")
    done += [f"Wrote {path.name}." for path in _write_stylesheets(checkout)]
    compiled = compile_catalogues(checkout, force=force)
    if compiled:
        done.append(f"Compiled {compiled} translation catalogues.")
    if pinyin.write_readings(checkout.readings, force=force):
        done.append(f"Wrote {checkout.readings.name}.")
    return done


# --- Fetching ------------------------------------------------------------------------------------------------------
def is_fetched(checkout: Checkout) -> bool:
    """Say whether the fetched folders hold exactly what the present lock and copy list ask for."""
    try:
        stamps = [
            (folder, json.loads((folder / STAMP).read_text())) for folder in (checkout.vendor, checkout.fonts)
        ]
    except (OSError, ValueError):
        return False
    inputs = _inputs(checkout)
    return all(stamp["inputs"] == inputs and stamp["files"] == _sizes(folder) for folder, stamp in stamps)


def copy_packages(checkout: Checkout) -> int:
    """Copy the listed files out of node_modules, clean where asked, and return how many there are."""
    listed = tomllib.loads((checkout.frontend / "assets.toml").read_text())
    return sum(
        _copy_into(folder, listed.get(kind, []), checkout)
        for kind, folder in (("package", checkout.vendor), ("font", checkout.fonts))
    )


def _copy_into(target: Path, packages: list[dict[str, Any]], checkout: Checkout) -> int:
    fresh = target.with_name(f"{target.name}.partial")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    (fresh / ".gitignore").write_text("*\n")
    for package in packages:
        source = checkout.frontend / "node_modules" / package["name"]
        folder = fresh / package["folder"]
        folder.mkdir()
        shutil.copyfile(source / package["licence"], folder / "LICENCE.txt")
        for entry in package["files"]:
            _copy(checkout, source, folder, entry)
    sizes = _sizes(fresh)
    (fresh / STAMP).write_text(json.dumps({"inputs": _inputs(checkout), "files": sizes}))
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)
    return len(sizes)


def _copy(checkout: Checkout, source: Path, folder: Path, entry: dict[str, Any]) -> None:
    found = {file.name: file for file in sorted(source.glob(entry["from"]))}
    if not found:
        raise AssetError(f"{source.name} has no file {entry['from']}. Correct frontend/assets.toml.")
    if "replacements" in entry:
        found |= {file.name: file for file in (checkout.frontend / entry["replacements"]).glob("*")}
    ratios = {}
    for file in found.values():
        destination = folder / entry["to"] / file.name if entry["to"].endswith("/") else folder / entry["to"]
        if not entry.get("clean"):
            shutil.copyfile(file, destination)
            continue
        try:
            drawing = svg.clean(file.read_bytes())
        except svg.UnsafeDrawingError as error:
            raise AssetError(f"{source.name}/{file.name} is refused: {error}") from error
        destination.write_bytes(drawing.content)
        ratios[file.stem] = [drawing.width, drawing.height]
    if ratios:
        (folder / "ratios.json").write_text(json.dumps(ratios))


def _has_tools(checkout: Checkout) -> bool:
    return (checkout.frontend / "node_modules" / "typescript").is_dir()


def _inputs(checkout: Checkout) -> str:
    digest = hashlib.sha256()
    code = [Path(__file__), Path(svg.__file__)]
    lists = [checkout.frontend / "package-lock.json", checkout.frontend / "assets.toml"]
    for path in [*lists, *sorted(checkout.frontend.glob("flags/*")), *code]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _sizes(folder: Path) -> dict[str, int]:
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix(): path.stat().st_size for path in sorted(files)}


# --- Generating ----------------------------------------------------------------------------------------------------
def compile_catalogues(checkout: Checkout, *, force: bool = False) -> int:
    """Compile each translation catalogue that is newer than its compiled form; return how many were."""
    stale = []
    for source in sorted(checkout.package.glob("**/locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if force or not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns:
            stale.append((source, target))
    for source, target in stale:
        with source.open("rb") as file:
            try:
                catalogue = read_po(file, abort_invalid=True)
            except PoFileError as error:
                raise AssetError(
                    f"{source.relative_to(checkout.root)} is not a valid catalogue: {error}"
                ) from error
        with target.open("wb") as file:
            write_mo(file, catalogue)
    return len(stale)


def _write_stylesheets(checkout: Checkout) -> list[Path]:
    try:
        return stylesheet.write_stylesheets(checkout.css)
    except stylesheet.StylesheetError as error:
        raise AssetError(str(error)) from error


def _write_if_changed(path: Path, content: bytes) -> bool:
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True


# --- Command line --------------------------------------------------------------------------------------------------
def main(arguments: list[str] | None = None, *, say: Callable[[str], None] = print) -> int:
    """Run from a command line; return 0 when all is well and 1 when something could not be built or is wrong."""
    parser = argparse.ArgumentParser(prog="python -m summitry.foundation.web.assets", description=__doc__)
    parser.add_argument("--force", action="store_true", help="build everything again")
    parser.add_argument("--lock", action="store_true", help="resolve the npm packages again")
    parser.add_argument("--types", action="store_true", help="check our browser modules with TypeScript")
    options = parser.parse_args(arguments)
    try:
        if options.lock:
            npm.lock(HERE.frontend)
        started = time.perf_counter()
        done = build(HERE, force=options.force, tools=options.types)
        for sentence in done or ["Assets are up to date."]:
            say(f"{sentence} ({time.perf_counter() - started:.2f} s)")
        if options.types:
            return npm.run_script(
                HERE.frontend, "node_modules/typescript/lib/tsc.js", "--project", "jsconfig.json"
            )
    except (AssetError, npm.NpmError) as error:
        say(f"Assets were not built. {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
