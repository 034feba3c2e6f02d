"""Conflicts and rules at the size of a competition: 1,000 entries, 150 jurors."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from summitry.calls.actions.checking import Run, run_rules
from summitry.calls.actions.deriving import Derivation, derive_conflicts
from summitry.calls.models import Call, EligibilityRule, Entry, Juror, Member
from summitry.calls.queries.conflicts import barring
from summitry.directory.models import Organisation, Person
from summitry.foundation import clock
from summitry.foundation.i18n import Text
from tests.calls.make import SYSTEM, make_call
from tests.directory.make import make_entity

pytestmark = pytest.mark.django_db
ENTRIES, JURORS, HOUSES, PLACES = 1000, 150, 300, 20


def _full_call() -> Call:
    now = clock.now()
    call = make_call(
        opens_at=now - dt.timedelta(days=20), closes_at=now - dt.timedelta(days=1), bars_same_entity=True
    )
    places = [make_entity(f"X{chr(65 + n)}") for n in range(PLACES)]
    houses = Organisation.objects.bulk_create(
        [Organisation(slug=f"house-{n}", name=Text.of(f"House Number {n} Ltd")) for n in range(HOUSES)]
    )
    people = Person.objects.bulk_create(
        [
            Person(slug=f"p-{n}", reference_name=f"Given{n} Family{n}", email=f"j{n}@house{n}.example")
            for n in range(JURORS)
        ]
    )
    Juror.objects.bulk_create(
        [
            Juror(call=call, person=one, state="accepted", organisation=houses[n], entity=places[n % PLACES])
            for n, one in enumerate(people)
        ]
    )
    entries = Entry.objects.bulk_create(
        [
            Entry(
                call=call,
                number=n + 1,
                title=Text.of(f"Entry {n}"),
                state="submitted",
                kind="company" if n % 10 else "team",
                entity=places[n % PLACES],
                organisation_name=f"HOUSE NUMBER {n % HOUSES}",
                contact_name=f"Contact{n} Somebody{n}",
                contact_email=f"c{n}@mail{n}.example",
            )
            for n in range(ENTRIES)
        ]
    )
    Member.objects.bulk_create(
        [
            Member(entry=entry, name=f"First{n} Last{n}{k}", email=f"m{n}-{k}@mail{n}.example")
            for n, entry in enumerate(entries)
            for k in range(3)
        ]
    )
    return call


def _timed(act: Callable[[], object], queries: int) -> float:
    """Return how long it took; the statements are counted, the seconds are not asserted closely: machines are shared."""
    start = time.perf_counter()
    with CaptureQueriesContext(connection) as captured:
        act()
    assert len(captured) <= queries, len(captured)
    return time.perf_counter() - start


def test_a_competition_is_searched_and_checked_in_seconds() -> None:
    call = _full_call()
    found: list[Derivation] = []
    took = _timed(lambda: found.append(derive_conflicts(call, by=SYSTEM)), 130)
    same_place = ENTRIES * JURORS // PLACES
    same_house = sum(n % HOUSES < JURORS for n in range(ENTRIES))
    assert found == [Derivation(new=same_place + same_house)]
    again = _timed(lambda: found.append(derive_conflicts(call, by=SYSTEM)), 20)
    assert found[1] == Derivation()
    read = _timed(lambda: barring(call), 1)
    EligibilityRule.objects.create(call=call, slug="firms", kind="kind", setting={"in": ["company"]})
    EligibilityRule.objects.create(call=call, slug="team", kind="team", only_flags=True)
    runs: list[Run] = []
    rules = _timed(lambda: runs.append(run_rules(call, by=SYSTEM)), 60)
    assert runs == [Run(checked=2 * ENTRIES, passed=0)]
    assert max(took, again, read, rules) < 30
