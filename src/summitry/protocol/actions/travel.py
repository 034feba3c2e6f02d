"""Journeys, and the rides between stations, hotels and the venue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from summitry.directory.queries.slugs import numbered, slug_base
from summitry.editions.models import Edition
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import change, checked
from summitry.foundation.errors import InvalidInput, NotFound
from summitry.foundation.i18n import Text
from summitry.foundation.states import transition
from summitry.guests.models import Guest
from summitry.protocol.actions.coming import require_coming
from summitry.protocol.enums import LEG, LegState
from summitry.protocol.errors import VehicleBusy, VehicleFull
from summitry.protocol.events import TravelChanged
from summitry.protocol.models import Leg, Rider, Station, Transfer, Vehicle


def create_station(edition: Edition, *, by: Actor, name: Text, **facts: Any) -> Station:
    """Add a place at which guests are picked up or set down."""
    require(by, "edit", Station(edition=edition))
    taken = set(Station.objects.filter(edition=edition).values_list("slug", flat=True))
    slug = numbered([slug_base(name.texts.values(), 36)], taken)[0]
    made = checked(Station(edition=edition, slug=slug, name=name, position=len(taken), **facts))
    with recording():
        made.save(force_insert=True)
        record("protocol.station.created", by=by, obj=made)
    return made


def create_vehicle(edition: Edition, *, by: Actor, **facts: Any) -> Vehicle:
    """Add a vehicle with its places."""
    require(by, "edit", Vehicle(edition=edition))
    made = checked(Vehicle(edition=edition, **facts))
    with recording():
        made.save(force_insert=True)
        record("protocol.vehicle.created", by=by, obj=made)
    return made


def create_leg(guest: Guest, *, by: Actor, **facts: Any) -> Leg:
    """Enter a journey of a guest. Announces TravelChanged. Raises NotComing and InvalidInput."""
    leg = _ready(Leg(guest=guest, **facts), by)
    with recording():
        require_coming([guest])
        leg.save(force_insert=True)
        record("protocol.leg.created", by=by, obj=leg, edition_id=guest.edition_id)
        _tell(guest.edition_id, by, guest.pk)
    return leg


def create_legs(
    edition: Edition, given: Sequence[tuple[Guest, Mapping[str, Any]]], *, by: Actor
) -> list[Leg]:
    """Enter many journeys with one statement and one entry of the log, all or none. Raises like `create_leg`."""
    legs = [_ready(Leg(guest=guest, **facts), by) for guest, facts in given]
    with recording():
        require_coming(guest for guest, _facts in given)
        made = Leg.objects.bulk_create(legs, batch_size=500)
        record("protocol.legs.created", by=by, edition_id=edition.pk, count=len(made))
        _tell(edition.pk, by, *(guest.pk for guest, _facts in given))
    return made


def update_leg(leg: Leg, *, by: Actor, **changes: Any) -> Leg:
    """Change a journey, its delay for instance. Raises like `foundation.changes.change`."""
    require(by, "edit", leg)
    with recording():
        if change(leg, changes, by=by, audit="protocol.leg.updated"):
            _tell(leg.guest.edition_id, by, leg.guest_id)
    return leg


def move_leg(leg: Leg, to: str, *, by: Actor) -> Leg:
    """Say how far a journey has come. Raises TransitionRefused, and StaleState where somebody else said it first."""
    require(by, "edit", leg)
    if to not in LegState.values:
        raise NotFound
    with recording():
        transition(leg, LEG, to, by=by, audit=f"protocol.leg.{to}")
        _tell(leg.guest.edition_id, by, leg.guest_id)
    return leg


def create_transfer(edition: Edition, *, by: Actor, **facts: Any) -> Transfer:
    """Plan a ride. Raises VehicleBusy where the vehicle is on another at that time, and InvalidInput."""
    require(by, "edit", Transfer(edition=edition))
    ride = checked(Transfer(edition=edition, **facts))
    with recording():
        _hold_vehicle(ride)
        ride.save(force_insert=True)
        record("protocol.transfer.created", by=by, obj=ride)
    return ride


def update_transfer(transfer: Transfer, *, by: Actor, **changes: Any) -> Transfer:
    """Change a ride; a vehicle with fewer places than riders is refused. Raises as `create_transfer`, and VehicleFull."""
    require(by, "edit", transfer)
    with recording():
        change(transfer, changes, by=by, audit="protocol.transfer.updated")
        _hold_vehicle(transfer)
        if transfer.riders.count() > transfer.vehicle.seats:
            raise VehicleFull(seats=transfer.vehicle.seats)
        _tell(transfer.edition_id, by, *transfer.riders.values_list("guest_id", flat=True))
    return transfer


def remove_transfer(transfer: Transfer, *, by: Actor) -> None:
    """Take a ride out of the plan."""
    require(by, "edit", transfer)
    with recording():
        riders = tuple(transfer.riders.values_list("guest_id", flat=True))
        record("protocol.transfer.removed", by=by, obj=transfer)
        transfer.delete()
        _tell(transfer.edition_id, by, *riders)


def add_rider(transfer: Transfer, guest: Guest, *, by: Actor) -> Rider:
    """Let a guest ride along; twice changes nothing. Raises NotComing, and VehicleFull where no place is left."""
    require(by, "edit", transfer)
    if guest.edition_id != transfer.edition_id:
        raise NotFound
    with recording():
        require_coming([guest])
        held = Transfer.objects.select_for_update(of=("self",)).select_related("vehicle").get(pk=transfer.pk)
        present = held.riders.filter(guest=guest).first()
        if present is not None:
            return present
        if held.riders.count() >= held.vehicle.seats:
            raise VehicleFull(seats=held.vehicle.seats)
        rider = Rider.objects.create(transfer=held, guest=guest)
        record("protocol.rider.added", by=by, obj=held)
        _tell(held.edition_id, by, guest.pk)
    return rider


def add_riders(rides: Sequence[tuple[Transfer, Sequence[Guest]]], *, by: Actor) -> int:
    """Fill rides that have nobody yet, with one statement."""
    for transfer, _guests in rides[:1]:
        require(by, "edit", transfer)
    for transfer, guests in rides:
        if len(guests) > transfer.vehicle.seats:
            raise VehicleFull(seats=transfer.vehicle.seats)
    return len(
        Rider.objects.bulk_create(
            Rider(transfer=ride, guest=guest) for ride, guests in rides for guest in guests
        )
    )


def remove_rider(rider: Rider, *, by: Actor) -> None:
    """Take a guest off a ride."""
    require(by, "edit", rider)
    with recording():
        record("protocol.rider.removed", by=by, obj=rider.transfer)
        rider.delete()
        _tell(rider.transfer.edition_id, by, rider.guest_id)


def leave_travel(guest_id: int, *, by: Actor) -> None:
    """Take a guest who does not come any more off her rides, and cancel the journeys that are still expected."""
    for rider in Rider.objects.filter(guest=guest_id).select_related("transfer").order_by("pk"):
        record("protocol.rider.removed", by=by, obj=rider.transfer)
        rider.delete()
    for leg in Leg.objects.filter(guest=guest_id, state=LegState.EXPECTED).order_by("pk"):
        transition(leg, LEG, LegState.CANCELLED, by=by, audit="protocol.leg.cancelled")


def _ready(leg: Leg, by: Actor) -> Leg:
    require(by, "edit", leg)
    try:
        ZoneInfo(leg.away_zone or "UTC")
    except (KeyError, ValueError, OSError) as error:
        raise InvalidInput(fields={"away_zone": [_("This is no time zone.")]}) from error
    return checked(leg, only={field.name for field in Leg._meta.fields} - {"guest", "station", "id"})


def _hold_vehicle(ride: Transfer) -> None:
    """Let nobody else plan with the vehicle meanwhile, and see that it is free."""
    Vehicle.objects.select_for_update().get(pk=ride.vehicle_id)
    others = Transfer.objects.filter(
        vehicle=ride.vehicle_id, starts_at__lt=ride.ends_at, ends_at__gt=ride.starts_at
    )
    if others.exclude(pk=ride.pk).exists():
        raise VehicleBusy


def _tell(edition_id: int, by: Actor, *guest_ids: int) -> None:
    announce(TravelChanged(by=by, edition_id=edition_id, guest_ids=guest_ids))
