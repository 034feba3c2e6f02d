from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from summitry.editions.models import Edition
from summitry.foundation.api.auth import issue_token
from summitry.programme.models import Slot
from tests.editions.make import make_edition, make_room
from tests.programme.make import at, make_forum, make_session, place, publish
from tests.programme.test_board import an_editor


def options(edition: Edition, role: str = "editor", *scopes: str) -> dict[str, Any]:
    token = issue_token(an_editor(edition, role), "test", list(scopes or ("write",)))[1]
    return {"content_type": "application/json", "headers": {"Authorization": f"Bearer {token}"}}


def url(edition: Edition, path: str) -> str:
    return f"/api/v1/editions/{edition.slug}/schedule/{path}"


@pytest.mark.django_db
def test_draft_tells_what_is_unscheduled_and_what_clashes(client: Client) -> None:
    edition = make_edition()
    forum, room = make_forum(edition), make_room(edition, "Moon Bridge")
    one, two, _three = (make_session(forum, title, code=title.lower()) for title in ("One", "Two", "Three"))
    place(one, room, at(9))
    place(two, room, at(9, 30))
    reader = options(edition, "viewer", "read")
    waiting = client.get(url(edition, "unscheduled"), **reader).json()
    found = client.get(url(edition, "clashes"), **reader).json()
    assert waiting["sessions"] == ["three"]
    assert waiting["state"] == found["state"]
    assert [(item["kind"], item["severity"], item["sessions"]) for item in found["items"]] == [
        ("room", "blocking", ["one", "two"])
    ]
    assert "Moon Bridge" in found["items"][0]["sentence"]


@pytest.mark.django_db
def test_only_the_state_that_was_read_is_published_and_clashes_need_a_reason(client: Client) -> None:
    edition = make_edition()
    forum = make_forum(edition)
    session = make_session(forum, "One", code="one")
    place(session, None, at(9))
    editor = options(edition)
    read = client.get(url(edition, "unscheduled"), **editor).json()["state"]
    place(session, None, at(10))
    stale = client.post(url(edition, "versions"), {"state": read}, **editor)
    assert (stale.status_code, stale.json()["type"]) == (409, "urn:summitry:stale-state")
    place(make_session(forum), None, at(9, day=9))
    refused = client.post(url(edition, "versions"), {}, **editor)
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:summitry:blocking-clashes")
    empty = client.post(url(edition, "versions"), {"despite_clashes": True}, **editor)
    assert empty.status_code == 422
    answer = client.post(
        url(edition, "versions"), {"despite_clashes": True, "reason": "An excursion"}, **editor
    )
    assert answer.json()["number"] == 1


@pytest.mark.django_db
def test_versions_are_compared_and_brought_forward(client: Client) -> None:
    edition = make_edition()
    session = make_session(make_forum(edition), code="one")
    place(session, None, at(9))
    publish(edition)
    place(session, None, at(12))
    editor = options(edition)
    (difference,) = client.get(url(edition, "compare?old=1"), **editor).json()
    assert (difference["kind"], difference["session"]) == ("moved", "one")
    assert client.get(url(edition, "compare?old=7"), **editor).status_code == 404
    answer = client.post(url(edition, "versions/1/forward"), {}, **editor)
    assert answer.json()["changed"] == 1
    assert Slot.objects.get(version__number=None).starts_at == at(9)


@pytest.mark.django_db
def test_capacities_are_read_and_set(client: Client) -> None:
    edition = make_edition()
    crews = {"kind": "broadcast", "lang": "", "amount": 3, "setup_minutes": 30, "strike_minutes": 0}
    assert client.put(url(edition, "capacities"), [crews], **options(edition)).json() == [crews]
    assert client.get(url(edition, "capacities"), **options(edition, "viewer", "read")).json() == [crews]
    wrong = client.put(url(edition, "capacities"), [{**crews, "amount": -1}], **options(edition))
    assert wrong.status_code == 422


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("get", "unscheduled", None),
        ("get", "clashes", None),
        ("get", "compare?old=draft", None),
        ("get", "capacities", None),
        ("put", "capacities", []),
        ("post", "versions", {}),
        ("post", "versions/1/forward", {}),
    ],
)
def test_nobody_else_learns_or_does_anything(client: Client, method: str, path: str, body: Any) -> None:
    edition = make_edition()
    stranger = options(make_edition())
    answer = getattr(client, method)(url(edition, path), body, **stranger)
    assert answer.status_code == 403
    if method != "get":
        for viewer in (options(edition, "viewer"), options(edition, "editor", "read")):
            assert getattr(client, method)(url(edition, path), body, **viewer).status_code in {403, 404}
