"""The verdicts that the server's look-up and the devices' own are held to; tests/journeys/worlds/test_desk.py asks the other half."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from summitry.gates.queries.tokens import digest_of, plain
from summitry.gates.queries.verdict import Asked, decide

VECTORS: dict[str, list[dict[str, Any]]] = json.loads(Path(__file__).with_name("verdicts.json").read_text())


@pytest.mark.parametrize("vector", VECTORS["verdicts"], ids=lambda vector: str(vector["case"]))
def test_verdict_follows_the_shared_table(vector: dict[str, Any]) -> None:
    assert decide(Asked(**vector["asked"])) == (vector["decision"], vector["reason"])


@pytest.mark.parametrize("vector", VECTORS["tokens"], ids=lambda vector: str(vector["plain"]))
def test_token_is_read_as_devices_read_it(vector: dict[str, Any]) -> None:
    assert (plain(vector["text"]), digest_of(vector["text"])) == (vector["plain"], vector["digest"])
