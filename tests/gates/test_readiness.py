"""What the grounds tell the readiness list."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from summitry.editions.queries.readiness import Asked
from summitry.foundation import clock
from summitry.foundation.access import Actor
from summitry.gates.actions.access import grant_access
from summitry.gates.actions.devices import revoke_device
from summitry.gates.actions.incidents import settle
from summitry.gates.actions.zones import change_zone
from summitry.gates.models import Incident
from summitry.gates.readiness import grounds as check_grounds
from summitry.gates.readiness import incidents as check_incidents
from summitry.guests.permissions import GUEST_OFFICE, SUPERVISOR
from tests.gates.make import SYSTEM, Grounds, make_admitted, make_gate, make_zone
from tests.guests.make import in_scope

pytestmark = pytest.mark.django_db


def asked(grounds: Grounds, actor: Actor = SYSTEM) -> Asked:
    return Asked(grounds.edition, actor, "en", {})


def told(grounds: Grounds, actor: Actor = SYSTEM) -> dict[str, tuple[int, str]]:
    lines = [*check_grounds(asked(grounds, actor)), *check_incidents(asked(grounds, actor))]
    return {line.key: (line.count, line.text) for line in lines}


def test_nothing_is_told_of_grounds_that_are_ready(grounds: Grounds) -> None:
    make_admitted(grounds.edition, "Guest")
    change_zone(grounds.venue, by=SYSTEM, capacity=1)
    assert told(grounds) == {}


def test_zones_without_a_gate_and_open_gates_without_a_device_are_told(grounds: Grounds) -> None:
    make_zone(grounds.edition, "Hall")
    make_gate(grounds.venue, "South")
    make_gate(grounds.venue, "North", is_open=False)
    assert told(grounds) == {
        "gates-zones": (1, "1 zone has no gate. Hall"),
        "gates-devices": (1, "No device is enrolled at 1 gate."),
    }
    revoke_device(grounds.scanner.device, by=SYSTEM)
    assert told(grounds)["gates-devices"] == (2, "No device is enrolled at 2 gates.")


@pytest.mark.parametrize(("days", "is_told"), [(-9, False), (-7, True), (10, False)])
def test_devices_are_missed_from_a_week_before_until_the_end(
    grounds: Grounds, days: int, is_told: bool
) -> None:
    revoke_device(grounds.scanner.device, by=SYSTEM)
    noon = dt.datetime.combine(grounds.edition.starts_on, dt.time(12), grounds.edition.zone)
    with clock.frozen(noon + dt.timedelta(days=days)):
        assert ("gates-devices" in told(grounds)) is is_told


def test_a_zone_that_holds_fewer_than_may_enter_is_told(grounds: Grounds) -> None:
    guests = [make_admitted(grounds.edition, f"Guest {n}").guest for n in range(3)]
    lounge = make_zone(grounds.edition, "Lounge", capacity=1)
    make_gate(lounge, "Lounge")
    change_zone(grounds.venue, by=SYSTEM, capacity=2)
    for guest in guests[:2]:
        grant_access(guest, lounge, by=SYSTEM, effect="allow", reason="Speaks there")
    grant_access(guests[0], lounge, by=SYSTEM, effect="deny", reason="Not any more")
    lines = told(grounds)
    assert lines[f"gates-capacity-{grounds.venue.pk}"] == (
        1,
        "3 accredited guests may enter Venue, which holds 2.",
    )
    assert f"gates-capacity-{lounge.pk}" not in lines


def test_open_incidents_are_told_to_those_who_settle_them(grounds: Grounds) -> None:
    grounds.scanner.scan("0000000000000000")
    supervisor, office = (
        in_scope(role.code, "edition", grounds.edition.pk) for role in (SUPERVISOR, GUEST_OFFICE)
    )
    assert told(grounds, supervisor) == {"gates-incidents": (1, "1 incident is not settled yet.")}
    assert told(grounds, office) == {}
    settle(Incident.objects.all(), "A visitor's card.", by=SYSTEM)
    assert told(grounds, supervisor) == {}


def test_the_check_takes_as_many_statements_for_three_zones_as_for_one(
    grounds: Grounds, django_assert_num_queries: Any
) -> None:
    change_zone(grounds.venue, by=SYSTEM, capacity=1)
    with django_assert_num_queries(4):
        told(grounds)
    for number in range(2):
        make_gate(make_zone(grounds.edition, f"Zone {number}", capacity=1))
    with django_assert_num_queries(4):
        told(grounds)


def test_the_edition_of_others_tells_nothing(grounds: Grounds) -> None:
    make_zone(grounds.edition, "Hall")
    assert told(grounds, in_scope(SUPERVISOR.code, "edition", grounds.edition.pk + 1)) == {}
