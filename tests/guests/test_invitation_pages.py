"""The pages of invitations: by the guest's link, and in the console."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation

from summitry.editions.models import Edition
from summitry.editions.permissions import PARTNER
from summitry.editions.queries.readiness import readiness
from summitry.foundation import clock
from summitry.foundation.access import Scope
from summitry.foundation.grants import grant_role
from summitry.guests.actions.answering import accept_invitation
from summitry.guests.enums import GuestState, InvitationState
from summitry.guests.models import Guest, Invitation
from summitry.guests.permissions import FOCAL_POINT, GUEST_OFFICE
from summitry.guests.queries.guest_links import secret_of
from summitry.mailing.audiences import Question, audience_of
from summitry.mailing.models import Letter
from tests.directory.make import make_account, make_person, name
from tests.editions.make import in_edition, make_edition
from tests.guests.make import SYSTEM, make_category, make_guest
from tests.guests.test_invitations import DUE, NOW, invited, state

pytestmark = pytest.mark.django_db
S, G = InvitationState, GuestState


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


def office(edition: Edition, role: str = GUEST_OFFICE.code) -> Client:
    """Return a browser of somebody with a role in the edition."""
    account = make_account()
    for each in (PARTNER.code, role):
        grant_role(account, each, Scope("edition", edition.pk), by=SYSTEM)
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(row: Invitation, lang: str = "en") -> str:
    return f"/{lang}/guest/{secret_of(row.guest)}/invitation/"


def test_a_guest_opens_accepts_and_is_led_on(client: Client):
    row = invited(make_edition(), "Lei Hua")
    shown = client.get(page(row))
    assert shown.status_code == 200
    body = shown.content.decode()
    assert "Lei Hua" in body
    assert "21 September 2026, 16:00 (Asia/Shanghai)" in body
    assert shown["Referrer-Policy"] == "no-referrer"
    row.refresh_from_db()
    assert row.opened_at == NOW
    for _twice in range(2):
        answer = client.post(page(row), {"answer": "accept"})
        assert answer.status_code == 302
    assert state(row) == (S.ACCEPTED, G.APPLYING)
    assert "Go on to your application" in client.get(page(row)).content.decode()


@pytest.mark.parametrize("lang", ["ar", "zh-hans"])
def test_the_invitation_is_there_in_other_languages(client: Client, lang: str):
    row = invited(make_edition())
    with translation.override(lang):
        assert client.get(page(row, lang)).status_code == 200


def test_passing_on_keeps_what_was_typed(client: Client):
    row = invited(make_edition())
    given = {"answer": "pass_on", "other-name": "陈思涵", "other-email": "not an address"}
    shown = client.post(page(row), given)
    assert shown.status_code == 422
    body = shown.content.decode()
    assert "陈思涵" in body
    assert "not an address" in body
    assert state(row) == (S.SENT, G.INVITED)
    given |= {"other-email": "chen@example.org", "other-remark": "My deputy"}
    assert client.post(page(row), given).status_code == 302
    assert state(row) == (S.DELEGATED, G.DECLINED)
    assert "You have named 陈思涵 in your place" in client.get(page(row)).content.decode()


def test_a_late_answer_and_a_draft_are_told_in_peace(client: Client):
    edition = make_edition()
    row = invited(edition)
    with clock.frozen(DUE + dt.timedelta(minutes=1)):
        assert client.post(page(row), {"answer": "accept"}).status_code == 409
        assert "accept" not in client.get(page(row)).content.decode().split("<main")[1]
    draft = invited(edition, sent=False)
    assert client.get(page(draft)).status_code == 404
    assert client.get("/en/guest/nonsense/invitation/").status_code == 404
    Guest.objects.filter(pk=row.guest_id).update(generation=2)
    assert client.get(page(row)).status_code == 410


def test_hostile_answers_change_nothing(client: Client):
    row = invited(make_edition())
    for given in (
        {"answer": "everything"},
        {"answer": "decline", "decline-remark": "x" * 2001},
        {"answer": "pass_on", "other-name": "\x00", "other-email": "a@b.org", "other-native_lang": "xx"},
    ):
        assert client.post(page(row), given).status_code in {200, 422}
    assert state(row) == (S.SENT, G.INVITED)


def test_the_list_asks_few_questions(django_assert_num_queries):
    edition = make_edition("rivertown")
    browser = office(edition)
    url = "/en/console/rivertown/guests/invitations/"
    invited(edition)
    browser.get(url)
    with django_assert_num_queries(BUDGET):
        assert browser.get(url).status_code == 200
    for _ in range(2):
        invited(edition)
    with django_assert_num_queries(BUDGET):
        assert browser.get(url).content.decode().count('name="row"') == 3


BUDGET = 14


def test_many_are_sent_reminded_of_and_withdrawn_with_a_preview():
    edition = make_edition("rivertown")
    browser = office(edition)
    url = "/en/console/rivertown/guests/invitations/"
    rows = [invited(edition, sent=False) for _ in range(3)]
    ids = [row.pk for row in rows]
    for action, after, letters in (("send", S.SENT, 3), ("remind", S.SENT, 6), ("withdraw", S.WITHDRAWN, 9)):
        asked = {"action": action, "row": ids, "filled": "1", "set-answer_by": ""}
        preview = browser.post(url, asked)
        assert preview.status_code == 200
        plan = preview.context["plan"]
        assert len(plan.changes) == 3
        asked |= {"then": "confirm", "plan": plan.fingerprint, "key": preview.context["key"]}
        assert browser.post(url, asked).status_code == 302
        assert {state(row)[0] for row in rows} == {after}
        assert Letter.objects.count() == letters


def test_a_letter_cannot_be_taken_back():
    edition = make_edition("rivertown")
    browser = office(edition)
    url = "/en/console/rivertown/guests/invitations/"
    row = invited(edition, sent=False)
    asked = {"action": "send", "row": [row.pk], "filled": "1", "set-answer_by": ""}
    preview = browser.post(url, asked)
    asked |= {"then": "confirm", "plan": preview.context["plan"].fingerprint, "key": preview.context["key"]}
    done = browser.post(url, asked)["Location"].rpartition("=")[2]
    undone = browser.post(f"{url}~changes/{done}/")
    assert undone.status_code == 409
    assert state(row) == (S.SENT, G.INVITED)


def test_inviting_asks_about_people_who_are_known():
    edition = make_edition("rivertown")
    browser = office(edition)
    url = "/en/console/rivertown/guests/invitations/new/"
    category = make_category(edition)
    known = make_person(name("native", "zh-hans", "赵厚麟"))
    given = {
        "name": "Mr. Houlin Zhao",
        "email": "zhao@example.org",
        "category": category.pk,
        "attendance": "on_site",
        "answer_by": "2026-09-21T18:00",
        "send": "on",
    }
    asked = browser.post(url, given)
    assert asked.status_code == 409
    assert "赵厚麟" in asked.content.decode()
    assert Guest.objects.count() == 0
    assert browser.post(url, {**given, "who": "new"}).status_code == 302
    assert Invitation.objects.get().state == S.SENT
    again = browser.post(url, {**given, "name": "Zhao Houlin", "send": "", "who": str(known.pk)})
    assert again.status_code == 302
    assert Guest.objects.filter(person=known).count() == 1


def test_a_focal_point_invites_nobody():
    edition = make_edition("rivertown")
    browser = office(edition, PARTNER.code)
    assert browser.get("/en/console/rivertown/guests/invitations/new/").status_code == 403
    listed = browser.get("/en/console/rivertown/guests/invitations/")
    assert listed.status_code == 200
    assert 'name="row"' not in listed.content.decode()


def test_readiness_tells_what_is_open():
    edition = make_edition()
    invited(edition)
    invited(edition, sent=False)
    lines = {line.key: line for line in readiness(edition, in_edition(GUEST_OFFICE.code, edition), "en")}
    assert lines["invitations-unanswered"].text == "1 invitation is unanswered."
    assert lines["invitations-unanswered"].due_at == DUE
    assert lines["invitations-unsent"].count == 1


def test_guests_as_an_audience():
    edition = make_edition()
    first, second = invited(edition), invited(edition, sent=False)
    accept_invitation(first, by=SYSTEM)
    gone = make_guest(edition)
    Guest.objects.filter(pk=gone.pk).update(state=G.REFUSED)
    audience = audience_of("guests")
    assert audience is not None
    boss = in_edition(GUEST_OFFICE.code, edition)

    def who(**chosen: str) -> set[int | None]:
        filters = {key: frozenset([value]) for key, value in chosen.items()}
        return {one.person_id for one in audience.find(Question(edition, boss, filters))}

    one, two = first.guest.person_id, second.guest.person_id
    assert who() == {one, two}
    assert who(state="applying") == {one}
    assert who(invitation="draft") == {two}
    assert who(state="refused") == {gone.person_id}
    assert who(invitation="none") == {gone.person_id}
    assert who(category="nothing") == set()
    assert audience.open_to(boss, edition)
    assert not audience.open_to(in_edition(PARTNER.code, edition), edition)
    assert FOCAL_POINT.code
