"""Screening: lists with just what is needed go out, results come in, and reasons are kept nowhere."""

from __future__ import annotations

import io

import pytest
import xlsxwriter  # type: ignore[import-untyped] # no annotations in it

from summitry.editions.models import Edition
from summitry.foundation.errors import InvalidInput, PermissionRefused
from summitry.foundation.models import AuditEntry, AuditSubject
from summitry.guests.actions.moving import move
from summitry.guests.actions.screening import answer_entries, answer_entry, make_screening_list, send_out
from summitry.guests.enums import FieldKind, GuestState
from summitry.guests.models import Answer, ScreeningEntry
from summitry.guests.permissions import GUEST_OFFICE, SCREENING
from summitry.guests.queries.answers import sealed_value
from summitry.guests.queries.screening_files import incoming, outgoing
from tests.editions.make import make_edition
from tests.guests.accreditation.make import fresh, make_applicant, officer
from tests.guests.make import SYSTEM, make_category, make_field, make_purpose

pytestmark = pytest.mark.django_db

G = GuestState


@pytest.fixture
def edition() -> Edition:
    return make_edition()


@pytest.fixture
def liaison(edition):
    return officer(edition, "liaison", SCREENING.code)


def applicants(edition: Edition, count: int) -> None:
    category = make_category(edition)
    for n in range(count):
        make_applicant(edition, G.SCREENING, category, who=f"Guest {n}", email="")


def test_list_takes_who_waits_and_nobody_twice(edition, liaison):
    applicants(edition, 2)
    batch = make_screening_list(edition, by=liaison)
    assert (str(batch), batch.entries.count()) == ("S1", 2)
    with pytest.raises(InvalidInput):
        make_screening_list(edition, by=liaison)
    with pytest.raises(PermissionRefused):
        make_screening_list(edition, by=officer(edition, "office", GUEST_OFFICE.code))


def test_file_has_what_screening_needs_and_each_look_is_recorded(edition, liaison):
    applicants(edition, 1)
    guest = fresh(edition.guests.get())
    born = make_field(
        edition,
        "born",
        kind=FieldKind.DATE,
        purpose=make_purpose(edition, "Screening", slug="screening", sealed=True),
    )
    phone = make_field(
        edition, "phone", kind=FieldKind.PHONE, purpose=make_purpose(edition, "Other", slug="other")
    )
    Answer.objects.create(guest=guest, field=born, sealed=sealed_value("1980-02-29"))
    Answer.objects.create(guest=guest, field=phone, value="+44 1")
    batch = make_screening_list(edition, by=liaison)
    rows = list(outgoing(edition, send_out(batch, by=liaison), "en"))
    code = batch.entries.get().code
    assert rows[1] == [code, "Guest 0", "", "", "1980-02-29", ""]
    look = AuditEntry.objects.get(action="guests.screening.sent")
    assert list(AuditSubject.objects.filter(entry=look).values_list("object_id", flat=True)) == [
        str(guest.pk)
    ]


def test_results_move_guests_and_objections_hold_them(edition, liaison):
    applicants(edition, 3)
    batch = make_screening_list(edition, by=liaison)
    one, two, three = batch.entries.all()
    answer_entry(one, "passed", by=liaison)
    text = f"Code;Result;Reason\n{two.code};objects;a secret reason\n{three.code.lower()};PASSED;\n"
    assert answer_entries(batch, incoming(text.encode("utf-8-sig")), by=liaison) == 2
    assert answer_entries(batch, incoming(text.encode()), by=liaison) == 0
    states = [fresh(entry.guest).state for entry in (one, two, three)]
    assert states == [G.DECIDING, G.ON_HOLD, G.DECIDING]
    told = [entry.before | entry.after | entry.params for entry in AuditEntry.objects.all()]
    assert "secret reason" not in str(told) + str(list(ScreeningEntry.objects.values()))


def test_a_wrong_file_changes_nothing(edition, liaison):
    applicants(edition, 2)
    batch = make_screening_list(edition, by=liaison)
    one, two = batch.entries.all()
    with pytest.raises(InvalidInput) as refusal:
        answer_entries(batch, {one.code: "passed", two.code: "maybe", "S9-X": "passed"}, by=liaison)
    assert refusal.value.fields == {
        "file": [f"{two.code}: “passed” or “objects” is expected.", "S9-X is not in this list."]
    }
    assert set(ScreeningEntry.objects.values_list("result", flat=True)) == {"open"}
    for data in (
        b"",
        b"\xff\xfe\x00",
        b"name,result\nx,passed\n",
        b"code,result\nA,passed\nA,passed\n",
        b"PK\x03\x04 no",
    ):
        with pytest.raises(InvalidInput):
            incoming(data)


def test_workbook_is_read(edition):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate([["code", "x", "result"], ["S1-ABC", 5, "passed"]]):
            sheet.write_row(at, 0, row)
    assert incoming(file.getvalue()) == {"S1-ABC": "passed"}


def test_who_left_meanwhile_only_has_her_result_noted(edition, liaison):
    applicants(edition, 1)
    batch = make_screening_list(edition, by=liaison)
    entry = batch.entries.select_related("guest").get()
    move(fresh(entry.guest), G.WITHDRAWN, by=SYSTEM)
    answer_entry(entry, "objects", by=liaison)
    assert (entry.result, fresh(entry.guest).state) == ("objects", G.WITHDRAWN)
