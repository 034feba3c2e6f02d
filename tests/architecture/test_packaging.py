import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, ROOT, tracked

pytestmark = pytest.mark.slow

STATIC = "summitry/foundation/static"
SERVE = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "summitry.config.settings"
django.setup()
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client
import summitry
call_command("migrate", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
page = Client(SERVER_NAME="localhost").get("/", follow=True)
print(summitry.__file__, page.status_code, sep="\\n")
"""


def _hatchling(source: Path, target: Path, kind: str, **environment: str) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "--target", kind, "--directory", str(target)]
    subprocess.run(command, cwd=source, check=True, capture_output=True, env={**os.environ, **environment})
    return next(target.glob("*.whl" if kind == "wheel" else "*.tar.gz"))


@pytest.fixture(scope="session")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the source distribution from this checkout."""
    return _hatchling(ROOT, tmp_path_factory.mktemp("sdist"), "sdist")


@pytest.fixture(scope="session")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from the source distribution, with neither Node nor npm in reach."""
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path_factory.getbasetemp() / "unpacked", filter="data")
    source = next((tmp_path_factory.getbasetemp() / "unpacked").iterdir())
    return _hatchling(source, tmp_path_factory.mktemp("wheel"), "wheel", PATH="")


@pytest.fixture(scope="session")
def bare(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Put the wheel into an environment of its own, which borrows only the dependencies of this one."""
    home = tmp_path_factory.mktemp("bare")
    venv.create(home, symlinks=True)
    python = home / "bin" / "python"
    where = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    )
    packages = Path(where.stdout.strip())
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    return python


def test_wheel_carries_assets_and_licences(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    scripts = {
        f"{STATIC}/vendor/htmx/{name}" for name in ("htmx.js", "hx-csp.js", "hx-sse.js", "LICENCE.txt")
    }
    flags = {f"{STATIC}/vendor/flags/{name}" for name in ("cn.svg", "sy.svg", "ratios.json", "LICENCE.txt")}
    sheets = {f"{STATIC}/summitry/css/{name}.css" for name in ("summitry", "console")}
    table = "summitry/foundation/search/readings.txt"
    fonts = {
        f"summitry/foundation/typeset/fonts/{name}"
        for name in ("latin/NotoSans_700Bold.ttf", "chinese/NotoSansHans-Regular.otf", "arabic/LICENCE.txt")
    }
    assert sorted({*scripts, *flags, *sheets, *fonts, table} - names) == []
    assert len([name for name in names if name.endswith("/licenses/LICENSE")]) == 1


def test_wheel_carries_every_source_file_and_compiled_catalogue(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    ours = {path.relative_to(PACKAGE.parent).as_posix() for path in tracked() if path.is_relative_to(PACKAGE)}
    compiled = {name.removesuffix(".po") + ".mo" for name in ours if name.endswith(".po")}
    assert sorted((ours | compiled) - names) == []


def test_wheel_carries_nothing_else(wheel: Path) -> None:
    strays = ("node_modules", "tests/", "bench/", "frontend/", "__pycache__", ".gitignore")
    assert [
        name for name in zipfile.ZipFile(wheel).namelist() if any(stray in name for stray in strays)
    ] == []


def test_installed_wheel_serves_without_node(bare: Path, tmp_path: Path) -> None:
    environment = {"PATH": "", "SUMMITRY_DATA": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    answer = subprocess.run(
        [bare, "-W", "error::RuntimeWarning", "-c", SERVE],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    place, status = answer.stdout.split()
    assert (Path(place).is_relative_to(bare.parents[1]), status) == (True, "200")
    assert (tmp_path / "static" / "vendor" / "htmx" / "htmx.js").exists()
