from __future__ import annotations

import gzip
import re
import threading
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from summitry.foundation import clock
from summitry.foundation.access import PUBLIC
from summitry.foundation.errors import NotFound
from summitry.foundation.models import Account
from summitry.foundation.signin import sign_in_token
from summitry.programme.actions.agenda import adopt_agendas, star, unstar
from summitry.programme.actions.schedule import draft_of, unplace_session
from summitry.programme.models import Agenda, Session, Star
from summitry.programme.queries.agenda import cookie_name, cookie_value, starred_ids
from tests.directory.make import make_account
from tests.programme.make import SYSTEM, at, place, publish
from tests.programme.summit import Summit, make_summit_programme

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def summit(db: None) -> Summit:
    return make_summit_programme()


def press(client: Client, summit: Summit, *keys: str, **more: str) -> Any:
    data = {"session": [summit.sessions[key].pk for key in keys], **more}
    return client.post(summit.url("programme/stars/"), data, headers=SAME_ORIGIN)


def pressed(client: Client, url: str) -> list[int]:
    html = client.get(url).content.decode()
    return sorted({int(pk) for pk in re.findall(r'value="(\d+)" aria-pressed="true"', html)})


def sign_in(client: Client, account: Account) -> Client:
    """Sign in by a link, as a browser does, with the cookies it has."""
    assert client.post(f"/en/sign-in/{sign_in_token(account, reusable=True)}/").status_code == 302
    return client


def test_star_needs_no_account(client: Client, summit: Summit) -> None:
    answer = press(client, summit, "opening", next=summit.url("programme/?view=list"))
    assert (answer.status_code, answer["Location"]) == (302, summit.url("programme/?view=list"))
    cookie = client.cookies[cookie_name(summit.edition.pk)]
    assert (cookie["httponly"], cookie["samesite"], int(cookie["max-age"]) > 86_400 * 365) == (
        True,
        "Lax",
        True,
    )
    opening = summit.sessions["opening"].pk
    for path in (
        "programme/",
        "programme/?view=list",
        "programme/?view=agenda",
        "forums/memory/",
        "sessions/opening/",
    ):
        assert pressed(client, summit.url(path)) == [opening], path
    press(client, summit, "opening")
    assert pressed(client, summit.url()) == []
    assert Agenda.objects.count() == 1


def test_scripts_set_a_state_and_get_the_stars(client: Client, summit: Summit) -> None:
    url = summit.url("programme/stars/")
    headers = {**SAME_ORIGIN, "Accept": "application/json"}
    opening, cafe = summit.sessions["opening"].pk, summit.sessions["cafe"].pk
    for state, stars in (("on", [opening, cafe]), ("on", [opening, cafe]), ("off", []), ("off", [])):
        answer = client.post(url, {"session": [opening, cafe], "state": state}, headers=headers)
        assert answer.json() == {"signed_in": True, "stars": stars}
    client.post(url, {"session": [cafe], "state": "on"}, headers=headers)
    assert client.get(url, headers=headers).json() == {"signed_in": True, "stars": [cafe]}


def test_star_from_another_site_is_refused(client: Client, summit: Summit) -> None:
    data = {"session": summit.sessions["opening"].pk}
    url = summit.url("programme/stars/")
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {}):
        assert client.post(url, data, headers=headers).status_code == 403
    assert client.post(url, data, headers={"Origin": "http://testserver"}).status_code == 302
    assert Star.objects.count() == 1


def test_way_back_stays_on_the_site(client: Client, summit: Summit) -> None:
    for wanted in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        assert press(client, summit, "opening", next=wanted)["Location"] == summit.url()


def test_hidden_session_cannot_be_starred(client: Client, summit: Summit) -> None:
    for key in ("hidden", "elsewhere", "unplaced"):
        assert press(client, summit, key).status_code == 404
    assert press(client, summit, "opening", "hidden", state="on").status_code == 404
    assert (
        client.post(summit.url("programme/stars/"), {"session": "x"}, headers=SAME_ORIGIN).status_code == 404
    )
    with pytest.raises(NotFound):
        star(summit.sessions["hidden"], by=PUBLIC)
    assert Star.objects.filter(session__is_public=False).count() == 0


def test_forged_cookie_opens_nothing(client: Client, summit: Summit) -> None:
    mine = star(summit.sessions["opening"], by=PUBLIC)
    for value in (mine.token.hex, f"{mine.token.hex}:forged", "", "x" * 5000):
        client.cookies[cookie_name(summit.edition.pk)] = value
        assert pressed(client, summit.url()) == []
    client.cookies[cookie_name(summit.edition.pk)] = cookie_value(mine)
    assert pressed(client, summit.url()) == [summit.sessions["opening"].pk]


def test_nobody_gets_somebody_elses_page(summit: Summit) -> None:
    anna, boris = make_account("anna@example.org"), make_account("boris@example.org")
    stranger, visitor = Client(), Client()
    in_order = [sign_in(Client(), anna), visitor, sign_in(Client(), boris), stranger]
    press(in_order[0], summit, "opening")
    press(visitor, summit, "cafe")
    opening, cafe = summit.sessions["opening"].pk, summit.sessions["cafe"].pk
    for path in (
        "programme/",
        "programme/?view=list",
        "speakers/",
        "forums/",
        "sessions/opening/",
        "programme/changes/",
    ):
        url = summit.url(path)
        bodies = [client.get(url).content.decode() for client in in_order]
        assert ["anna@example.org" in body for body in bodies] == [True, False, False, False], path
        assert ["boris@example.org" in body for body in bodies] == [False, False, True, False], path
        assert bodies[3] == Client().get(url).content.decode()
        if path == "programme/":
            assert [pressed(client, url) for client in in_order] == [[opening], [cafe], [], []]


def test_page_is_not_taken_from_another_visitors_tag(client: Client, summit: Summit) -> None:
    url = summit.url()
    shared = client.get(url)
    assert client.get(url, headers={"If-None-Match": shared["ETag"]}).status_code == 304
    press(client, summit, "opening")
    mine = client.get(url, headers={"If-None-Match": shared["ETag"]})
    assert mine.status_code == 200
    assert client.get(url, headers={"If-None-Match": mine["ETag"]}).status_code == 304
    assert Client().get(url, headers={"If-None-Match": mine["ETag"]}).status_code == 200
    assert "Cookie" in shared["Vary"]
    assert "private" in shared["Cache-Control"]


def test_compressed_page_of_a_visitor_is_hers(client: Client, summit: Summit) -> None:
    press(client, summit, "opening")
    answer = client.get(summit.url(), headers={"Accept-Encoding": "gzip"})
    body = gzip.decompress(answer.content).decode()
    assert f'value="{summit.sessions["opening"].pk}" aria-pressed="true"' in body


def test_message_for_one_visitor_stays_out_of_the_shared_page(summit: Summit) -> None:
    client = Client()
    client.get("/en/account/login/")
    client.cookies["messages"] = "forged"
    assert client.get(summit.url()).content == Client().get(summit.url()).content


def test_stars_survive_sign_in(client: Client, summit: Summit) -> None:
    account = make_account()
    press(client, summit, "opening")
    sign_in(client, account)
    assert Agenda.objects.get().account == account
    assert pressed(client, summit.url()) == [summit.sessions["opening"].pk]
    client.logout()
    assert pressed(client, summit.url()) == []


def test_stars_join_those_of_the_account(client: Client, summit: Summit) -> None:
    account = make_account()
    own = star(summit.sessions["cafe"], by=account.actor())
    press(client, summit, "opening", "cafe", state="on")
    client.post("/en/account/logout/")
    token = Agenda.objects.get(account=None).token
    adopt_agendas(account, [token])
    assert starred_ids(own) == {summit.sessions["opening"].pk, summit.sessions["cafe"].pk}
    assert list(Agenda.objects.all()) == [own]
    adopt_agendas(make_account(), [token, own.token])
    assert list(Agenda.objects.all()) == [own]


def test_signed_out_visitor_starts_an_agenda_of_her_own(client: Client, summit: Summit) -> None:
    account = make_account()
    press(client, summit, "opening")
    sign_in(client, account)
    cookie = client.cookies[cookie_name(summit.edition.pk)].value
    client.logout()
    client.cookies[cookie_name(summit.edition.pk)] = cookie
    press(client, summit, "cafe")
    assert pressed(client, summit.url()) == [summit.sessions["cafe"].pk]
    assert Agenda.objects.filter(account=account).get().stars.count() == 1


def test_agenda_lists_the_starred_and_marks_what_overlaps(client: Client, summit: Summit) -> None:
    empty = client.get(summit.url("programme/?view=agenda"))
    assert "Your agenda is empty" in empty.content.decode()
    assert "no-store" in empty["Cache-Control"]
    press(client, summit, "opening", "cafe", "night", state="on")
    html = client.get(summit.url("programme/?view=agenda")).content.decode()
    assert html.count('<li class="tt-cell') == 3
    assert "2 of your sessions overlap with others." in html


def test_changes_since_the_last_look(client: Client, summit: Summit) -> None:
    press(client, summit, "opening")
    assert "since you last looked" not in client.get(summit.url()).content.decode()
    place(summit.sessions["opening"], summit.rooms["lotus"], at(14))
    place(summit.sessions["hidden"], summit.rooms["moon"], at(16))
    publish(summit.edition)
    unplace_session(draft_of(summit.edition), summit.sessions["cafe"], by=SYSTEM)
    publish(summit.edition)
    assert "2 changes since you last looked" in client.get(summit.url()).content.decode()
    assert "since you last looked" not in Client().get(summit.url()).content.decode()
    client.get(summit.url("programme/changes/"))
    assert "since you last looked" not in client.get(summit.url()).content.decode()


def test_changes_are_told_in_sentences(client: Client, summit: Summit) -> None:
    place(summit.sessions["opening"], summit.rooms["lotus"], at(14))
    publish(summit.edition, note="Rooms swapped")
    html = client.get(summit.url("programme/changes/")).content.decode()
    sentence = "Moved from Mon 9 Nov, 09:00, Moon Bridge to Mon 9 Nov, 14:00, Lotus"
    assert sentence in html
    assert "Rooms swapped" in html
    assert sentence in client.get(summit.url("sessions/opening/")).content.decode()
    assert "Lundi" not in html
    french = client.get(summit.url("programme/changes/", lang="fr")).content.decode()
    assert "lun. 9 nov." in french


def test_visitor_with_an_agenda_costs_two_statements_more(
    client: Client, summit: Summit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    press(client, summit, "opening")
    for keys in ((), ("cafe", "night")):
        if keys:
            press(client, summit, *keys, state="on")
        client.get(summit.url())
        with django_assert_num_queries(3):
            client.get(summit.url())


def test_live_page_knows_its_visitor_too(client: Client, summit: Summit) -> None:
    press(client, summit, "opening")
    with clock.frozen(at(9, 20)):
        assert pressed(client, summit.url()) == [summit.sessions["opening"].pk]
        assert pressed(Client(), summit.url()) == []


@pytest.mark.django_db(transaction=True)
def test_two_browsers_signing_in_at_once_lose_no_star() -> None:
    summit = make_summit_programme()
    account = make_account()
    agendas = [star(summit.sessions[key], by=PUBLIC) for key in ("opening", "cafe", "night")]
    gate = threading.Barrier(3)

    def run(agenda: Agenda) -> None:
        gate.wait()
        try:
            adopt_agendas(account, [agenda.token])
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(agenda,)) for agenda in agendas]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert starred_ids(Agenda.objects.get()) == {
        summit.sessions[key].pk for key in ("opening", "cafe", "night")
    }


@pytest.mark.django_db(transaction=True)
def test_same_star_from_many_tabs_is_one() -> None:
    summit = make_summit_programme()
    account = make_account()
    actor, session = account.actor(), summit.sessions["opening"]
    gate = threading.Barrier(4)

    def run() -> None:
        gate.wait()
        try:
            star(Session.objects.get(pk=session.pk), by=actor)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (Agenda.objects.count(), Star.objects.count()) == (1, 1)
    unstar(session, agenda=Agenda.objects.get())
    assert Star.objects.count() == 0
