from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client

from summitry.directory.actions.affiliation import add_affiliation
from summitry.directory.actions.naming import EntityNameGiven
from summitry.directory.actions.person import update_person
from summitry.editions.actions.edition import update_edition
from summitry.foundation import clock
from summitry.foundation.i18n import Text
from summitry.foundation.search import search
from summitry.programme.actions.appearance import set_appearances
from summitry.programme.actions.session import add_contribution, update_session
from summitry.programme.enums import ContributionKind, Delivery, SpeakerRole
from summitry.programme.models import Appearance
from summitry.programme.queries.programme import programme_of
from summitry.programme.queries.speakers import speakers_of
from tests.directory.make import make_entity, make_organisation, make_person, make_profile, name
from tests.editions.make import make_edition
from tests.programme.make import SYSTEM, appear, at, make_forum, make_session, place, publish
from tests.programme.summit import Summit, make_organised, make_summit_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def summit() -> Summit:
    return make_summit_programme()


def page(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    body: bytes = response.content
    return body.decode()


def words(html: str, tag: str) -> list[str]:
    return [
        re.sub(r"<[^>]+>|\s+", " ", found).strip()
        for found in re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", html, re.DOTALL)
    ]


@pytest.mark.parametrize(
    ("moment", "sentence", "live"),
    [
        (at(9, day=-2), "Starts on Mon 9 Nov at 09:00.", False),
        (at(9), "On now, until 10:30.", True),
        (at(10, 29), "On now, until 10:30.", True),
        (at(10, 30), "Ended on Mon 9 Nov at 10:30.", False),
    ],
)
def test_session_says_where_it_stands_in_time(
    client: Client, summit: Summit, moment: dt.datetime, sentence: str, live: bool
) -> None:
    with clock.frozen(moment):
        html = page(client, summit.url("sessions/opening/"))
    assert sentence in html
    assert ('<span class="live">Live</span>' in html) is live


def test_session_tells_text_languages_people_and_what_is_next_door(client: Client, summit: Summit) -> None:
    opening = summit.sessions["opening"]
    place(summit.sessions["unplaced"], summit.rooms["moon"], at(11))
    publish(summit.edition)
    talk = add_contribution(
        opening, by=SYSTEM, title=Text.of("On memory"), kind=ContributionKind.KEYNOTE, minutes=20
    )
    speaker = Appearance(person=summit.people["chen"], delivery=Delivery.RECORDED)
    set_appearances(opening, [speaker], by=SYSTEM, contribution=talk)
    html = page(client, summit.url("sessions/opening/"))
    assert "<p>Why archives <strong>matter</strong>.</p>" in html
    assert words(html, "h1") == ["Opening of the archives"]
    assert {"On memory", "Unplaced session"} <= set(words(html, "h3"))
    assert "20 min" in html
    assert "Speaker · Recorded" in html
    assert "Speaker · By live link" in html
    assert words(html, "dd") == ["09:00–10:30", "–", "UTC+8", "Moon Bridge", "English", "Chinese"]


def test_private_roles_stay_private(client: Client, summit: Summit) -> None:
    interpreter = make_person(name("display", "en", "Ines Terpret"))
    part = Appearance(person=interpreter, role=SpeakerRole.INTERPRETER)
    set_appearances(summit.sessions["opening"], [part], by=SYSTEM)
    for path in ("sessions/opening/", "programme/", "speakers/", "forums/memory/"):
        assert "Terpret" not in page(client, summit.url(path))
    assert client.get(summit.url(f"speakers/{interpreter.slug}/")).status_code == 404


def test_dangerous_text_is_harmless(client: Client, summit: Summit) -> None:
    attack = "<script>alert(1)</script>"
    update_session(
        summit.sessions["opening"],
        by=SYSTEM,
        title=Text.of(attack),
        abstract=Text.of(f"{attack} [x](javascript:a)"),
    )
    for path in ("programme/", "sessions/opening/", "programme/?q=alert", "forums/memory/", "rooms/moon/"):
        html = page(client, summit.url(path))
        assert attack not in html
        assert 'href="javascript' not in html


def test_abstract_in_another_language_says_so(client: Client, summit: Summit) -> None:
    html = page(client, summit.url("sessions/opening/", lang="ar"))
    assert '<div class="prose" lang="en" dir="ltr">' in html
    assert words(html, "h1") == ["افتتاح الأرشيف"]


def test_forums_are_listed_by_kind(client: Client, summit: Summit) -> None:
    make_organised(summit)
    html = page(client, summit.url("forums/"))
    assert words(html, "h2") == ["Main forum", "Café"]
    assert words(html, "h3") == ["Digital memory", "Café of tongues"]
    assert "2 sessions" in html
    html = page(client, summit.url("forums/memory/"))
    assert words(html, "h1") == ["Digital memory"]
    assert "Institute of Archives" in html
    assert "Co-organiser" in html


def test_room_lists_its_days(client: Client, summit: Summit) -> None:
    html = page(client, summit.url("rooms/moon/"))
    assert words(html, "h1") == ["Moon Bridge"]
    assert [text.strip() for text in words(html, "h2")] == ["Mon 9 Nov", "Tue 10 Nov"]


def test_speaker_has_names_posts_and_entity_as_the_edition_names_it(client: Client, summit: Summit) -> None:
    chen = summit.people["chen"]
    entity = make_entity("CN")
    profile = make_profile(names=(EntityNameGiven(entity, "en", "China"),))
    update_edition(summit.edition, by=SYSTEM, naming_profile=profile)
    update_person(chen, by=SYSTEM, entity=entity, biography=Text.of({"en": "Studies *names*."}))
    old, new = make_organisation("Old Institute"), make_organisation("New Institute")
    add_affiliation(chen, old, by=SYSTEM, title=Text.of("Fellow"), ends_on=dt.date(2025, 1, 1))
    add_affiliation(chen, new, by=SYSTEM, title=Text.of("Director"), starts_on=dt.date(2025, 1, 2))
    html = page(client, summit.url(f"speakers/{chen.slug}/"))
    assert words(html, "h1") == ["Chen Sihan"]
    assert '<span lang="zh-Hans" dir="ltr"><bdi>陈思涵</bdi></span>' in html
    assert "Director" in html
    assert "Fellow" not in html
    assert "<bdi>China</bdi>" in html
    assert "<em>names</em>" in html
    assert "Multilingual internet" in html
    html = page(client, summit.url(f"speakers/{chen.slug}/", lang="zh-hans"))
    assert words(html, "h1") == ["陈思涵"]


def test_speakers_stand_under_their_letters(client: Client) -> None:
    edition = make_edition("e")
    people = [
        make_person(name("display", "en", text))
        for text in ("Zoë Ålund", "Émile Ba", "élan Vital", "Ñandú", "نور حسن", "Sukarno", "50 Cent")
    ]
    people.append(
        make_person(
            name("native", "zh-hans", "王小明", "wang xiaoming"), name("display", "en", "Wang Xiaoming")
        )
    )
    session = make_session(make_forum(edition))
    appear(session, *people)
    place(session, None, at(9))
    publish(edition)
    letters = [
        (line.letter, line.person.name.text) for line in speakers_of(edition, programme_of(edition, "en"))
    ]
    assert letters == [
        ("#", "50 Cent"), ("E", "élan Vital"), ("E", "Émile Ba"), ("N", "Ñandú"), ("S", "Sukarno"),
        ("W", "Wang Xiaoming"), ("Z", "Zoë Ålund"), ("ن", "نور حسن"),
    ]  # fmt: skip
    chinese = [
        (line.letter, line.person.name.text)
        for line in speakers_of(edition, programme_of(edition, "zh-hans"))
    ]
    assert ("W", "王小明") in chinese
    spanish = [
        (line.letter, line.person.name.text) for line in speakers_of(edition, programme_of(edition, "es"))
    ]
    assert ("Ñ", "Ñandú") in spanish


def test_speakers_come_in_pages_or_all_at_once(client: Client) -> None:
    edition = make_edition("e")
    people = [make_person(name("display", "en", f"Person {n:03d}")) for n in range(105)]
    session = make_session(make_forum(edition, "Forum", slug="forum"))
    appear(session, *people)
    place(session, None, at(9))
    publish(edition)
    shown = [
        re.findall(r"Person \d{3}", page(client, f"/en/e/speakers/{query}"))
        for query in ("", "?page=2", "?page=all", "?page=99", "?page=x", "?page=0")
    ]
    assert [len(set(names)) for names in shown] == [100, 5, 105, 5, 100, 100]
    assert re.findall(r"Person \d{3}", page(client, "/en/e/speakers/?q=PERSON+042")) == ["Person 042"]
    assert "Nobody matches" in page(client, "/en/e/speakers/?q=nobody")
    assert len(set(re.findall(r"Person \d{3}", page(client, "/en/e/speakers/?forum=forum&page=all")))) == 105


def test_language_links_keep_page_and_query(client: Client, summit: Summit) -> None:
    html = page(client, summit.url("programme/?view=list&day=2026-11-10&utm=1"))
    assert f'href="{summit.url("programme/?view=list&amp;day=2026-11-10", lang="ar")}"' in html
    assert "utm" not in html


def test_search_finds_what_is_public_and_loses_what_is_hidden(summit: Summit) -> None:
    def found(query: str) -> list[tuple[str, str]]:
        hits = search(query, lang="en", chain=("en",), edition_id=summit.edition.pk)
        return sorted((hit.kind, hit.title) for hit in hits)

    assert found("archives") == [("session", "Night of the archives"), ("session", "Opening of the archives")]
    assert found("leila") == [("person", "Leïla Benslimane"), ("session", "Opening of the archives")]
    assert found("confidential") == found("secret") == found("unplaced") == []
    update_session(summit.sessions["opening"], by=SYSTEM, is_public=False)
    assert found("archives") == [("session", "Night of the archives")]
    update_session(summit.sessions["opening"], by=SYSTEM, is_public=True)
    assert len(found("archives")) == 2


def test_edition_made_public_later_is_found() -> None:
    edition = make_edition(is_public=False)
    place(make_session(make_forum(edition), "Late discovery"), None, at(9))
    publish(edition)
    assert search("discovery", lang="en", edition_id=edition.pk) == []
    update_edition(edition, by=SYSTEM, is_public=True)
    assert [hit.title for hit in search("discovery", lang="en", edition_id=edition.pk)] == ["Late discovery"]
