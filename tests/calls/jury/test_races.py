"""Two people at the same moment: the second one's act finds the first one's, and nothing is half done."""

from __future__ import annotations

import datetime as dt

import pytest

from summitry.calls.actions.assigning_by_hand import give_entry
from summitry.calls.actions.bid import place_bids
from summitry.calls.actions.conflict import decide_conflict, declare_conflict
from summitry.calls.actions.deriving import derive_conflicts
from summitry.calls.actions.eligibility import (
    confirm_rejection,
    drop_rejection,
    pass_entry,
    propose_rejection,
)
from summitry.calls.actions.juror import accept_appointment, appoint_juror, decline_appointment, leave_jury
from summitry.calls.enums import EntryState
from summitry.calls.models import Assignment, Bid, Conflict, Entry, Juror, Rejection, Standing, Step
from summitry.calls.record.chain import GENESIS
from summitry.foundation import clock
from summitry.foundation.errors import InvalidInput, StaleState
from tests.at_once import at_once
from tests.calls.jury.people import actor_of
from tests.calls.make import SYSTEM, make_call, make_entry, make_juror, make_round
from tests.directory.make import make_account, make_person

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_of_two_settles_a_rejection() -> None:
    now = clock.now()
    call = make_call(opens_at=now - dt.timedelta(days=20), closes_at=now - dt.timedelta(days=1))
    entry = make_entry(call, state=EntryState.SUBMITTED)
    first, second, third = (actor_of(call, "officer") for _n in range(3))
    rejection = propose_rejection(entry, "No case", by=first)

    def fresh() -> Rejection:
        return Rejection.objects.select_related("entry__call__edition").get(pk=rejection.pk)

    seen = [fresh(), fresh(), fresh()]
    refused = at_once(
        lambda: confirm_rejection(seen[0], by=second),
        lambda: drop_rejection(seen[1], by=third),
        lambda: pass_entry(seen[2].entry, by=third),
    )
    state = EntryState(Entry.objects.get(pk=entry.pk).state)
    if state == EntryState.INELIGIBLE:
        assert refused == [None, StaleState, StaleState]
    else:
        assert (state, refused[0]) == (EntryState.ELIGIBLE, StaleState)


def test_accepting_and_declining_at_once_leaves_one_answer() -> None:
    call = make_call()
    account = make_account()
    juror = make_juror(call, account=account, state="invited")
    seen = [Juror.objects.select_related("call__edition", "account").get(pk=juror.pk) for _n in range(2)]
    refused = at_once(
        lambda: accept_appointment(seen[0], by=SYSTEM), lambda: decline_appointment(seen[1], by=SYSTEM)
    )
    juror.refresh_from_db()
    assert (sorted(map(str, refused)), juror.state in {"accepted", "declined"}) == (
        sorted(map(str, [None, StaleState])),
        True,
    )


def test_one_person_is_appointed_once() -> None:
    call, person = make_call(), make_person()
    refused = at_once(*[lambda: appoint_juror(call, person, by=SYSTEM)] * 2)
    assert (refused.count(InvalidInput), Juror.objects.count()) == (1, 1)


def test_searches_at_once_find_each_conflict_once() -> None:
    call = make_call()
    make_juror(call, make_person(email="ana@acme.example"))
    entry = make_entry(call, contact_email="ana@acme.example")
    at_once(*[lambda: derive_conflicts(call, by=SYSTEM)] * 3)
    assert list(Conflict.objects.values_list("entry", "kind")) == [
        (entry.pk, "same_domain"),
        (entry.pk, "self"),
    ]


def test_a_conflict_and_a_bid_at_once_never_both_hold_unseen() -> None:
    """Whichever comes first, the bid of somebody in conflict is hidden from assignments by the conflict."""
    call = make_call()
    account = make_account()
    juror = make_juror(call, account=account)
    entry = make_entry(call)
    at_once(
        lambda: place_bids(juror, {entry.pk: "want"}, by=account.actor()),
        lambda: declare_conflict(juror, entry, "funder", by=account.actor()),
    )
    assert Conflict.objects.get().state == "open"
    assert Bid.objects.exclude(entry__conflicts__juror=juror).count() == 0


def test_two_decisions_about_a_conflict_leave_one_and_an_unbroken_record() -> None:
    call = make_call()
    conflict = Conflict.objects.create(
        juror=make_juror(call), entry=make_entry(call), kind="other", source="juror"
    )
    seen = [Conflict.objects.select_related("juror__call__edition").get(pk=conflict.pk) for _n in range(2)]
    refused = at_once(
        lambda: decide_conflict(seen[0], "upheld", by=SYSTEM),
        lambda: decide_conflict(seen[1], "dismissed", by=SYSTEM, words="No kin"),
    )
    assert refused.count(StaleState) == 1
    hashes = [GENESIS, *Step.objects.filter(call=call).order_by("number").values_list("hash", flat=True)]
    previous = Step.objects.filter(call=call).order_by("number").values_list("previous_hash", flat=True)
    assert list(previous) == hashes[:-1]


def test_leaving_and_being_given_an_entry_at_once_gives_nothing_to_somebody_gone() -> None:
    """Whoever left first is given nothing; who was given something first leaves it to the repair."""
    call = make_call()
    round_ = make_round(call, state="reading")
    entry = make_entry(call, state=EntryState.JUDGED)
    Standing.objects.create(round=round_, entry=entry, reads=2)
    juror = make_juror(call, account=make_account())
    seen = [Juror.objects.select_related("call__edition", "account").get(pk=juror.pk) for _n in range(2)]
    left, given = at_once(
        lambda: leave_jury(seen[0], by=SYSTEM), lambda: give_entry(round_, entry, seen[1], by=SYSTEM)
    )
    juror.refresh_from_db()
    rows = Assignment.objects.filter(juror=juror).count()
    assert (left, juror.state, rows) == (None, "left", 0 if given else 1)
