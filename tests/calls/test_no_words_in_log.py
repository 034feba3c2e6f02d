"""What officers write about people stays in its row, from which it can be erased; the log and the record say that it was done."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from summitry.calls.actions.advancing import set_stand
from summitry.calls.actions.assigning_by_hand import give_entry, take_back
from summitry.calls.actions.conflict import decide_conflict, declare_conflict
from summitry.calls.actions.eligibility import (
    confirm_rejection,
    look_at,
    pass_entry,
    propose_rejection,
    return_entry,
)
from summitry.calls.actions.entry import admit_late, disqualify_entry, withdraw_entry
from summitry.calls.actions.entry_keeping import erase_entries
from summitry.calls.actions.juror import update_juror
from summitry.calls.actions.round import fill_round
from summitry.calls.enums import AssignmentState, Stand
from summitry.calls.models import (
    Assignment,
    Call,
    Conflict,
    EligibilityCheck,
    EligibilityRule,
    Entry,
    Rejection,
    Standing,
    Step,
    StepWords,
)
from summitry.calls.permissions import ELIGIBILITY
from summitry.foundation import clock
from summitry.foundation.errors import InvalidInput
from summitry.foundation.models import AuditEntry
from tests.calls.make import SYSTEM, make_call, make_entry, make_juror, make_round
from tests.calls.rounds.house import office

pytestmark = pytest.mark.django_db
WORDS = "Her brother-in-law owns the firm"


def past() -> Call:
    now = clock.now()
    return make_call(opens_at=now - dt.timedelta(days=20), closes_at=now - dt.timedelta(days=1))


def written() -> str:
    """Return all that the log and the records hold, as one text."""
    log = AuditEntry.objects.values_list("params", "before", "after", "object_label")
    return json.dumps([list(log), list(Step.objects.values_list("content"))], default=str)


def decided_about_eligibility() -> Call:
    """Let officers write about three entries whatever can be written about eligibility."""
    call = past()
    rule = EligibilityRule.objects.create(call=call, slug="person", kind="person")
    one, two, three = (make_entry(call, state="submitted") for _n in range(3))
    check = EligibilityCheck.objects.create(entry=one, rule=rule, rule_version=1, outcome="fails")
    look_at(check, "passes", by=SYSTEM, words=WORDS)
    return_entry(one, WORDS, by=SYSTEM)
    pass_entry(two, words=WORDS, by=SYSTEM)
    first, second = (office(call, ELIGIBILITY.code).actor() for _n in range(2))
    confirm_rejection(propose_rejection(three, WORDS, by=first), by=second)
    return call


def test_words_about_eligibility_stay_in_their_rows() -> None:
    call = decided_about_eligibility()
    assert WORDS not in written()
    assert Entry.objects.filter(call=call, remarks=WORDS).count() == 1
    assert Entry.objects.filter(call=call, reason=WORDS).count() == 1
    assert EligibilityCheck.objects.get().words == WORDS
    kept = [step.content["did"] for step in Step.objects.filter(words__isnull=False).order_by("number")]
    assert kept == ["looked_at", "returned", "passed", "rejection_proposed", "rejected"]
    assert {row.words for row in StepWords.objects.all()} == {WORDS}
    assert len({row.salt for row in StepWords.objects.all()}) == 5


def test_words_about_conflicts_entries_and_jurors_stay_in_their_rows() -> None:
    call = make_call()
    late, out, gone, given = (
        make_entry(call, state=state) for state in ("draft", "eligible", "draft", "judged")
    )
    juror = make_juror(call)
    conflict = declare_conflict(juror, out, "other", by=SYSTEM, words=WORDS)
    decide_conflict(conflict, "dismissed", by=SYSTEM, words=WORDS)
    declare_conflict(juror, out, "other", by=SYSTEM, words=WORDS)
    admit_late(late, until=clock.now() + dt.timedelta(days=20), reason=WORDS, by=SYSTEM)
    disqualify_entry(out, reason=WORDS, by=SYSTEM)
    withdraw_entry(gone, reason=WORDS, by=SYSTEM)
    update_juror(juror, by=SYSTEM, words=WORDS)
    round_ = make_round(call)
    fill_round(round_, by=SYSTEM)
    take_back(give_entry(round_, given, juror, by=SYSTEM), by=SYSTEM, reason=WORDS)
    give_entry(round_, given, juror, by=SYSTEM)
    take_back(Assignment.objects.select_related("round__call").get(), by=SYSTEM, reason=WORDS)
    round_.state = "closed"
    round_.save()
    standing = Standing.objects.select_related("round__call").get(round=round_)
    set_stand(standing, Stand.ADVANCED, by=SYSTEM, reason=WORDS)
    set_stand(standing, Stand.OUT, by=SYSTEM, reason=WORDS)
    assert WORDS not in written()
    said = AuditEntry.objects.get(action="calls.entry.disqualified")
    assert (said.before["reason"], said.after["reason"]) == ("", "…")
    assert [row.reason for row in (standing, Assignment.objects.get())] == [WORDS, WORDS]
    assert set(Entry.objects.exclude(pk=given.pk).values_list("reason", flat=True)) == {WORDS}
    assert Conflict.objects.get().words == WORDS


def test_a_reason_that_is_too_long_is_refused_and_not_cut() -> None:
    call = make_call()
    entry, juror, round_ = make_entry(call, state="judged"), make_juror(call), make_round(call)
    fill_round(round_, by=SYSTEM)
    assignment = give_entry(round_, entry, juror, by=SYSTEM)
    with pytest.raises(InvalidInput) as refused:
        take_back(assignment, by=SYSTEM, reason="x" * 1001)
    assert list(refused.value.fields) == ["reason"]
    assert Assignment.objects.get().state == AssignmentState.GIVEN
    round_.state = "closed"
    round_.save()
    standing = Standing.objects.select_related("round__call").get()
    with pytest.raises(InvalidInput) as refused:
        set_stand(standing, Stand.ADVANCED, by=SYSTEM, reason="x" * 1001)
    assert list(refused.value.fields) == ["reason"]
    set_stand(standing, Stand.ADVANCED, by=SYSTEM, reason="x" * 1000)
    assert len(Standing.objects.get().reason) == 1000


def test_erasing_a_call_erases_what_officers_wrote() -> None:
    call = decided_about_eligibility()
    erase_entries(call, by=SYSTEM)
    kept = [
        *EligibilityCheck.objects.values_list("words", flat=True),
        *Rejection.objects.values_list("reason", flat=True),
        *Entry.objects.values_list("reason", flat=True),
        *Entry.objects.values_list("remarks", flat=True),
        *StepWords.objects.values_list("words", flat=True),
    ]
    assert set(kept) == {"–", ""}
