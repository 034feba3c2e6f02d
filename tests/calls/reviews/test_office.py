"""The office and the chair see how far reviews are, without the entries from which a conflict bars them, and remind jurors."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from summitry.calls.actions.review_reminders import remind
from summitry.calls.enums import ConflictKind, ConflictSource, RoundState
from summitry.calls.errors import RoundClosed
from summitry.calls.models import Conflict, Round
from summitry.calls.queries.review_progress import entries_progress, jurors_progress
from summitry.foundation.errors import PermissionRefused
from summitry.mailing.models import Letter
from tests.calls.make import make_juror
from tests.calls.reviews.table import Table, make_table

pytestmark = pytest.mark.django_db


def begun(**facts: Any) -> Table:
    """Two entries on the tables of Ada, who has handed in the first, and of Bo, who has begun it."""
    table = make_table(entries=2, jurors=("ada", "bo"), **facts)
    table.submit("ada", 1)
    table.save("bo", 1, remarks="x")
    return table


def test_progress_is_counted_by_juror_and_by_entry() -> None:
    table = begun()
    round_ = Round.objects.select_related("call__edition").get()
    jurors = jurors_progress(round_, table.actor("chair"), "en")
    assert [(one.name.text, one.given, one.begun, one.submitted) for one in jurors] == [
        ("Bo", 2, 1, 0),
        ("Ada", 2, 0, 1),
    ]
    rows = entries_progress(round_, table.actor("chair")).rows
    assert [(row.number, row.wanted, row.given, row.submitted) for row in rows] == [
        (1, 2, 2, 1),
        (2, 2, 2, 0),
    ]


def test_a_conflicted_chair_finds_no_trace_of_the_entry() -> None:
    table = begun()
    chair = make_juror(table.call, "Chair", table.accounts["chair"])
    Conflict.objects.create(
        juror=chair, entry=table.entries[0], kind=ConflictKind.ADVISER, source=ConflictSource.DERIVED
    )
    round_ = Round.objects.select_related("call__edition").get()
    jurors = jurors_progress(round_, table.actor("chair"), "en")
    assert [(one.name.text, one.given, one.begun, one.submitted) for one in jurors] == [
        ("Ada", 1, 0, 0),
        ("Bo", 1, 0, 0),
    ]
    assert [row.number for row in entries_progress(round_, table.actor("chair")).rows] == [2]
    client = table.signed_in("chair")
    page = client.get(table.url("rounds/1/reviews/")).content.decode()
    assert str(table.entries[0].title) not in page
    assert [client.get(table.url(f"rounds/1/reviews/{n}/")).status_code for n in (1, 2)] == [404, 200]


def test_jurors_are_reminded_once_a_day() -> None:
    table = begun()
    round_ = Round.objects.select_related("call__edition").get()
    ids = [juror.pk for juror in table.jurors.values()]
    assert remind(round_, ids, by=table.actor("chair")) == 2
    assert remind(round_, ids, by=table.actor("chair")) == 0
    assert sorted(Letter.objects.values_list("address", flat=True)) == sorted(
        juror.person.email for juror in table.jurors.values()
    )
    assert mail.outbox == []
    with pytest.raises(PermissionRefused):
        remind(round_, ids, by=table.actor("ada"))
    round_.state = RoundState.CLOSED
    with pytest.raises(RoundClosed):
        remind(round_, ids, by=table.actor("chair"))


def test_the_page_reminds_those_who_were_chosen() -> None:
    table = begun()
    answer = table.signed_in("chair").post(
        table.url("rounds/1/reviews/"), {"row": [str(table.jurors["bo"].pk), "x"]}, follow=True
    )
    assert "1 juror is reminded." in answer.content.decode()
