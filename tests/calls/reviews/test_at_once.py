"""Jurors who save at the same moment lose nothing, and two devices of one juror never overwrite each other."""

from __future__ import annotations

import pytest

from summitry.calls.actions.review import Change, Saved, save_review, submit_review
from summitry.calls.enums import AssignmentState, StepKind
from summitry.calls.models import Assignment, Review, Step
from summitry.calls.queries.review_content import digested, stamp
from summitry.calls.record.canonical import digest
from summitry.calls.record.chain import GENESIS, step_hash
from tests.at_once import outcomes
from tests.calls.reviews.table import Table, make_table

pytestmark = pytest.mark.django_db(transaction=True)
EMPTY = stamp(None)
MARKS = {"mark_criterion-1": Change(EMPTY, 7), "mark_criterion-2": Change(EMPTY, 4)}


def saving(table: Table, who: str, words: str, key: str) -> Saved:
    changes = {"remarks": Change(EMPTY, words)}
    return save_review(table.assignment(who), changes, by=table.actor(who), key=key)


def test_jurors_who_save_and_hand_in_at_once_lose_nothing() -> None:
    names = tuple(f"juror{n}" for n in range(8))
    table = make_table(jurors=names)
    outcomes(*(lambda who=who: saving(table, who, f"Words of {who}", "k1") for who in names))
    assert {review.remarks for review in Review.objects.all()} == {f"Words of {who}" for who in names}

    def hand_in(who: str) -> Saved:
        return submit_review(table.assignment(who), MARKS, by=table.actor(who), key="k2")

    outcomes(*(lambda who=who: hand_in(who) for who in names))
    reviews = list(Review.objects.select_related("assignment__round"))
    assert [review.digest for review in reviews] == [digest(digested(review)) for review in reviews]
    assert {row.state for row in Assignment.objects.all()} == {AssignmentState.SUBMITTED}
    steps = list(Step.objects.filter(call=table.call).order_by("number"))
    handed = [step.content["digest"] for step in steps if step.kind == StepKind.REVIEW]
    assert sorted(handed) == sorted(review.digest for review in reviews)
    previous = steps[0].previous_hash
    assert previous == GENESIS
    for step in steps:
        at = step.at.isoformat(timespec="microseconds")
        assert step.hash == step_hash(previous, step.number, step.kind, at, step.content)
        previous = step.hash


def test_of_two_devices_at_once_one_is_told() -> None:
    table = make_table()
    table.save("ada", mark_criterion_1=3)
    found = outcomes(
        lambda: saving(table, "ada", "From the laptop", "a"),
        lambda: saving(table, "ada", "From the telephone", "b"),
    )
    assert sorted(saved.crossed for saved in found) == [(), ("remarks",)]
    kept = next(saved for saved in found if not saved.crossed)
    review = Review.objects.get()
    assert (review.remarks, review.version) == (kept.review.remarks, 2)


def test_a_first_save_sent_twice_at_once_makes_one_review() -> None:
    table = make_table()
    found = outcomes(*(lambda: saving(table, "ada", "Same", "k") for _n in range(3)))
    assert [saved.crossed for saved in found] == [(), (), ()]
    assert Review.objects.get().remarks == "Same"
    assert Assignment.objects.get().state == AssignmentState.BEGUN


def test_handing_in_and_saving_at_once_leaves_a_sealed_review() -> None:
    table = make_table()
    table.save("ada", mark_criterion_1=3, mark_criterion_2=3)
    outcomes(
        lambda: submit_review(table.assignment("ada"), {}, by=table.actor("ada"), key="a"),
        lambda: saving(table, "ada", "A last word", "b"),
    )
    review = Review.objects.select_related("assignment__round").get()
    if review.assignment.state == AssignmentState.SUBMITTED:
        assert review.digest == digest(digested(review))
    else:
        assert (review.digest, review.remarks) == ("", "A last word")
