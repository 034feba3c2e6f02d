"""A review is saved while it grows, handed in with a digest, and opened again; two devices lose nothing."""

from __future__ import annotations

from typing import Any

import pytest

from summitry.calls.actions.review import Change, reopen_review, save_review
from summitry.calls.enums import AssignmentState, ConflictKind, ConflictSource, RoundState, StepKind
from summitry.calls.errors import RoundClosed
from summitry.calls.models import Assignment, Conflict, Review, Round, Step
from summitry.calls.queries.review_content import digested, stamp
from summitry.calls.record.canonical import digest
from summitry.foundation.access import ADMINISTRATOR, SITE
from summitry.foundation.errors import InvalidInput, PermissionRefused, TransitionRefused
from summitry.foundation.grants import put_grant
from summitry.foundation.models import AuditEntry
from tests.calls.make import SYSTEM
from tests.calls.reviews.table import make_table
from tests.directory.make import make_account

pytestmark = pytest.mark.django_db
EMPTY = stamp(None)


def test_a_save_begins_the_review_and_later_ones_stay_out_of_the_log() -> None:
    table = make_table()
    table.save("ada", mark_criterion_1=4, remarks="Clear.\r\nBold.")
    saved = table.save("ada", mark_criterion_2=9).review

    assert (saved.marks, saved.score, saved.remarks, saved.version) == (
        {"criterion-1": 4, "criterion-2": 9},
        6.5,
        "Clear.\nBold.",
        2,
    )
    assert table.assignment("ada").state == AssignmentState.BEGUN
    assert AuditEntry.objects.filter(action__startswith="calls.review.").count() == 1
    assert Step.objects.filter(kind=StepKind.REVIEW).count() == 0


def test_the_same_save_sent_twice_writes_once() -> None:
    table = make_table()
    changes = {"remarks": Change(EMPTY, "Good")}
    first = save_review(table.assignment("ada"), changes, by=table.actor("ada"), key="k1")
    again = save_review(table.assignment("ada"), changes, by=table.actor("ada"), key="k1")

    assert (first.review.version, again.review.version, again.crossed) == (1, 1, ())


def test_what_was_changed_elsewhere_is_named_and_the_rest_is_written() -> None:
    table = make_table()
    table.save("ada", remarks="From the telephone")
    late = {
        "remarks": Change(EMPTY, "From the laptop"),
        "feedback": Change(EMPTY, "Thank you"),
    }
    saved = save_review(table.assignment("ada"), late, by=table.actor("ada"))

    assert saved.crossed == ("remarks",)
    assert (saved.review.remarks, saved.review.feedback) == ("From the telephone", "Thank you")


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"mark_criterion_1": 11}, ["mark_criterion-1"]),
        ({"mark_criterion_1": 0, "remarks": "x" * 4001}, ["mark_criterion-1", "remarks"]),
        ({"mark_criterion_1": True}, ["mark_criterion-1"]),
        ({"mark_unknown": 3}, []),
    ],
)
def test_what_no_round_asks_is_refused(values: dict[str, Any], fields: list[str]) -> None:
    table = make_table()
    with pytest.raises(InvalidInput) as refusal:
        table.save("ada", **values)
    assert list(refusal.value.fields) == fields
    assert not Review.objects.exists()


def test_only_her_own_review_is_a_jurors_to_write() -> None:
    table = make_table(jurors=("ada", "bo"))
    for who in ("bo", "chair"):
        with pytest.raises(PermissionRefused):
            save_review(table.assignment("ada"), {}, by=table.actor(who))
    table.accounts["root"] = make_account("root@example.org")
    put_grant(table.accounts["root"], ADMINISTRATOR, SITE, by=SYSTEM)
    with pytest.raises(PermissionRefused):
        save_review(table.assignment("ada"), {}, by=table.actor("root"))


def test_a_conflict_and_a_closed_round_bar_saving() -> None:
    table = make_table(jurors=("ada", "bo"))
    Conflict.objects.create(
        juror=table.jurors["ada"],
        entry=table.entries[0],
        kind=ConflictKind.ADVISER,
        source=ConflictSource.ENTRANT,
    )
    with pytest.raises(PermissionRefused):
        table.save("ada", remarks="x")
    Round.objects.update(state=RoundState.CLOSED)
    with pytest.raises(RoundClosed):
        table.save("bo", remarks="x")


def test_handing_in_needs_every_mark_and_keeps_what_was_written() -> None:
    table = make_table()
    with pytest.raises(InvalidInput) as refusal:
        table.submit("ada", mark_criterion_2=None, remarks="Half")
    assert list(refusal.value.fields) == ["mark_criterion-2"]
    assert Review.objects.get().remarks == "Half"
    assert table.assignment("ada").state == AssignmentState.BEGUN


def test_a_review_that_was_handed_in_is_sealed_and_recorded_by_its_digest_alone() -> None:
    table = make_table()
    table.submit("ada", remarks="Secret words")
    review = Review.objects.select_related("assignment__round").get()
    step = Step.objects.get(kind=StepKind.REVIEW)

    assert review.digest == digest(digested(review))
    assert len(review.salt) == 64
    assert len(step.content.pop("salt")) == 32
    assert step.content == {
        "round": 1,
        "entry": table.entries[0].number,
        "juror": table.jurors["ada"].pk,
        "version": 1,
        "digest": review.digest,
    }
    assert table.assignment("ada").state == AssignmentState.SUBMITTED


def test_equal_reviews_have_different_digests() -> None:
    table = make_table(jurors=("ada", "bo"))
    digests = {table.submit(who).review.digest for who in ("ada", "bo")}
    assert len(digests) == 2


def test_a_review_is_opened_again_while_the_round_reads() -> None:
    table = make_table()
    first = table.submit("ada").review.digest
    with pytest.raises(TransitionRefused):
        table.save("ada", remarks="later")
    reopen_review(table.assignment("ada"), by=table.actor("ada"))
    again = table.submit("ada", mark_criterion_1=3).review

    steps = [step.content["digest"] for step in Step.objects.filter(kind=StepKind.REVIEW)]
    assert steps == [first, "", again.digest]
    assert (again.version, again.marks["criterion-1"]) == (3, 3)
    Round.objects.update(state=RoundState.CLOSED)
    with pytest.raises(RoundClosed):
        reopen_review(table.assignment("ada"), by=table.actor("ada"))
    assert Assignment.objects.get().state == AssignmentState.SUBMITTED
