from __future__ import annotations

import csv
import io
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from summitry.foundation.i18n import Text
from summitry.programme.actions.session import update_session
from summitry.programme.enums import AppearanceState
from summitry.programme.models import Appearance
from tests.programme.console import House, make_house
from tests.programme.make import SYSTEM, at, make_forum, make_session, place, publish

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
LISTS = ("forums", "sessions", "contributions", "speakers")


@pytest.fixture
def house() -> House:
    return make_house()


def page(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return str(response.content.decode())


def titles(html: str) -> list[str]:
    found = re.findall(r'<th scope="row"[^>]*>(.*?)</th>', html, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", each).strip() for each in found]


@pytest.mark.parametrize(
    ("path", "all_", "own"),
    [
        ("forums/", ["Water", "Light"], ["Water"]),
        ("sessions/", ["Rain and data", "Élan of wells", "Lamps"], ["Rain and data", "Élan of wells"]),
        ("contributions/", ["On rivers", "On lanterns"], ["On rivers"]),
        ("speakers/", ["Chen Sihan", "Leïla Benslimane"], ["Chen Sihan"]),
    ],
)
def test_each_list_shows_what_its_reader_works_on(
    house: House, path: str, all_: list[str], own: list[str]
) -> None:
    for who, expected in (("director", all_), ("viewer", all_), ("water", own)):
        assert titles(page(house.signed_in(who), house.url(path))) == expected


@pytest.mark.parametrize("name", LISTS)
def test_published_rows_of_other_forums_are_not_in_a_co_organisers_list(house: House, name: str) -> None:
    place(house.sessions["lamp"], house.rooms["moon"], at(11))
    publish(house.edition)
    html = page(house.signed_in("water"), house.url(f"{name}/"))
    assert "Lamps" not in html
    assert "Light" not in html
    assert "Leïla" not in html


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_closed_to_who_does_not_enter_the_console(house: House, name: str) -> None:
    assert house.signed_in("guest").get(house.url(f"{name}/")).status_code == 404
    assert Client().get(house.url(f"{name}/")).status_code == 302
    house.edition.is_public = True
    house.edition.save()
    assert house.signed_in("guest").get(house.url(f"{name}/")).status_code == 403


@pytest.mark.parametrize(
    ("name", "statements"), [("forums", 11), ("sessions", 11), ("contributions", 13), ("speakers", 15)]
)
def test_lists_cost_the_same_for_one_row_and_for_three(house: House, name: str, statements: int) -> None:
    client = house.signed_in("director")
    url = house.url(f"{name}/?all=1")
    page(client, url)
    counted = []
    for _round in range(2):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            page(client, url)
        counted.append(len(captured))
        forum = make_forum(house.edition)
        session = make_session(forum)
        place(session, house.rooms["moon"], at(15))
        Appearance.objects.create(session=session, person=house.people["chen"])
        session.contributions.create(title=Text.of("More"))
    assert counted == [statements, statements]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sessions/?q=elan", ["Élan of wells"]),
        ("sessions/?q=%E6%95%B0%E6%8D%AE", ["Rain and data"]),
        ("sessions/?q=light", ["Lamps"]),
        ("sessions/?q=nothing+such", []),
        ("sessions/?forum=water", ["Rain and data", "Élan of wells"]),
        ("sessions/?placed=no", ["Élan of wells", "Lamps"]),
        ("sessions/?day=2026-11-09", ["Rain and data"]),
        ("sessions/?day=2026-11-10", []),
        ("sessions/?room=moon", ["Rain and data"]),
        ("sessions/?room=none", []),
        ("sessions/?text=missing.zh-hans", ["Élan of wells"]),
        ("sessions/?text=missing.ar", ["Élan of wells", "Lamps"]),
        ("sessions/?sort=title", ["Élan of wells", "Lamps", "Rain and data"]),
        ("sessions/?sort=-title", ["Rain and data", "Lamps", "Élan of wells"]),
        ("sessions/?sort=-when", ["Rain and data", "Élan of wells", "Lamps"]),
        ("sessions/?peopled=no", ["Élan of wells"]),
        ("sessions/?forum=unknown&sort=nonsense&page=x&size=7", ["Rain and data", "Élan of wells", "Lamps"]),
        ("contributions/?q=chen", ["On rivers"]),
        ("contributions/?q=%E9%99%88%E6%80%9D", ["On rivers"]),
        ("contributions/?peopled=no", ["On lanterns"]),
        ("contributions/?material=no", ["On rivers", "On lanterns"]),
        ("speakers/?fallback=none", ["Chen Sihan"]),
        ("speakers/?link=untested", ["Chen Sihan"]),
        ("speakers/?state=expected&q=le%C3%AFla", ["Leïla Benslimane"]),
        ("forums/?state=drafting", ["Water", "Light"]),
        ("forums/?state=submitted", []),
        ("forums/?corrected=yes", []),
    ],
)
def test_filters_and_orders_keep_the_rows_they_mean(house: House, query: str, expected: list[str]) -> None:
    assert titles(page(house.signed_in("director"), house.url(query))) == expected


def test_title_out_of_date_is_found(house: House) -> None:
    stale = house.sessions["lamp"].title.with_text("en", "Lanterns")
    update_session(house.sessions["lamp"], by=SYSTEM, title=stale)
    assert titles(page(house.signed_in("director"), house.url("sessions/?text=stale.zh-hans"))) == [
        "Lanterns"
    ]


@pytest.mark.parametrize("name_", ["contributions", "speakers"])
def test_names_of_passports_are_not_searched(house: House, name_: str) -> None:
    house.people["chen"].names.create(use="passport", lang="en", text="SECRETNAME")
    assert titles(page(house.signed_in("director"), house.url(f"{name_}/?q=secretname"))) == []


def test_nobody_waits_for_who_has_declined(house: House) -> None:
    Appearance.objects.filter(person=house.people["chen"]).update(state=AppearanceState.DECLINED)
    client = house.signed_in("director")
    assert titles(page(client, house.url("speakers/?fallback=none"))) == []
    assert titles(page(client, house.url("speakers/?link=untested"))) == []
    assert titles(page(client, house.url("speakers/?state=declined"))) == ["Chen Sihan"]


def test_headings_say_how_the_list_is_sorted_and_reverse_it(house: House) -> None:
    html = page(house.signed_in("director"), house.url("sessions/?sort=title"))
    assert re.search(r'aria-sort="ascending"><a href="\?sort=-title"', html)


def test_active_filters_can_be_removed_one_by_one(house: House) -> None:
    html = page(house.signed_in("director"), house.url("sessions/?forum=water&placed=no"))
    assert 'href="?placed=no"' in html
    assert 'href="?forum=water"' in html


def test_columns_are_chosen(house: House) -> None:
    html = page(house.signed_in("director"), house.url("sessions/?col=title&col=code"))
    headings = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', html, re.DOTALL)
    assert [re.sub(r"<[^>]+>", "", each) for each in headings] == ["Title", "Code"]


def test_first_use_says_the_next_step(house: House) -> None:
    Appearance.objects.all().delete()
    html = page(house.signed_in("director"), house.url("speakers/"))
    assert "Nobody appears yet" in html
    assert "To the sessions" in html


def test_a_co_organiser_is_offered_only_her_forums(house: House) -> None:
    html = page(house.signed_in("water"), house.url("sessions/"))
    assert 'value="water"' in html
    assert 'value="light"' not in html
    assert "Move to another forum" not in html


def rows_of(client: Client, url: str) -> list[list[str]]:
    body = b"".join(client.get(url).streaming_content).decode()  # type: ignore[attr-defined]
    assert body.startswith("\ufeff")
    return list(csv.reader(io.StringIO(body[1:])))


def test_csv_is_exactly_what_is_filtered_in_the_readers_language(house: House) -> None:
    rows = rows_of(
        house.signed_in("director"),
        house.url("sessions/?q=rain&col=title&col=when&col=people&as=csv", lang="zh-hans"),
    )
    assert len(rows) == 2
    assert rows[1] == ["雨与数据", "2026-11-09 09:00", "1"]


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "'=1", "\t=1"])
def test_no_text_of_a_file_is_a_formula(house: House, title: str) -> None:
    update_session(house.sessions["lamp"], by=SYSTEM, title=Text.of(title))
    rows = rows_of(house.signed_in("director"), house.url("sessions/?forum=light&col=title&as=csv"))
    assert rows[1] == [f"'{title}"]


def test_workbook_holds_texts_as_texts_and_numbers_as_numbers(house: House) -> None:
    update_session(house.sessions["lamp"], by=SYSTEM, title=Text.of("=1+1"), seats=40)
    client = house.signed_in("director")
    answer = client.get(house.url("sessions/?forum=light&col=title&col=seats&as=xlsx"))
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert book.get_sheet_by_index(0).to_python() == [["Title", "Seats"], ["=1+1", 40.0]]


def test_files_of_a_co_organiser_hold_her_rows_only(house: House) -> None:
    rows = rows_of(house.signed_in("water"), house.url("sessions/?col=code&sort=code&as=csv"))
    assert rows == [["Code"], ["rain"], ["well"]]
