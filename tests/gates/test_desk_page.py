"""The shell of the desk: without data, with a policy of its own, and complete for work without a line."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from summitry.gates.enums import Reason
from summitry.gates.queries.desk_words import words
from summitry.gates.views.desk import FILES, MODULES

JS = Path(str(finders.find("summitry/js/desk.js"))).parent
BUDGET = 700_000


def test_desk_page_asks_nobody_and_no_database(client: Client) -> None:
    answer = client.get("/en/gate/")
    assert answer.status_code == 200
    assert "script-src 'self' 'wasm-unsafe-eval'" in answer.headers["Content-Security-Policy"]
    assert "camera=(self)" in answer.headers["Permissions-Policy"]
    assert answer.content == client.get("/en/gate/").content
    assert not answer.cookies


def test_desk_worker_keeps_page_and_files(client: Client) -> None:
    answer = client.get("/ar/gate/worker.js")
    kept = json.loads(answer.content.decode().split("\n", 1)[0].removeprefix("const KEPT = ").rstrip(";"))
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert (kept["shell"], len(kept["files"])) == ("/ar/gate/", len(FILES))
    assert re.fullmatch("[0-9a-f]{16}", kept["version"])


def test_desk_worker_keeps_every_module_that_is_imported() -> None:
    imported = {
        name
        for module in MODULES
        for name in re.findall(r'from "\./([\w-]+\.js)"', (JS / module).read_text())
    }
    assert imported - set(MODULES) == set()
    assert {path.name for path in JS.glob("desk*.js")} == {*MODULES, "desk-worker.js"} - {
        "site.js",
        "live.js",
    }


def test_desk_stays_within_its_weight() -> None:
    weights = {name: len(gzip.compress(Path(str(finders.find(name))).read_bytes(), 9)) for name in FILES}
    assert sum(weights.values()) <= BUDGET, weights
    code = [weight for name, weight in weights.items() if name.endswith(".js")]
    assert sum(code) <= 60_000, weights


def test_desk_is_an_application_in_its_language(client: Client) -> None:
    told = json.loads(client.get("/ar/gate/desk.webmanifest").content)
    assert (told["dir"], told["lang"], told["scope"], told["display"]) == (
        "rtl",
        "ar",
        "/ar/gate/",
        "standalone",
    )


def test_desk_has_words_for_every_reason() -> None:
    assert {f"reason_{reason.value}" for reason in Reason} <= set(words())


@pytest.mark.parametrize("lang", ["en", "zh-hans", "ar", "fr", "ru", "es"])
def test_desk_modules_ask_only_for_words_that_there_are(client: Client, lang: str) -> None:
    page = client.get(f"/{lang}/gate/").content.decode()
    told = json.loads(re.search(r'<script id="desk-words"[^>]*>(.*?)</script>', page)[1])  # type: ignore[index]
    code = "".join(path.read_text() for path in JS.glob("desk*.js"))
    asked = set(re.findall(r'words\.(\w+)|\.word\("(\w+)"', code))
    assert {first or second for first, second in asked} - set(told) == set()
