"""Importing guests: every bad cell named, nobody merged by the program, nothing half-written, nothing twice."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.directory.actions.naming import EntityNameGiven
from summitry.directory.models import Affiliation, Entity, Organisation, Person
from summitry.editions.models import Edition
from summitry.foundation.errors import PermissionRefused, StaleState
from summitry.foundation.i18n import Text
from summitry.foundation.tables import read_table
from summitry.guests.actions.delegation import NewDelegation, create_delegation
from summitry.guests.actions.importing import ImportPlan, Rest, apply_import, guess_targets, plan_import
from summitry.guests.actions.importing.findings import sentence
from summitry.guests.actions.quota import QuotaGiven, set_quotas
from summitry.guests.errors import QuotaFull
from summitry.guests.models import Category, Guest, ImportedRow, Invitation
from summitry.guests.permissions import ACCREDITATION, GUEST_OFFICE
from tests.directory.make import make_entity, make_organisation, make_person, make_profile, name
from tests.editions.make import in_edition, make_edition
from tests.guests.make import SYSTEM, make_category, make_guest

pytestmark = pytest.mark.django_db
HEAD = (
    "Name",
    "姓名",
    "E-mail",
    "Category",
    "Country or region",
    "Organisation",
    "Position",
    "Attendance",
    "Language",
)


def sheet(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> bytes:
    """Return a CSV file."""
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    return out.getvalue().encode()


def planned(edition: Edition, data: bytes, **facts: Any) -> ImportPlan:
    table = read_table(data, "guests.csv")
    return plan_import(edition, table, guess_targets(table.columns), by=facts.pop("by", SYSTEM), **facts)


def house() -> tuple[Edition, Category]:
    """An edition with a naming profile, and a category "Delegates"."""
    china = make_entity("CN")
    profile = make_profile(
        names=(EntityNameGiven(china, "en", "China"), EntityNameGiven(china, "fr", "Chine"))
    )
    edition = make_edition(naming_profile=profile)
    return edition, make_category(edition, "Delegates", slug="delegate")


CHEN = (
    "Sihan Chen",
    "陈思涵",
    "chen@example.org",
    "Delegates",
    "Chine",
    "Harbour Institute",
    "Fellow",
    "En ligne",
    "fr",
)
ZHAO = ("Houlin Zhao", "", "zhao@example.org", "delegate", "CN", "harbour institute", "", "", "")


def test_a_row_becomes_a_person_a_guest_and_a_draft():
    edition, category = house()
    plan = planned(edition, sheet(CHEN, ZHAO))
    assert plan.counts == {"new": 2, "same": 0, "guest": 0, "row": 0, "doubt": 0, "known": 0, "bad": 0}
    assert Guest.objects.count() == 0
    result = apply_import(plan, by=in_edition(GUEST_OFFICE.code, edition))
    assert (result.people, result.guests, result.left) == (2, 2, 0)
    guest = Guest.objects.select_related("person__entity", "invitation").get(person__email="chen@example.org")
    assert (guest.state, guest.source, guest.attendance, guest.language) == (
        "invited",
        "imported",
        "online",
        "fr",
    )
    assert (guest.category, guest.invitation.state) == (category, "draft")
    assert str(guest.person.entity) == str(Entity.objects.get(code="CN"))
    assert set(guest.person.names.values_list("use", "lang", "text")) == {
        ("display", "en", "Sihan Chen"),
        ("native", "zh-hans", "陈思涵"),
    }
    assert Organisation.objects.count() == 1
    assert Affiliation.objects.get(person=guest.person).title == Text.of("Fellow")


def test_the_same_file_again_changes_nothing():
    edition, _category = house()
    for expected in (2, 0):
        plan = planned(edition, sheet(CHEN, ZHAO))
        assert apply_import(plan, by=SYSTEM).guests == expected
    assert plan.counts["known"] == 2
    assert (Person.objects.count(), Guest.objects.count(), Invitation.objects.count()) == (2, 2, 2)


def test_every_bad_cell_is_named():
    edition, _category = house()
    rows = [
        ("", "", "a@example.org", "delegate", "", "", "", "", ""),
        ("Ann", "", "not an address", "Nobles", "Atlantis", "", "", "by horse", "xx"),
        ("1.38", "", "b@example.org", "delegate", "", "", "", "", ""),
        ("x" * 201, "", "", "delegate", "", "", "", "", ""),
        ("Ann", "", "ann@example.org", "", "", "", "", "", ""),
        ("Bo", "", "bo@example.org", "delegate", "", "", "", "", ""),
        ("Bo", "", "bo@example.org", "delegate", "", "", "", "", ""),
    ]
    plan = planned(edition, sheet(*rows))
    found = [(problem.where, sentence(problem)) for problem in plan.problems]
    assert found == [
        ("A2", "The row has no name."),
        ("C3", "“not an address” is no e-mail address."),
        ("D3", "The edition has no category “Nobles”."),
        ("E3", "“Atlantis” is no country or region of the stylebook."),
        ("H3", "“by horse” is no way of taking part."),
        ("I3", "“xx” is no language of letters."),
        ("A4", "“1.38” is no name."),
        ("A5", "At most 200 characters are possible; these are 201."),
        ("D6", "The row says no category, and none was chosen for such rows."),
        ("row 8", "It says the same as row 7, and counts once."),
    ]
    assert (plan.counts["new"], plan.counts["bad"]) == (1, 6)
    assert apply_import(plan, by=SYSTEM).guests == 1


def test_who_may_be_known_is_for_a_person_to_decide():
    edition, _category = house()
    known = make_person(name("native", "zh-hans", "赵厚麟"), email="other@example.org")
    accents = make_person(name("display", "en", "María José García-Márquez"))
    address = make_person(name("display", "en", "Somebody Else"), email="chen@example.org")
    garcia = ("GARCIA MARQUEZ, Maria Jose", "", "", "delegate", "", "", "", "", "")
    plan = planned(edition, sheet(CHEN, ZHAO, garcia))
    likes = {one.row.label: [(m.person_id, str(m.likeness)) for m in one.like] for one in plan.rows}
    assert likes == {
        "Sihan Chen": [(address.pk, "email")],
        "Houlin Zhao": [(known.pk, "latin")],
        "GARCIA MARQUEZ, Maria Jose": [(accents.pk, "latin")],
    }
    assert plan.counts["doubt"] == 3
    assert apply_import(plan, by=SYSTEM).guests == 0
    decisions = {2: "new", 3: str(known.pk), 4: "leave"}
    plan = planned(edition, sheet(CHEN, ZHAO, garcia), decisions=decisions)
    result = apply_import(plan, by=SYSTEM)
    assert (result.people, result.guests, result.left) == (1, 2, 1)
    assert set(Guest.objects.filter(edition=edition).values_list("person_id", flat=True)) >= {known.pk}
    again = planned(edition, sheet(CHEN, ZHAO, garcia))
    assert (again.counts["known"], again.counts["doubt"]) == (2, 1)


def test_the_rest_may_be_decided_at_once():
    edition, _category = house()
    known = make_person(name("native", "zh-hans", "赵厚麟"))
    guest = make_guest(edition, person=make_person(name("display", "en", "Chen, Sihan")))
    plan = planned(edition, sheet(CHEN, ZHAO), rest=Rest.SAME)
    assert {one.row.label: str(one.fate) for one in plan.rows} == {
        "Sihan Chen": "guest",
        "Houlin Zhao": "same",
    }
    apply_import(plan, by=SYSTEM)
    assert set(Guest.objects.values_list("person_id", flat=True)) == {known.pk, guest.person_id}
    assert ImportedRow.objects.count() == 2


def test_rows_that_are_like_each_other_are_proposed():
    edition, _category = house()
    twin = ("Zhao Houlin", "", "other@example.org", "delegate", "", "", "", "", "")
    plan = planned(edition, sheet(ZHAO, twin))
    assert [(str(one.fate), one.like_row) for one in plan.rows] == [("new", None), ("doubt", 2)]
    apply_import(planned(edition, sheet(ZHAO, twin), decisions={3: "row"}), by=SYSTEM)
    assert Guest.objects.count() == 1
    assert planned(edition, sheet(ZHAO, twin)).counts["known"] == 2


def test_quotas_hold_for_imports():
    edition, category = house()
    new = NewDelegation(organisation=make_organisation("Harbour"), slug="harbour")
    delegation = create_delegation(edition, new, by=SYSTEM)
    set_quotas(delegation, [QuotaGiven(category, 1)], by=SYSTEM)
    head = ("Name", "E-mail", "Category", "Delegation")
    rows = [("Ann", "a@example.org", "delegate", "Harbour"), ("Bo", "b@example.org", "delegate", "harbour")]
    first, second = (planned(edition, sheet(*rows, head=head)) for _ in range(2))
    assert [(p.where, str(p.code)) for p in first.problems] == [("row 3", "quota-full")]
    assert apply_import(first, by=SYSTEM).guests == 1
    with pytest.raises(QuotaFull):
        apply_import(second, by=SYSTEM)
    assert Guest.objects.count() == 1


def test_what_cannot_be_written_is_not_half_written():
    edition, _category = house()
    first, second = planned(edition, sheet(CHEN, ZHAO)), planned(edition, sheet(ZHAO, CHEN))
    apply_import(first, by=SYSTEM)
    before = (Person.objects.count(), Guest.objects.count(), Organisation.objects.count())
    with pytest.raises(StaleState):
        apply_import(second, by=SYSTEM)
    assert (Person.objects.count(), Guest.objects.count(), Organisation.objects.count()) == before


def test_only_who_invites_imports():
    edition, _category = house()
    with pytest.raises(PermissionRefused):
        planned(edition, sheet(CHEN), by=in_edition(ACCREDITATION.code, edition))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b"<html></html>", "not-a-table"),
        (b"PK\x03\x04 and so on", "spreadsheet-unreadable"),
        (b"\xd0\xcf\x11\xe0 broken", "spreadsheet-unreadable"),
        (b"Colour,Size\nred,1", "no-name-column"),
    ],
)
def test_hostile_files_are_refused(data: bytes, code: str):
    edition, _category = house()
    plan = planned(edition, data)
    assert code in {str(problem.code) for problem in plan.problems}
    assert not plan.writes


CELL = st.text(max_size=40)


@given(st.lists(st.tuples(*[CELL] * 9), max_size=6))
def test_whatever_is_in_the_cells_a_plan_is_made_and_can_be_written(rows: list[tuple[str, ...]]):
    edition = Edition.objects.filter(slug="any").first() or make_edition("any")
    Category.objects.filter(edition=edition).first() or make_category(edition, slug="delegate")
    plan = planned(edition, sheet(*rows), category=Category.objects.first())
    assert plan.row_count >= plan.counts["new"]
    apply_import(plan, by=SYSTEM)
    assert planned(edition, sheet(*rows), category=Category.objects.first()).counts["new"] == 0


def test_headings_are_guessed_in_six_languages():
    assert guess_targets(["Nom complet", "Courriel", "Pays", "Fonction"]) == [
        "name",
        "email",
        "entity",
        "post",
    ]
    assert guess_targets(["姓名", "邮箱", "单位", "职务", "国家或地区"]) == [
        "native",
        "email",
        "organisation",
        "post",
        "entity",
    ]
    assert guess_targets(["ФИО", "Эл. почта", "Страна"]) == ["name", "email", "entity"]
    assert guess_targets(["الاسم", "البريد الإلكتروني", "الدولة"]) == ["name", "email", "entity"]
    assert guess_targets(["First name", "Last name", "E-Mail (work)", "x"]) == [
        "given",
        "family",
        "email",
        "",
    ]


def test_names_of_given_and_family_are_joined():
    edition, category = house()
    plan = planned(
        edition,
        sheet(("Ann", "de la Cruz"), ("思涵", "陈"), head=("First name", "Surname")),
        category=category,
    )
    assert [(one.row.name, one.row.native) for one in plan.rows] == [("Ann de la Cruz", ""), ("", "陈思涵")]
