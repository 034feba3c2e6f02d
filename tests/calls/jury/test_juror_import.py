"""Importing a jury: a dry run first, cells named that cannot be taken, all or nothing, the same twice is once."""

from __future__ import annotations

import io
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped] # no annotations in it
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.calls.actions.juror_importing import Rest, apply_import, plan_import
from summitry.calls.actions.juror_importing.columns import guess_targets
from summitry.calls.actions.juror_importing.findings import sentence
from summitry.calls.models import Call, Juror, Step
from summitry.calls.permissions import ELIGIBILITY, MANAGER
from summitry.directory.models import Organisation, Person
from summitry.editions.permissions import PARTNER
from summitry.foundation.access import PUBLIC, Scope
from summitry.foundation.errors import PermissionRefused, StaleState
from summitry.foundation.grants import grant_role
from summitry.foundation.i18n import Text
from summitry.foundation.jobs import run_pending
from summitry.foundation.jobs import views as progress_views
from summitry.foundation.tables import read_table
from summitry.mailing.models import Letter
from tests.calls.make import SYSTEM, make_area, make_call, make_juror
from tests.directory.make import make_account, make_entity, make_organisation, make_person, name
from tests.editions.make import make_edition

HEAD = "Name,E-mail,Organisation,Country,Languages,Topics,Capacity,Field of work"
ROWS = (
    'Ada Byron,Ada@jury.example,Institute of Tides,XA,"English, French",Énergie;water,12,Tides',
    "李薇,li@jury.example,New House,XA,zh,Water,,",
    ",nobody@jury.example,,,,,,",
    "Cy,no address,,XX,Martian,Fire,many,",
    "Di,di@jury.example,,,,Energy; Water; Wind; Sun,501,",
    "Ada B.,ADA@jury.example,,,,,,",
)  # fmt: skip


@pytest.fixture
def call(db: None) -> Call:
    made = make_call(make_edition("rivertown"), languages=["en", "zh-hans"])
    make_entity("XA")
    make_organisation("Institute of Tides")
    make_area(made, "energy", name=Text.of({"en": "Energy", "fr": "Énergie"}))
    for slug in ("water", "wind", "sun"):
        make_area(made, slug, name=Text.of(slug.title()))
    return made


def table(*rows: str) -> Any:
    return read_table("\n".join((HEAD, *rows)).encode(), "jurors.csv")


def planned(call: Call, *rows: str, **facts: Any) -> Any:
    read = table(*rows)
    return plan_import(call, read, guess_targets(read.columns), by=SYSTEM, **facts)


def test_headings_are_guessed_in_the_languages_of_tables() -> None:
    whole = ["name", "email", "organisation", "entity", "languages", "expertise", "most", "words"]
    assert guess_targets(table(ROWS[0]).columns) == whole
    assert guess_targets(["姓名", "邮箱", "单位", "国家和地区", "语言", "专长", "容量", "关键词"]) == whole
    assert guess_targets(["Nom", "Courriel", "Pays (ISO)", "Nom complet"]) == ["name", "email", "entity", ""]


def test_the_plan_names_every_cell_that_cannot_be_taken_and_writes_nothing(call: Call) -> None:
    plan = planned(call, *ROWS)

    assert plan.counts == {"new": 2, "same": 0, "doubt": 0, "known": 0, "bad": 4}
    assert [(one.where, sentence(one)) for one in plan.problems] == [
        ("A4", "The row has no name."),
        ("B5", "“no address” is no e-mail address."),
        ("D5", "“XX” is no country or region of the stylebook."),
        ("E5", "“Martian” is no language in which entries are written here."),
        ("F5", "The call has no area “Fire”."),
        ("G5", "“many” is no number of reads: a whole number from 1 to 500."),
        ("F6", "At most 3 different areas can be named."),
        ("G6", "“501” is no number of reads: a whole number from 1 to 500."),
        ("row 7", "It has the same address as row 2, and is left out."),
    ]
    with translation.override("fr"):
        assert sentence(plan.problems[2]).startswith("«\xa0XX\xa0»")
    assert (Juror.objects.count(), Person.objects.count()) == (0, 0)
    with pytest.raises(PermissionRefused):
        plan_import(call, table(*ROWS), guess_targets(table(*ROWS).columns), by=PUBLIC)
    assert [sentence(one) for one in plan_import(call, table(*ROWS), [""] * 8, by=SYSTEM).problems] == [
        "Choose a column for the name and one for the e-mail address."
    ]


def test_an_imported_juror_is_all_that_her_row_says_and_comes_once(call: Call) -> None:
    result = apply_import(planned(call, *ROWS), by=SYSTEM)

    assert (result.people, result.jurors, result.left) == (2, 2, 0)
    ada, li = Juror.objects.select_related("person", "organisation", "entity").order_by("pk")
    assert (ada.person.email, str(ada.organisation), ada.entity and ada.entity.code) == (
        "ada@jury.example",
        "Institute of Tides",
        "XA",
    )
    assert (ada.languages, ada.expertise, ada.most, ada.words, ada.state) == (
        ["en", "fr"],
        ["energy", "water"],
        12,
        "Tides",
        "proposed",
    )
    names = {one.use: (one.lang, one.text) for one in li.person.names.all()}
    assert names == {"native": ("zh-hans", "李薇")}
    assert (li.languages, li.most, str(li.organisation)) == (["zh-hans"], 40, "New House")
    assert (Organisation.objects.count(), Letter.objects.count()) == (2, 0)

    steps = Step.objects.count()
    again = planned(call, *ROWS)
    assert (again.counts["known"], again.counts["new"], again.counts["doubt"]) == (2, 0, 0)
    assert apply_import(again, by=SYSTEM).jurors == 0
    assert (Juror.objects.count(), Person.objects.count(), Step.objects.count()) == (2, 2, steps)


def test_whoever_may_be_known_is_decided_about_and_nobody_sits_twice(call: Call) -> None:
    known = make_person(name("display", "en", "Ada Byron"), email="elsewhere@jury.example")
    sitting = make_juror(call, "Bea Lind")
    rows = (ROWS[0], "Bea Lind,bea@jury.example,,,,,,")

    plan = planned(call, *rows)
    assert (plan.counts["doubt"], apply_import(plan, by=SYSTEM).left) == (2, 2)
    assert Juror.objects.count() == 1
    decided = planned(call, *rows, decisions={2: str(known.pk)}, rest=Rest.SAME)
    assert (decided.counts["same"], decided.counts["known"]) == (1, 1)
    assert decided.fingerprint == plan.fingerprint
    apply_import(decided, by=SYSTEM)
    assert set(Juror.objects.values_list("person", flat=True)) == {known.pk, sitting.person_id}


def test_one_who_was_appointed_meanwhile_makes_the_plan_stale_and_nothing_is_written(call: Call) -> None:
    known = make_person(name("display", "en", "Ada Byron"), email="elsewhere@jury.example")
    plan = planned(call, "Di,di@jury.example,,,,,,", ROWS[0], rest=Rest.SAME)
    make_juror(call, known)
    with pytest.raises(StaleState):
        apply_import(plan, by=SYSTEM)
    assert (Juror.objects.count(), Person.objects.filter(email="di@jury.example").exists()) == (1, False)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), min_size=8, max_size=8), max_size=4))
@pytest.mark.django_db
def test_whatever_cells_say_is_told_and_never_raised(rows: list[list[str]]) -> None:
    made = Call.objects.first() or make_call(make_edition())
    read = table(*(",".join(f'"{cell.replace(chr(34), "")}"' for cell in row) for row in rows))
    plan = plan_import(made, read, guess_targets(read.columns), by=SYSTEM)
    assert sum(plan.counts.values()) == plan.row_count
    assert all(sentence(problem) for problem in plan.problems)


@pytest.mark.django_db(transaction=True)
def test_the_wizard_leads_from_a_sheet_to_the_jury(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress_views, "PATIENCE", 0)
    known = make_person(name("display", "en", "Ada Byron"), email="elsewhere@jury.example")
    browser = Client()
    account = make_account()
    grant_role(account, PARTNER.code, Scope("edition", call.edition_id), by=SYSTEM)
    browser.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    start = reverse("calls:import_jurors", args=["rivertown"])
    grant_role(account, ELIGIBILITY.code, Scope("call", call.pk), by=SYSTEM)
    assert browser.get(start).status_code == 403
    grant_role(account, MANAGER.code, Scope("call", call.pk), by=SYSTEM)

    def sent(address: str, data: dict[str, Any]) -> Any:
        response = browser.post(address, data)
        while response.status_code == 302:
            run_pending()
            response = browser.get(response["Location"])
        return response

    jury = browser.get(reverse("calls:jury", args=["rivertown", call.slug])).content.decode()
    assert f'href="{start}?call={call.slug}"' in jury
    assert sent(start, {"file": SimpleUploadedFile("jurors.csv", b"")}).status_code == 422
    columns = sent(f"{start}?call={call.slug}", {"file": SimpleUploadedFile("jurors.xlsx", sheet())})
    guessed = {f"column-{one.number}": one.target for one in columns.context["columns"]}
    report = sent(f"{start}columns/", {**guessed, "call": call.slug, "becomes": "invited"})
    page = report.content.decode()
    assert ("The call has no area “Fire”." in page, "Are these known already?" in page) == (True, True)
    problems = browser.get(f"{start}problems/").getvalue().decode("utf-8-sig")
    assert problems.splitlines()[0] == "Cell,What is wrong"
    assert Juror.objects.count() == 0
    plan = {"plan": report.context["result"]["fingerprint"], "row-2": str(known.pk)}
    assert "2 jurors were imported." in sent(f"{start}report/", plan).content.decode()
    assert set(Juror.objects.values_list("person__email", "most", "state")) == {
        ("elsewhere@jury.example", 12, "invited"),
        ("li@jury.example", 40, "invited"),
    }
    assert Letter.objects.count() == 2
    assert Client().get(start).status_code == 302


def sheet() -> bytes:
    """The rows as a workbook, with the number as a number."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEAD.split(","))
        page.write_row(1, 0, ["Ada Byron", "ada@jury.example", "", "XA", "English", "Energy", 12, ""])
        page.write_row(2, 0, ["李薇", "li@jury.example", "New House", "XA", "zh", "Water", "", ""])
        page.write_row(3, 0, ["Cy", "cy@jury.example", "", "", "", "Fire", "", ""])
    return data.getvalue()
