"""Eligibility: rules by machine, what needs a person, and rejections that take two."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from summitry.calls.actions.checking import Run, run_rules
from summitry.calls.actions.eligibility import (
    confirm_rejection,
    drop_rejection,
    look_at,
    pass_entry,
    propose_rejection,
    return_entry,
)
from summitry.calls.actions.eligibility_rule import create_rule, remove_rule, update_rule
from summitry.calls.enums import EntryState, Outcome
from summitry.calls.errors import InConflict, SecondPersonNeeded, StillOpen
from summitry.calls.models import Call, EligibilityCheck, EligibilityRule, Entry, Member, Step
from summitry.calls.queries.entry_values import read_email
from summitry.foundation import clock
from summitry.foundation.errors import InvalidInput, PermissionRefused, StaleState
from summitry.foundation.i18n import Text
from summitry.mailing.models import Letter
from tests.calls.jury.people import account_of, actor_of
from tests.calls.make import SYSTEM, make_area, make_call, make_entry

pytestmark = pytest.mark.django_db
SUBMITTED = EntryState.SUBMITTED


def _frozen() -> Call:
    """Make a call whose deadline is over."""
    now = clock.now()
    return make_call(opens_at=now - dt.timedelta(days=20), closes_at=now - dt.timedelta(days=1))


def _rule(call: Call, kind: str = "kind", **facts: Any) -> EligibilityRule:
    setting = facts.pop("setting", {"in": ["company"]} if kind == "kind" else {})
    return create_rule(call, by=SYSTEM, name=Text.of(f"Rule {kind}"), kind=kind, setting=setting, **facts)


def _outcomes(entry: Entry) -> list[str]:
    return list(EligibilityCheck.objects.filter(entry=entry).values_list("outcome", flat=True))


def test_rules_pass_by_machine_and_leave_the_rest_to_people() -> None:
    call = _frozen()
    area = make_area(call)
    _rule(call)
    _rule(call, "one_entry", only_flags=True)
    good = make_entry(call, state=SUBMITTED, kind="company", area=area, organisation_name="Acme Ltd")
    bad = make_entry(call, state=SUBMITTED, kind="team", area=area)
    twice = make_entry(call, state=SUBMITTED, kind="company", area=area, organisation_name="ACME")
    draft = make_entry(call, state=EntryState.DRAFT, kind="company")
    assert run_rules(call, by=SYSTEM) == Run(checked=6, passed=1)
    found = {
        entry.pk: (Entry.objects.get(pk=entry.pk).state, _outcomes(entry))
        for entry in (good, bad, twice, draft)
    }
    assert found == {
        good.pk: ("eligible", ["passes", "passes"]),
        bad.pk: ("submitted", ["fails", "passes"]),
        twice.pk: ("submitted", ["passes", "person"]),
        draft.pk: ("draft", []),
    }
    assert run_rules(call, by=SYSTEM) == Run()


def test_nobody_passes_before_the_deadline() -> None:
    call = make_call()
    entry = make_entry(call, state=SUBMITTED)
    assert run_rules(call, by=SYSTEM) == Run()
    with pytest.raises(StillOpen):
        pass_entry(entry, by=SYSTEM)


def test_an_officers_look_lasts_until_the_rule_is_another() -> None:
    call = _frozen()
    rule = _rule(call)
    entry = make_entry(call, state=SUBMITTED, kind="team")
    run_rules(call, by=SYSTEM)
    officer = actor_of(call, "officer")
    check = EligibilityCheck.objects.get()
    with pytest.raises(InvalidInput):
        look_at(check, Outcome.PASSES, by=officer)
    look_at(check, Outcome.PASSES, by=officer, words="A company in all but name")
    assert run_rules(call, by=SYSTEM) == Run(passed=1)
    update_rule(rule, by=SYSTEM, name=Text.of("Companies"))
    assert run_rules(call, by=SYSTEM) == Run()
    update_rule(rule, by=SYSTEM, setting={"in": ["university"]})
    assert (run_rules(call, by=SYSTEM), _outcomes(entry)) == (Run(checked=1), ["fails"])
    pass_entry(Entry.objects.get(), by=officer, words="As before")
    assert (run_rules(call, by=SYSTEM), _outcomes(entry)) == (Run(), ["passes"])
    remove_rule(rule, by=SYSTEM)
    assert _outcomes(entry) == []


def test_a_rejection_takes_two_people_and_tells_the_entrant() -> None:
    call = _frozen()
    entry = make_entry(call, state=SUBMITTED)
    one, two, three = (actor_of(call, "officer") for _n in range(3))
    with pytest.raises(PermissionRefused):
        propose_rejection(entry, "Late", by=actor_of(call, "manager"))
    rejection = propose_rejection(entry, "Not a case", by=one)
    with pytest.raises(StaleState):
        propose_rejection(entry, "Me too", by=two)
    with pytest.raises(SecondPersonNeeded):
        confirm_rejection(rejection, by=one)
    assert confirm_rejection(rejection, by=two).state == EntryState.INELIGIBLE
    letter = Letter.objects.get(mailing__notice="entry_ineligible")
    assert (letter.address, letter.state) == (entry.contact_email, "queued")
    entry = Entry.objects.get()
    for officer in (one, two):
        with pytest.raises(SecondPersonNeeded):
            pass_entry(entry, by=officer, words="After all")
    assert pass_entry(entry, by=three, words="After all").state == EntryState.ELIGIBLE
    dids = list(Step.objects.filter(call=call, kind="eligibility").values_list("content__did", flat=True))
    assert dids == ["rejection_proposed", "rejected", "passed"]


def test_a_proposal_can_be_dropped_and_an_entry_returned() -> None:
    call = _frozen()
    entry = make_entry(call, state=SUBMITTED)
    officer = actor_of(call, "officer")
    drop_rejection(propose_rejection(entry, "Not a case", by=officer), by=actor_of(call, "officer"))
    with pytest.raises(InvalidInput):
        return_entry(entry, " ", by=officer)
    until = clock.now() + dt.timedelta(days=3)
    return_entry(entry, "Please add the licence.", by=officer, until=until)
    entry.refresh_from_db()
    assert (entry.state, entry.late_until, entry.remarks) == ("returned", until, "Please add the licence.")
    assert Letter.objects.get(mailing__notice="entry_returned").address == entry.contact_email


def test_nobody_decides_about_her_own_entry() -> None:
    call = _frozen()
    officer = account_of(call, "officer", "me@example.org")
    entry = make_entry(call, state=SUBMITTED)
    Member.objects.create(entry=entry, name="Me", email=read_email("ME@example.org"))
    for act in (
        lambda: pass_entry(entry, by=officer.actor()),
        lambda: propose_rejection(entry, "Mine", by=officer.actor()),
        lambda: return_entry(entry, "Mine", by=officer.actor()),
    ):
        with pytest.raises(InConflict):
            act()
