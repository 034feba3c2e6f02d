"""The audit log: complete sentences, and a chain in which tampering shows."""

from __future__ import annotations

import datetime as dt
import threading
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from summitry.foundation import clock
from summitry.foundation.access import system
from summitry.foundation.audit import Break, record, register_sentence, sentence, verify_chain
from summitry.foundation.models import Account, AuditEntry

BY = system("tests")


@pytest.fixture(autouse=True)
def _sentence() -> None:
    register_sentence("tests.thing.done", "%(actor)s did %(what)s to %(object)s.")


@pytest.mark.django_db
def test_record_keeps_who_what_and_the_values_before_and_after() -> None:
    account = Account.objects.create_user("mei@example.org", name="Mei")

    entry = record(
        "tests.thing.done", by=BY, obj=account, before={"name": "M."}, after={"name": "Mei"}, what="x"
    )

    assert sentence(entry) == "tests did x to Mei."
    assert (entry.object_type, entry.object_id) == ("foundation.account", str(account.pk))
    assert (entry.before, entry.after) == ({"name": "M."}, {"name": "Mei"})


@pytest.mark.django_db
def test_an_undeclared_action_is_refused() -> None:
    with pytest.raises(KeyError):
        record("tests.thing.undeclared", by=BY)
    assert AuditEntry.objects.count() == 0


@pytest.mark.django_db
def test_changing_an_entry_breaks_the_chain_there() -> None:
    entries = [record("tests.thing.done", by=BY, what=str(number)) for number in range(4)]
    assert list(verify_chain()) == []

    AuditEntry.objects.filter(pk=entries[1].pk).update(actor_label="nobody")

    assert list(verify_chain()) == [Break(entries[1].pk, "content")]


@pytest.mark.django_db
def test_removing_an_entry_breaks_the_chain_after_it() -> None:
    entries = [record("tests.thing.done", by=BY, what=str(number)) for number in range(4)]

    AuditEntry.objects.filter(pk=entries[1].pk).delete()

    assert list(verify_chain()) == [Break(entries[2].pk, "link")]


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_make_one_chain() -> None:
    def write() -> None:
        try:
            for number in range(5):
                record("tests.thing.done", by=BY, what=str(number))
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert AuditEntry.objects.count() == 30
    assert list(verify_chain()) == []


@pytest.mark.django_db
def test_the_chain_holds_whatever_zone_the_clock_was_read_in() -> None:
    with clock.frozen(dt.datetime(2026, 11, 10, 10, 42, tzinfo=ZoneInfo("Asia/Shanghai"))):
        record("tests.thing.done", by=BY, what="x")

    assert list(verify_chain()) == []
