"""Drafts are reminded of before the deadline, each on each day once."""

from __future__ import annotations

import datetime as dt

import pytest

from summitry.calls.actions.draft_reminders import remind_drafts
from summitry.foundation import clock
from summitry.mailing.models import Letter
from tests.calls.make import make_call, make_entry

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def test_drafts_are_reminded_once_a_day_that_has_come() -> None:
    with clock.frozen(NOW):
        call = make_call(closes_at=NOW + 10 * DAY)
        draft = make_entry(call, state="draft", created_at=NOW)
        make_entry(call, state="submitted", created_at=NOW)
        make_entry(make_call(state="draft", closes_at=NOW + 10 * DAY), state="draft", created_at=NOW)
    sent = []
    for days in (1, 3.5, 3.6, 8.5, 9.5, 9.6, 10.1):
        with clock.frozen(NOW + days * DAY):
            remind_drafts.call()
        sent.append(Letter.objects.count())
    assert sent == [0, 1, 1, 2, 3, 3, 3]
    assert set(Letter.objects.values_list("address", flat=True)) == {draft.contact_email}


def test_who_began_late_is_not_reminded_at_once() -> None:
    with clock.frozen(NOW):
        call = make_call(closes_at=NOW + 5 * DAY)
        make_entry(call, state="draft", created_at=NOW)
        remind_drafts.call()
    assert not Letter.objects.exists()
