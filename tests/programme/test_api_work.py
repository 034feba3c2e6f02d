"""The co-organisers' work over the API: the same rules, the same refusals, and a mark against lost changes."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from summitry.editions.models import Edition
from summitry.editions.permissions import DIRECTOR, EDITOR
from summitry.foundation.access import Scope
from summitry.foundation.accounts import create_account
from summitry.foundation.api.auth import issue_token
from summitry.foundation.grants import put_grant
from summitry.foundation.i18n import Text
from summitry.programme.actions.editors import appoint_editor
from summitry.programme.models import Forum, Session
from tests.directory.make import make_person, name
from tests.editions.make import make_edition, make_room
from tests.programme.make import SYSTEM, appear, make_forum, make_session

pytestmark = pytest.mark.django_db


class Desk:
    """Two forums, and a client for each party."""

    def __init__(self) -> None:
        self.edition: Edition = make_edition("rivertown")
        self.forum = make_forum(
            self.edition, "Digital memory", slug="memory", abstract=Text.of({"en": "About.", "ar": "عن"})
        )
        self.other = make_forum(self.edition, "Quiet forum", slug="quiet")
        self.session = make_session(self.forum, "Morning", code="morning", spoken=["en"])
        self.person = make_person(name("display", "en", "Leila"), slug="leila")
        appear(self.session, self.person)

    def client(self, role: str) -> Client:
        account = create_account(f"{role}@example.org", by=SYSTEM)
        if role == "institution":
            appoint_editor(self.forum, account, by=SYSTEM)
        else:
            put_grant(account, role, Scope("edition", self.edition.pk), by=SYSTEM)
        token = issue_token(account, "work", ["read", "write"])[1]
        return Client(headers={"authorization": f"Bearer {token}"})


@pytest.fixture
def desk() -> Desk:
    return Desk()


def send(client: Client, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    url = f"/api/v1/editions/rivertown/{path}"
    sent = {"data": body, "content_type": "application/json"} if body is not None else {}
    answer = getattr(client, method)(url, **sent)
    return answer.status_code, answer.json() if answer.content else None


def test_institution_lists_and_changes_its_forum_only(desk: Desk):
    client = desk.client("institution")
    status, listed = send(client, "get", "work/forums")
    assert (status, [one["slug"] for one in listed["items"]]) == (200, ["memory"])
    assert send(client, "patch", "work/forums/quiet", {"title": {"en": "Mine"}})[0] == 404
    assert send(client, "post", "work/forums", {"title": {"en": "New"}})[0] == 403
    status, _changed = send(client, "patch", "work/forums/memory", {"title": {"fr": "Mémoire"}})
    forum = Forum.objects.get(slug="memory")
    assert (status, dict(forum.title.texts)) == (200, {"en": "Digital memory", "fr": "Mémoire"})


def test_outdated_mark_is_refused_and_nothing_is_written(desk: Desk):
    client = desk.client("institution")
    mark = send(client, "get", "work/forums")[1]["items"][0]["mark"]
    assert send(client, "patch", "work/forums/memory", {"title": {"en": "First"}, "mark": mark})[0] == 200
    status, refusal = send(client, "patch", "work/forums/memory", {"title": {"en": "Second"}, "mark": mark})
    assert (status, refusal["status"]) == (409, 409)
    assert str(Forum.objects.get(slug="memory").title) == "First"


def test_forum_goes_its_way(desk: Desk):
    institution, editor = desk.client("institution"), desk.client(EDITOR.code)
    assert send(institution, "post", "work/forums/memory/steps", {"step": "sign"})[0] == 403
    assert (
        send(institution, "post", "work/forums/memory/steps", {"step": "submit"})[1]["state"] == "submitted"
    )
    assert send(institution, "patch", "work/forums/memory", {"title": {"en": "Late"}})[0] == 409
    assert send(editor, "post", "work/forums/memory/steps", {"step": "return"})[0] == 422
    answer = send(editor, "post", "work/forums/memory/steps", {"step": "return", "remarks": "Shorter."})[1]
    assert (answer["state"], answer["remarks"]) == ("returned", "Shorter.")
    send(institution, "post", "work/forums/memory/steps", {"step": "submit"})
    assert send(editor, "post", "work/forums/memory/steps", {"step": "sign"})[1]["state"] == "signed"


def test_session_with_people_and_contribution(desk: Desk):
    client = desk.client("institution")
    made = send(
        client, "post", "work/forums/memory/sessions", {"title": {"en": "Afternoon"}, "spoken": ["en"]}
    )
    assert made[0] == 201
    code = made[1]["id"]
    assert (
        send(client, "put", f"work/sessions/{code}/people", [{"person": "leila", "role": "chair"}])[0] == 200
    )
    status, talk = send(client, "post", f"work/sessions/{code}/contributions", {"title": {"en": "A speech"}})
    assert status == 201
    number = talk["id"]
    assert (
        send(client, "patch", f"work/contributions/{number}", {"minutes": 20, "mark": talk["mark"]})[0] == 200
    )
    assert send(client, "put", f"work/contributions/{number}/people", [{"person": "leila"}])[0] == 200
    session = Session.objects.get(code=code)
    assert [(row.role, row.contribution_id) for row in session.appearances.order_by("role")] == [
        ("chair", None),
        ("speaker", int(number)),
    ]
    assert send(client, "delete", f"work/contributions/{number}")[0] == 204
    assert session.contributions.count() == 0


def test_stranger_is_not_found_by_her_address(desk: Desk):
    make_person(name("display", "en", "Somebody"), slug="somebody")
    status, _answer = send(
        desk.client("institution"), "put", "work/sessions/morning/people", [{"person": "somebody"}]
    )
    assert (status, desk.session.appearances.count()) == (404, 1)


def test_readiness_deadlines_and_team(desk: Desk):
    director = desk.client(DIRECTOR.code)
    room = make_room(desk.edition, code="moon")
    status, lines = send(director, "get", "readiness")
    assert (status, {"forums_drafting", "unplaced"} <= {line["key"] for line in lines}) == (200, True)
    due = {"kind": "forums", "due_at": "2026-10-10T12:00:00+08:00", "grace_hours": 24}
    assert send(director, "put", "deadlines", [due])[0] == 200
    assert [one["kind"] for one in send(director, "get", "deadlines")[1]] == ["forums"]
    post = {"email": "stage@example.org", "role": "room_operator", "room": room.code}
    assert send(director, "post", "team", post)[0] == 204
    posts = [(one["email"], one["role"], one["room"]) for one in send(director, "get", "team")[1]]
    assert ("stage@example.org", "room_operator", "moon") in posts
    assert send(director, "post", "team/dismissals", post)[0] == 204
    assert "stage@example.org" not in {one["email"] for one in send(director, "get", "team")[1]}
    assert send(director, "post", "team", {"email": "a@example.org", "role": "administrator"})[0] == 422
    institution = desk.client("institution")
    assert [send(institution, "get", path)[0] for path in ("readiness", "team")] == [200, 403]
