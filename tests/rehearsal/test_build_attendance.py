"""The demo's gates: the log is plausible, what is counted agrees with it, and something of every kind went wrong."""

from __future__ import annotations

import datetime as dt

import pytest

from summitry.editions.actions.venue import WalkGiven, set_walks
from summitry.editions.models import Edition, Room
from summitry.foundation import clock
from summitry.foundation.access import Scope, system
from summitry.foundation.accounts import account_at
from summitry.foundation.grants import put_grant
from summitry.gates.actions.credentials import issue_many, revoke
from summitry.gates.actions.deriving import stays_of
from summitry.gates.enums import Channel, DeviceState, IncidentKind
from summitry.gates.models import Device, Entry, Incident, Presence, Scan, Zone
from summitry.gates.queries.setup import load_setup
from summitry.guests.actions.defaults import install_defaults
from summitry.guests.actions.delegation import NewDelegation, create_delegation
from summitry.guests.enums import Capacity, GuestState
from summitry.guests.models import Category, Guest
from summitry.guests.permissions import SUPERVISOR
from summitry.rehearsal.build_attendance import build_attendance
from summitry.rehearsal.build_gates import build_gates
from summitry.rehearsal.clock import SUMMIT_MORNING
from tests.directory.make import make_entity, make_person, name
from tests.editions.make import make_building, make_edition, make_room, make_venue
from tests.guests.make import make_guest

pytestmark = pytest.mark.django_db
BY = system("demo")
NOW = dt.datetime.fromisoformat(SUMMIT_MORNING)
SENT = frozenset({Capacity.MINISTER, Capacity.DELEGATE})
COMING = (
    (Capacity.MINISTER, 20),
    (Capacity.DELEGATE, 28),
    (Capacity.MEDIA, 14),
    (Capacity.STAFF, 3),
    (Capacity.VISITOR, 2),
)


def _rooms(edition: Edition) -> dict[str, Room]:
    """Make the rooms that are zones, eleven minutes on foot from each other."""
    venue = make_venue(edition)
    near, far = make_building(venue), make_building(venue)
    set_walks(edition, [WalkGiven(near, far, 11)], by=BY)
    places = {"ferry": far, "tea-house": far, "orchid": near, "water-theatre": near}
    return {slug: make_room(edition, building=building) for slug, building in places.items()}


def _guests(edition: Edition) -> list[Guest]:
    categories = {one.capacity: one for one in Category.objects.filter(edition=edition)}
    delegations = [
        create_delegation(edition, NewDelegation(entity=make_entity(f"X{number}")), by=BY)
        for number in range(16)
    ]
    return [
        make_guest(
            edition,
            categories[capacity],
            make_person(name("display", "en", f"{capacity} {number}")),
            state=GuestState.CONFIRMED,
            delegation=delegations[number % 16] if capacity in SENT else None,
        )
        for capacity, count in COMING
        for number in range(count)
    ]


def test_days_at_the_gates_agree_with_what_is_counted_and_have_something_of_every_kind() -> None:
    edition = make_edition()
    with clock.frozen(NOW - dt.timedelta(days=10)):
        install_defaults(edition, by=BY)
        build_gates(edition, _rooms(edition), BY)
        supervisor = account_at("gates@rivertown.example", by=BY)
        put_grant(supervisor, SUPERVISOR.code, Scope("edition", edition.pk), by=BY)
        guests = _guests(edition)
        issue_many(guests, by=BY)
        for guest in guests[-2:]:
            revoke(guest, by=BY)
    with clock.frozen(NOW):
        build_attendance(edition, BY)

    setup = load_setup(edition.pk)
    for zone in Zone.objects.filter(edition=edition).select_related("counter"):
        present = Presence.objects.filter(zone=zone, channel=Channel.ON_SITE)
        open_ones = present.filter(until_at=None).count()
        entries = Entry.objects.filter(zone=zone).count()
        counted = (zone.counter.inside, zone.counter.visits, zone.counter.people)
        assert counted == (open_ones, present.count(), entries)
        passed = (
            Scan.objects.filter(zone=zone, guest__isnull=False).order_by().values_list("guest", flat=True)
        )
        stays = [stay for guest in passed.distinct() for stay in stays_of(setup, guest, zone.pk, NOW)]
        derived = (sum(stay.until_at is None for stay in stays), len(stays))
        assert derived == counted[:2]
    assert not Scan.objects.filter(at__gt=NOW).exists()
    kinds = Incident.objects.filter(edition=edition).values_list("kind", "state").distinct()
    assert set(kinds) == {(kind, state) for kind in IncidentKind.values for state in ("open", "settled")}
    assert set(Device.objects.filter(edition=edition).values_list("state", flat=True)) == set(
        DeviceState.values
    )


def test_before_the_opening_only_devices_stand_there() -> None:
    edition = make_edition()
    with clock.frozen(NOW - dt.timedelta(days=10)):
        install_defaults(edition, by=BY)
        build_gates(edition, {}, BY)
        build_attendance(edition, BY)
    assert Device.objects.filter(edition=edition, state=DeviceState.ENROLLED).count() == 8
    assert not Scan.objects.exists()
