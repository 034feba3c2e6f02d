"""The public pages of calls: what everybody reads, in her language and by her clock, and the form to ask."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from summitry.calls.actions.call import cancel_call, publish_call, update_call
from summitry.calls.actions.inquiry import write_inquiry
from summitry.calls.models import Inquiry
from summitry.foundation import clock
from summitry.foundation.i18n import Text
from tests.calls.make import SYSTEM, make_call
from tests.calls.setup.office import CallOffice, make_call_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> CallOffice:
    made = make_call_office()
    publish_call(made.call, by=SYSTEM)
    return made


def page(office: CallOffice, lang: str = "en", name: str = "call") -> str:
    answer = Client().get(office.public(name).replace("/en/", f"/{lang}/", 1))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_call_is_told_in_the_readers_language(office: CallOffice) -> None:
    update_call(office.call, by=SYSTEM, description=Text.of({"en": "Read **this**.<script>", "ar": "اقرأ"}))
    write_inquiry(office.call, Text.of("Twice?"), Text.of("Yes."), by=SYSTEM)
    english, arabic = page(office), page(office, "ar")
    assert "<strong>this</strong>" in english
    assert "<script>." not in english
    for words in ("Culture and learning", "Outstanding case", "Reach", "Rules, version 1", "Twice?"):
        assert words in english
    for words in ("حالات", "اقرأ", "الثقافة والتعلم", 'dir="rtl"'):
        assert words in arabic


def test_a_call_says_whether_it_is_open_by_the_hosts_clock(office: CallOffice) -> None:
    call = office.call
    host = call.closes_at.astimezone(office.edition.zone)
    assert f'datetime="{host.isoformat()}"' in page(office)
    told = []
    for at in (
        call.opens_at - dt.timedelta(seconds=1),
        call.opens_at,
        call.closes_at,
        call.closes_at + dt.timedelta(minutes=call.grace_minutes),
    ):
        with clock.frozen(at):
            html = page(office)
        told.append(
            next(
                words
                for words in (
                    "Not open yet",
                    "Open for entries",
                    "The deadline has passed",
                    "the jury is at work",
                )
                if words in html
            )
        )
        assert ("/enter/" in html) == (told[-1] == "Open for entries")
    assert told == ["Not open yet", "Open for entries", "The deadline has passed", "the jury is at work"]


def test_drafts_and_cancelled_calls_are_nobodys_to_see(office: CallOffice) -> None:
    for state in ("draft", "cancelled"):
        hidden = make_call(office.edition, state=state, name=Text.of("Hidden"))
        for name in ("", "ask/"):
            assert Client().get(f"/en/{office.edition.slug}/calls/{hidden.slug}/{name}").status_code == 404
    assert "Hidden" not in Client().get(f"/en/{office.edition.slug}/calls/").content.decode()
    assert Client().get(f"/en/{office.edition.slug}/calls/nothing/").status_code == 404


def test_the_menu_leads_to_calls_as_long_as_there_are_any(office: CallOffice) -> None:
    home, link = f"/en/{office.edition.slug}/search/", f'href="/en/{office.edition.slug}/calls/"'
    assert link in Client().get(home).content.decode()
    type(office.call).objects.filter(pk=office.call.pk).update(state="draft")
    update_call(type(office.call).objects.get(pk=office.call.pk), by=SYSTEM, places=3)
    assert link not in Client().get(home).content.decode()


def test_search_finds_what_is_published(office: CallOffice) -> None:
    make_call(office.edition, state="draft", name=Text.of("Hidden cases"))
    found = Client().get(f"/en/{office.edition.slug}/search/?q=cases").content.decode()
    assert office.public() in found
    assert "Hidden cases" not in found
    cancel_call(office.call, by=SYSTEM)
    again = Client().get(f"/en/{office.edition.slug}/search/?q=cases").content.decode()
    assert office.public() not in again


def test_a_question_is_taken_once_it_makes_sense(office: CallOffice) -> None:
    client = Client()
    good = {"words": "Is there a fee? <b>", "email": "ana@example.org", "language": "en", "place": ""}
    refused = client.post(office.public("ask"), good | {"email": "no", "language": "xx"})
    assert (refused.status_code, "Is there a fee? &lt;b&gt;" in refused.content.decode()) == (422, True)
    assert "has arrived" in client.post(office.public("ask"), good).content.decode()
    trapped = client.post(office.public("ask"), good | {"place": "buy this"})
    assert "has arrived" in trapped.content.decode()
    kept = Inquiry.objects.get()
    assert (str(kept.asked), kept.email, kept.state) == ("Is there a fee? <b>", "ana@example.org", "asked")
    assert "Is there a fee?" not in page(office)


def test_nobody_floods_a_call_with_questions(office: CallOffice) -> None:
    client = Client()
    data = {"words": "Why?", "email": "ana@example.org", "language": "en"}
    codes = [client.post(office.public("ask"), data).status_code for _n in range(12)]
    assert codes == [200] * 10 + [429] * 2
    assert Inquiry.objects.count() == 10


@pytest.mark.parametrize("more", [0, 2])
def test_pages_take_the_same_queries_for_one_row_and_three(
    more: int, office: CallOffice, django_assert_num_queries: Any
) -> None:
    for n in range(1 + more):
        make_call(office.edition)
        write_inquiry(office.call, Text.of(f"Question {n}?"), Text.of("Yes."), by=SYSTEM)
    office.edition.refresh_from_db()
    Client().get(office.public())
    with django_assert_num_queries(8):
        Client().get(office.public())
    with django_assert_num_queries(2):
        Client().get(f"/en/{office.edition.slug}/calls/")
