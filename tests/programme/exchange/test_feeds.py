"""The addresses of exports and calendars: who gets what, how often it is built, and what a second request costs."""

from __future__ import annotations

import gzip
import json

import icalendar
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from summitry.editions.actions.edition import update_edition
from summitry.editions.permissions import VIEWER
from summitry.foundation.access import Scope
from summitry.foundation.grants import grant_role
from summitry.foundation.web.page_cache import pages
from summitry.programme.actions.agenda import star
from summitry.programme.interchange.detect import read_schedule
from summitry.programme.interchange.table import read_table
from summitry.programme.models import Agenda
from tests.directory.make import make_account
from tests.editions.make import make_edition
from tests.programme.make import SYSTEM, at, place, publish
from tests.programme.summit import Summit, make_summit_programme

FILES = {
    "programme/schedule.xml": "application/xml",
    "programme/schedule.json": "application/json",
    "programme/calendar.ics": "text/calendar; charset=utf-8",
    "programme/schedule.csv": "text/csv; charset=utf-8",
    "programme/schedule.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@pytest.fixture
def summit(db: None) -> Summit:
    return make_summit_programme()


def titles(data: bytes) -> list[str]:
    return sorted(str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(data).events)


@pytest.mark.parametrize("path", FILES)
def test_file_has_its_type_and_is_not_sent_twice(path: str, client: Client, summit: Summit) -> None:
    response = client.get(summit.url(path))
    assert (response.status_code, response["Content-Type"]) == (200, FILES[path])
    again = client.get(summit.url(path), headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    zipped = client.get(summit.url(path), headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(zipped.content) == response.content
    assert not response.cookies
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", FILES)
def test_file_costs_few_statements_cold_and_one_warm(
    path: str, client: Client, summit: Summit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    statements = 10 if path.endswith(".json") else 9
    with django_assert_num_queries(statements):
        client.get(summit.url(path))
    with django_assert_num_queries(1):
        client.get(summit.url(path))
    place(summit.sessions["unplaced"], summit.rooms["lotus"], at(16))
    publish(summit.edition)
    with django_assert_num_queries(statements):
        client.get(summit.url(path))


def test_files_hold_the_public_programme(client: Client, summit: Summit) -> None:
    for path in ("programme/schedule.xml", "programme/schedule.json"):
        document = read_schedule(client.get(summit.url(path)).content).document
        assert document is not None
        slugs = [f"rivertown-{code}" for code in ("night", "opening", "tongues")]
        assert sorted(event.slug for event in document.events) == slugs
    for path in ("programme/schedule.csv", "programme/schedule.xlsx"):
        response = client.get(summit.url(path))
        assert response["Content-Disposition"].startswith('attachment; filename="rivertown-schedule.')
        table = read_table(response.content, path)
        title = table.columns.index("title")
        assert sorted(str(row.cells[title]) for row in table.rows) == [
            "Multilingual internet",
            "Night of the archives",
            "Opening of the archives",
        ]


def test_language_of_the_address_chooses_the_words(client: Client, summit: Summit) -> None:
    events = json.loads(client.get(summit.url("programme/schedule.json", "zh-hans")).content)
    listed = [
        event["title"]
        for day in events["schedule"]["conference"]["days"]
        for room in day["rooms"].values()
        for event in room
    ]
    assert "档案开放" in listed


def test_calendars_of_room_forum_and_session_hold_their_own(client: Client, summit: Summit) -> None:
    expected = {
        "rooms/moon/calendar.ics": ["Night of the archives", "Opening of the archives"],
        "forums/cafe/calendar.ics": ["Multilingual internet"],
        "sessions/opening/calendar.ics": ["Opening of the archives"],
    }
    assert {path: titles(client.get(summit.url(path)).content) for path in expected} == expected


@pytest.mark.parametrize(
    "path",
    [
        "rooms/nowhere/calendar.ics",
        "forums/hidden/calendar.ics",
        "sessions/confidential/calendar.ics",
        "sessions/secret/calendar.ics",
        "sessions/unplaced/calendar.ics",
        "agenda/not-a-token.ics",
        "agenda/00000000000000000000000000000000.ics",
    ],
)
def test_what_the_public_may_not_see_does_not_exist(path: str, client: Client, summit: Summit) -> None:
    assert client.get(summit.url(path)).status_code == 404


def test_agenda_calendar_follows_the_stars(client: Client, summit: Summit) -> None:
    agenda = Agenda.objects.create(edition=summit.edition)
    address = summit.url(f"agenda/{agenda.feed_token.hex}.ics")
    assert titles(client.get(address).content) == []
    star(summit.sessions["opening"], by=SYSTEM, agenda=agenda)
    star(summit.sessions["cafe"], by=SYSTEM, agenda=agenda)
    response = client.get(address)
    assert titles(response.content) == ["Multilingual internet", "Opening of the archives"]
    assert b"X-WR-CALNAME:My agenda: " in response.content
    assert (response["Referrer-Policy"], response["X-Robots-Tag"]) == ("no-referrer", "noindex")
    assert client.get(summit.url(f"agenda/{agenda.token.hex}.ics")).status_code == 404


def test_agenda_address_of_another_edition_opens_nothing(client: Client, summit: Summit) -> None:
    agenda = Agenda.objects.create(edition=make_edition("elsewhere"))
    assert client.get(summit.url(f"agenda/{agenda.feed_token.hex}.ics")).status_code == 404


def test_hidden_edition_is_exported_to_its_staff_only_and_never_kept(client: Client, summit: Summit) -> None:
    update_edition(summit.edition, by=SYSTEM, is_public=False)
    pages.clear()
    assert client.get(summit.url("programme/schedule.json")).status_code == 404
    account = make_account()
    grant_role(account, VIEWER.code, by=SYSTEM, scope=Scope("edition", summit.edition.pk))
    client.force_login(account)
    assert b"Confidential session" in client.get(summit.url("programme/schedule.json")).content
    client.logout()
    assert client.get(summit.url("programme/schedule.json")).status_code == 404


def test_staff_get_the_same_file_as_the_public(client: Client, summit: Summit) -> None:
    anonymous = client.get(summit.url("programme/schedule.json")).content
    account = make_account()
    grant_role(account, VIEWER.code, by=SYSTEM, scope=Scope("edition", summit.edition.pk))
    client.force_login(account)
    pages.clear()
    assert client.get(summit.url("programme/schedule.json")).content == anonymous


def test_edition_without_a_programme_exports_an_empty_one(client: Client, db: None) -> None:
    make_edition("empty")
    for path, media_type in FILES.items():
        response = client.get(f"/en/empty/{path}")
        assert (response.status_code, response["Content-Type"]) == (200, media_type)


@pytest.mark.parametrize("lang", ["en", "zh-hans", "ar"])
def test_export_page_lists_every_address(lang: str, client: Client, summit: Summit) -> None:
    html = client.get(summit.url("programme/export/", lang)).content.decode()
    base = f"127.0.0.1:8000/{lang}/rivertown/"
    for path in FILES:
        assert f"http://{base}{path}" in html
    for path in ("programme/calendar.ics", "rooms/moon/calendar.ics", "forums/cafe/calendar.ics"):
        assert f"webcal://{base}{path}" in html
    assert f"http://{base}embed/programme/" in html
    assert "forums/hidden/" not in html
