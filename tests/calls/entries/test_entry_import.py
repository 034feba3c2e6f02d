"""Importing entries: a dry run first, cells named that cannot be taken, all or nothing, the same twice is once."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from summitry.calls.actions.entry_importing import apply_import, plan_import
from summitry.calls.actions.entry_importing.columns import guess_targets
from summitry.calls.actions.entry_importing.findings import sentence
from summitry.calls.enums import EntryState, StepKind
from summitry.calls.models import Call, Entry, EntryVersion, Step
from summitry.calls.permissions import MANAGER
from summitry.calls.queries.entry_form import form_of
from summitry.editions.permissions import PARTNER
from summitry.foundation.access import PUBLIC, Scope
from summitry.foundation.errors import PermissionRefused
from summitry.foundation.grants import grant_role
from summitry.foundation.i18n import Text
from summitry.foundation.jobs import run_pending
from summitry.foundation.jobs import views as progress_views
from summitry.foundation.tables import read_table
from summitry.mailing.models import Letter
from tests.calls.entries.make import make_question
from tests.calls.make import SYSTEM, make_area, make_call
from tests.directory.make import make_account, make_entity
from tests.editions.make import make_edition

HEAD = "Title,Titre (français),Abstract,Category,Type,Company,Country,E-mail,Budget,Green?"
ROWS = (
    "Turbine,Une turbine,It turns.,Energy,Company,Ada Ltd,XA,ada@ada.example,12,Yes",
    "Pump,,It pumps.,energy,university,Bea Univ.,XA,bea@bea.example,,no",
    "TURBINE,,Again,Energy,Company,Ada Ltd,XA,ada@ada.example,12,Yes",
    "Sail,,It sails.,Nothing,Company,C,XX,no address,many,perhaps",
)


@pytest.fixture
def call(db: None) -> Call:
    made = make_call(make_edition("rivertown"), languages=["en", "fr"])
    make_entity("XA")
    make_area(made, "energy", name=Text.of({"en": "Energy", "fr": "Énergie"}))
    make_question(made, "budget", "number")
    make_question(made, "green", "yes_no", label=Text.of("Green?"), is_required=True)
    return made


def table(*rows: str) -> Any:
    return read_table("\n".join((HEAD, *rows)).encode(), "entries.csv")


def targets(call: Call) -> list[str]:
    read = table(*ROWS)
    found = guess_targets(form_of(call), read.columns)
    found[1] = "title.fr"
    return found


def test_headings_are_guessed(call: Call) -> None:
    found = guess_targets(form_of(call), table(*ROWS).columns)
    assert found == [
        "title.en", "", "abstract.en", "area", "kind", "organisation_name", "entity", "contact_email", "q.budget", "q.green",
    ]  # fmt: skip


def test_the_plan_names_what_cannot_be_taken_and_writes_nothing(call: Call) -> None:
    plan = plan_import(call, table(*ROWS), targets(call), by=SYSTEM)

    assert plan.counts == {"new": 2, "complete": 2, "known": 0, "bad": 2}
    assert [(one.where, sentence(one)) for one in plan.problems] == [
        ("H5", "“no address”: This is no e-mail address."),
        ("D5", "The call has no area “Nothing”."),
        ("G5", "“XX” is no country or region of the stylebook."),
        ("I5", "“many”: Give a whole number."),
        ("J5", "“perhaps”: Please answer yes or no."),
        ("row 4", "It says the same as row 2, and counts once."),
    ]
    assert Entry.objects.count() == 0
    with pytest.raises(PermissionRefused):
        plan_import(call, table(*ROWS), targets(call), by=PUBLIC)


def test_complete_rows_are_handed_in_and_come_once(call: Call) -> None:
    plan = plan_import(call, table(*ROWS), targets(call), by=SYSTEM)
    result = apply_import(plan, by=SYSTEM, hands_in=True)
    again = plan_import(call, table(*ROWS), targets(call), by=SYSTEM)

    assert (result.entries, result.submitted, again.counts["new"], again.counts["known"]) == (2, 2, 0, 2)
    first = Entry.objects.get(number=1)
    assert (first.state, first.title.get("fr"), first.answers, first.is_late) == (
        EntryState.SUBMITTED,
        "Une turbine",
        {"budget": 12, "green": True},
        False,
    )
    assert EntryVersion.objects.filter(entry=first).get().content["answers"] == {"budget": 12, "green": True}
    assert Letter.objects.count() == 0


def test_into_a_frozen_call_they_come_late_and_are_recorded(call: Call) -> None:
    Call.objects.filter(pk=call.pk).update(state="frozen")
    call.refresh_from_db()
    apply_import(plan_import(call, table(*ROWS), targets(call), by=SYSTEM), by=SYSTEM, hands_in=True)
    assert [entry.is_late for entry in Entry.objects.all()] == [True, True]
    assert Step.objects.filter(kind=StepKind.ENTRY_ADDED).count() == 2


def test_a_table_without_the_needed_columns_is_no_table_of_entries(call: Call) -> None:
    plan = plan_import(call, table(*ROWS), [""] * 10, by=SYSTEM)
    assert (plan.fingerprint, [sentence(one) for one in plan.problems]) == (
        "",
        ["Choose a column for the title and one for the e-mail address."],
    )


def test_many_rows_cost_statements_by_portions_not_by_rows(
    call: Call, django_assert_max_num_queries: Any
) -> None:
    rows = [f"Entry {n},,It is.,Energy,Company,Firm {n},XA,a{n}@a{n}.example,{n},yes" for n in range(600)]
    with django_assert_max_num_queries(60):
        plan = plan_import(call, table(*rows), targets(call), by=SYSTEM)
        apply_import(plan, by=SYSTEM, hands_in=True)
    assert EntryVersion.objects.count() == 600


def test_a_title_that_is_refused_is_not_also_missing(call: Call) -> None:
    plan = plan_import(call, table(f"{'T' * 201},,,,,,,t@t.example,,"), targets(call), by=SYSTEM)
    assert [one.where for one in plan.problems] == ["A2"]
    assert "At most 200 characters are possible." in sentence(plan.problems[0])


@pytest.mark.django_db(transaction=True)
def test_the_wizard_leads_from_the_file_to_the_entries(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress_views, "PATIENCE", 0)
    account = make_account()
    grant_role(account, PARTNER.code, Scope("edition", call.edition_id), by=SYSTEM)
    grant_role(account, MANAGER.code, Scope("call", call.pk), by=SYSTEM)
    browser = Client()
    browser.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    start = reverse("calls:import", args=["rivertown"])

    def sent(address: str, data: dict[str, Any]) -> Any:
        response = browser.post(address, data)
        while response.status_code == 302:
            run_pending()
            response = browser.get(response["Location"])
        return response

    assert browser.get(start).status_code == 200
    other = make_call(call.edition, slug="another")
    grant_role(account, MANAGER.code, Scope("call", other.pk), by=SYSTEM)
    for slug in ("another", call.slug):
        file = SimpleUploadedFile("entries.csv", HEAD.encode() + b"\nTurbine,,,,,,,,,")
        assert sent(f"{start}?call={slug}", {"file": file}).context["call"].slug == slug
    file = SimpleUploadedFile("entries.csv", "\n".join((HEAD, *ROWS)).encode())
    columns = sent(f"{start}?call={call.slug}", {"file": file})
    guessed = {f"column-{one.number}": one.target for one in columns.context["columns"]}
    report = sent(f"{start}columns/", {**guessed, "call": call.slug, "becomes": "handed_in"})
    assert "The call has no area “Nothing”." in report.content.decode()
    problems = browser.get(f"{start}problems/").getvalue().decode("utf-8-sig")
    assert problems.splitlines()[0] == "Cell,What is wrong"
    in_french = browser.get(f"{start.replace('/en/', '/fr/')}problems/").getvalue().decode("utf-8-sig")
    assert in_french.splitlines()[-1].startswith("ligne 4,")
    result = sent(f"{start}report/", {"plan": report.context["result"]["fingerprint"]})
    assert "2 entries were imported." in result.content.decode()
    assert Client().get(start).status_code == 302
