"""Journeys, rides and stays: nobody rides in a full car, no night has more guests than rooms, who is gone frees her place."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from summitry.foundation import clock
from summitry.foundation.errors import InvalidInput, PermissionRefused, StaleState, TransitionRefused
from summitry.guests.actions.moving import move
from summitry.guests.enums import GuestState
from summitry.protocol.actions.stay import create_stay, remove_stay, update_allotment, update_stay
from summitry.protocol.actions.travel import (
    add_rider,
    create_leg,
    create_transfer,
    create_vehicle,
    move_leg,
    remove_rider,
    update_leg,
    update_transfer,
)
from summitry.protocol.enums import Direction, LegState
from summitry.protocol.errors import AllotmentFull, NotComing, VehicleBusy, VehicleFull
from summitry.protocol.models import Leg, Stay
from summitry.protocol.queries.stays import allotments_of
from summitry.protocol.queries.travel import legs_of_day
from tests.protocol.make import DAY, SYSTEM, House, at, make_allotment, make_leg, make_transfer

EVE = DAY - dt.timedelta(days=1)


def test_board_shows_the_day_by_the_hosts_clock_with_greeter_and_ride(house: House) -> None:
    leg = make_leg(house)
    ride = make_transfer(house)
    add_rider(ride, house.guests["martin"], by=SYSTEM)
    late = make_leg(house, "zhou", code="G 1", away_zone="", departs_at=None, arrives_at=at(23, day=-1))
    update_leg(late, by=SYSTEM, expected_at=at(1))
    with clock.frozen(at(14, 45, day=-1).astimezone(dt.UTC)):
        (line,) = legs_of_day(house.actor("protocol"), house.edition, Direction.ARRIVAL, EVE)
    assert (line.leg, line.ride, line.is_late, line.at) == (leg, ride, True, at(14, 30, day=-1))
    assert line.away_at is not None
    assert line.away_zone is not None
    assert line.away_at.astimezone(line.away_zone).strftime("%H:%M") == "18:00"
    (delayed,) = legs_of_day(house.actor("protocol"), house.edition, Direction.ARRIVAL, DAY)
    assert delayed.leg == late
    assert legs_of_day(house.actor("officer"), house.edition, Direction.ARRIVAL, EVE) == []


def test_journeys_go_their_way_and_no_other(house: House) -> None:
    leg = make_leg(house)
    move_leg(leg, LegState.ARRIVED, by=house.actor("protocol"))
    stale = Leg.objects.get()
    move_leg(leg, LegState.MET, by=house.actor("director"))
    with pytest.raises(StaleState):
        move_leg(stale, LegState.MET, by=SYSTEM)
    with pytest.raises(TransitionRefused):
        move_leg(leg, LegState.CANCELLED, by=SYSTEM)
    with pytest.raises(PermissionRefused):
        move_leg(leg, LegState.ARRIVED, by=house.actor("office"))


@pytest.mark.parametrize(
    "facts",
    [
        {"departs_at": None, "arrives_at": None},
        {"departs_at": at(15, day=-1)},
        {"away_zone": "Mars/Olympus"},
        {"from_place": ""},
        {"direction": "sideways"},
    ],
)
def test_journeys_without_sense_are_refused(house: House, facts: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        make_leg(house, **facts)
    assert not Leg.objects.exists()


def test_rides_take_no_more_than_the_vehicle_has_places(house: House) -> None:
    ride = make_transfer(house, seats=2)
    for key in ("martin", "zhou", "martin"):
        rider = add_rider(ride, house.guests[key], by=SYSTEM)
    with pytest.raises(VehicleFull):
        add_rider(ride, house.guests["aide"], by=SYSTEM)
    remove_rider(rider, by=SYSTEM)
    add_rider(ride, house.guests["aide"], by=SYSTEM)
    small = create_vehicle(house.edition, by=SYSTEM, label="Car 2", seats=1)
    with pytest.raises(VehicleFull):
        update_transfer(ride, by=SYSTEM, vehicle=small)
    ride.refresh_from_db()
    assert ride.vehicle.label == "Car 1"


def test_vehicle_is_on_one_ride_at_a_time(house: House) -> None:
    ride = make_transfer(house)
    again = {
        "vehicle": ride.vehicle,
        "from_station": ride.to_station,
        "to_station": ride.from_station,
        "ends_at": at(18, day=-1),
    }
    with pytest.raises(VehicleBusy):
        create_transfer(house.edition, by=SYSTEM, starts_at=at(15, 30, day=-1), **again)
    create_transfer(house.edition, by=SYSTEM, starts_at=at(16, day=-1), **again)


def test_nights_are_never_overbooked_unless_somebody_shares(house: House) -> None:
    held = make_allotment(house, rooms=1)
    nights = {"arrives_on": EVE, "leaves_on": DAY + dt.timedelta(days=1)}
    stay = create_stay(house.guests["martin"], held, by=SYSTEM, **nights)
    with pytest.raises(AllotmentFull) as refused:
        create_stay(
            house.guests["zhou"], held, by=SYSTEM, arrives_on=DAY, leaves_on=DAY + dt.timedelta(days=2)
        )
    assert "9 Nov 2026" in str(refused.value)
    create_stay(house.guests["aide"], held, by=SYSTEM, shares=True, **nights)
    create_stay(
        house.guests["zhou"],
        held,
        by=SYSTEM,
        arrives_on=DAY + dt.timedelta(days=1),
        leaves_on=DAY + dt.timedelta(days=2),
    )
    with pytest.raises(AllotmentFull):
        update_stay(stay, by=SYSTEM, leaves_on=DAY + dt.timedelta(days=2))
    with pytest.raises(AllotmentFull):
        update_allotment(held, by=SYSTEM, since=DAY)
    assert [(night.taken, night.held) for night in allotments_of(house.edition, SYSTEM)[0].nights] == [
        (1, 1), (1, 1), (1, 1), (0, 1),
    ]  # fmt: skip


def test_stays_outside_of_what_is_held_are_refused(house: House) -> None:
    held = make_allotment(house, rooms=9)
    with pytest.raises(AllotmentFull):
        create_stay(
            house.guests["zhou"], held, by=SYSTEM, arrives_on=EVE - dt.timedelta(days=1), leaves_on=DAY
        )
    with pytest.raises(InvalidInput):
        create_stay(house.guests["zhou"], held, by=SYSTEM, arrives_on=DAY, leaves_on=DAY)
    with pytest.raises(PermissionRefused):
        create_stay(house.guests["zhou"], held, by=house.actor("office"), arrives_on=EVE, leaves_on=DAY)


def test_who_does_not_come_frees_rides_journeys_and_nights(house: House) -> None:
    held = make_allotment(house, rooms=1)
    stay = create_stay(house.guests["martin"], held, by=SYSTEM, arrives_on=EVE, leaves_on=DAY)
    leg = make_leg(house)
    ride = make_transfer(house, seats=1)
    add_rider(ride, house.guests["martin"], by=SYSTEM)
    move(house.guests["martin"], GuestState.WITHDRAWN, by=SYSTEM, reason="A vote at home")
    leg.refresh_from_db()
    assert (leg.state, ride.riders.count()) == (LegState.CANCELLED, 0)
    add_rider(ride, house.guests["zhou"], by=SYSTEM)
    create_stay(house.guests["zhou"], held, by=SYSTEM, arrives_on=EVE, leaves_on=DAY)
    (line,) = allotments_of(house.edition, SYSTEM)
    assert (line.to_cancel, line.nights[0].taken) == (1, 1)
    for act in (
        lambda: create_leg(
            house.guests["martin"],
            by=SYSTEM,
            direction="arrival",
            from_place="A",
            to_place="B",
            arrives_at=at(9),
        ),
        lambda: add_rider(ride, house.guests["martin"], by=SYSTEM),
        lambda: create_stay(
            house.guests["martin"], held, by=SYSTEM, arrives_on=DAY, leaves_on=DAY + dt.timedelta(days=1)
        ),
    ):
        with pytest.raises(NotComing):
            act()
    remove_stay(stay, by=house.actor("protocol"))
    assert list(Stay.objects.values_list("guest_id", flat=True)) == [house.guests["zhou"].pk]
