"""A guest's "My summit": one next thing for each state, and the parts that rooms contribute."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from summitry.directory.actions.person import update_person
from summitry.editions.models import Edition
from summitry.foundation.files.store import Purpose, store_file
from summitry.guests import hub
from summitry.guests.actions.companion import name_companion
from summitry.guests.actions.moving import move
from summitry.guests.enums import Capacity
from summitry.guests.hub import Card, hub_of, opened_for
from summitry.guests.models import Answer, Guest
from summitry.guests.queries.guest_links import RELATED, Opened, page_path
from summitry.mailing.models import Letter, Mailing
from tests.directory.make import make_account
from tests.editions.make import make_edition
from tests.guests.delegations.conftest import NOW
from tests.guests.delegations.make import make_delegation, named, nominee
from tests.guests.make import SYSTEM, make_category, make_field

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    return make_edition("rivertown")


@pytest.fixture
def guest(edition: Edition) -> Guest:
    category = make_category(edition, "Delegate", companions=2)
    make_category(edition, "Companion", capacity=Capacity.COMPANION)
    return named(
        make_delegation(edition, "Riverland", (category, 3)), category, "Ada Lim", email="ada@example.org"
    )


def opened(guest: Guest) -> Opened:
    return Opened(Guest.objects.select_related(*RELATED).get(pk=guest.pk), is_current=True)


def test_next_thing_follows_the_state(guest: Guest) -> None:
    seen = []
    for state in ("applying", "submitted", "screening", "deciding", "approved", "confirmed", "revoked"):
        move(guest, state, by=SYSTEM)
        card = hub_of(opened(guest)).card
        seen.append((state, card.title, card.label))
    assert seen == [
        ("applying", "Begun", "Go on to your application"),
        ("submitted", "Being checked", ""),
        ("screening", "Being checked", ""),
        ("deciding", "Being checked", ""),
        ("approved", "Approved", "Confirm that I come"),
        ("confirmed", "You are accredited", "See what you told us"),
        ("revoked", "No longer valid", ""),
    ]


def test_room_s_card_goes_before_the_standing_and_parts_come_in_order(
    guest: Guest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "_cards", dict(hub._cards))

    def badge(found: Opened) -> Card | None:
        return Card("Sign your badge", "Look at it.") if found.guest.state == "confirmed" else None

    hub.register_card(100, badge)
    assert hub_of(opened(guest)).card.title == "You are nominated"
    move(guest, "submitted", by=SYSTEM)
    move(guest, "confirmed", by=SYSTEM)
    page = hub_of(opened(guest))
    assert page.card.title == "Sign your badge"
    keys = [part.key for part in page.sections]
    assert [key for key in keys if key in {"agenda", "companions", "participation"}] == [
        "agenda",
        "companions",
        "participation",
    ]


def test_guest_opens_her_page_by_link(guest: Guest) -> None:
    client = Client()
    answer = client.get(page_path(guest, "en"))
    body = answer.content.decode()
    assert answer.status_code == 200
    for words in ("You are nominated", "Ada Lim", "Riverland", "You may bring 2 people", "My agenda"):
        assert words in body
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert Guest.objects.get(pk=guest.pk).seen_at == NOW
    assert client.get(page_path(guest, "ar")).status_code == 200
    assert client.get(page_path(guest, "en")[:-3] + "xx/").status_code == 404


def test_guest_names_companions_and_takes_one_back(guest: Guest) -> None:
    client, url = Client(), page_path(guest, "en", "guest:companions")
    assert client.post(url, {"name": ""}).status_code == 422
    assert (
        client.post(url, {"name": "Eve", "native_name": "夏娃", "native_lang": "zh-hans"}).status_code == 302
    )
    assert client.post(url, {"name": "Flo"}).status_code == 302
    refused = client.post(url, {"name": "Gil"})
    assert (refused.status_code, "At most 2 people" in refused.content.decode()) == (422, True)
    eve = Guest.objects.get(person__reference_name="Eve")
    assert client.post(url, {"withdraw": eve.pk}).status_code == 302
    assert client.post(url, {"withdraw": eve.pk}).status_code == 404
    assert client.post(url, {"withdraw": guest.pk}).status_code == 404
    rows = Guest.objects.order_by("pk").values_list("person__reference_name", "state")
    assert list(rows) == [("Ada Lim", "nominated"), ("Eve", "withdrawn"), ("Flo", "nominated")]
    assert "Flo" in client.get(url).content.decode()


def test_guest_says_that_she_cannot_come_and_nobody_comes_with_her(guest: Guest) -> None:
    eve = name_companion(guest, nominee("Eve"), by=SYSTEM)
    client, url = Client(), page_path(guest, "en", "guest:leave")
    assert "Your place goes to somebody else" in client.get(url).content.decode()
    assert client.post(page_path(eve, "en", "guest:leave") + "x", {}).status_code == 404
    assert client.post(url, {"reason": "Ill"}).status_code == 302
    assert list(Guest.objects.order_by("pk").values_list("state", flat=True)) == ["withdrawn", "withdrawn"]
    assert "There is nothing to take back." in client.get(url).content.decode()
    assert "Your participation was withdrawn." in client.get(page_path(guest, "en")).content.decode()


def test_signed_in_guest_finds_the_same_on_her_own_page(guest: Guest, edition: Edition) -> None:
    account = make_account("ada@example.org")
    assert opened_for(account.actor(), edition) is None
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    before = client.get("/en/my/").content.decode()
    assert ("My agenda" in before, "You are nominated" in before) == (True, False)
    update_person(guest.person, by=SYSTEM, account=account)
    body = client.get("/en/my/").content.decode()
    assert (body.count("My agenda"), "You are nominated" in body, "You may bring 2 people" in body) == (
        1,
        True,
        True,
    )


def test_page_costs_the_same_whatever_is_in_it(guest: Guest) -> None:
    client, url = Client(), page_path(guest, "en")

    def cost() -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as seen:
            client.get(url)
        return len(seen)

    name_companion(guest, nominee("Eve"), by=SYSTEM)
    first = cost()
    name_companion(guest, nominee("Flo"), by=SYSTEM)
    assert first == cost() <= 17  # every room adds its part


def test_letters_that_were_sent_and_documents_are_on_her_page(guest: Guest) -> None:
    def keys() -> set[str]:
        return {section.key for section in hub_of(opened(guest)).sections} & {"letters", "documents"}

    person_letter = {"person": guest.person, "name": "Ada", "address": "ada@example.org", "lang": "en"}
    mailing = Mailing.objects.create(edition=guest.edition, name="Welcome")
    Letter.objects.create(
        mailing=mailing, key="1", subject="Not sent yet", text="x", html="x", **person_letter
    )
    assert keys() == set()
    Letter.objects.create(
        mailing=mailing, key="2", subject="Welcome, Ada", text="x", html="x", sent_at=NOW, **person_letter
    )
    upload = ContentFile(b"%PDF-1.4 words", name="letter.pdf")
    stored = store_file(upload, Purpose("test", ("application/pdf",)), by=SYSTEM, edition_id=guest.edition_id)
    Answer.objects.create(guest=guest, field=make_field(guest.edition, "cv", kind="file"), file=stored)
    assert keys() == {"letters", "documents"}
    page = Client().get(page_path(guest, "en")).content.decode()
    assert ("Welcome, Ada" in page, "Not sent yet" in page, "/answers/cv/" in page) == (True, False, True)
