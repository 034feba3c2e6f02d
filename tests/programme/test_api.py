from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from summitry.foundation.api.auth import issue_token
from summitry.foundation.i18n import Text
from summitry.foundation.models import Grant
from summitry.programme.models import Slot
from tests.directory.make import make_account, make_person
from tests.editions.make import make_edition, make_room
from tests.programme.make import appear, at, make_forum, make_session, place, publish
from tests.programme.summit import Summit, make_summit_programme


@pytest.fixture
def summit(db: None) -> Summit:
    return make_summit_programme()


def url(summit: Summit, path: str) -> str:
    return f"/api/v1/editions/{summit.edition.slug}/{path}"


def token_of(role: str, summit: Summit, *scopes: str) -> dict[str, str]:
    account = make_account()
    Grant.objects.create(account=account, role=role, scope_kind="edition", scope_id=summit.edition.pk)
    return {"Authorization": f"Bearer {issue_token(account, 'test', list(scopes))[1]}"}


def codes(answer: Any, key: str = "code") -> list[Any]:
    assert answer.status_code == 200, answer.content
    return [item[key] for item in answer.json()["items"]]


def test_public_sees_what_is_published_and_staff_sees_all(client: Client, summit: Summit) -> None:
    staff = token_of("viewer", summit, "read")
    assert codes(client.get(url(summit, "sessions"))) == ["night", "opening", "tongues"]
    assert codes(client.get(url(summit, "sessions"), headers=staff)) == [
        "confidential", "night", "opening", "secret", "tongues", "unplaced",
    ]  # fmt: skip
    assert codes(client.get(url(summit, "forums")), "slug") == ["memory", "cafe"]
    assert codes(client.get(url(summit, "forums"), headers=staff), "slug") == ["memory", "cafe", "hidden"]
    ghost = summit.people["ghost"].slug
    assert ghost not in codes(client.get(url(summit, "speakers")), "slug")
    assert ghost in codes(client.get(url(summit, "speakers"), headers=staff), "slug")
    for path in (
        "sessions/confidential",
        "sessions/secret",
        "sessions/unplaced",
        "schedule/draft",
        "schedule/versions/9",
    ):
        answer = client.get(url(summit, path))
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json"), path
    assert codes(client.get(url(summit, "schedule/versions/1")), "session") == ["opening", "tongues", "night"]
    assert len(codes(client.get(url(summit, "schedule/draft"), headers=staff), "session")) == 5


def test_session_is_told_whole(client: Client, summit: Summit) -> None:
    answer = client.get(url(summit, "sessions/opening"))
    session = answer.json()
    assert session["title"]["texts"]["zh-hans"] == "档案开放"
    assert session["slot"] == {
        "session": "opening",
        "room": "moon",
        "starts_at": "2026-11-09T01:00:00Z",
        "ends_at": "2026-11-09T02:30:00Z",
        "revision": 0,
        "is_cancelled": False,
    }
    assert session["parts"] == [
        {
            "person": summit.people["leila"].slug,
            "name": "Leïla Benslimane",
            "role": "speaker",
            "delivery": "live_link",
            "contribution": None,
        }
    ]
    assert (
        client.get(url(summit, "sessions/opening"), headers={"If-None-Match": answer["ETag"]}).status_code
        == 304
    )


def test_speakers_have_the_name_for_the_reader(client: Client, summit: Summit) -> None:
    answer = client.get(url(summit, "speakers?lang=zh-hans"))
    assert sorted((item["name"], item["spellings"]) for item in answer.json()["items"]) == [
        ("Leïla Benslimane", ["Leïla Benslimane"]),
        ("陈思涵", ["Chen Sihan", "陈思涵"]),
    ]


def test_cursor_leads_through_all_sessions(client: Client, summit: Summit) -> None:
    found, cursor = [], ""
    while True:
        page = client.get(url(summit, f"sessions?limit=1{cursor}")).json()
        found += [item["code"] for item in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert found == ["night", "opening", "tongues"]
    assert client.get(url(summit, "sessions?cursor=nonsense")).status_code == 422


def test_editor_places_and_publishes(client: Client, summit: Summit) -> None:
    editor = token_of("editor", summit, "write")
    place_url = url(summit, "schedule/draft/unplaced")
    wanted = {
        "room": "lotus",
        "starts_at": "2026-11-09T15:00:00+08:00",
        "ends_at": "2026-11-09T16:00:00+08:00",
    }
    options: dict[str, Any] = {"content_type": "application/json", "headers": editor}
    answer = client.put(place_url, {**wanted, "revision": 0}, **options)
    assert (answer.status_code, answer.json()["revision"]) == (200, 1)
    answer = client.put(place_url, {**wanted, "room": "moon", "revision": 0}, **options)
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:summitry:stale-state")
    assert client.put(place_url, {**wanted, "room": "nowhere"}, **options).status_code == 404
    assert client.put(place_url, {**wanted, "ends_at": wanted["starts_at"]}, **options).status_code == 422
    answer = client.post(url(summit, "schedule/versions"), {"note": "More"}, **options)
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:summitry:blocking-clashes")
    despite = {"note": "More", "despite_clashes": True, "reason": "Nobody knows the ghost"}
    answer = client.post(url(summit, "schedule/versions"), despite, **options)
    assert (answer.json()["number"], answer.json()["note"], answer.json()["changes"]) == (2, "More", 1)
    assert codes(client.get(url(summit, "schedule/versions")), "number") == [1, 2]
    assert client.delete(place_url, headers=editor).status_code == 204
    assert Slot.objects.filter(version__number=None, session__code="unplaced").count() == 0


def test_others_write_nothing(client: Client, summit: Summit) -> None:
    wanted = {"starts_at": "2026-11-09T15:00:00+08:00", "ends_at": "2026-11-09T16:00:00+08:00"}
    for headers in ({}, token_of("viewer", summit, "write"), token_of("editor", summit, "read")):
        options: dict[str, Any] = {"content_type": "application/json", "headers": headers}
        assert client.put(url(summit, "schedule/draft/opening"), wanted, **options).status_code == 403
        assert client.delete(url(summit, "schedule/draft/opening"), headers=headers).status_code == 403
        assert client.post(url(summit, "schedule/versions"), {}, **options).status_code == 403
    assert Slot.objects.filter(version__number=None).count() == 5


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "statements"),
    [
        ("forums", 2),
        ("sessions", 6),
        ("sessions/session-0", 6),
        ("speakers", 4),
        ("schedule/versions", 2),
        ("schedule/versions/1", 4),
    ],
)
@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_for_one_and_three_rows(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, path: str, statements: int, rows: int
) -> None:
    edition = make_edition("e")
    people = [make_person() for _ in range(rows)]
    room = make_room(edition)
    for n in range(rows):
        session = make_session(make_forum(edition), Text.of(f"Session {n}"), code=f"session-{n}")
        appear(session, *people)
        place(session, room, at(9 + n))
    publish(edition)
    with django_assert_num_queries(statements):
        assert client.get(f"/api/v1/editions/e/{path}").status_code == 200
