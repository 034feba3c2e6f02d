import json
import re
import tomllib

from tests.architecture.source import ROOT, tracked

SERVERS = re.compile(r"(?:registry\.[a-z]+js|pyp[i]\.org|python[h]osted)", re.IGNORECASE)
BINARY = {".png", ".jpg", ".jpeg", ".webp", ".ico", ".woff2", ".xlsx", ".pdf", ".gz", ".mo"}
TEXT = [path for path in tracked() if path.suffix not in BINARY]


def _names(paths: list) -> list[str]:  # type: ignore[type-arg]
    return sorted(path.relative_to(ROOT).as_posix() for path in paths)


def test_nothing_of_third_parties_is_committed() -> None:
    places = ("node_modules", "vendor")
    strays = [path for path in tracked() if any(place in path.parts for place in places)]
    strays += [
        path
        for path in tracked()
        if path.name.endswith((".min.js", ".min.css", ".js.map", ".css.map", ".whl", ".tgz"))
    ]
    assert _names(strays) == []


def test_generated_files_are_not_committed() -> None:
    assert (
        _names(
            [path for path in tracked() if path.suffix == ".mo" or path.name in {"uv.lock", "summitry.css"}]
        )
        == []
    )


def test_no_file_names_a_package_server() -> None:
    assert _names([path for path in TEXT if SERVERS.search(path.read_text(errors="replace"))]) == []


def test_python_lock_is_exact_and_hashed() -> None:
    lines = (ROOT / "requirements.lock").read_text().splitlines()
    entries = [line for line in lines if line and not line.startswith((" ", "#"))]
    assert [line for line in entries if not re.match(r"[a-z0-9-]+(\[[a-z,]+\])?==\S+ ", line)] == []
    assert sum("--hash=sha256:" in line for line in lines) >= len(entries)


def test_python_lock_holds_every_declared_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    declared = [
        *project["project"]["dependencies"],
        *(line for extra in project["project"]["optional-dependencies"].values() for line in extra),
        *(line for group in project["dependency-groups"].values() for line in group),
    ]
    wanted = {re.split(r"[\[<>=;~! ]", line)[0].lower().replace("_", "-") for line in declared}
    locked = set(
        re.findall(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    )
    assert sorted(wanted - locked) == []


def test_browser_lock_carries_hashes_and_no_addresses() -> None:
    lock = json.loads((ROOT / "frontend" / "package-lock.json").read_text())
    fetched = {name: entry for name, entry in lock["packages"].items() if name}
    assert [name for name, entry in fetched.items() if not entry["integrity"].startswith("sha512-")] == []
    assert [name for name, entry in fetched.items() if "resolved" in entry] == []


def test_browser_packages_are_pinned_exactly() -> None:
    package = json.loads((ROOT / "frontend" / "package.json").read_text())
    versions = {**package["dependencies"], **package["devDependencies"]}
    assert {
        name: version for name, version in versions.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)
    } == {}


def test_every_listed_asset_is_a_declared_package() -> None:
    tables = tomllib.loads((ROOT / "frontend" / "assets.toml").read_text())
    listed = {entry["name"] for kind in ("package", "font") for entry in tables[kind]}
    assert listed == set(json.loads((ROOT / "frontend" / "package.json").read_text())["dependencies"])
