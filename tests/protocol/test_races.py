"""Two people act on one plan at once, on either database: one wins, the other is told, nothing is half-done."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from summitry.foundation.errors import StaleState
from summitry.guests.actions.moving import move
from summitry.guests.enums import GuestState
from summitry.guests.models import Guest
from summitry.protocol.actions.precedence import move_entry
from summitry.protocol.actions.seating import seat_guest
from summitry.protocol.actions.stay import create_stay
from summitry.protocol.actions.travel import add_rider, create_transfer
from summitry.protocol.errors import AllotmentFull, VehicleBusy, VehicleFull
from summitry.protocol.models import Rider, Stay, Transfer
from tests.at_once import at_once
from tests.protocol.make import (
    DAY,
    SYSTEM,
    House,
    at,
    make_allotment,
    make_house,
    make_list,
    make_plan,
    make_transfer,
    order_of,
    seat,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture
def house() -> House:
    """Return a house outside of any transaction: other threads have to see it."""
    return make_house()


def test_two_moves_at_once_give_one_order(house: House) -> None:
    made = make_list(house)
    first, last = (
        made.entries.select_related("precedence").first(),
        made.entries.select_related("precedence").last(),
    )
    assert first is not None
    assert last is not None
    refused = at_once(
        lambda: move_entry(first, 4, by=SYSTEM, seen=1, reason="Leaves early"),
        lambda: move_entry(last, 1, by=SYSTEM, seen=1, reason="Speaks first"),
    )
    assert Counter(refused) == {None: 1, StaleState: 1}
    assert order_of(made) in (["Zhou", "Élise", "Zayed", "Wanjiru"], ["Zayed", "Wanjiru", "Zhou", "Élise"])
    assert made.versions.count() == 2


def test_two_guests_on_one_seat_at_once_leave_one_there(house: House) -> None:
    plan = make_plan(house, 2)
    target, other = seat(plan, 1), seat(plan, 1)
    refused = at_once(
        lambda: seat_guest(target, house.guests["martin"], by=SYSTEM, seen=1),
        lambda: seat_guest(other, house.guests["zhou"], by=SYSTEM, seen=1),
    )
    assert Counter(refused) == {None: 1, StaleState: 1}
    assert plan.seats.filter(guest__isnull=False).count() == 1


def test_guest_who_goes_while_she_is_moved_and_seated_is_nowhere(house: House) -> None:
    made, plan = make_list(house), make_plan(house, 2)
    entry = made.entries.select_related("precedence").get(guest=house.guests["zhou"])
    target, seen = seat(plan, 1), Guest.objects.get(pk=house.guests["zhou"].pk)
    at_once(
        lambda: move(house.guests["zhou"], GuestState.WITHDRAWN, by=SYSTEM),
        lambda: move_entry(entry, 1, by=SYSTEM, seen=1, reason="Speaks first"),
        lambda: seat_guest(target, seen, by=SYSTEM, seen=1),
    )
    assert order_of(made) == ["Wanjiru", "Élise", "Zayed"]
    assert not plan.seats.filter(guest=house.guests["zhou"]).exists()


def test_last_place_of_a_car_and_last_room_are_given_once(house: House) -> None:
    ride, held = make_transfer(house, seats=1), make_allotment(house, rooms=1)
    nights = {"arrives_on": DAY, "leaves_on": DAY + dt.timedelta(days=1)}
    keys = ("martin", "zhou", "aide")
    riding = at_once(*(lambda key=key: add_rider(ride, house.guests[key], by=SYSTEM) for key in keys))
    assert Counter(riding) == {None: 1, VehicleFull: 2}
    staying = at_once(
        *(lambda key=key: create_stay(house.guests[key], held, by=SYSTEM, **nights) for key in keys)
    )
    assert Counter(staying) == {None: 1, AllotmentFull: 2}
    assert (Rider.objects.count(), Stay.objects.count()) == (1, 1)


def test_one_vehicle_is_planned_once_for_one_time(house: House) -> None:
    ride = make_transfer(house)
    facts = {
        "vehicle": ride.vehicle,
        "from_station": ride.from_station,
        "to_station": ride.to_station,
        "starts_at": at(9),
        "ends_at": at(10),
    }
    refused = at_once(
        lambda: create_transfer(house.edition, by=SYSTEM, **facts),
        lambda: create_transfer(house.edition, by=SYSTEM, **facts),
    )
    assert (Counter(refused), Transfer.objects.count()) == ({None: 1, VehicleBusy: 1}, 2)
