"""What every peer needs to stand beside us: an environment of its own, steps that are done once, settings that are not ours."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bench.progress import step

ROOT = Path(__file__).parents[2]


class PeerFailedError(Exception):
    """A step of the peer's preparation failed; carries the end of what it printed."""


def once(mark: Path, content: str, action: Callable[[], None]) -> None:
    """Do what the mark stands for, unless the mark is there with the same content."""
    if mark.exists() and mark.read_text() == content:
        return
    mark.unlink(missing_ok=True)
    action()
    mark.write_text(content)


def install(
    name: str, requirements: Sequence[str], environment: Path, call: Callable[[Sequence[str | Path]], str]
) -> None:
    """Make the environment and install a peer into it: with uv where there is one, else with venv and pip."""
    places = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    uv = shutil.which("uv", path=places)
    python = environment / "bin" / "python"
    shutil.rmtree(environment, ignore_errors=True)
    with step(f"installing {name}"):
        if uv:
            call([uv, "venv", "--python", sys.executable, environment])
            call([uv, "pip", "install", "--python", python, *requirements])
        else:
            call([sys.executable, "-m", "venv", environment])
            call([python, "-m", "pip", "install", "--quiet", *requirements])


def called(command: Sequence[str | Path], settings: Mapping[str, str], folder: Path, patience: float) -> str:
    """Run one step in `folder` and return what it printed. Raises PeerFailedError, also after `patience` seconds."""
    arguments = [str(part) for part in command]
    try:
        done = subprocess.run(
            arguments,
            env=settings,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=patience,
            check=True,
        )
    except subprocess.TimeoutExpired as slow:
        raise PeerFailedError(f"{' '.join(arguments)} took more than {patience} s") from slow
    except subprocess.CalledProcessError as failed:
        raise PeerFailedError(
            f"{' '.join(arguments)} failed:\n{failed.stdout}{failed.stderr}"[-3000:]
        ) from failed
    return done.stdout


def inherited() -> dict[str, str]:
    """The part of our environment that a peer gets: what finding programs and packages needs."""
    return {
        name: value
        for name, value in os.environ.items()
        if name in {"PATH", "HOME", "LANG", "TMPDIR"}
        or name.startswith(("UV_", "PIP_", "SSL_"))
        or "PROXY" in name.upper()
    } | {"PYTHONPATH": str(ROOT)}
