"""Who works on an edition: appointed and dismissed by its director, through the page."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from summitry.editions.enums import DeadlineKind
from summitry.editions.models import Edition
from summitry.editions.permissions import DIRECTOR
from summitry.foundation.access import Scope
from summitry.foundation.accounts import create_account
from summitry.foundation.grants import put_grant
from summitry.foundation.models import Account, Grant
from tests.editions.make import SYSTEM, make_edition, make_room

pytestmark = pytest.mark.django_db
TEAM = "/en/console/rivertown/team/"


@pytest.fixture
def edition() -> Edition:
    return make_edition("rivertown")


@pytest.fixture
def director(edition: Edition) -> Client:
    account = create_account("director@example.org", by=SYSTEM, name="Director")
    put_grant(account, DIRECTOR.code, Scope("edition", edition.pk), by=SYSTEM)
    client = Client()
    client.force_login(account)
    return client


def held(email: str) -> set[tuple[str, str, int]]:
    return set(Grant.objects.filter(account__email=email).values_list("role", "scope_kind", "scope_id"))


def test_somebody_new_is_appointed_and_dismissed(edition: Edition, director: Client):
    sent = {"email": "Translator@example.org", "name": "A. Translator", "role": "translator"}
    assert director.post(TEAM, sent).status_code == 302
    assert held("translator@example.org") == {("translator", "edition", edition.pk)}
    assert "A. Translator" in director.get(TEAM).content.decode()
    account = Account.objects.get(email="translator@example.org")
    director.post(TEAM, {"dismiss": f"{account.pk}:translator"})
    assert held("translator@example.org") == set()


def test_role_of_a_room_opens_the_console_and_closes_it_with_the_last(edition: Edition, director: Client):
    room, other = make_room(edition), make_room(edition)
    for place in (room, other):
        director.post(TEAM, {"email": "stage@example.org", "role": "room_operator", "room": place.pk})
    crew = ("crew", "edition", edition.pk)
    both = {("room_operator", "room", room.pk), ("room_operator", "room", other.pk)}
    assert held("stage@example.org") == both | {crew}
    account = Account.objects.get(email="stage@example.org")
    director.post(TEAM, {"dismiss": f"{account.pk}:room_operator:{room.pk}"})
    assert crew in held("stage@example.org")
    director.post(TEAM, {"dismiss": f"{account.pk}:room_operator:{other.pk}"})
    assert held("stage@example.org") == set()


@pytest.mark.parametrize(
    "sent",
    [
        {"email": "no address", "role": "viewer"},
        {"email": "a@example.org", "role": "administrator"},
        {"email": "a@example.org", "role": ""},
        {"email": "a@example.org", "role": "viewer", "room": "room"},
    ],
)
def test_what_cannot_be_given_is_refused_beside_its_field(
    edition: Edition, director: Client, sent: dict[str, str]
):
    room = make_room(edition)
    answer = director.post(
        TEAM, {name: str(room.pk) if value == "room" else value for name, value in sent.items()}
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert held("a@example.org") == set()


def test_director_does_not_dismiss_herself(edition: Edition, director: Client):
    account = Account.objects.get(email="director@example.org")
    answer = director.post(TEAM, {"dismiss": f"{account.pk}:director"})
    assert (answer.status_code, len(held("director@example.org"))) == (422, 1)


def test_only_the_director_gets_in(edition: Edition):
    account = create_account("viewer@example.org", by=SYSTEM)
    put_grant(account, "viewer", Scope("edition", edition.pk), by=SYSTEM)
    client = Client()
    client.force_login(account)
    assert [client.get(path).status_code for path in (TEAM, "/en/console/rivertown/deadlines/")] == [403, 403]


def test_deadlines_are_set_by_the_host_citys_clock(edition: Edition, director: Client):
    url = "/en/console/rivertown/deadlines/"
    assert (
        director.post(url, {"forums": "2026-10-10T12:00", "forums-grace": "48", "slides": ""}).status_code
        == 302
    )
    row = edition.deadlines.get()
    due = dt.datetime(2026, 10, 10, 4, tzinfo=dt.UTC)
    assert (row.kind, row.due_at, row.closes_at) == (DeadlineKind.FORUMS, due, due + dt.timedelta(hours=48))
    refused = director.post(url, {"forums": "never", "forums-grace": "-1"})
    assert (refused.status_code, sorted(refused.context["form"].errors)) == (422, ["forums", "forums-grace"])
    assert edition.deadlines.count() == 1
