import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from summitry import __version__
from tests.architecture.source import ROOT, tracked

DECISIONS = ROOT / "docs" / "decisions"
PROSE = [path for path in tracked() if path.suffix == ".md"]


def test_reference_pages_are_what_the_code_says(tmp_path: Path) -> None:
    # In a process of its own: other tests declare tables and sentences of theirs in this one.
    command = [sys.executable, "-m", "summitry.config.reference", str(tmp_path)]
    environment = {**os.environ, "SUMMITRY_DATA": str(tmp_path / "data")}
    subprocess.run(command, check=True, capture_output=True, env=environment, timeout=60)
    folder = ROOT / "docs" / "reference"
    stale = [
        page.name
        for page in tmp_path.glob("*.md")
        if not (folder / page.name).exists() or (folder / page.name).read_text() != page.read_text()
    ]
    assert stale == [], "run `make docs`"


def test_decisions_are_numbered_without_gap_and_listed() -> None:
    names = sorted(path.name for path in DECISIONS.glob("*.md") if path.name != "README.md")
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    index = (DECISIONS / "README.md").read_text()
    assert [name for name in names if f"({name})" not in index] == []


def test_decisions_have_a_title_with_their_number_and_say_what_follows() -> None:
    for path in DECISIONS.glob("0*.md"):
        text = path.read_text()
        assert text.startswith(f"# {path.name[:4]} "), path.name
        assert {"## Situation", "## Decision", "## Consequences"} <= set(text.splitlines()), path.name


def test_links_between_documents_lead_somewhere() -> None:
    broken = [
        f"{path.relative_to(ROOT)} -> {target}"
        for path in PROSE
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", path.read_text())
        if not (path.parent / target).exists()
    ]
    assert broken == []


def test_every_chore_of_the_makefile_is_explained_to_contributors() -> None:
    chores = re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE)
    text = (ROOT / "CONTRIBUTING.md").read_text()
    assert [chore for chore in chores if f"`make {chore}" not in text] == []


def test_every_room_has_its_row_for_contributors() -> None:
    rooms = {
        path.parent.name
        for path in tracked()
        if path.parent.parent == ROOT / "src/summitry" and path.name == "__init__.py"
    }
    text = (ROOT / "CONTRIBUTING.md").read_text()
    assert [room for room in sorted(rooms) if f"`{room}`" not in text] == []


def test_changelog_has_the_present_version() -> None:
    assert re.search(
        rf"^## (\[{re.escape(__version__)}\]|Unreleased)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE
    )


@pytest.mark.parametrize(
    "word", ["Edition", "Forum", "Session", "Contribution", "Slot", "Entity", "Guest", "Channel"]
)
def test_glossary_explains_the_words_of_the_code(word: str) -> None:
    assert re.search(rf"\*\*{word}\b", (ROOT / "GLOSSARY.md").read_text())
