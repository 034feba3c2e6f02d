"""A juror's own reviews over the API: her table, a save with stamps, handing in; nobody else's."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from summitry.foundation.api.auth import issue_token
from tests.calls.reviews.table import Table, make_table

pytestmark = pytest.mark.django_db


class Door:
    """The API as the bearer of a token meets it."""

    def __init__(self, table: Table, who: str, *scopes: str) -> None:
        _token, secret = issue_token(table.accounts[who], "tests", list(scopes or ("read", "write")))
        self.base = f"/api/v1/editions/{table.edition.slug}/calls/{table.call.slug}/own-assignments"
        self.headers = {"Authorization": f"Bearer {secret}"}
        self.client = Client()

    def get(self, path: str = "") -> Any:
        return self.client.get(self.base + path, headers=self.headers)

    def put(self, path: str, **payload: Any) -> Any:
        return self.client.put(
            self.base + path, payload, content_type="application/json", headers=self.headers
        )


def test_a_juror_lists_saves_and_hands_in() -> None:
    table = make_table(entries=2)
    door = Door(table, "ada")
    listed = door.get().json()
    assert [(row["entry"], row["state"], row["given"], row["asked"]) for row in listed] == [
        (1, "given", 0, 2),
        (2, "given", 0, 2),
    ]
    seen = door.get("/1/1").json()["seen"]
    saved = door.put("/1/1", marks={"criterion-1": 8}, remarks="Good", seen=seen, key="k").json()
    assert (saved["version"], saved["marks"], saved["crossed"]) == (1, {"criterion-1": 8}, [])
    assert door.put("/1/1", remarks="Better", seen=seen).json()["crossed"] == ["remarks"]
    assert door.put("/1/1", submit=True).status_code == 422
    done = door.put("/1/1", marks={"criterion-2": 4}, submit=True).json()
    assert (done["state"], done["score"], len(done["digest"])) == ("submitted", 6.0, 64)
    assert door.put("/1/1", remarks="Late", seen=done["seen"]).status_code == 409


def test_only_jurors_come_in_and_only_to_their_own() -> None:
    table = make_table(jurors=("ada", "bo"))
    table.assignment("bo").delete()
    assert Door(table, "chair").get().status_code == 403
    assert Door(table, "bo").get("/1/1").status_code == 404
    assert Door(table, "ada", "read").put("/1/1", remarks="x").status_code == 403
    assert Door(table, "ada").put("/1/1", marks={"criterion-1": 77}).status_code == 422
