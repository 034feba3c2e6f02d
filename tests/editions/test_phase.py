from __future__ import annotations

import datetime as dt

import pytest

from summitry.editions.actions.phase import PhaseGiven, set_phases
from summitry.editions.enums import PhaseKind
from summitry.editions.errors import PhaseClosed
from summitry.editions.models import Edition, Phase
from summitry.editions.queries.phases import is_open, open_phases, phases_of, require_open
from summitry.foundation import clock
from summitry.foundation.errors import InvalidInput, PermissionRefused
from summitry.foundation.models import AuditEntry
from tests.directory.make import STRANGER
from tests.editions.make import SYSTEM, in_edition, make_edition

pytestmark = pytest.mark.django_db
MARCH, JUNE, NOVEMBER = (dt.datetime(2026, month, 9, 8, tzinfo=dt.UTC) for month in (3, 6, 11))
REGISTRATION = PhaseGiven(PhaseKind.REGISTRATION, MARCH, JUNE)
PUBLIC = PhaseGiven(PhaseKind.PROGRAMME_PUBLIC, JUNE)


@pytest.fixture
def edition():
    edition = make_edition()
    set_phases(edition, [PUBLIC, REGISTRATION], by=SYSTEM)
    return edition


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (MARCH - dt.timedelta(microseconds=1), set()),
        (MARCH, {PhaseKind.REGISTRATION}),
        (JUNE - dt.timedelta(microseconds=1), {PhaseKind.REGISTRATION}),
        (JUNE, {PhaseKind.PROGRAMME_PUBLIC}),
        (dt.datetime(2100, 1, 1, tzinfo=dt.UTC), {PhaseKind.PROGRAMME_PUBLIC}),
    ],
)
def test_phase_is_open_from_its_opening_until_its_closing(edition, at, expected):
    assert open_phases(edition, at) == expected
    with clock.frozen(at):
        assert {kind for kind in PhaseKind if is_open(edition, kind)} == expected


def test_closed_phase_refuses(edition):
    require_open(edition, PhaseKind.REGISTRATION, MARCH)
    with pytest.raises(PhaseClosed):
        require_open(edition, PhaseKind.REGISTRATION, JUNE)


def test_phases_are_replaced_as_a_whole(edition):
    version = Edition.objects.get().content_version
    later = PhaseGiven(PhaseKind.REGISTRATION, MARCH, NOVEMBER)
    set_phases(edition, [later], by=in_edition("director", edition))
    assert [(phase.kind, phase.opens_at, phase.closes_at) for phase in phases_of(edition)] == [
        ("registration", MARCH, NOVEMBER)
    ]
    assert Edition.objects.get().content_version == version + 1
    entries = AuditEntry.objects.count()
    set_phases(edition, [later], by=SYSTEM)
    assert (Edition.objects.get().content_version, AuditEntry.objects.count()) == (version + 1, entries)


@pytest.mark.parametrize(
    "phases",
    [
        [REGISTRATION, PhaseGiven(PhaseKind.REGISTRATION, JUNE)],
        [PhaseGiven(PhaseKind.SUMMIT, JUNE, MARCH)],
        [PhaseGiven(PhaseKind.SUMMIT, JUNE.replace(tzinfo=None))],
    ],
)
def test_bad_phases_are_refused(edition, phases):
    with pytest.raises(InvalidInput):
        set_phases(edition, phases, by=SYSTEM)
    assert Phase.objects.count() == 2


def test_phases_are_the_directors(edition):
    for actor in (STRANGER, in_edition("editor", edition)):
        with pytest.raises(PermissionRefused):
            set_phases(edition, [], by=actor)
    assert Phase.objects.count() == 2


@pytest.mark.parametrize("count", [1, 3])
def test_phases_take_one_query_or_none_when_prefetched(count, django_assert_num_queries):
    edition = make_edition()
    set_phases(edition, [PhaseGiven(kind, MARCH) for kind in list(PhaseKind)[:count]], by=SYSTEM)
    with django_assert_num_queries(1):
        assert len(open_phases(edition, JUNE)) == count
    prefetched = Edition.objects.prefetch_related("phases").get(pk=edition.pk)
    with django_assert_num_queries(0):
        assert len(open_phases(prefetched, JUNE)) == len(phases_of(prefetched)) == count
