from __future__ import annotations

import pytest
from django.test import Client

from summitry.foundation.models import AuditEntry
from summitry.programme.enums import AppearanceState
from summitry.programme.models import Availability, Speaker, Substitution
from tests.programme.console import House, make_house
from tests.programme.speaking.make import page_url, part_of, pdf, picture, speaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


def test_page_shows_a_speaker_her_parts_and_what_is_due(house: House) -> None:
    response = Client().get(page_url(speaker(house)))
    assert response.status_code == 200
    text = response.content.decode()
    for words in ("On rivers", "Rain and data", "Moon Bridge", "09:00–10:00", "Approve your biography", "Write your biography"):
        assert (words in text) is (words != "Approve your biography"), words
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies


def test_confirming_by_link(house: House) -> None:
    part, url = part_of(house), page_url(speaker(house))
    response = Client(enforce_csrf_checks=True).post(
        f"{url}answer/", {"part": part.pk, "state": "expected", "answer": "confirm"}
    )
    assert response.status_code == 302
    assert part_of(house).state == AppearanceState.CONFIRMED
    assert AuditEntry.objects.latest("pk").actor_label == "Chen Sihan"


@pytest.mark.parametrize("lang", ["en", "zh-hans", "fr", "es", "ru", "ar"])
def test_page_and_its_companions_open_in_every_language(house: House, lang: str) -> None:
    one = speaker(house)
    for what in ("", "link/"):
        assert Client().get(page_url(one, what=what, lang=lang)).status_code == 200


def test_record_in_the_console(house: House) -> None:
    client = house.signed_in("director")
    response = client.get(house.url(f"speakers/{speaker(house).pk}/"))
    assert response.status_code == 200
    assert "/speak/" in response.content.decode()
    assert client.get(house.url("materials/")).status_code == 200
