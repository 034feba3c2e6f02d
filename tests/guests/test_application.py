"""Answers are checked, sealed and compared; an application goes in when nothing is missing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from summitry.editions.models import Edition
from summitry.foundation.access import Actor
from summitry.foundation.errors import InvalidInput, PermissionRefused, TransitionRefused
from summitry.foundation.i18n import Text
from summitry.foundation.models import AuditEntry, StoredFile
from summitry.guests.actions.application import CLEARED, save_answers, submit_application
from summitry.guests.enums import FieldKind, GuestState, Step
from summitry.guests.errors import OnlyHerself, StepClosed
from summitry.guests.models import Answer, Guest
from summitry.guests.permissions import ACCREDITATION, GUEST_OFFICE, PROTOCOL
from summitry.guests.queries.answers import value_of
from summitry.guests.queries.guest_links import opened_by, secret_of
from summitry.guests.queries.questions import given_by, missing_in
from tests.directory.make import make_entity
from tests.editions.make import in_edition, make_edition
from tests.guests.make import SYSTEM, make_category, make_field, make_guest, make_purpose

pytestmark = pytest.mark.django_db
CHOICES = [{"value": value, "label": Text.of(value).to_json()} for value in ("any", "vegan", "other")]
PASSPORT = {"name": "CHEN SIHAN", "number": "e1234567", "issuer": "CN", "expires_on": "2030-01-31"}
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def herself(guest: Guest) -> Actor:
    found = opened_by(secret_of(guest))
    assert found is not None
    return found.actor


def values_of(guest: Guest) -> dict[str, Any]:
    return {slug: given.value for slug, given in given_by([guest.pk]).get(guest.pk, {}).items()}


def make_form(edition: Edition) -> None:
    make_entity("CN")
    make_field(edition, "post", is_required=True)
    make_field(edition, "diet", kind=FieldKind.CHOICE, options=CHOICES)
    make_field(edition, "words", condition={"field": "diet", "in": ["other"]}, is_required=True)
    sealed = make_purpose(edition, "Passport", sealed=True)
    make_field(edition, "passport", kind=FieldKind.IDENTITY, purpose=sealed)


def test_answers_are_kept_as_plain_values() -> None:
    edition = make_edition()
    make_entity("CN")
    given = {
        FieldKind.LINE: ("  Vice \n minister ", "Vice minister"),
        FieldKind.TEXT: ("one\r\ntwo", "one\ntwo"),
        FieldKind.CHOICE: ("vegan", "vegan"),
        FieldKind.CHOICES: (["other", "any"], ["any", "other"]),
        FieldKind.YES_NO: ("no", False),
        FieldKind.DATE: ("1979-03-31", "1979-03-31"),
        FieldKind.MOMENT: ("2026-11-08T14:05", "2026-11-08T06:05:00+00:00"),
        FieldKind.NUMBER: ("12", 12),
        FieldKind.ENTITY: ("CN", "CN"),
        FieldKind.PHONE: ("+86 139-0000 1234", "+86 139-0000 1234"),
    }
    for kind in given:
        options = CHOICES if kind in (FieldKind.CHOICE, FieldKind.CHOICES) else []
        make_field(edition, kind.value, kind=kind, options=options)
    guest = make_guest(edition)
    changed = save_answers(
        guest, {kind.value: raw for kind, (raw, _kept) in given.items()}, by=herself(guest)
    )
    assert changed == {kind.value for kind in given}
    assert values_of(guest) == {kind.value: kept for kind, (_raw, kept) in given.items()}
    assert guest.state == GuestState.APPLYING
    again = save_answers(guest, {kind.value: raw for kind, (raw, _kept) in given.items()}, by=herself(guest))
    assert again == frozenset()


def test_hostile_answers_are_refused_beside_their_fields() -> None:
    edition = make_edition()
    wrong = {
        FieldKind.LINE: "x" * 201,
        FieldKind.CHOICE: "meat",
        FieldKind.CHOICES: ["any", "meat"],
        FieldKind.YES_NO: "perhaps",
        FieldKind.DATE: "31.3.1979",
        FieldKind.MOMENT: "9999-99-99",
        FieldKind.NUMBER: "1e9",
        FieldKind.ENTITY: "ZZ",
        FieldKind.PHONE: "<script>",
        FieldKind.IDENTITY: {"number": "E1"},
        FieldKind.FILE: "no file",
    }
    for kind in wrong:
        options = CHOICES if kind in (FieldKind.CHOICE, FieldKind.CHOICES) else []
        make_field(edition, kind.value, kind=kind, options=options)
    guest = make_guest(edition)
    values = {**{kind.value: raw for kind, raw in wrong.items()}, "unknown": "x"}
    with pytest.raises(InvalidInput) as refused:
        save_answers(guest, values, by=herself(guest))
    assert sorted(refused.value.fields) == sorted(values)
    guest.refresh_from_db()
    assert (values_of(guest), guest.state) == ({}, GuestState.INVITED)


def test_answer_that_is_no_longer_asked_for_goes() -> None:
    edition = make_edition()
    make_form(edition)
    guest = make_guest(edition)
    save_answers(guest, {"diet": "other", "words": "No nuts"}, by=herself(guest))
    assert values_of(guest) == {"diet": "other", "words": "No nuts"}
    assert save_answers(guest, {"diet": "vegan"}, by=herself(guest)) == {"diet", "words"}
    assert values_of(guest) == {"diet": "vegan"}
    assert save_answers(guest, {"words": "Kept back"}, by=herself(guest)) == frozenset()


def test_sealed_answer_is_in_neither_row_nor_log() -> None:
    edition = make_edition()
    make_form(edition)
    guest = make_guest(edition)
    save_answers(guest, {"passport": PASSPORT}, by=herself(guest))
    answer = Answer.objects.get()
    assert (answer.value, "E1234567" in answer.sealed) == (None, False)
    assert value_of(answer) == {**PASSPORT, "number": "E1234567"}
    entry = AuditEntry.objects.get(action="guests.application.saved")
    assert (entry.before, entry.after, entry.params) == ({}, {}, {"count": 1})
    save_answers(guest, {"passport": {}}, by=herself(guest))
    assert Answer.objects.count() == 1
    save_answers(guest, {"passport": CLEARED}, by=herself(guest))
    assert Answer.objects.count() == 0


def test_document_has_to_hold_until_the_end() -> None:
    edition = make_edition(ends_on=dt.date(2026, 11, 11))
    make_form(edition)
    guest = make_guest(edition)
    for parts, words in (
        ({"expires_on": "2026-11-10"}, "The document has to be valid until the end of the summit."),
        ({"number": "ПАСПОРТ"}, "The number of a document has Latin letters and digits only."),
        ({"issued_on": "2031-01-01"}, "A document cannot be issued after it has expired."),
    ):
        with pytest.raises(InvalidInput) as refused:
            save_answers(guest, {"passport": {**PASSPORT, **parts}}, by=herself(guest))
        assert refused.value.fields == {"passport": [words]}


def test_what_somebody_else_changed_meanwhile_is_not_overwritten() -> None:
    edition = make_edition()
    make_form(edition)
    guest = make_guest(edition)
    seen = {"post": "", "diet": ""}
    save_answers(guest, {"post": "Minister"}, by=herself(guest), seen=seen)
    with pytest.raises(InvalidInput) as refused:
        save_answers(guest, {"post": "Deputy", "diet": "any"}, by=herself(guest), seen=seen)
    assert list(refused.value.fields) == ["post"]
    assert values_of(guest) == {"post": "Minister"}
    save_answers(guest, {"post": "Minister", "diet": "any"}, by=herself(guest), seen=seen)
    assert values_of(guest) == {"post": "Minister", "diet": "any"}


def test_file_replaces_the_former_one_and_nothing_stays_behind() -> None:
    edition = make_edition()
    make_field(edition, "card", kind=FieldKind.FILE)
    make_field(edition, "number", kind=FieldKind.NUMBER)
    guest = make_guest(edition)
    for name in ("first.pdf", "second.pdf"):
        save_answers(guest, {"card": SimpleUploadedFile(name, PDF)}, by=herself(guest))
    assert [file.name for file in StoredFile.objects.all()] == ["second.pdf"]
    with pytest.raises(InvalidInput):
        save_answers(guest, {"card": SimpleUploadedFile("third.pdf", PDF), "number": "x"}, by=herself(guest))
    with pytest.raises(InvalidInput) as refused:
        save_answers(guest, {"card": SimpleUploadedFile("virus.exe", b"MZ" + b"\0" * 99)}, by=herself(guest))
    assert list(refused.value.fields) == ["card"]
    assert [file.name for file in StoredFile.objects.all()] == ["second.pdf"]
    save_answers(guest, {"card": CLEARED}, by=herself(guest))
    assert StoredFile.objects.count() == 0


def test_application_goes_in_when_nothing_is_missing() -> None:
    edition = make_edition()
    make_form(edition)
    guest = make_guest(edition, make_category(edition, photo="never", identity="required"))
    save_answers(guest, {"diet": "other"}, by=herself(guest))
    with pytest.raises(InvalidInput) as refused:
        submit_application(guest, by=herself(guest))
    assert sorted(refused.value.fields) == ["passport", "post", "words"]
    save_answers(guest, {"diet": "any", "post": "Minister", "passport": PASSPORT}, by=herself(guest))
    assert submit_application(guest, by=herself(guest)).state == GuestState.SUBMITTED
    with pytest.raises(TransitionRefused):
        submit_application(guest, by=herself(guest))
    with pytest.raises(InvalidInput) as closed:
        save_answers(guest, {"post": "Prime minister"}, by=herself(guest))
    assert list(closed.value.fields) == ["post"]


def test_application_goes_to_the_first_step_of_its_category() -> None:
    edition = make_edition()
    steps = {
        GuestState.SCREENING: [Step.APPLICATION, Step.SCREENING, Step.DECISION],
        GuestState.DECIDING: [Step.APPLICATION, Step.DECISION],
        GuestState.APPROVED: [Step.APPLICATION, Step.CONFIRMATION],
        GuestState.CONFIRMED: [Step.APPLICATION],
    }
    reached = {}
    for state, some in steps.items():
        guest = make_guest(edition, make_category(edition, steps=some))
        reached[state] = submit_application(guest, by=herself(guest)).state
    assert reached == {state: state for state in steps}


def test_nobody_fills_in_for_a_guest_whose_category_forbids_it() -> None:
    edition = make_edition()
    make_form(edition)
    alone = make_guest(edition, make_category(edition, on_behalf=False))
    helped = make_guest(edition, make_category(edition))
    office = in_edition(GUEST_OFFICE.code, edition)
    with pytest.raises(OnlyHerself):
        save_answers(alone, {"post": "Minister"}, by=office)
    with pytest.raises(PermissionRefused):
        save_answers(helped, {"post": "Minister"}, by=in_edition(PROTOCOL.code, edition))
    for guest, actor in ((alone, herself(alone)), (helped, office), (helped, SYSTEM)):
        save_answers(guest, {"post": f"Minister, says {actor.label}"}, by=actor)
    with pytest.raises(PermissionRefused):
        save_answers(alone, {"post": "Minister"}, by=herself(helped))


def test_later_step_is_open_in_its_time_and_to_those_who_assign() -> None:
    edition = make_edition()
    make_field(edition, "post")
    make_field(edition, "arrival", step=Step.CONFIRMATION)
    guest = make_guest(edition, state=GuestState.CONFIRMED)
    save_answers(guest, {"arrival": "CA 981"}, by=herself(guest))
    with pytest.raises(InvalidInput):
        save_answers(guest, {"post": "Minister"}, by=herself(guest))
    save_answers(guest, {"post": "Minister"}, by=in_edition(ACCREDITATION.code, edition))
    gone = make_guest(edition, state=GuestState.WITHDRAWN)
    for actor in (herself(gone), in_edition(ACCREDITATION.code, edition)):
        with pytest.raises(StepClosed):
            save_answers(gone, {"post": "Minister"}, by=actor)


def test_missing_names_the_photo() -> None:
    edition = make_edition()
    make_field(edition, "photo", kind=FieldKind.PHOTO)
    guest = make_guest(edition, make_category(edition, photo="required"))
    assert missing_in(guest, {Step.APPLICATION}) == {"photo": "A photo is still needed."}
