"""Entries in the console and over the API: the list, the record, decisions, nominations."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from summitry.calls.actions.entry import withdraw_entry
from summitry.calls.actions.freezing import freeze_call
from summitry.calls.actions.nomination import NewNomination, nominate
from summitry.calls.enums import EntryState, NominationState
from summitry.calls.models import Call, Entry, Nomination
from summitry.calls.permissions import ELIGIBILITY, JUROR, MANAGER
from summitry.editions.permissions import PARTNER
from summitry.foundation import clock
from summitry.foundation.access import Scope
from summitry.foundation.grants import grant_role
from summitry.mailing.models import Letter
from tests.calls.entries.make import make_draft, make_question, make_submitted, pdf
from tests.calls.make import SYSTEM, make_call, make_entry
from tests.directory.make import make_account
from tests.editions.make import make_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    made = make_call(make_edition(is_public=True))
    make_question(made, "plan", "file")
    return made


def worker(call: Call, role: str = MANAGER.code) -> Client:
    """Return a browser of somebody with a role in the call."""
    account = make_account()
    grant_role(account, PARTNER.code, Scope("edition", call.edition_id), by=SYSTEM)
    grant_role(account, role, Scope("call", call.pk), by=SYSTEM)
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def url(name: str, call: Call, *more: object) -> str:
    return reverse(f"calls:{name}", args=[call.edition.slug, *([call.slug, *more] if more else [])])


def test_the_list_shows_the_calls_of_the_reader_with_literal_queries(
    call: Call, django_assert_num_queries: Any
) -> None:
    make_entry(make_call(call.edition), "Foreign")
    make_submitted(call)
    office = worker(call)
    office.get(url("entries", call))
    for n in range(3):
        with django_assert_num_queries(13):
            page = office.get(url("entries", call)).content.decode()
        make_submitted(call, f"a{n}@a{n}.example", title={"en": f"Wind {n}"})
    assert "A tidal turbine" in page
    assert "Foreign" not in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("state=draft", 1),
        ("state=submitted", 1),
        ("late=yes", 0),
        ("similar=yes", 0),
        ("q=bea", 1),
        ("kind=company", 2),
    ],
)
def test_the_list_narrows(call: Call, query: str, count: int) -> None:
    make_submitted(call)
    make_draft(call, "bea@bea.example", title={"en": "Other"})
    page = worker(call).get(f"{url('entries', call)}?{query}&as=csv")
    assert len(page.getvalue().decode("utf-8-sig").strip().splitlines()) == count + 1


def test_the_record_shows_versions_files_and_the_former_ones(call: Call) -> None:
    earlier = make_edition(
        summit=call.edition.summit, starts_on=dt.date(2025, 6, 1), ends_on=dt.date(2025, 6, 2)
    )
    make_entry(make_call(earlier), "Last year", contact_email="x@ada.example")
    entry = make_submitted(call, **{"q.plan": pdf()})
    office = worker(call)
    body = office.get(url("entry", call, entry.number)).content.decode()
    version = entry.versions.get()
    assert version.digest[:16] in body
    assert "Last year" in body
    assert office.get(f"{url('entry', call, entry.number)}?version=1").status_code == 200
    assert office.get(url("entry_file", call, entry.number, "0" * 64)).status_code == 404
    assert office.get(url("entry", call, 99)).status_code == 404
    file = office.get(url("entry_file", call, entry.number, version.content["files"]["plan"]["sha256"]))
    file.close()
    assert file.status_code == 200


def test_a_juror_sees_neither_list_nor_record(call: Call) -> None:
    entry = make_submitted(call)
    juror = worker(call, JUROR.code)
    assert juror.get(url("entry", call, entry.number)).status_code == 404
    assert "A tidal turbine" not in juror.get(url("entries", call)).content.decode()


def test_decisions_are_the_offices(call: Call) -> None:
    entry, draft = make_submitted(call), make_draft(call, "bea@bea.example", title={"en": "Other"})
    officer, office = worker(call, ELIGIBILITY.code), worker(call)
    here = url("entry", call, entry.number)
    assert officer.post(here, {"disqualify": "1", "leave-reason": "x"}).status_code == 403
    assert office.post(here, {"disqualify": "1", "leave-reason": ""}).status_code == 422
    assert office.post(here, {"disqualify": "1", "leave-reason": "Copied."}).status_code == 302
    there = url("entry", call, draft.number)
    late = {"late": "1", "late-until": "2000-01-01T10:00", "late-reason": "Ill."}
    assert office.post(there, late).status_code == 422
    until = (clock.now() + dt.timedelta(days=30)).strftime("%Y-%m-%dT10:00")
    assert office.post(there, {**late, "late-until": until}).status_code == 302
    assert office.post(there, {"renew": "1"}).status_code == 302
    entry.refresh_from_db()
    draft.refresh_from_db()
    assert (entry.state, draft.reason, draft.generation) == (EntryState.DISQUALIFIED, "Ill.", 2)
    assert office.get(there).status_code == 200


def test_likely_repetitions_are_proposed_and_dismissed_together(call: Call) -> None:
    first = make_submitted(call)
    same = make_submitted(call, "x@other.example", title={"en": "A  TIDAL turbine"}, organisation_name="B")
    near = make_submitted(call, "y@ada.example", title={"en": "The tidal turbine, a"}, organisation_name="C")
    far = make_submitted(call, "z@z.example", title={"en": "Wind"}, organisation_name="D")
    found = {entry.number: entry.similar_to_id for entry in (first, same, near, far)}
    assert found == {1: None, 2: first.pk, 3: first.pk, 4: None}

    office = worker(call)
    chosen = {"row": [same.pk, near.pk], "action": "distinct"}
    preview = office.post(url("entries", call), chosen)
    plan = preview.context["plan"]
    confirmed = {**chosen, "then": "confirm", "plan": plan.fingerprint, "key": preview.context["key"]}
    assert office.post(url("entries", call), confirmed).status_code == 302
    assert Entry.objects.exclude(similar_to=None).count() == 0


def test_the_office_begins_an_entry_and_invites_whom_somebody_nominated(call: Call) -> None:
    office = worker(call)
    given = {"contact_name": "Bea", "contact_email": "bea@bea.example", "language": "en"}
    new = reverse("calls:entry_new", args=[call.edition.slug, call.slug])
    assert office.get(new).status_code == 200
    assert office.post(new, {**given, "contact_email": "no"}).status_code == 422
    assert office.post(new, given).status_code == 302
    nomination = nominate(
        call,
        NewNomination(
            nominator_name="Ada",
            nominator_email="a@a.example",
            nominee_name="Cid",
            nominee_email="c@c.example",
        ),
    )
    page = reverse("calls:nominations", args=[call.edition.slug, call.slug])
    assert office.get(page).status_code == 200
    assert office.post(page, {"invite": nomination.pk}).status_code == 302
    assert office.post(page, {"dismiss": nomination.pk}).status_code == 409
    assert Nomination.objects.get().state == NominationState.INVITED
    assert set(Letter.objects.values_list("address", flat=True)) == {"bea@bea.example", "c@c.example"}
    assert office.get(page).status_code == 200


def test_the_api_reads_entries_and_versions(call: Call) -> None:
    entry = make_submitted(call)
    with clock.frozen(call.closes_at + dt.timedelta(days=1)):
        freeze_call(call)
    office, juror = worker(call), worker(call, JUROR.code)
    base = f"/api/v1/editions/{call.edition.slug}/calls/{call.slug}/entries"
    listed = office.get(base).json()["items"]
    assert [(row["number"], row["state"], row["organisation"]) for row in listed] == [
        (1, "submitted", "Ada Ltd")
    ]
    assert office.get(f"{base}?state=nothing").status_code == 422
    detail = office.get(f"{base}/1").json()
    frozen = office.get(f"{base}/1/versions/1").json()
    assert (detail["versions"][0]["digest"], frozen["content"]) == (
        frozen["digest"],
        entry.versions.get().content,
    )
    assert office.get(f"{base}/1/versions/2").status_code == 404
    assert juror.get(base).json()["items"] == []
    assert juror.get(f"{base}/1").status_code == 404
    withdraw_entry(entry, by=SYSTEM)
    assert office.get(f"{base}?state=withdrawn").json()["items"][0]["number"] == 1
