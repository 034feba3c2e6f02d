"""Attending online by one's own link: beats are stays with evidence, silence ends them, and nobody else is counted."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.gates.actions.presences import end_silent_stays, hear_from
from summitry.gates.models import Presence
from summitry.gates.queries.figures import guests_behind
from summitry.guests.actions.consent import give_consent
from summitry.guests.actions.moving import move
from summitry.guests.enums import Attendance, GuestState
from summitry.guests.models import Guest
from summitry.guests.queries.consents import wording
from summitry.guests.queries.guest_links import Opened, page_path, secret_of
from tests.at_once import outcomes
from tests.directory.make import make_account
from tests.editions.make import make_edition
from tests.guests.make import SYSTEM, make_guest, make_purpose
from tests.programme.make import at, make_forum, make_session, place, publish

START = at(10)


def minutes(n: float) -> dt.datetime:
    return START + dt.timedelta(minutes=n)


@pytest.fixture
def edition(db: None) -> Edition:
    with clock.frozen(START - dt.timedelta(days=30)):
        edition = make_edition("rivertown")
        forum = make_forum(edition)
        for code, broadcast in (("opening", True), ("dinner", False)):
            session = make_session(forum, code.title(), code=code, is_broadcast=broadcast)
            place(session, None, at(10), 60)
        publish(edition)
    return edition


@pytest.fixture
def guest(edition: Edition) -> Guest:
    with clock.frozen(START - dt.timedelta(days=20)):
        guest = make_guest(edition, person="Ada Lim", attendance=Attendance.ONLINE)
        move(guest, GuestState.SUBMITTED, by=SYSTEM)
        move(guest, GuestState.CONFIRMED, by=SYSTEM)
    return guest


def address(guest: Guest, code: str = "opening") -> str:
    return f"/en/guest/{secret_of(guest)}/live/{code}/"


def say(guest: Guest, what: str, when: float, **more: str) -> int:
    with clock.frozen(minutes(when)):
        return int(Client().post(address(guest), {"what": what, **more}).status_code)


def stays() -> list[tuple[str, float, float | None, str]]:
    return [
        (
            row.place,
            (row.from_at - START).total_seconds() / 60,
            None if row.until_at is None else (row.until_at - START).total_seconds() / 60,
            row.evidence,
        )
        for row in Presence.objects.order_by("from_at", "pk")
    ]


def test_beats_are_one_stay_and_silence_ends_it(guest: Guest):
    assert [say(guest, "beat", n) for n in (0, 1, 2)] == [204, 204, 204]
    with clock.frozen(minutes(5)):
        end_silent_stays.func()
        assert stays() == [("opening", 0, None, "own link, page open")]
    with clock.frozen(minutes(6)):
        assert end_silent_stays.func() == 1
    assert stays() == [("opening", 0, 2, "own link, page open")]
    assert [say(guest, "beat", 20), say(guest, "leave", 25)] == [204, 204]
    assert stays()[1:] == [("opening", 20, 25, "own link, page open")]
    assert [*guests_behind(guest.edition, "online")] == [guest]


def test_opening_a_page_counts_nobody_and_without_programs_a_button_does(guest: Guest):
    with clock.frozen(minutes(1)):
        page = Client().get(address(guest))
        assert (page.status_code, page.headers["Referrer-Policy"], stays()) == (200, "no-referrer", [])
        assert b"attend.js" in page.content
        section = Client().get(page_path(guest, "en")).content.decode()
        assert (address(guest) in section, address(guest, "dinner") in section) == (True, False)
    assert (say(guest, "join", 2), say(guest, "leave", 4, by_hand="1")) == (302, 302)
    assert stays() == [("opening", 2, 4, "own link, by hand")]


def test_nobody_is_counted_who_may_not_be(edition: Edition, guest: Guest):
    assert [say(guest, "beat", when) for when in (-16, 91)] == [409, 409]
    assert say(guest, "nothing", 1) == 422
    with clock.frozen(minutes(1)):
        other = make_guest(edition, person="Not Accredited", attendance=Attendance.ONLINE)
        asked = [
            Client().post(address(guest, "dinner"), {"what": "beat"}),
            Client().post(address(other), {"what": "beat"}),
            Client().post("/en/guest/nobodys/live/opening/", {"what": "beat"}),
            Client().get("/en/my/live/rivertown/opening/"),
        ]
    assert ([one.status_code for one in asked], stays()) == ([404, 404, 404, 302], [])


def test_attendance_needs_consent_where_a_purpose_asks_for_it(edition: Edition, guest: Guest):
    purpose = make_purpose(edition, "Attendance", slug="attendance", needs_consent=True)
    assert (say(guest, "beat", 1), stays()) == (409, [])
    with clock.frozen(minutes(1)):
        assert b"only with your consent" in Client().get(address(guest)).content
        by = Opened(guest, is_current=True).actor
        give_consent(guest, purpose, by=by, lang="en", seen=wording(purpose, "en").digest)
    assert (say(guest, "beat", 2), len(stays())) == (204, 1)


def test_signed_in_guest_is_led_to_her_own_page(guest: Guest):
    account = make_account("ada@example.org")
    guest.person.account = account
    guest.person.save()
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    with clock.frozen(minutes(1)):
        answer = client.get("/en/my/live/rivertown/opening/")
    assert (answer.status_code, answer.headers["Location"]) == (302, address(guest))


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_are_one_attendance(guest: Guest):
    with clock.frozen(minutes(1)):
        got = outcomes(*[lambda: hear_from(guest, "opening", evidence="own link, page open").pk] * 4)
    assert (len(set(got)), stays()) == (1, [("opening", 1, None, "own link, page open")])
