"""Entries: begun, filled in, handed in, opened again, withdrawn, disqualified, admitted late."""

from __future__ import annotations

import datetime as dt

import pytest

from summitry.calls.actions.entry import (
    NewEntry,
    admit_late,
    begin_entry,
    disqualify_entry,
    reopen_entry,
    submit_entry,
    withdraw_entry,
)
from summitry.calls.actions.entry_draft import save_draft
from summitry.calls.actions.freezing import freeze_call, freeze_due
from summitry.calls.enums import CallState, EntryState, StepKind
from summitry.calls.errors import CallClosed, EntryClosed
from summitry.calls.models import Call, Entry, EntryVersion, RulesText, Step
from summitry.calls.record.canonical import digest
from summitry.foundation import clock
from summitry.foundation.access import PUBLIC
from summitry.foundation.errors import InvalidInput, PermissionRefused, StaleState, TransitionRefused
from summitry.foundation.i18n import Text
from summitry.foundation.models import AuditEntry
from summitry.mailing.models import Letter
from tests.calls.entries.make import entrant, make_draft, make_question, make_submitted
from tests.calls.make import SYSTEM, make_area, make_call
from tests.directory.make import make_organisation

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


def test_entries_are_numbered_within_their_call_and_the_link_is_written() -> None:
    call = make_call()
    first = begin_entry(call, NewEntry(contact_email="One@Ada.example", contact_name="Ada"), by=SYSTEM)
    second = begin_entry(call, NewEntry(contact_email="two@ada.example"), by=SYSTEM)

    assert (first.number, second.number, first.contact_email) == (1, 2, "one@ada.example")
    assert list(Letter.objects.order_by("pk").values_list("address", flat=True)) == [
        "one@ada.example",
        "two@ada.example",
    ]


def test_nobody_begins_an_entry_but_the_office() -> None:
    with pytest.raises(PermissionRefused):
        begin_entry(make_call(), NewEntry(contact_email="one@ada.example"), by=PUBLIC)


def test_what_is_missing_is_named_and_nothing_is_handed_in() -> None:
    call = make_call()
    make_area(call, "energy")
    make_question(call, "budget", "number", is_required=True)
    RulesText.objects.create(call=call, number=3, text=Text.of("Be fair."))
    entry = begin_entry(call, NewEntry(contact_email="one@ada.example"), by=SYSTEM)

    with pytest.raises(InvalidInput) as refusal:
        submit_entry(entry, by=entrant(entry))

    assert sorted(refusal.value.fields) == [
        "abstract",
        "area",
        "contact_name",
        "entity",
        "kind",
        "organisation_name",
        "q.budget",
        "rules",
        "title",
    ]
    assert Entry.objects.get().state == EntryState.DRAFT


def test_a_question_is_asked_in_its_area_and_after_its_answer() -> None:
    call = make_call()
    make_area(call, "energy")
    make_area(call, "water")
    make_question(call, "grid", "yes_no", areas=["energy"], is_required=True)
    make_question(call, "volts", "number", condition={"field": "grid", "in": ["yes"]}, is_required=True)
    entry = make_draft(call, area="energy", **{"q.grid": "yes"})

    with pytest.raises(InvalidInput) as refusal:
        submit_entry(entry, by=SYSTEM)
    assert list(refusal.value.fields) == ["q.volts"]

    save_draft(entry, {"q.volts": "230"}, by=SYSTEM)
    save_draft(entry, {"q.grid": "no"}, by=SYSTEM)
    submit_entry(entry, by=SYSTEM)
    assert entry.answers == {"grid": False}


def test_handing_in_freezes_a_version_and_the_receipt_says_its_digest() -> None:
    entry = make_submitted(make_call())

    version = EntryVersion.objects.get(entry=entry)
    assert (entry.state, version.number, version.digest) == (EntryState.SUBMITTED, 1, digest(version.content))
    letter = Letter.objects.get(address="ada@ada.example")
    assert version.digest in letter.text
    assert "You declared nobody." in letter.text


def test_an_entry_can_be_opened_again_before_the_deadline_and_makes_another_version() -> None:
    entry = make_submitted(make_call())
    reopen_entry(entry, by=entrant(entry))
    save_draft(entry, {"title": {"en": "Two turbines"}}, by=entrant(entry))
    submit_entry(entry, by=entrant(entry))
    with pytest.raises(EntryClosed):
        save_draft(entry, {"title": {"en": "Three"}}, by=entrant(entry))

    assert [v.content["title"]["texts"]["en"] for v in entry.versions.all()] == [
        "A tidal turbine",
        "Two turbines",
    ]


def test_a_page_that_is_behind_is_told_and_changes_nothing() -> None:
    entry = make_draft(make_call())
    seen = entry.edits
    save_draft(entry, {"title": {"en": "First window"}}, by=SYSTEM, expected_edits=seen)
    with pytest.raises(StaleState):
        save_draft(entry, {"title": {"en": "Second window"}}, by=SYSTEM, expected_edits=seen)
    same = save_draft(entry, {"title": {"en": "First window"}}, by=SYSTEM, expected_edits=seen)

    entry.refresh_from_db()
    assert (str(entry.title), entry.edits, same) == ("First window", seen + 1, frozenset())


def test_the_grace_is_for_drafts_and_then_nothing_is_taken() -> None:
    call = make_call(grace_minutes=15)
    entry, other = make_draft(call), make_draft(call, "bea@bea.example")
    with clock.frozen(call.closes_at + 14 * MINUTE):
        submit_entry(entry, by=entrant(entry))
    with clock.frozen(call.closes_at + 15 * MINUTE):
        with pytest.raises(CallClosed):
            submit_entry(other, by=entrant(other))
        with pytest.raises(CallClosed):
            save_draft(other, {"title": {"en": "Late"}}, by=entrant(other))
        with pytest.raises(CallClosed):
            submit_entry(other, by=SYSTEM)
    assert (entry.is_late, other.state) == (False, EntryState.DRAFT)


def test_freezing_writes_each_entry_once_and_leaves_drafts() -> None:
    call = make_call()
    entry = make_submitted(call)
    make_draft(call, "bea@bea.example")
    with clock.frozen(call.closes_at + 14 * MINUTE):
        assert freeze_call(call) == 0
    with clock.frozen(call.closes_at + 15 * MINUTE):
        freeze_due.call()
        assert freeze_call(call) == 0

    steps = Step.objects.filter(call=call, kind=StepKind.ENTRY_FROZEN)
    version = entry.versions.get()
    assert [step.content for step in steps] == [
        {"entry": entry.number, "version": 1, "digest": version.digest, "late": False}
    ]
    assert Call.objects.get(pk=call.pk).state == CallState.FROZEN


def test_a_late_entry_is_admitted_with_a_reason_and_until_a_moment() -> None:
    call = make_call()
    entry = make_draft(call)
    after = call.closes_at + 60 * MINUTE
    with clock.frozen(after):
        freeze_call(call)
        entry.refresh_from_db()
        with pytest.raises(InvalidInput):
            admit_late(entry, until=after + MINUTE, reason=" ", by=SYSTEM)
        admit_late(entry, until=after + MINUTE, reason="The mail server was down.", by=SYSTEM)
        submit_entry(entry, by=entrant(entry))
    with clock.frozen(after + MINUTE), pytest.raises(CallClosed):
        reopen_entry(entry, by=entrant(entry))

    step = Step.objects.get(call=call, kind=StepKind.ENTRY_ADDED)
    assert (entry.is_late, step.content["late"]) == (True, True)


def test_a_withdrawal_is_for_good_and_its_reason_is_not_in_the_log() -> None:
    entry = make_submitted(make_call())
    withdraw_entry(entry, by=entrant(entry), reason="Our firm is sold.")
    with pytest.raises(TransitionRefused):
        reopen_entry(entry, by=entrant(entry))

    assert Entry.objects.get().reason == "Our firm is sold."
    assert not any("sold" in str(one.after) for one in AuditEntry.objects.all())


def test_a_disqualification_needs_a_reason_and_the_office() -> None:
    entry = make_submitted(make_call())
    with pytest.raises(PermissionRefused):
        disqualify_entry(entry, by=entrant(entry), reason="x")
    with pytest.raises(InvalidInput):
        disqualify_entry(entry, by=SYSTEM, reason="")
    disqualify_entry(entry, by=SYSTEM, reason="Copied from another entry.")
    assert entry.state == EntryState.DISQUALIFIED


def test_an_organisation_hands_in_as_many_as_the_call_takes() -> None:
    call = make_call(most_entries=1)
    make_submitted(call)
    other = make_draft(call, "bea@bea.example", organisation_name="ADA  ltd.")
    with pytest.raises(InvalidInput) as refusal:
        submit_entry(other, by=SYSTEM)
    assert list(refusal.value.fields) == ["organisation_name"]


def test_a_link_reaches_its_own_entry_only() -> None:
    call = make_call()
    mine, other = make_draft(call), make_draft(call, "bea@bea.example")
    with pytest.raises(PermissionRefused):
        save_draft(other, {"title": {"en": "Mine"}}, by=entrant(mine))


def test_an_organisation_that_the_directory_knows_is_linked_when_the_entry_is_handed_in() -> None:
    make_organisation("Two of one name")
    make_organisation("Two of one name")
    known = make_organisation("Ada LTD")
    call = make_call()
    entry = make_submitted(call)
    twin = make_submitted(call, "b@b.example", organisation_name="Two of one name", title={"en": "Other"})
    entry.refresh_from_db()
    twin.refresh_from_db()
    assert (entry.organisation, twin.organisation) == (known, None)
    assert EntryVersion.objects.get(entry=entry).content["organisation"] == "Ada Ltd"
