"""The rooms of an edition, one by one or many at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Max, ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from summitry.directory.queries.slugs import numbered, slug_base
from summitry.editions.actions.content import touch_content
from summitry.editions.enums import Equipment
from summitry.editions.errors import ForeignPart, RoomInUse
from summitry.editions.events import VenueChanged
from summitry.editions.models import Building, Edition, Room
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import change, refusal
from summitry.foundation.errors import InvalidInput, StaleState
from summitry.foundation.i18n import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRoom:
    """A room to be added. Without `code`, one is made from a Latin form of the name; a taken one gets a number."""

    name: Text
    code: str = ""
    building: Building | None = None
    capacity: int | None = None
    equipment: Sequence[str] = ()
    external: dict[str, Any] = field(default_factory=dict)


class RoomChanges(TypedDict, total=False):
    """What `update_room` can change. The code stays: calendars and addresses carry it."""

    name: Text
    building: Building | None
    capacity: int | None
    equipment: list[Equipment]
    position: int
    external: dict[str, Any]


def create_room(edition: Edition, new: NewRoom, *, by: Actor) -> Room:
    """Add a room behind the others. Announces VenueChanged."""
    return create_rooms(edition, [new], by=by)[0]


def create_rooms(edition: Edition, rows: Iterable[NewRoom], *, by: Actor) -> list[Room]:
    """Add rooms, in this order, behind those that are there. Raises ForeignPart. Announces VenueChanged."""
    require(by, "edit", edition)
    new = list(rows)
    if not new:
        return []
    with recording():
        Edition.objects.select_for_update().get(pk=edition.pk)
        _check_buildings(edition, [row.building for row in new])
        taken = set(Room.objects.filter(edition=edition).values_list("code", flat=True))
        last = Room.objects.filter(edition=edition).aggregate(last=Max("position"))["last"]
        codes = numbered([row.code or slug_base(row.name.texts.values(), limit=70) for row in new], taken)
        start = 0 if last is None else last + 1
        rooms = [
            _room(edition, row, code, start + n) for n, (row, code) in enumerate(zip(new, codes, strict=True))
        ]
        try:
            Room.objects.bulk_create(rooms)
        except IntegrityError as error:
            raise StaleState from error
        names = {room.code: str(room.name) for room in rooms}
        record(
            "editions.rooms.created", by=by, obj=edition, edition_id=edition.pk, count=len(rooms), after=names
        )
        touch_content(edition.pk)
        announce(VenueChanged(by=by, edition_id=edition.pk))
    return rooms


def update_room(
    room: Room, *, by: Actor, expected: RoomChanges | None = None, **changes: Unpack[RoomChanges]
) -> Room:
    """Change facts about a room. Raises StaleState where somebody changed the same facts first.

    Announces VenueChanged where anything differs.
    """
    require(by, "edit", room)
    _check_buildings(room.edition, [changes.get("building")])
    if "equipment" in changes:
        changes["equipment"] = _equipment(changes["equipment"])
    with recording():
        if change(room, changes, by=by, audit="editions.room.changed", expected=expected):
            touch_content(room.edition_id)
            announce(VenueChanged(by=by, edition_id=room.edition_id))
    return room


def remove_room(room: Room, *, by: Actor) -> None:
    """Remove a room that no schedule uses. Raises RoomInUse. Announces VenueChanged."""
    require(by, "edit", room)
    with recording():
        record("editions.room.removed", by=by, obj=room, before={"code": room.code, "name": room.name})
        try:
            room.delete()
        except (ProtectedError, RestrictedError) as error:
            raise RoomInUse(room=str(room)) from error
        touch_content(room.edition_id)
        announce(VenueChanged(by=by, edition_id=room.edition_id))


def _room(edition: Edition, row: NewRoom, code: str, position: int) -> Room:
    room = Room(
        edition=edition,
        building=row.building,
        code=code,
        name=row.name,
        capacity=row.capacity,
        equipment=_equipment(row.equipment),
        position=position,
        external=row.external,
    )
    try:
        room.clean_fields(exclude=["edition", "building"])
    except ValidationError as error:
        raise refusal(error) from error
    return room


def _equipment(values: Iterable[str]) -> list[Equipment]:
    unknown = [value for value in values if value not in Equipment.values]
    if unknown:
        raise InvalidInput(fields={"equipment": [_("Unknown equipment: %(name)s") % {"name": unknown[0]}]})
    return [Equipment(value) for value in dict.fromkeys(values)]


def _check_buildings(edition: Edition, buildings: Iterable[Building | None]) -> None:
    given = {building.pk for building in buildings if building is not None}
    if given and Building.objects.filter(pk__in=given, venue__edition=edition).count() < len(given):
        raise ForeignPart
