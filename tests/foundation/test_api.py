"""The API's frame: tokens, problem reports, cursor pages, entity tags."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.test import Client

from summitry.directory.models import Entity
from summitry.foundation import clock
from summitry.foundation.api import page_of
from summitry.foundation.api.auth import issue_token
from summitry.foundation.errors import InvalidInput
from summitry.foundation.models import Account, ApiToken

pytestmark = pytest.mark.django_db


def _token(scopes: list[str], **details: dt.datetime) -> str:
    account = Account.objects.create_user("mei@example.org")
    return issue_token(account, "tests", scopes, **details)[1]


def test_the_description_is_complete(client: Client) -> None:
    document = client.get("/api/v1/openapi.json").json()

    undescribed = [
        (path, verb)
        for path, verbs in document["paths"].items()
        for verb, operation in verbs.items()
        if not operation.get("summary") or not operation.get("description")
    ]
    assert undescribed == []
    assert "/api/v1/editions" in {path.rstrip("/") for path in document["paths"]}


@pytest.mark.parametrize("header", ["Bearer smt_wrong", "Basic abc", "Bearer "])
def test_wrong_credentials_are_refused_and_never_taken_for_the_public(client: Client, header: str) -> None:
    response = client.get("/api/v1/editions", headers={"Authorization": header})

    assert (response.status_code, response["Content-Type"]) == (401, "application/problem+json")
    assert json.loads(response.content)["type"] == "urn:summitry:not-authenticated"
    assert response["WWW-Authenticate"] == "Bearer"


def test_a_token_is_accepted_until_it_is_revoked_or_expires(client: Client) -> None:
    secret = _token(["read"])
    headers = {"Authorization": f"Bearer {secret}"}
    assert client.get("/api/v1/editions", headers=headers).status_code == 200

    ApiToken.objects.update(expires_at=clock.now() - dt.timedelta(seconds=1))
    assert client.get("/api/v1/editions", headers=headers).status_code == 401
    ApiToken.objects.update(expires_at=None, revoked_at=clock.now())
    assert client.get("/api/v1/editions", headers=headers).status_code == 401


def test_a_tokens_secret_is_not_stored() -> None:
    secret = _token(["read", "write"])

    assert secret not in str(list(ApiToken.objects.values()))
    with pytest.raises(InvalidInput):
        issue_token(Account.objects.get(), "tests", ["fly"])


def test_a_missing_thing_is_a_problem_report(client: Client) -> None:
    response = client.get("/api/v1/editions/no-such-edition")

    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert json.loads(response.content)["status"] == 404


def test_an_unchanged_answer_is_not_sent_again(client: Client) -> None:
    first = client.get("/api/v1/editions")
    second = client.get("/api/v1/editions", headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, second.status_code, second.content) == (200, 304, b"")


@pytest.mark.parametrize("key", ["pk", "code"])
def test_cursor_pages_hold_every_row_once_while_rows_come_and_go(key: str) -> None:
    Entity.objects.bulk_create([Entity(code=f"T{number:02d}") for number in range(23)])
    seen, cursor = [], None
    while True:
        rows, cursor = page_of(Entity.objects.filter(code__startswith="T"), cursor=cursor, limit=5, key=key)
        seen += [row.code for row in rows]
        if len(seen) == 10:
            Entity.objects.filter(code="T00").delete()
        if cursor is None:
            break

    assert seen == [f"T{number:02d}" for number in range(23)]


@pytest.mark.parametrize("cursor", ["x", "%%%", "bm9wZQ", "W10", "é"])
def test_a_made_up_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidInput):
        page_of(Entity.objects.all(), cursor=cursor)
