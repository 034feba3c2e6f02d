"""The home page before, during and after the summit."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from summitry.foundation import clock
from summitry.foundation.models import Account
from tests.programme.make import at
from tests.programme.summit import Summit, make_summit_programme

pytestmark = pytest.mark.django_db


def test_the_root_sends_a_visitor_to_her_language(client: Client) -> None:
    for header, expected in (
        ("fr-CA,en;q=0.5", "/fr/"),
        ("zh-CN", "/zh-hans/"),
        ("de", "/en/"),
        ("ar-EG", "/ar/"),
    ):
        response = client.get("/", headers={"Accept-Language": header})
        assert (response.status_code, response["Location"]) == (302, expected)


def test_an_empty_installation_says_what_to_do_next(client: Client) -> None:
    response = client.get("/en/")

    assert response.status_code == 200
    assert "No edition is public here yet." in response.content.decode()


@pytest.mark.parametrize(
    "path", ["/en/no-such-edition/", "/en/no-such-edition/programme/", "/en/record/none/"]
)
def test_what_does_not_exist_is_a_page_that_says_so(client: Client, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 404
    assert "<h1" in response.content.decode()


@pytest.mark.parametrize("path", ["/en/my/", "/en/console/", "/en/console/jobs/"])
def test_private_pages_ask_for_sign_in(client: Client, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 302
    assert response["Location"].startswith("/en/account/login/")


def test_every_answer_carries_the_strict_policy(client: Client) -> None:
    for path in ("/en/", "/en/account/login/", "/en/none/"):
        policy = client.get(path)["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy


def test_health_tells_that_no_worker_is_alive(client: Client) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (503, {"database": "ok", "jobs": "stopped"})


def test_crawlers_are_kept_out_of_private_pages(client: Client) -> None:
    assert "Disallow: /en/console/" in client.get("/robots.txt").content.decode()


@pytest.fixture
def summit(db: None) -> Summit:
    """A published edition; its first session begins at nine on the first day."""
    return make_summit_programme()


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(-48, "2 days to go"), (1, "Day 1 of 3"), (24 * 40, "The summit is over")],
)
def test_the_home_page_knows_where_the_edition_stands(
    client: Client, summit: Summit, hours: int, expected: str
) -> None:
    with clock.frozen(at(9) + dt.timedelta(hours=hours)):
        html = client.get(summit.url("")).content.decode()

    assert expected in " ".join(html.split())


def test_the_home_page_shows_what_is_on_this_minute(client: Client, summit: Summit) -> None:
    with clock.frozen(at(9, 5)):
        during = client.get(summit.url("")).content.decode()
    with clock.frozen(at(8)):
        before = client.get(summit.url("")).content.decode()

    assert "Live now" in during
    assert "Live now" not in before


def test_the_shared_home_page_carries_nobodys_name(client: Client, summit: Summit) -> None:
    person = Client()
    person.force_login(Account.objects.create_user("mei@example.org", name="Mei Lin"))

    assert "Mei Lin" in person.get(summit.url("")).content.decode()
    assert "Mei Lin" not in client.get(summit.url("")).content.decode()
