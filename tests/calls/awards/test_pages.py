"""The pages of selection and announcement, for the chair; and what the public sees once the switch is thrown."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from summitry.calls.actions.announcing import announce_call
from summitry.calls.actions.computing import compute_now
from summitry.calls.actions.deciding import decide_as_proposed
from summitry.calls.actions.entry import disqualify_entry
from summitry.calls.actions.laureate import name_laureates
from summitry.calls.actions.selecting import adopt_selection, ask_selection
from summitry.calls.enums import EntryState
from summitry.calls.models import Call, Entry, Laureate
from summitry.calls.permissions import CHAIR
from summitry.editions.permissions import PARTNER
from summitry.foundation.access import Scope
from summitry.foundation.grants import put_grant
from summitry.foundation.jobs import run_pending
from summitry.foundation.models import Account
from tests.calls.awards.world import shortlisted
from tests.calls.make import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    call = shortlisted([9, 5, 8])
    adopt_selection(compute_now(ask_selection(call, by=SYSTEM), by=SYSTEM), by=SYSTEM)
    return call


@pytest.fixture
def chair(call: Call, client: Client) -> Client:
    account = Account.objects.create_user("chair@example.org")
    put_grant(account, CHAIR.code, Scope("call", call.pk), by=SYSTEM)
    put_grant(account, PARTNER.code, Scope("edition", call.edition_id), by=SYSTEM)
    client.force_login(account)
    return client


def _url(name: str, call: Call, *more: int | str) -> str:
    return reverse(f"calls:{name}", args=[call.edition.slug, call.slug, *more])


def test_the_chair_decides_as_proposed_and_one_otherwise(chair: Client, call: Call) -> None:
    page = chair.get(_url("selection", call))
    refused = chair.post(_url("decision", call, 2), {"verdict": "selected", "reason": ""})
    taken = chair.post(_url("decision", call, 2), {"verdict": "reserve", "reason": "Asked to wait."})
    chair.post(_url("selection", call), {"act": "follow"})

    assert (page.status_code, refused.status_code, taken.status_code) == (200, 422, 302)
    assert "Please say why you decide so." in refused.content.decode()
    states = dict(Entry.objects.filter(call=call).values_list("number", "state"))
    assert states == {1: EntryState.SELECTED, 2: EntryState.RESERVE, 3: EntryState.SELECTED}


def test_a_candidate_is_shown_with_what_the_list_says_of_her_before_a_proposal_holds(client: Client) -> None:
    call = shortlisted([9, 5, 8])
    compute_now(ask_selection(call, by=SYSTEM), by=SYSTEM)
    account = Account.objects.create_user("chair@example.org")
    put_grant(account, CHAIR.code, Scope("call", call.pk), by=SYSTEM)
    put_grant(account, PARTNER.code, Scope("edition", call.edition_id), by=SYSTEM)
    client.force_login(account)

    listed = client.get(_url("selection", call)).context["lines"][0]
    page = client.get(_url("decision", call, listed.entry.number))

    assert page.context["line"] == listed
    assert "Proposed, not in force" in page.content.decode()


def test_nothing_is_computed_where_nothing_is_shortlisted(chair: Client, call: Call) -> None:
    offered = chair.get(_url("selection", call)).content.decode()
    Entry.objects.filter(call=call).update(state=EntryState.NOT_ADVANCED)

    assert 'value="compute"' in offered
    assert 'value="compute"' not in chair.get(_url("selection", call)).content.decode()


def test_what_was_chosen_is_listed_after_the_announcement_as_before(chair: Client, call: Call) -> None:
    decide_as_proposed(call, by=SYSTEM)
    name_laureates(call, by=SYSTEM)
    before = chair.get(_url("selection", call)).context["lines"]
    announce_call(call, by=SYSTEM)

    after = chair.get(_url("selection", call)).context["lines"]

    assert [(line.entry.number, line.proposed) for line in after] == [
        (line.entry.number, line.proposed) for line in before
    ]


def test_the_selection_costs_the_same_statements_for_few_and_many(
    chair: Client, call: Call, django_assert_num_queries
) -> None:
    for entries in (3, 6):
        for _n in range(entries - Entry.objects.filter(call=call).count()):
            Entry.objects.create(
                call=call,
                number=Entry.objects.filter(call=call).count() + 1,
                state=EntryState.SHORTLISTED,
                contact_email="a@example.org",
            )
        with django_assert_num_queries(15):
            assert chair.get(_url("selection", call)).status_code == 200


def test_laureates_are_named_cited_ordered_and_not_announced_by_the_chair(chair: Client, call: Call) -> None:
    decide_as_proposed(call, by=SYSTEM)
    chair.post(_url("announcement", call), {"act": "name-all"})
    first, second = Laureate.objects.order_by("position")
    form = chair.get(_url("laureate", call, first.pk)).context["form"]
    words = {"citation.en": "For clarity.", "seen": form.initial["seen"]}
    chair.post(_url("laureate", call, first.pk), words)
    chair.post(_url("announcement", call), {"act": "down", "laureate": first.pk})
    shown = chair.get(_url("announcement", call)).content.decode()
    file = chair.get(_url("certificate_file", call, first.pk))
    refused = chair.post(_url("announcement", call), {"act": "announce"}, follow=True)

    first.refresh_from_db()
    assert (first.citation.get("en"), first.position) == ("For clarity.", 2)
    assert shown.index(second.number) < shown.index(first.number)
    assert file.content[:5] == b"%PDF-"
    assert refused.status_code == 200
    call.refresh_from_db()
    assert call.announced_at is None


def test_the_public_sees_laureates_after_the_announcement_and_not_before(client: Client, call: Call) -> None:
    decide_as_proposed(call, by=SYSTEM)
    laureate = name_laureates(call, by=SYSTEM)[0]
    slug = call.edition.slug
    pages = [
        reverse("calls_public:gallery", args=[slug, call.slug]),
        reverse("calls_public:laureate", args=[slug, call.slug, laureate.entry.number]),
        reverse("calls_public:certificate", args=[slug, laureate.code]),
    ]
    before = [client.get(page).status_code for page in pages]
    announce_call(call, by=SYSTEM)
    after = [client.get(page) for page in pages]

    assert (before, [page.status_code for page in after]) == ([404] * 3, [200] * 3)
    assert all(str(laureate.entry.title) in page.content.decode() for page in after)
    assert "This certificate is genuine." in after[2].content.decode()
    title = str(laureate.entry.title)
    feed = client.get(reverse("calls_public:feed", args=[slug])).content.decode()
    found = client.get(f"/en/{slug}/search/?q={title}").content.decode()
    listed = client.get(f"/api/v1/editions/{slug}/laureates").json()["items"]
    assert (feed.count("<entry>"), title in found) == (2, True)
    assert [one["number"] for one in listed] == [laureate.number, laureate.number[:-1] + "2"]


def test_a_laureate_who_is_excluded_afterwards_is_gone_from_everywhere(client: Client, call: Call) -> None:
    decide_as_proposed(call, by=SYSTEM)
    laureate = name_laureates(call, by=SYSTEM)[0]
    announce_call(call, by=SYSTEM)
    slug, title = call.edition.slug, str(laureate.entry.title)
    entry = Entry.objects.select_related("call__edition").get(pk=laureate.entry_id)
    disqualify_entry(entry, reason="The figures were invented.", by=SYSTEM)

    laureate.refresh_from_db()
    assert laureate.revoked_at is not None
    certificate = client.get(reverse("calls_public:certificate", args=[slug, laureate.code])).content.decode()
    assert ("is genuine" in certificate, "was revoked" in certificate) == (False, True)
    page = reverse("calls_public:laureate", args=[slug, call.slug, laureate.entry.number])
    assert page not in client.get(f"/en/{slug}/search/?q={title}").content.decode()
    assert title not in client.get(reverse("calls_public:gallery", args=[slug, call.slug])).content.decode()
    assert title not in client.get(reverse("calls_public:feed", args=[slug])).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_selection_is_asked_for_done_by_a_worker_and_shown(chair: Client, call: Call) -> None:
    asked = chair.post(_url("selection", call), {"act": "compute"})
    run_pending()
    led = chair.get(asked["Location"], follow=True)

    assert [step[0] for step in led.redirect_chain] == [_url("selection", call)]
    assert call.computations.filter(task="selection").count() == 2
