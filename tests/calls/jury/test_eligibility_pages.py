"""The console's pages of eligibility."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from summitry.calls.actions.checking import run_rules
from summitry.calls.actions.eligibility_rule import create_rule
from summitry.calls.enums import EntryState, QuestionKind
from summitry.calls.models import Call, EligibilityRule, Entry
from summitry.foundation import clock
from summitry.foundation.i18n import Text
from tests.calls.entries.make import make_question
from tests.calls.jury.people import account_of
from tests.calls.make import SYSTEM, make_call, make_entry

pytestmark = pytest.mark.django_db


def _call(entries: int = 2) -> Call:
    call = make_call(
        opens_at=clock.now() - dt.timedelta(days=20), closes_at=clock.now() - dt.timedelta(days=1)
    )
    create_rule(call, by=SYSTEM, name=Text.of("Firms only"), kind="kind", setting={"in": ["company"]})
    for _n in range(entries):
        make_entry(call, state=EntryState.SUBMITTED, kind="team")
    run_rules(call, by=SYSTEM)
    return call


def _at(call: Call, rest: str = "") -> str:
    return f"/en/console/{call.edition.slug}/calls/{call.slug}/eligibility/{rest}"


def _signed_in(call: Call, role: str, client: Client) -> Client:
    client.force_login(account_of(call, role))
    return client


def test_the_queue_leads_from_entry_to_entry(client: Client) -> None:
    call = _call()
    _signed_in(call, "officer", client)
    page = client.get(_at(call))
    assert (page.status_code, page.content.count(b"data-row")) == (200, 2)
    entry = client.get(_at(call, "1/?queue=look"))
    assert b"Firms only" in entry.content
    given = {"seen": "submitted", "kind": "pass", "words": "", "queue": "look"}
    refused = client.post(_at(call, "1/"), given)
    assert (refused.status_code, b"Please say why." in refused.content) == (422, True)
    done = client.post(_at(call, "1/"), {**given, "words": "A firm in all but name"})
    assert done.headers["Location"] == _at(call, "2/?queue=look")
    assert Entry.objects.get(call=call, number=1).state == EntryState.ELIGIBLE


def test_two_officers_reject_on_the_page(client: Client) -> None:
    call = _call(1)
    _signed_in(call, "officer", client)
    client.post(_at(call, "1/"), {"seen": "submitted", "kind": "reject", "words": "No firm"})
    alone = client.post(_at(call, "1/"), {"confirm": "1"})
    assert (alone.status_code, b"Somebody else has to confirm" in alone.content) == (409, True)
    second = _signed_in(call, "officer", Client())
    assert second.post(_at(call, "1/"), {"confirm": "1"}).status_code == 302
    assert Entry.objects.get(call=call).state == EntryState.INELIGIBLE


def test_rules_speak_of_questions_and_answers_by_their_words(client: Client) -> None:
    call = _call(0)
    options = [{"value": "opt-1", "label": {"en": "In one place"}}]
    make_question(
        call, "where-used", QuestionKind.CHOICE, label=Text.of("Where is it used?"), options=options
    )
    setting = {"question": "where-used", "in": ["opt-1"]}
    create_rule(call, by=SYSTEM, name=Text.of("Used"), kind="answer", setting=setting)
    page = _signed_in(call, "officer", client).get(_at(call, "rules/")).content.decode()
    assert "Where is it used? · In one place" in page
    assert ("where-used" in page, "opt-1" in page) == (False, False)


def test_rules_are_kept_on_their_pages(client: Client) -> None:
    call = _call(0)
    _signed_in(call, "manager", client)
    kept = client.get(_at(call, "rules/")).content.decode()
    # Who sets the call up may not look into the queue: her tab leads to the rules, and no link into it.
    assert (f'href="{_at(call, "rules/")}"' in kept, f'href="{_at(call)}"' in kept) == (True, False)
    assert client.get(_at(call, "rules/firms-only/")).status_code == 200
    made = client.post(_at(call, "rules/new/"), {"name.en": "Old", "kind": "entered_before", "years": "2"})
    assert (made.status_code, EligibilityRule.objects.latest("pk").setting) == (302, {"years": 2})
    wrong = client.post(_at(call, "rules/new/"), {"name.en": "Old", "kind": "number", "least": "x"})
    assert (wrong.status_code, wrong.context["form"].errors) == (
        422,
        {"question": ["This field is required."]},
    )
    changed = client.post(
        _at(call, "rules/firms-only/"), {"name.en": "Firms only", "kind": "kind", "kinds": ["team"]}
    )
    rule = EligibilityRule.objects.get(slug="firms-only")
    assert (changed.status_code, rule.version, rule.setting) == (302, 2, {"in": ["team"]})
    assert client.get(_at(call)).status_code == 403


@pytest.mark.parametrize("entries", [1, 3])
def test_the_queue_costs_the_same_for_every_length(
    client: Client, entries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    call = _call(entries)
    _signed_in(call, "officer", client)
    with django_assert_num_queries(11):
        client.get(_at(call))
