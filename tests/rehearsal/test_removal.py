"""Removing the demo takes its calls with it, whatever protects entries and jurors from single deletions."""

from __future__ import annotations

import pytest

from summitry.calls.models import Assignment, Call, Entry, Juror
from summitry.editions.models import Edition
from summitry.rehearsal.removal import remove_demo
from tests.calls.reviews.table import make_table

pytestmark = pytest.mark.django_db


def test_a_call_with_entries_and_reviews_goes_with_its_edition() -> None:
    table = make_table(entries=2)
    table.submit("ada")
    remove_demo(table.edition.slug, ".example")
    assert [model.objects.count() for model in (Call, Entry, Juror, Assignment, Edition)] == [0] * 5
