"""The outbox in the browser, without scripts: every step by a form, every refusal beside its field."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from summitry.editions.models import Edition
from summitry.editions.permissions import DIRECTOR, PARTNER, TRANSLATOR, VIEWER
from summitry.foundation.access import Scope
from summitry.foundation.i18n import Text
from summitry.foundation.jobs import run_pending
from summitry.mailing.actions.release import release_mailing
from summitry.mailing.actions.suppression import suppress
from summitry.mailing.enums import MailingState, SuppressionReason
from summitry.mailing.models import Letter, Mailing, NoticeWording, Suppression
from summitry.mailing.queries.writing import unsubscribe_url
from tests.editions.make import make_edition
from tests.mailing.conftest import PostOffice
from tests.mailing.make import (
    FRIENDS,
    SYSTEM,
    account_with,
    friend,
    make_mailing,
    release_and_start,
    send_all,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    FRIENDS[:] = [
        friend("a@x.org", name="Ada"),
        friend("b@x.org", "ar", name="Bruno", town="Cairo"),
        friend(" ", name="Without"),
    ]
    return make_edition("rivertown")


def door(edition: Edition, role: str = DIRECTOR.code) -> Client:
    account, _actor = account_with(role, Scope("edition", edition.pk))
    client = Client()
    client.force_login(account)
    return client


def at(path: str = "") -> str:
    return f"/en/console/rivertown/mail/{path}"


def words(**extra: str) -> dict[str, str]:
    return {
        "name": "N",
        "kind": "operational",
        "pace": "60",
        "seen": "{}",
        "subject.en": "S",
        "body.en": "B",
        **extra,
    }


def test_a_mailing_is_written_step_by_step(edition: Edition):
    client = door(edition)
    assert client.get(at("outbox/")).status_code == 200
    answer = client.post(at("new/"), {"name": "Greetings", "audience": "friends", "kind": "operational"})
    mailing = Mailing.objects.get()
    assert answer["Location"] == at(f"{mailing.pk}/audience/")
    page = client.get(answer["Location"]).content.decode()
    assert "nobody is written to. Choose a filter, or everyone." in page

    answer = client.post(at(f"{mailing.pk}/audience/"), {"asked": "1", "town": ["Cairo", "Lyon"]})
    assert answer["Location"] == at(f"{mailing.pk}/text/")
    page = client.get(answer["Location"]).content.decode()
    assert '<code dir="ltr" translate="no">{town}</code>' in page

    answer = client.post(
        answer["Location"], words(**{"subject.en": "Hello {name}", "body.en": "Dear **{name}**"})
    )
    assert answer["Location"] == at(f"{mailing.pk}/")
    page = client.get(answer["Location"]).content.decode()
    assert "1 recipient reads Arabic; there is no text in Arabic, so the text in English is sent." in page
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', page)
    assert seen

    client.post(at(f"{mailing.pk}/release/"), {"seen": seen[1]})
    mailing.refresh_from_db()
    assert mailing.state == MailingState.RELEASED
    assert "data-countdown" in client.get(at(f"{mailing.pk}/")).content.decode()
    client.post(at(f"{mailing.pk}/recall/"))
    mailing.refresh_from_db()
    assert mailing.state == MailingState.RECALLED


def test_the_count_follows_the_choice_without_keeping_it(edition: Edition):
    mailing = make_mailing(edition, filters={})
    client = door(edition)
    for query, count in (
        ("asked=1&fragment=1", 0),
        ("asked=1&fragment=1&town=Cairo", 1),
        ("asked=1&fragment=1&everyone=1", 2),
    ):
        fragment = client.get(at(f"{mailing.pk}/audience/?{query}")).content.decode()
        assert f"<b>{count}</b>" in fragment
        assert "<html" not in fragment
    counted = client.post(at(f"{mailing.pk}/audience/"), {"asked": "1", "count": "1", "everyone": "1"})
    assert "<b>2</b>" in counted.content.decode()
    mailing.refresh_from_db()
    assert mailing.filters == {}


def test_a_refused_text_stays_and_says_why_beside_its_language(edition: Edition):
    mailing = make_mailing(edition)
    answer = door(edition).post(
        at(f"{mailing.pk}/text/"), words(**{"body.en": "Dear {nmae}", "subject.ar": "س", "body.ar": "ص"})
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "{nmae} is not a placeholder. Did you mean {name}?" in page
    assert "Dear {nmae}</textarea>" in page
    assert 'aria-describedby="id_body-en-error"' in page
    assert ">ص</textarea>" in page
    mailing.refresh_from_db()
    assert mailing.body.get("ar") == ""


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(edition: Edition):
    mailing = make_mailing(edition)
    client = door(edition)
    page = client.get(at(f"{mailing.pk}/text/")).content.decode()
    seen = re.search(r'name="seen" value="([^"]+)"', page)
    assert seen
    colleague = words(name="Greetings", seen=seen[1].replace("&quot;", '"'))
    client.post(
        at(f"{mailing.pk}/text/"),
        {
            **colleague,
            "subject.en": "Theirs",
            "body.en": "Theirs",
            "subject.fr": "Bonjour {name}",
            "body.fr": "{name}, bienvenue à {town}.",
        },
    )
    answer = client.post(
        at(f"{mailing.pk}/text/"),
        {
            **colleague,
            "subject.en": "Mine",
            "body.en": "Mine",
            "subject.fr": "Bonjour {name}",
            "body.fr": "{name}, bienvenue à {town}.",
        },
    )
    assert answer.status_code == 422
    assert "Theirs" in answer.content.decode()
    assert "Mine" in answer.content.decode()
    mailing.refresh_from_db()
    assert mailing.subject.get("en") == "Theirs"


def test_any_recipients_letter_can_be_previewed(edition: Edition):
    mailing = make_mailing(edition)
    client = door(edition)
    page = client.get(at(f"{mailing.pk}/preview/?n=1"))
    assert "Hello Bruno" in page.content.decode()
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    frame = client.get(at(f"{mailing.pk}/preview/frame/?n=1"))
    assert "Dear Bruno of Cairo" in frame.content.decode()
    assert (frame["X-Frame-Options"], "script-src 'self'" in frame["Content-Security-Policy"]) == (
        "SAMEORIGIN",
        True,
    )
    assert client.get(at(f"{mailing.pk}/preview/?n=99999&q=<x>")).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_test_goes_to_oneself_only(edition: Edition, post_office: PostOffice):
    mailing = make_mailing(edition)
    door(edition).post(at(f"{mailing.pk}/test/"), {"n": "0"})
    run_pending()
    (mail,) = post_office.letters
    assert mail["Subject"] == "[Test] Hello Ada"
    assert mail["To"].startswith("staff-")


def test_a_mailing_is_scheduled_by_the_host_citys_clock(edition: Edition):
    mailing = make_mailing(edition)
    client = door(edition)
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', client.get(at(f"{mailing.pk}/")).content.decode())
    assert seen
    refused = client.post(at(f"{mailing.pk}/schedule/"), {"seen": seen[1], "at": "2001-01-01T10:00"})
    assert refused.status_code == 422
    assert "This time has passed." in refused.content.decode()
    soon = (timezone.now() + dt.timedelta(days=3)).strftime("%Y-%m-%dT10:00")
    client.post(at(f"{mailing.pk}/schedule/"), {"seen": seen[1], "at": soon})
    mailing.refresh_from_db()
    assert mailing.release_at is not None
    assert mailing.release_at.astimezone(edition.zone).strftime("%Y-%m-%dT%H:%M") == soon
    assert "Leaves on" in client.get(at(f"{mailing.pk}/")).content.decode()


def test_a_changed_list_is_shown_instead_of_sent(edition: Edition):
    mailing = make_mailing(edition)
    client = door(edition)
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', client.get(at(f"{mailing.pk}/")).content.decode())
    assert seen
    FRIENDS.append(friend("new@x.org", name="Newcomer"))
    answer = client.post(at(f"{mailing.pk}/release/"), {"seen": seen[1]})
    assert answer.status_code == 409
    assert "The list of recipients has changed since you saw it." in answer.content.decode()
    assert "Newcomer" in answer.content.decode()


def test_failed_letters_are_listed_and_sent_again(edition: Edition, post_office: PostOffice):
    FRIENDS.append(friend("gone@x.org", name="Gone"))
    mailing = send_all(release_and_start(make_mailing(edition)))
    client = door(edition)
    page = client.get(at(f"letters/?mailing={mailing.pk}&state=open")).content.decode()
    assert "Gone" in page
    assert "Ada" not in page
    letter = Letter.objects.get(address="gone@x.org")
    assert "550 5.1.1 No such mailbox" in client.get(at(f"letters/{letter.pk}/")).content.decode()
    assert "Dear Gone" in client.get(at(f"letters/{letter.pk}/frame/")).content.decode()
    client.post(at(f"letters/{letter.pk}/resend/"))
    letter.refresh_from_db()
    assert letter.state == "queued"


@pytest.mark.parametrize("role", [VIEWER.code, TRANSLATOR.code])
def test_who_does_not_write_mail_sees_none(edition: Edition, role):
    mailing = make_mailing(edition)
    release_mailing(mailing, by=SYSTEM)
    letter = Letter.objects.first()
    assert letter
    client = door(edition, role)
    assert client.get(at("outbox/")).content.decode().count("Greetings") == 0
    for path in (
        f"{mailing.pk}/",
        f"{mailing.pk}/preview/",
        f"letters/{letter.pk}/",
        f"letters/{letter.pk}/frame/",
    ):
        assert client.get(at(path)).status_code == 404
    for path in ("new/", "notices/", "addresses/"):
        assert client.get(at(path)).status_code == 403


def test_a_partner_sees_her_own_mailing_without_its_secrets(edition: Edition):
    account, partner = account_with(PARTNER.code, Scope("edition", edition.pk))
    client = Client()
    client.force_login(account)
    mine = make_mailing(edition, by=partner, subject=Text.of("S"), body=Text.of("{key}"))
    other = make_mailing(edition)
    assert client.get(at(f"{mine.pk}/")).status_code == 200
    assert client.get(at(f"{other.pk}/")).status_code == 404
    assert "Release to" not in client.get(at(f"{mine.pk}/")).content.decode()
    frame = client.get(at(f"{mine.pk}/preview/frame/")).content.decode()
    assert "secret" not in frame
    assert "https://…" in frame
    assert "secret" in door(edition).get(at(f"{mine.pk}/preview/frame/")).content.decode()
    assert client.post(at(f"{mine.pk}/release/"), {"seen": ""}).status_code == 403


def test_another_editions_mailing_does_not_exist_here(edition: Edition):
    foreign = make_mailing(make_edition())
    client = door(edition)
    for path in ("", "audience/", "text/", "preview/", "preview/frame/"):
        assert client.get(at(f"{foreign.pk}/{path}")).status_code == 404
    assert client.post(at(f"{foreign.pk}/release/")).status_code == 404


def test_notices_are_worded_on_their_page(edition: Edition):
    client = door(edition)
    assert client.get(at("notices/")).status_code == 200
    assert client.get(at("notices/nothing/")).status_code == 404
    page = client.get(at("notices/forum_signed/")).content.decode()
    assert "{forum}" in page
    refused = client.post(
        at("notices/forum_signed/"), {"mode": "held", "seen": "{}", "subject.en": "{x}", "body.en": "B"}
    )
    assert (refused.status_code, "{x} is not a placeholder" in refused.content.decode()) == (422, True)
    client.post(
        at("notices/forum_signed/"), {"mode": "held", "seen": "{}", "subject.en": "S", "body.en": "B"}
    )
    wording = NoticeWording.objects.get()
    assert (wording.mode, wording.subject.get("en")) == ("held", "S")


def test_addresses_left_out_can_be_allowed_again(edition: Edition):
    suppress(edition.pk, "a@x.org", SuppressionReason.BOUNCED, "550 no")
    client = door(edition)
    assert "550 no" in client.get(at("addresses/")).content.decode()
    client.post(at("addresses/"), {"address": str(Suppression.objects.get().pk)})
    assert not Suppression.objects.exists()
    assert client.post(at("addresses/"), {"address": "99"}).status_code == 404


def test_news_are_declined_by_one_press_or_by_the_mail_program(edition: Edition):
    url = unsubscribe_url(edition, "A@x.org")
    path = "/" + url.split("/", 3)[3]
    reader = Client(enforce_csrf_checks=True)
    page = reader.get(path, headers={"Accept-Language": "en"})
    assert page.status_code == 200
    assert not Suppression.objects.exists()
    assert reader.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert list(Suppression.objects.values_list("address", "reason")) == [("a@x.org", "unsubscribed")]
    assert reader.post(path).status_code == 200
    assert reader.get(path[:-3] + "x/").status_code == 404


def test_lists_and_pages_keep_their_number_of_queries(edition: Edition):
    client = door(edition)
    FRIENDS[:] = [friend()]
    mailing = make_mailing(edition)
    release_mailing(make_mailing(edition), by=SYSTEM)
    client.get(at("outbox/"))
    places = {"outbox": "outbox/", "letters": "letters/", "mailing": f"{mailing.pk}/"} | {
        name: f"{mailing.pk}/{name}/" for name in ("audience", "text", "preview")
    }
    counts: dict[str, list[int]] = {name: [] for name in places}
    for _size in (1, 3):
        for name, path in places.items():
            with CaptureQueriesContext(connection) as queries:
                assert client.get(at(path)).status_code == 200
            counts[name].append(len(queries))
        FRIENDS.extend([friend(), friend()])
        for _more in range(2):
            release_mailing(make_mailing(edition), by=SYSTEM)
    assert counts == {
        "outbox": [8, 8],
        "letters": [9, 9],
        "mailing": [7, 7],
        "audience": [6, 6],
        "text": [7, 7],
        "preview": [6, 6],
    }
