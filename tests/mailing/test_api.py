"""The outbox over the API: the same steps and the same refusals."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from summitry.editions.models import Edition
from summitry.editions.permissions import DIRECTOR, PARTNER
from summitry.foundation.access import Scope
from summitry.foundation.api.auth import issue_token
from summitry.mailing.actions.release import release_mailing
from summitry.mailing.enums import LetterState
from summitry.mailing.models import Letter, Mailing
from tests.editions.make import make_edition
from tests.mailing.make import FRIENDS, SYSTEM, account_with, friend, make_mailing

pytestmark = pytest.mark.django_db


class Caller:
    """Calls the API of one edition with a token of its own."""

    def __init__(self, edition: Edition, role: str, *scopes: str) -> None:
        self.edition = edition
        account, self.actor = account_with(role, Scope("edition", edition.pk))
        _token, secret = issue_token(account, "t", list(scopes or ("read", "write")))
        self.headers = {"Authorization": f"Bearer {secret}"}

    def __call__(self, method: str, path: str, body: dict[str, Any] | None = None) -> tuple[int, Any]:
        call = getattr(Client(), method)
        url = f"/api/v1/editions/{self.edition.slug}/{path}"
        answer = (
            call(url, body, content_type="application/json", headers=self.headers)
            if body is not None
            else call(url, headers=self.headers)
        )
        return answer.status_code, answer.json() if answer.content else None


@pytest.fixture
def edition() -> Edition:
    FRIENDS[:] = [friend("a@x.org", name="Ada"), friend("b@x.org", name="Bruno", town="Cairo")]
    return make_edition()


def test_a_mailing_goes_its_whole_way(edition: Edition):
    call = Caller(edition, DIRECTOR.code)
    _status, audiences = call("get", "audiences")
    assert "friends" in [one["key"] for one in audiences]
    assert call("post", "audiences/friends/count", {"filters": {}})[1]["count"] == 0
    assert call("post", "audiences/friends/count", {"filters": {"town": ["Cairo"]}})[1]["sample"] == ["Bruno"]

    status, mailing = call(
        "post", "mailings", {"name": "M", "audience": "friends", "filters": {"everyone": True}}
    )
    assert (status, mailing["state"]) == (201, "draft")
    path = f"mailings/{mailing['id']}"
    assert call("post", f"{path}/release", {})[0] == 422
    status, changed = call("patch", path, {"subject": {"en": "Hi {name}"}, "body": {"en": "Hi"}})
    assert (status, changed["subject"]["texts"]) == (200, {"en": "Hi {name}"})
    assert call("get", f"{path}/reach")[1]["count"] == 2
    assert call("post", f"{path}/hold", {})[1]["state"] == "held"
    assert call("post", f"{path}/release", {})[1]["letters"] == 2
    assert call("post", f"{path}/recall", {})[1] == {"recalled": 2}
    assert call("post", f"{path}/recall", {})[0] == 409
    assert [one["state"] for one in call("get", "letters")[1]["items"]] == ["recalled", "recalled"]
    assert [one["id"] for one in call("get", "mailings?state=recalled")[1]["items"]] == [mailing["id"]]


def test_a_wrong_word_is_named_by_field(edition: Edition):
    body = {"name": "M", "audience": "friends", "subject": {"en": "{x}"}, "body": {"en": "y"}}
    status, answer = Caller(edition, DIRECTOR.code)("post", "mailings", body)
    assert (status, set(answer["errors"])) == (422, {"subject_en"})


def test_a_provider_tells_of_a_bounce(edition: Edition):
    mailing = make_mailing(edition)
    release_mailing(mailing, by=SYSTEM)
    Letter.objects.update(state=LetterState.SENT)
    letter = Letter.objects.order_by("pk")[0]
    call = Caller(edition, DIRECTOR.code)
    told = {"message_id": letter.message_id, "detail": "5.1.1 no\r\nsuch user"}
    assert call("post", "bounces", {**told, "is_permanent": False})[0] == 202
    status, answer = call("post", "bounces", told)
    assert (status, answer["state"], answer["error"]) == (200, "bounced", "5.1.1 no such user")
    assert call("post", "bounces", told)[0] == 202
    assert call("post", "bounces", {"message_id": "<nothing@x>"})[0] == 404
    assert Caller(edition, PARTNER.code)("post", "bounces", told)[0] == 404
    assert Caller(make_edition(), DIRECTOR.code)("post", "bounces", told)[0] == 404


def test_tenants_see_their_own_and_nothing_else(edition: Edition):
    partner, director = Caller(edition, PARTNER.code), Caller(edition, DIRECTOR.code)
    foreign = Caller(make_edition(), DIRECTOR.code)
    theirs = make_mailing(edition)
    release_mailing(theirs, by=SYSTEM)
    mine = make_mailing(edition, by=partner.actor)
    assert [one["id"] for one in partner("get", "mailings")[1]["items"]] == [mine.pk]
    assert [one["id"] for one in director("get", "mailings")[1]["items"]] == [theirs.pk, mine.pk]
    assert (foreign("get", "mailings")[1]["items"], foreign("get", "letters")[1]["items"]) == ([], [])
    assert partner("get", "letters")[1]["items"] == []
    assert partner("get", f"mailings/{theirs.pk}")[0] == 404
    assert partner("post", f"mailings/{mine.pk}/hold", {})[0] == 200
    assert partner("post", f"mailings/{mine.pk}/release", {})[0] == 403
    assert partner("post", f"mailings/{theirs.pk}/recall", {})[0] == 404
    foreign.edition = edition
    assert foreign("post", "mailings", {"name": "M", "audience": "friends"})[0] == 403
    assert foreign("post", "audiences/friends/count", {"filters": {"everyone": True}})[0] == 403
    assert partner("delete", f"mailings/{mine.pk}")[0] == 204
    assert not Mailing.objects.filter(pk=mine.pk).exists()


def test_a_reading_token_changes_nothing(edition: Edition):
    mailing = make_mailing(edition)
    call = Caller(edition, DIRECTOR.code, "read")
    assert call("get", f"mailings/{mailing.pk}")[0] == 200
    assert call("post", f"mailings/{mailing.pk}/release", {})[0] == 403
    assert call("patch", f"mailings/{mailing.pk}", {"name": "x"})[0] == 403
