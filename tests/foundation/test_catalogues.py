"""The interface is complete in all six languages: no empty entry, no guess, no placeholder lost, nothing uncollected."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "summitry"
CATALOGUES = ("zh_Hans", "fr", "es", "ru", "ar")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\{?\s*\w+\s*\}?\}|%[sd]")


def texts(value: str | list[str] | tuple[str, ...] | None) -> list[str]:
    """Return the forms of an entry, one or several."""
    return [value] if isinstance(value, str) else list(value or [""])


@pytest.mark.parametrize("language", CATALOGUES)
def test_catalogue_is_complete_and_keeps_every_placeholder(language: str) -> None:
    with (PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        catalogue = read_po(file)
    wrong = []
    for message in catalogue:
        if not message.id:
            continue
        forms = texts(message.string)
        wanted = set(PLACEHOLDER.findall(texts(message.id)[-1]))
        if message.fuzzy or not all(forms) or any(set(PLACEHOLDER.findall(form)) - wanted for form in forms):
            wrong.append(message.id)
        # The form for exactly one may say it in a word; the last form is the general one.
        if set(PLACEHOLDER.findall(forms[-1])) != wanted:
            wrong.append(message.id)
    assert wrong == []


@pytest.mark.slow
def test_every_string_of_the_sources_is_in_the_catalogues(tmp_path: Path) -> None:
    if shutil.which("xgettext") is None:
        pytest.skip("gettext is not installed; its xgettext collects the strings")
    copy = tmp_path / "summitry"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("static", "*.mo", "__pycache__", "data"))
    options = ["-l", "fr", "--no-location", "--no-obsolete", "--no-wrap", "-v", "0"]
    command = [sys.executable, "-m", "django", "makemessages", *options]
    subprocess.run(command, cwd=copy, check=True, capture_output=True, timeout=120)
    with (copy / "locale/fr/LC_MESSAGES/django.po").open("rb") as collected:
        found = {texts(message.id)[0] for message in read_po(collected) if message.id}
    with (PACKAGE / "locale/fr/LC_MESSAGES/django.po").open("rb") as kept:
        known = {texts(message.id)[0] for message in read_po(kept) if message.id}
    assert (found - known, known - found) == (set(), set())
