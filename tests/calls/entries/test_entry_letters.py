"""Receipts say whom entrants declared, and are written for all of them with the statements of one."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from summitry.calls.actions.entry_letters import LONGEST_LISTED, send_receipts
from summitry.calls.models import Entry, EntryVersion, Relation
from summitry.mailing.models import Letter
from tests.calls.make import SYSTEM, make_call, make_entry

pytestmark = pytest.mark.django_db


def _frozen(count: int) -> list[tuple[Entry, EntryVersion]]:
    call = make_call()
    found = []
    for n in range(count):
        entry = make_entry(call, contact_email=f"who{n}@who.example", language="en")
        for name in ("Dee", "Eve"):
            Relation.objects.create(entry=entry, name=f"{name} {n}", kind="adviser")
        version = EntryVersion.objects.create(
            entry=entry, number=1, content={}, digest=f"{n:064x}", why="deadline"
        )
        found.append((entry, version))
    return found


@pytest.mark.parametrize("count", [1, 3])
def test_receipts_are_written_with_the_statements_of_one(count: int, django_assert_num_queries: Any) -> None:
    frozen = _frozen(count)
    locks = (
        2 if connection.vendor == "postgresql" else 0
    )  # the transaction asks for the log, and so does its entry
    with django_assert_num_queries(13 + locks):
        send_receipts(frozen, by=SYSTEM)
    letters = list(Letter.objects.order_by("address").values_list("address", "text"))
    assert [address for address, _body in letters] == [f"who{n}@who.example" for n in range(count)]
    assert all(f"Dee {n}" in body and f"Eve {n}" in body for n, (_address, body) in enumerate(letters))


def test_a_receipt_lists_so_many_and_says_where_nobody_was_declared() -> None:
    [(entry, version)] = _frozen(1)
    Relation.objects.bulk_create(
        Relation(entry=entry, name=f"Person {n}.", kind="adviser") for n in range(LONGEST_LISTED)
    )
    bare = make_entry(entry.call, contact_email="zoe@zoe.example", language="en")
    again = EntryVersion.objects.create(entry=bare, number=1, content={}, digest="f" * 64, why="deadline")
    send_receipts([(entry, version), (bare, again)], by=SYSTEM)
    first, second = Letter.objects.order_by("address").values_list("text", flat=True)
    assert (first.count("Person "), "You declared nobody." in second) == (LONGEST_LISTED - 2, True)
