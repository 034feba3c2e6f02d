from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from summitry.programme.models import Speaker
from tests.programme.console import House, make_house
from tests.programme.make import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


def found(client: Client, house: House, query: str, lang: str = "en") -> dict[str, list[str]]:
    answer = client.get(f"/{lang}/console/{house.edition.slug}/find/", {"q": query, "part": "1"})
    assert answer.status_code == 200
    sections = re.findall(r"<section><h2>(.*?)</h2>(.*?)</section>", answer.content.decode(), re.DOTALL)
    return {label: re.findall(r'<a href="[^"]+"><bdi>(.*?)</bdi>', body) for label, body in sections}


def test_nothing_asked_shows_the_pages(house: House) -> None:
    pages = found(house.signed_in("director"), house, "")
    assert list(pages) == ["Pages"]
    assert {"Readiness", "Forums", "Sessions"} <= set(pages["Pages"])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("rain", {"Sessions": ["Rain and data"]}),
        ("ÉLAN", {"Sessions": ["Élan of wells"]}),
        ("elan wells", {"Sessions": ["Élan of wells"]}),
        ("雨", {"Sessions": ["Rain and data"]}),
        ("water", {"Forums": ["Water"]}),
        ("leila", {"Speakers": ["Leïla Benslimane"]}),
        ("陈思", {"Speakers": ["Chen Sihan"]}),
        ("moon", {"Rooms": ["Moon Bridge"]}),
        ("contributions", {"Pages": ["Contributions"]}),
        ("r", {}),
        ("nothing such", {}),
    ],
)
def test_records_are_found_before_they_are_published(
    house: House, query: str, expected: dict[str, list[str]]
) -> None:
    records = found(house.signed_in("director"), house, query)
    if query == "r":
        records.pop("Pages", None)
    assert records == expected


def test_published_titles_are_found_by_their_pinyin(house: House) -> None:
    house.edition.is_public = True
    house.edition.save()
    publish(house.edition)
    assert found(house.signed_in("director"), house, "shuju")["Sessions"] == ["Rain and data"]


def test_a_co_organiser_finds_what_she_works_on_and_nothing_else(house: House) -> None:
    publish(house.edition)
    client = house.signed_in("water")
    assert found(client, house, "rain") == {"Sessions": ["Rain and data"]}
    for query in ("lamp", "light", "leila"):
        assert found(client, house, query) == {}


def test_people_with_a_record_lead_to_it(house: House) -> None:
    speaker, _new = Speaker.objects.get_or_create(edition=house.edition, person=house.people["chen"])
    answer = house.signed_in("director").get(f"/en/console/{house.edition.slug}/find/?q=chen&part=1")
    assert f"/speakers/{speaker.pk}/" in answer.content.decode()


def test_only_who_enters_the_console_may_look(house: House) -> None:
    address = f"/en/console/{house.edition.slug}/find/?q=rain"
    assert Client().get(address).status_code == 302
    assert house.signed_in("guest").get(address).status_code == 404


def test_without_scripts_it_is_a_page(house: House) -> None:
    answer = house.signed_in("director").get(f"/en/console/{house.edition.slug}/find/?q=rain")
    html = answer.content.decode()
    assert "<h1>Go to</h1>" in html
    assert "Rain and data" in html


def test_looking_costs_a_fixed_number_of_statements(house: House) -> None:
    client = house.signed_in("director")
    found(client, house, "rain")
    with CaptureQueriesContext(connection) as captured:
        found(client, house, "rain")
    assert len(captured) == 11
