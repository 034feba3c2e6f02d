"""The programme inside other people's pages: framed by anybody, without script or cookie; and the oEmbed answer."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from summitry.editions.actions.edition import update_edition
from tests.programme.make import SYSTEM
from tests.programme.summit import Summit, make_summit_programme

BASE = "http://127.0.0.1:8000/en/rivertown"


@pytest.fixture
def summit(db: None) -> Summit:
    return make_summit_programme()


def shown(client: Client, address: str) -> list[str]:
    html = client.get(address).content.decode()
    return re.findall(r'<a href="http[^"]+/sessions/([^"/]+)/" target="_top"', html)


def test_embed_may_be_framed_anywhere_and_leaves_nothing_behind(client: Client, summit: Summit) -> None:
    response = client.get(summit.url("embed/programme/"))
    html = response.content.decode()
    assert response.status_code == 200
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert "X-Frame-Options" not in response
    assert not response.cookies
    assert "<script" not in html
    assert "<form" not in html
    assert set(re.findall(r"<a [^>]*", html)) == set(re.findall(r'<a [^>]*target="_top"[^>]*', html))


def test_other_pages_may_not_be_framed(client: Client, summit: Summit) -> None:
    response = client.get(summit.url("programme/export/"))
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


def test_embed_shows_all_or_the_part_that_is_asked_for(client: Client, summit: Summit) -> None:
    expected = {
        "": ["opening", "tongues", "night"],
        "?day=2026-11-09": ["opening", "tongues"],
        "?forum=memory": ["opening", "night"],
        "?day=2026-11-09&forum=memory": ["opening"],
        "?session=tongues": ["tongues"],
    }
    found = {query: shown(client, summit.url(f"embed/programme/{query}")) for query in expected}
    assert found == expected


@pytest.mark.parametrize("query", ["?day=2026-11-01", "?day=x", "?forum=hidden", "?session=confidential"])
def test_embed_of_what_is_not_there_does_not_exist(query: str, client: Client, summit: Summit) -> None:
    assert client.get(summit.url(f"embed/programme/{query}")).status_code == 404


def test_embed_is_in_the_language_of_its_address(client: Client, summit: Summit) -> None:
    html = client.get(summit.url("embed/programme/", "ar")).content.decode()
    assert '<html lang="ar" dir="rtl">' in html
    assert "افتتاح الأرشيف" in html


def test_embed_is_kept(
    client: Client, summit: Summit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(summit.url("embed/programme/"))
    with django_assert_num_queries(1):
        client.get(summit.url("embed/programme/"))


def test_embed_of_a_hidden_edition_is_nobodys(client: Client, summit: Summit) -> None:
    update_edition(summit.edition, by=SYSTEM, is_public=False)
    assert client.get(summit.url("embed/programme/")).status_code == 404


def test_oembed_answers_with_a_frame(client: Client, summit: Summit) -> None:
    response = client.get("/oembed", {"url": f"{BASE}/programme/", "format": "json"})
    assert response.json() == {
        "version": "1.0",
        "type": "rich",
        "title": str(summit.edition.name),
        "provider_name": "Summitry",
        "provider_url": "http://127.0.0.1:8000",
        "cache_age": 3600,
        "html": f'<iframe src="{BASE}/embed/programme/" width="720" height="600" title="{summit.edition.name}" '
        'loading="lazy" frameborder="0"></iframe>',
        "width": 720,
        "height": 600,
    }
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("page", "frame"),
    [
        ("/programme/?day=2026-11-09&q=x", "/embed/programme/?day=2026-11-09"),
        ("/programme/?day=all", "/embed/programme/"),
        ("/forums/memory/", "/embed/programme/?forum=memory"),
        ("/sessions/tongues/", "/embed/programme/?session=tongues"),
        ("/embed/programme/?forum=cafe", "/embed/programme/?forum=cafe"),
    ],
)
def test_oembed_knows_the_pages_of_a_programme(page: str, frame: str, client: Client, summit: Summit) -> None:
    html = client.get("/oembed", {"url": BASE + page}).json()["html"]
    assert f'src="{BASE}{frame}"' in html


def test_oembed_stays_within_the_size_it_is_given(client: Client, summit: Summit) -> None:
    def size(**given: str) -> tuple[int, int]:
        answer = client.get("/oembed", {"url": f"{BASE}/programme/", **given}).json()
        return answer["width"], answer["height"]

    assert size(maxwidth="400") == (400, 600)
    assert size(maxwidth="9999", maxheight="300") == (720, 300)
    assert size(maxwidth="x", maxheight="-5") == (720, 600)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "javascript:alert(1)",
        "https://example.org/en/rivertown/programme/",
        f"{BASE}/speakers/",
        f"{BASE}/sessions/confidential/",
        "http://127.0.0.1:8000/en/nowhere/programme/",
        "http://127.0.0.1:8000/rivertown/programme/",
        "http://[broken",
    ],
)
def test_oembed_knows_nothing_of_other_addresses(url: str, client: Client, summit: Summit) -> None:
    assert client.get("/oembed", {"url": url}).status_code == 404


def test_oembed_offers_json_only(client: Client, summit: Summit) -> None:
    assert client.get("/oembed", {"url": f"{BASE}/programme/", "format": "xml"}).status_code == 501
