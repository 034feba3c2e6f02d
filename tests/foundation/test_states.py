"""Transitions: only legal steps, and of two at once exactly one."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection, transaction

from summitry.foundation.access import system
from summitry.foundation.audit import record, register_sentence
from summitry.foundation.errors import StaleState, TransitionRefused
from summitry.foundation.models import Account, AuditEntry
from summitry.foundation.states import TransitionTable, transition
from tests.at_once import at_once

# Any text column can carry states; the account's language serves here.
TABLE = TransitionTable(
    "tests.account", "language", {"draft": frozenset({"open", "gone"}), "open": frozenset({"gone"})}
)
BY = system("tests")


@pytest.fixture(autouse=True)
def _sentence() -> None:
    register_sentence("tests.state.changed", "%(actor)s moved %(object)s.")


def _account() -> Account:
    return Account.objects.create_user("mei@example.org", language="draft")


@pytest.mark.django_db
def test_transition_moves_the_row_and_says_so_in_the_log() -> None:
    account = transition(
        _account(), TABLE, "open", by=BY, audit="tests.state.changed", changes={"zone": "UTC"}
    )

    account.refresh_from_db()
    entry = AuditEntry.objects.get(action="tests.state.changed")
    assert (account.language, account.zone) == ("open", "UTC")
    assert (entry.before, entry.after) == (
        {"language": "draft", "zone": ""},
        {"language": "open", "zone": "UTC"},
    )


@pytest.mark.django_db
def test_a_step_outside_the_table_is_refused_and_writes_nothing() -> None:
    account = transition(_account(), TABLE, "gone", by=BY, audit="tests.state.changed")

    with pytest.raises(TransitionRefused):
        transition(account, TABLE, "open", by=BY, audit="tests.state.changed")
    account.refresh_from_db()
    assert account.language == "gone"


@pytest.mark.django_db
def test_a_stale_object_loses_with_a_reason() -> None:
    account = _account()
    stale = Account.objects.get(pk=account.pk)
    transition(account, TABLE, "open", by=BY, audit="tests.state.changed")

    with pytest.raises(StaleState):
        transition(stale, TABLE, "open", by=BY, audit="tests.state.changed")
    assert AuditEntry.objects.filter(action="tests.state.changed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_deciding_at_once_exactly_one_wins() -> None:
    pk = _account().pk
    start = threading.Barrier(8)
    outcomes: list[str] = []

    def decide() -> None:
        try:
            account = Account.objects.get(pk=pk)
            start.wait()
            transition(account, TABLE, "gone", by=BY, audit="tests.state.changed")
            outcomes.append("won")
        except StaleState:
            outcomes.append("lost")
        finally:
            connection.close()

    threads = [threading.Thread(target=decide) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["lost"] * 7 + ["won"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_who_has_written_to_the_log_and_one_who_has_not_do_not_wait_for_each_other() -> None:
    account = _account()
    seen = [Account.objects.get(pk=account.pk) for _n in range(2)]
    written = threading.Event()

    def several_steps() -> None:
        with transaction.atomic():
            record("tests.state.changed", by=BY, obj=seen[0])
            written.set()
            time.sleep(0.3)  # the other one is at the row, or behind the log
            transition(seen[0], TABLE, "open", by=BY, audit="tests.state.changed")

    def one_step() -> None:
        written.wait(10)
        transition(seen[1], TABLE, "gone", by=BY, audit="tests.state.changed")

    refused = at_once(several_steps, one_step)
    account.refresh_from_db()
    assert (refused, account.language) == ([None, StaleState], "open")
