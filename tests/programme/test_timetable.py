from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from summitry.foundation import clock
from summitry.foundation.i18n import Text
from summitry.programme.actions.schedule import draft_of, unplace_session
from summitry.programme.forms import TimetableQuery
from summitry.programme.queries.hyphens import SHY
from tests.directory.make import make_person
from tests.editions.make import make_edition, make_room
from tests.programme.make import SYSTEM, appear, at, forget, make_forum, make_session, place, publish
from tests.programme.summit import Summit, make_summit_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def summit() -> Summit:
    return make_summit_programme()


def page(client: Client, url: str, **cookies: str) -> str:
    for key, value in cookies.items():
        client.cookies[key] = value
    response = client.get(url)
    assert response.status_code == 200, response.content[:500]
    body: bytes = response.content
    return unescape(body.decode()).replace(SHY, "")


def titles(html: str) -> list[str]:
    return [re.sub("<[^>]+>", "", found) for found in re.findall(r'<h3 class="tt-title">(.*?)</h3>', html)]


def cell(html: str, title: str) -> str:
    items: list[str] = re.findall(r'<li class="tt-cell.*?</li>', html, re.DOTALL)
    return next(item for item in items if title in item)


def test_first_day_is_a_grid_of_rooms_by_time(client: Client, summit: Summit) -> None:
    html = page(client, summit.url())
    assert titles(html) == ["Opening of the archives", "Multilingual internet"]
    assert 'class="tt-cell topic-3 c-0 r-0 u-18"' in html
    assert 'class="tt-cell topic-1 c-6 r-1 u-12"' in html
    assert re.findall(r'class="tt-room (r-\d+)"><span><b>(.*?)</b>', html) == [
        ("r-0", "Moon Bridge"),
        ("r-1", "Lotus"),
    ]
    assert re.findall(r'class="tt-tick (.*?)"><b>(.*?)</b>', html) == [
        ("c-0 u-12", "09:00"),
        ("c-12 u-12", "10:00"),
    ]
    opening = cell(html, "Opening")
    for text in ("09:00", "10:30", "Moon Bridge", "Digital memory", "Leïla Benslimane"):
        assert text in opening


def test_all_days_are_complete_on_one_page(client: Client, summit: Summit) -> None:
    html = page(client, summit.url("programme/?day=all"))
    assert titles(html) == ["Opening of the archives", "Multilingual internet", "Night of the archives"]
    assert re.findall(r'<h2 class="tt-day"[^>]*>(.*?)</h2>', html) == ["Mon 9 Nov", "Tue 10 Nov"]


def test_hidden_sessions_are_nowhere(client: Client, summit: Summit) -> None:
    secrets = ("Confidential", "secret", "Secret", "Unplaced", "Hidden Person")
    paths = (
        "programme/?day=all", "programme/?day=all&view=list", "programme/?view=now", "programme/?day=all&q=session",
        "programme/changes/", "forums/", "forums/memory/", "speakers/", "sessions/opening/", "rooms/moon/",
    )  # fmt: skip
    for path in paths:
        html = page(client, summit.url(path)).replace('value="session"', "")
        assert [secret for secret in secrets if secret in html] == [], path
    ghost = summit.people["ghost"].slug
    for path in (
        "sessions/confidential/",
        "sessions/secret/",
        "sessions/unplaced/",
        "forums/hidden/",
        f"speakers/{ghost}/",
    ):
        assert client.get(summit.url(path)).status_code == 404, path
    assert client.get(summit.url("rooms/nowhere/")).status_code == 404


def test_session_after_midnight_stays_under_its_event_day(client: Client, summit: Summit) -> None:
    html = page(client, summit.url("programme/?day=2026-11-10"))
    assert titles(html) == ["Night of the archives"]
    assert '<time datetime="2026-11-11T00:30+08:00">00:30</time>' in html


def test_both_clocks_with_the_readers_zone_and_her_other_day(client: Client, summit: Summit) -> None:
    html = page(client, summit.url(), zone="America/Los_Angeles")
    assert '<b>09:00</b><time datetime="2026-11-09T09:00+08:00" data-local>17:00 −1</time>' in html
    html = page(client, summit.url("sessions/opening/"))
    assert "17:00 −1" in html
    assert ">09:00–10:30<" in html
    html = page(client, summit.url("programme/?day=2026-11-10"), zone="Pacific/Auckland")
    assert "05:30" in html
    assert titles(html) == ["Night of the archives"]


def test_unknown_zone_is_no_zone(client: Client, summit: Summit) -> None:
    html = page(client, summit.url(), zone="Mars/<script>")
    assert '<time datetime="2026-11-09T09:00+08:00" data-local></time>' in html
    assert "Mars" not in html


def test_zone_is_chosen_without_scripts(client: Client, summit: Summit) -> None:
    back = summit.url("programme/?day=all")
    headers = {"Sec-Fetch-Site": "same-origin"}
    answer = client.post(summit.url("programme/zone/"), {"zone": "Asia/Tokyo", "next": back}, headers=headers)
    assert (answer.status_code, answer["Location"], client.cookies["zone"].value) == (302, back, "Asia/Tokyo")
    assert "10:00" in page(client, back)
    answer = client.post(
        summit.url("programme/zone/"), {"zone": "x", "next": "https://evil.example/"}, headers=headers
    )
    assert (answer["Location"], client.cookies["zone"].value) == (summit.url(), "")
    assert client.post(summit.url("programme/zone/"), {"zone": "Asia/Tokyo"}).status_code == 403


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=ARCHIVES", ["opening", "night"]),
        ("q=leila", ["opening"]),
        ("q=cafe+tongues", ["cafe"]),
        ("q=%E6%A1%A3%E6%A1%88", ["opening"]),
        ("q=%E6%80%9D%E6%B6%B5", ["cafe"]),
        ("q=lotus", ["cafe"]),
        ("q=archives+lotus", []),
        ("kind=main", ["opening", "night"]),
        ("forum=cafe", ["cafe"]),
        ("topic=governance", ["opening", "night"]),
        ("room=moon", ["opening", "night"]),
        ("lang=zh-hans", ["opening"]),
        ("lang=fr", ["cafe"]),
        ("delivery=live_link", ["opening"]),
        ("delivery=live_link&room=lotus", []),
        ("kind=nonsense", []),
        ("view=nonsense&colour=red", ["opening", "cafe", "night"]),
    ],
)
def test_filters_need_no_scripts(client: Client, summit: Summit, query: str, found: list[str]) -> None:
    for view in ("grid", "list"):
        html = page(client, summit.url(f"programme/?day=all&view={view}&{query}"))
        assert titles(html) == [str(summit.sessions[key].title) for key in found]
    if not found:
        assert "No session matches" in html


def test_filter_keeps_what_was_asked_in_its_form(client: Client, summit: Summit) -> None:
    html = page(client, summit.url("programme/?view=list&day=all&q=caf%C3%A9%22%3E&room=lotus"))
    assert 'name="q" value="café">"' in html
    assert '<option value="lotus" selected>Lotus</option>' in html
    assert 'name="view" value="list"' in html
    raw = client.get(summit.url("programme/?q=%22%3E%3Cscript%3E")).content.decode()
    assert "<script>" not in raw


def test_query_of_equal_meaning_is_equal() -> None:
    read = TimetableQuery.read
    assert read({"q": " a  b ", "view": "grid", "utm": "x"}) == read({"q": "a b"})
    assert read({"view": "list", "day": "2026-11-09", "q": "x"}).address(q="") == "?view=list&day=2026-11-09"
    assert read({"day": "tomorrow"}).address() == ""


def test_states_follow_the_clock(client: Client, summit: Summit) -> None:
    with clock.frozen(at(9, 45)):
        html = page(client, summit.url())
        assert "is-now" in cell(html, "Opening")
        assert '<span class="live">Live</span>' in cell(html, "Opening")
        assert '<div class="tt-now c-9" aria-hidden="true"><b>09:45</b></div>' in html
    with clock.frozen(at(8, 59)):
        assert re.findall(r"is-(?:now|past)", page(client, summit.url())) == []
    with clock.frozen(at(10, 30)):
        assert re.findall(r"is-(?:now|past)", page(client, summit.url())) == ["is-past", "is-past"]
    with clock.frozen(at(10, 29)):
        html = page(client, summit.url())
        assert "is-now" in cell(html, "Opening")
        assert "is-now" in cell(html, "Multilingual")


def test_what_is_over_today_folds_away_but_stays_on_the_page(client: Client, summit: Summit) -> None:
    place(summit.sessions["unplaced"], summit.rooms["moon"], at(14))
    publish(summit.edition)
    with clock.frozen(at(12)):
        html = page(client, summit.url())
    earlier = re.search(
        r'<details class="tt-earlier"><summary[^>]*>(.*?)</summary>(.*?)</details>', html, re.DOTALL
    )
    assert earlier
    assert earlier[1] == "Earlier today (2)"
    assert titles(earlier[2]) == ["Opening of the archives", "Multilingual internet"]
    assert titles(html)[-1] == "Unplaced session"
    assert "is-past" in cell(html, "Opening")


def test_today_is_shown_when_nothing_is_asked(client: Client, summit: Summit) -> None:
    with clock.frozen(at(8, day=1)):
        assert titles(page(client, summit.url())) == ["Night of the archives"]
    with clock.frozen(at(1, day=2)):
        assert titles(page(client, summit.url())) == ["Night of the archives"]
    with clock.frozen(at(8, day=30)):
        assert titles(page(client, summit.url()))[0] == "Opening of the archives"


def test_now_and_next_room_by_room(client: Client, summit: Summit) -> None:
    with clock.frozen(at(9, 10)):
        html = page(client, summit.url("programme/?view=now"))
    rooms = re.split(r'<li><h2><a href="[^"]*"><bdi>', html)[1:]
    assert [(room.split("<")[0], titles(room)) for room in rooms] == [
        ("Moon Bridge", ["Opening of the archives", "Night of the archives"]),
        ("Lotus", ["Multilingual internet"]),
    ]
    with clock.frozen(at(9, day=9)):
        assert "Nothing is on, and nothing is to come" in page(client, summit.url("programme/?view=now"))


def test_cancelled_session_is_marked_and_gives_way(client: Client, summit: Summit) -> None:
    unplace_session(draft_of(summit.edition), summit.sessions["cafe"], by=SYSTEM)
    publish(summit.edition)
    html = page(client, summit.url())
    assert "is-cancelled" in cell(html, "Multilingual")
    assert "Cancelled" in cell(html, "Multilingual")
    place(summit.sessions["unplaced"], summit.rooms["lotus"], at(9, 30))
    publish(summit.edition)
    assert titles(page(client, summit.url())) == ["Opening of the archives", "Unplaced session"]
    assert "Multilingual internet" in titles(page(client, summit.url("programme/?view=list")))
    assert "This session has been cancelled." in page(client, summit.url("sessions/tongues/"))


def test_fallback_is_marked_with_its_language(client: Client, summit: Summit) -> None:
    html = page(client, summit.url(lang="ar"))
    assert '<html lang="ar" dir="rtl"' in html
    assert "<bdi>افتتاح الأرشيف</bdi>" in html
    assert '<span class="fallback" lang="en" dir="ltr" data-mark="EN" title=' in cell(html, "Multilingual")
    assert 'lang="en"' not in cell(html, "افتتاح").split('class="tt-meta"')[0]
    html = page(client, summit.url(lang="zh-hans"))
    assert "<bdi>陈思涵</bdi>" in html
    assert "档案开放" in html


def test_page_is_empty_but_calm_before_publication(client: Client) -> None:
    edition = make_edition()
    make_session(make_forum(edition), "Draft session")
    for path in (
        "programme/",
        "programme/?view=now",
        "programme/?view=agenda",
        "programme/changes/",
        "forums/",
        "speakers/",
    ):
        response = client.get(f"/en/{edition.slug}/{path}")
        assert (response.status_code, b"Draft session" in response.content) == (200, False), path


def test_edition_that_is_not_public_is_not_found(client: Client) -> None:
    edition = make_edition(is_public=False)
    place(make_session(make_forum(edition), "Private"), None, at(9))
    publish(edition)
    assert client.get(f"/en/{edition.slug}/programme/").status_code == 404


def test_sessions_without_a_room_have_a_row(client: Client) -> None:
    edition = make_edition()
    place(make_session(make_forum(edition), "Somewhere"), None, at(9))
    publish(edition)
    html = page(client, f"/en/{edition.slug}/programme/")
    assert 'class="tt-cell topic-1 c-0 r-0 u-12"' in html


@pytest.mark.parametrize(
    ("path", "cold"),
    [
        ("programme/", 11),
        ("programme/?day=all&view=list&q=x", 11),
        ("programme/?view=now", 11),
        ("programme/changes/", 13),
        ("forums/", 11),
        ("forums/forum/", 13),
        ("speakers/", 12),
        ("speakers/person/", 14),
        ("sessions/session-0/", 15),
        ("rooms/room/", 11),
    ],
)
@pytest.mark.parametrize("rows", [1, 3])
def test_pages_cost_the_same_statements_for_one_and_three_rows(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, path: str, cold: int, rows: int
) -> None:
    edition = make_edition("e")
    room = make_room(edition, code="room")
    people = [make_person(slug="person" if n == 0 else f"person-{n}") for n in range(rows)]
    for n in range(rows):
        forum = make_forum(edition, slug="forum" if n == 0 else f"forum-{n}")
        session = make_session(forum, Text.of(f"Session {n}"), code=f"session-{n}")
        appear(session, *people)
        place(session, room, at(9 + n))
    publish(edition)
    forget()
    with django_assert_num_queries(cold):
        assert client.get(f"/en/e/{path}").status_code == 200
    with django_assert_num_queries(1):
        client.get(f"/en/e/{path}")
