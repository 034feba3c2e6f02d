"""The workbench over the API: the same texts, the same rules."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from summitry.foundation.api.auth import issue_token
from summitry.foundation.models import Account
from summitry.programme.models import Session
from summitry.translation.models import Assignment
from tests.translation.make import AR, ZH, Desk, make_desk, make_holder, make_term

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk()


def url(desk: Desk, path: str) -> str:
    return f"/api/v1/editions/{desk.edition.slug}/{path}"


def bearer(account: Account, *scopes: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {issue_token(account, 'test', list(scopes or ('read', 'write')))[1]}"}


def staff(desk: Desk, role: str, *scopes: str) -> dict[str, str]:
    return bearer(make_holder(role, "edition", desk.edition.pk), *scopes)


def test_list_is_that_of_the_workbench_and_goes_on_with_its_cursor(client: Client, desk: Desk) -> None:
    headers = staff(desk, "viewer", "read")
    first = client.get(
        url(desk, "translations"), {"lang": ZH, "state": "missing", "limit": "2"}, headers=headers
    )
    assert [item["state"] for item in first.json()["items"]] == ["missing", "missing"]
    rest = client.get(
        url(desk, "translations"),
        {"lang": ZH, "state": "missing", "cursor": str(first.json()["next"])},
        headers=headers,
    )
    ids = [item["id"] for item in (*first.json()["items"], *rest.json()["items"])]
    assert (len(ids), len(set(ids)), rest.json()["next"]) == (5, 5, None)
    wrong = client.get(url(desk, "translations"), {"lang": ZH, "cursor": "x"}, headers=headers)
    assert wrong.status_code == 422


def test_progress_counts_every_language(client: Client, desk: Desk) -> None:
    answer = client.get(url(desk, "translations/progress"), headers=staff(desk, "viewer", "read")).json()
    assert answer == [
        {"language": "en", "missing": 0, "machine": 0, "stale": 0, "reviewed": 0},
        {"language": ZH, "missing": 5, "machine": 1, "stale": 1, "reviewed": 2},
        {"language": AR, "missing": 9, "machine": 0, "stale": 0, "reviewed": 0},
    ]


def test_text_is_read_with_its_terms_and_saved_against_what_was_seen(client: Client, desk: Desk) -> None:
    make_term({"en": "archive", ZH: "档案"})
    headers, path = staff(desk, "translator"), f"translations/{desk.text(desk.sessions['archives'])}/{ZH}"
    seen = client.get(url(desk, path), headers=headers).json()
    assert (seen["state"], seen["former_source"], [term["translation"] for term in seen["terms"]]) == (
        "stale",
        "Archives in 12 towns",
        ["档案"],
    )
    given = {
        "words": "十四个城镇的档案",
        "seen_source": seen["seen_source"],
        "seen_target": seen["seen_target"],
    }
    saved = client.put(url(desk, path), given, "application/json", headers=headers)
    assert (saved.status_code, saved.json()["state"]) == (200, "reviewed")
    again = client.put(url(desk, path), {**given, "words": "别的"}, "application/json", headers=headers)
    assert (again.status_code, again.json()["type"]) == (409, "urn:summitry:translation-conflict")
    too_long = client.put(url(desk, path), {"words": "长" * 501}, "application/json", headers=headers)
    assert (too_long.status_code, list(too_long.json()["errors"])) == (422, ["words"])


def test_forum_editor_reads_and_writes_her_forum_only(client: Client, desk: Desk) -> None:
    account = make_holder("forum_editor", "forum", desk.forums["memory"].pk)
    headers = bearer(account)
    items = client.get(url(desk, "translations"), {"lang": AR}, headers=headers).json()["items"]
    assert {item["name"] for item in items} == {
        "Digital memory",
        "Archives in 14 towns",
        "Keeping disks",
        desk.people["chen"].reference_name,
    }
    foreign = url(desk, f"translations/{desk.text(desk.sessions['doors'])}/{AR}")
    assert client.get(foreign, headers=headers).status_code == 404
    assert client.put(foreign, {"words": "x"}, "application/json", headers=headers).status_code == 404
    for path in ("translations/file.csv", "translations/file.xlf"):
        assert b"Open doors" not in client.get(url(desk, path), {"lang": AR}, headers=headers).content


def test_reading_token_does_not_write_and_the_public_sees_nothing(client: Client, desk: Desk) -> None:
    path = url(desk, f"translations/{desk.text(desk.sessions['doors'])}/{AR}")
    reader = staff(desk, "translator", "read")
    assert client.put(path, {"words": "x"}, "application/json", headers=reader).status_code == 403
    for address in ("translations", "translations/progress", "translations/file.csv", "assignments"):
        assert client.get(url(desk, address)).status_code == 403, address


def test_file_is_tried_first_and_taken_then(client: Client, desk: Desk) -> None:
    headers = staff(desk, "translator")
    data = client.get(url(desk, "translations/file.xlf"), {"lang": AR}, headers=headers).content
    data = data.replace(
        b'<segment id="1" state="initial" subState="summitry:missing"><source>Open doors</source>',
        '<segment id="1" state="final"><source>Open doors</source><target>أبواب</target>'.encode(),
    )
    address = url(desk, f"translations/file?lang={AR}")
    tried = client.post(address, data, "application/xliff+xml", headers=headers).json()
    assert (tried["written"], tried["outcomes"]["new"], tried["refused"]) == (0, 1, {})
    assert Session.objects.get(code="doors").title.get(AR) == ""
    done = client.post(f"{address}&dry_run=false", data, "application/xliff+xml", headers=headers).json()
    assert done["written"] == 1
    assert Session.objects.get(code="doors").title.get(AR) == "أبواب"
    bad = client.post(address, b"<!DOCTYPE x><x/>", "application/xml", headers=headers)
    assert (bad.status_code, bad.json()["type"]) == (422, "urn:summitry:translation-file-refused")


def test_work_is_handed_out_and_taken_back(client: Client, desk: Desk) -> None:
    translator = make_holder("translator", "edition", desk.edition.pk)
    given: dict[str, Any] = {"account": translator.email, "language": ZH, "note": "Soon"}
    assert (
        client.post(
            url(desk, "assignments"), given, "application/json", headers=staff(desk, "viewer")
        ).status_code
        == 403
    )
    headers = staff(desk, "director")
    made = client.post(url(desk, "assignments"), given, "application/json", headers=headers)
    assert (made.status_code, made.json()["account"]) == (201, translator.email)
    address = url(desk, f"assignments/{made.json()['id']}")
    changed = client.patch(address, {"note": "Later"}, "application/json", headers=headers)
    assert changed.json()["note"] == "Later"
    unknown = {**given, "account": "nobody@example.org"}
    assert (
        client.post(url(desk, "assignments"), unknown, "application/json", headers=headers).status_code == 422
    )
    assert client.delete(address, headers=bearer(translator)).status_code == 403
    assert client.delete(address, headers=headers).status_code == 204
    assert not Assignment.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_keep_their_query_budget(
    client: Client, desk: Desk, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    headers = staff(desk, "director", "read")
    for _n in range(rows):
        Assignment.objects.create(
            edition=desk.edition, account=make_holder("translator", "edition", desk.edition.pk), language=AR
        )
    client.get(url(desk, "translations"), {"lang": ZH}, headers=headers)
    cache.clear()
    with django_assert_num_queries(21):
        assert client.get(url(desk, "translations"), {"lang": ZH}, headers=headers).status_code == 200
    with django_assert_num_queries(4):
        assert client.get(url(desk, "assignments"), headers=headers).status_code == 200
