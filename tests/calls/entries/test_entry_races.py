"""Two who do the same at once, on SQLite and on PostgreSQL: nothing is lost unseen, nothing is done twice."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from django.core.cache import cache

from summitry.calls.actions.access_code import create_codes
from summitry.calls.actions.beginning import ask_to_begin
from summitry.calls.actions.entry import NewEntry, begin_entry, submit_entry
from summitry.calls.actions.entry_draft import save_draft
from summitry.calls.actions.freezing import freeze_call
from summitry.calls.actions.member import answer_membership
from summitry.calls.enums import Admission, CallState, EntryState, MemberState, StepKind
from summitry.calls.errors import CallClosed, EntryClosed
from summitry.calls.models import AccessCode, Call, Entry, EntryVersion, Member, Step
from summitry.calls.queries.entry_links import OpenedMember
from summitry.foundation import clock
from summitry.foundation.errors import InvalidInput, StaleState
from tests.at_once import at_once
from tests.calls.entries.make import entrant, make_draft
from tests.calls.make import SYSTEM, make_call
from tests.editions.make import make_edition

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def fresh(entry: Entry) -> Entry:
    return Entry.objects.select_related("call__edition").get(pk=entry.pk)


def test_of_two_windows_one_is_told() -> None:
    entry = make_draft(make_call())
    seen, one, two = entry.edits, fresh(entry), fresh(entry)

    def save(mine: Entry, title: str) -> None:
        save_draft(mine, {"title": {"en": title}}, by=entrant(mine), expected_edits=seen)

    refused = at_once(lambda: save(one, "One"), lambda: save(two, "Two"))
    entry.refresh_from_db()
    assert (Counter(refused), entry.edits) == ({None: 1, StaleState: 1}, seen + 1)


def test_an_entry_is_handed_in_once() -> None:
    entry = make_draft(make_call())
    copies = [fresh(entry) for _n in range(3)]
    refused = at_once(*[lambda mine=mine: submit_entry(mine, by=entrant(mine)) for mine in copies])
    assert Counter(refused) == {None: 1, EntryClosed: 2}
    assert EntryVersion.objects.count() == 1


def test_a_code_for_one_lets_one_in() -> None:
    cache.clear()
    call = make_call(make_edition(is_public=True), admission=Admission.CODE)
    (code,) = create_codes(call, 1, by=SYSTEM)

    def ask(n: int) -> None:
        ask_to_begin(call, NewEntry(contact_email=f"a{n}@a.example", contact_name="Ada"), code=code)

    refused = at_once(*[lambda n=n: ask(n) for n in range(3)])
    assert Counter(refused) == {None: 1, InvalidInput: 2}
    assert (Entry.objects.count(), AccessCode.objects.get().used) == (1, 1)


def test_numbers_are_given_once() -> None:
    call = make_call()
    at_once(
        *[
            lambda n=n: begin_entry(call, NewEntry(contact_email=f"a{n}@a.example"), by=SYSTEM)
            for n in range(4)
        ]
    )
    assert sorted(Entry.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_at_the_deadline_an_entry_is_in_or_out_and_the_call_is_frozen_once() -> None:
    call = make_call()
    entry = make_draft(call)
    copies = [Call.objects.select_related("edition").get(pk=call.pk) for _n in range(2)]
    mine = fresh(entry)
    with clock.frozen(call.closes_at + dt.timedelta(minutes=call.grace_minutes)):
        refused = at_once(
            lambda: submit_entry(mine, by=entrant(mine)),
            lambda: freeze_call(copies[0]),
            lambda: freeze_call(copies[1]),
        )
    assert refused == [CallClosed, None, None]
    assert Step.objects.filter(kind=StepKind.ENTRY_FROZEN).count() == 0
    assert Call.objects.get().state == CallState.FROZEN


def test_what_is_handed_in_before_the_freeze_is_frozen_with_it() -> None:
    call = make_call()
    entry = make_draft(call)
    submit_entry(entry, by=SYSTEM)
    copies = [Call.objects.select_related("edition").get(pk=call.pk) for _n in range(3)]
    with clock.frozen(call.closes_at + dt.timedelta(minutes=call.grace_minutes)):
        at_once(*[lambda one=one: freeze_call(one) for one in copies])
    steps = Step.objects.filter(kind=StepKind.ENTRY_FROZEN)
    assert [step.content["digest"] for step in steps] == [entry.versions.get().digest]
    assert Entry.objects.get().state == EntryState.SUBMITTED


def test_a_member_answers_once_whatever_is_pressed() -> None:
    entry = make_draft(make_call())
    made = Member.objects.create(entry=entry, name="Bea", email="bea@bea.example")
    copies = [Member.objects.select_related("entry__call__edition").get(pk=made.pk) for _n in range(2)]
    refused = at_once(
        *[
            lambda one=one: answer_membership(
                one, is_member=True, by=OpenedMember(one, is_current=True).actor
            )
            for one in copies
        ]
    )
    assert (refused, Member.objects.get().state) == ([None, None], MemberState.CONFIRMED)
