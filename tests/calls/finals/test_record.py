"""The record of a final: it holds, it is counted again from what it says, and whatever was changed is named."""

from __future__ import annotations

from typing import Any

import pytest

from summitry.calls.actions.counting import close_ballots, count_ballots
from summitry.calls.actions.final import draw_order
from summitry.calls.actions.final_stage import start_final
from summitry.calls.models import Ballot, Final, Step
from summitry.calls.queries.record_export import record_parts
from summitry.calls.record.lines import Grade, written
from summitry.calls.record.verify import verify
from tests.calls.finals.hall import Hall, make_hall
from tests.calls.make import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall() -> Hall:
    """A final that is counted: the order was drawn, two entries are equal, one ballot was never revealed."""
    hall = make_hall(jurors=("ada", "bo", "cy"), starts=False)
    draw_order(hall.fresh(), by=SYSTEM)
    start_final(hall.fresh(), by=SYSTEM)
    for who, marks in {"ada": (5, 9, 9), "bo": (5, 9, 9), "cy": (1, 1, 1)}.items():
        hall.commit(who, *marks)
    close_ballots(hall.fresh(), by=SYSTEM)
    for who in ("ada", "bo"):
        hall.reveal(who, 5, 9, 9)
    count_ballots(hall.fresh(), by=SYSTEM)
    return hall


def faults(hall: Hall) -> set[str]:
    lines = list(written(record_parts(hall.fresh().round.call, Grade.AUDITOR, SYSTEM)))
    return {fault.what for fault in verify(lines, replay=False).faults}


def test_a_final_s_record_holds(hall: Hall) -> None:
    assert faults(hall) == set()
    assert [step.content["what"] for step in Step.objects.filter(kind="lottery")] == ["pitches", "ties"]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"commitment": "0" * 64}, {"not-what-was-recorded", "not-what-was-committed"}),
        ({"salt": "00" * 32}, {"not-what-was-committed"}),
        ({"content": None}, {"not-what-was-revealed", "not-who-is-missing"}),
    ],
)
def test_a_ballot_that_was_changed_is_named(hall: Hall, changes: dict[str, Any], found: set[str]) -> None:
    Ballot.objects.filter(juror=hall.jurors["ada"]).update(**changes)
    assert faults(hall) == found


def test_marks_that_were_changed_are_named(hall: Hall) -> None:
    ballot = Ballot.objects.get(juror=hall.jurors["ada"])
    assert ballot.content is not None
    ballot.content["marks"][str(hall.entries[0].pk)]["criterion-1"] = 10
    ballot.save()
    assert faults(hall) == {"not-what-was-committed", "not-what-was-revealed"}


def test_a_tally_that_does_not_follow_is_named(hall: Hall) -> None:
    final = Final.objects.get(pk=hall.final.pk)
    rows = final.tally["answer"]["final"]["standings"]
    rows[0]["entry"], rows[1]["entry"] = rows[1]["entry"], rows[0]["entry"]
    final.save()
    assert faults(hall) == {"not-what-was-recorded", "not-counted", "not-drawn"}


def test_scores_that_were_changed_are_named(hall: Hall) -> None:
    final = Final.objects.get(pk=hall.final.pk)
    final.tally["entries"][2]["score"] = 10.0
    final.save()
    assert faults(hall) == {"not-counted"}
