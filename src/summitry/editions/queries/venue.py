"""The rooms of an edition for a reader, and how long one walks between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summitry.editions.enums import Equipment
from summitry.editions.models import Edition, Room, Walk
from summitry.foundation.i18n import Shown

WITHIN_A_BUILDING = 2  # minutes


@dataclass(frozen=True, slots=True)
class RoomView:
    """A room as a list shows it."""

    id: int
    code: str
    name: Shown
    building_id: int | None
    building: Shown | None
    capacity: int | None
    equipment: tuple[Equipment, ...]


def rooms_of(edition: Edition, lang: str, chain: Sequence[str] | None = None) -> list[RoomView]:
    """Return the rooms of an edition in order, named for a reader of `lang`, with one query.

    The fallback chain is the edition's unless given.
    """
    chain = edition.fallback if chain is None else chain
    rows = Room.objects.filter(edition=edition).order_by("position", "pk")
    fields = ("pk", "code", "name", "building_id", "building__name", "capacity", "equipment")
    return [
        RoomView(
            id=room_id,
            code=code,
            name=name.shown(lang, chain),
            building_id=building_id,
            building=building.shown(lang, chain) if building_id is not None else None,
            capacity=capacity,
            equipment=tuple(Equipment(value) for value in equipment),
        )
        for room_id, code, name, building_id, building, capacity, equipment in rows.values_list(*fields)
    ]


class WalkingTimes:
    """The walking times of one edition, read with two queries when it is made."""

    def __init__(self, edition: Edition) -> None:
        self._building = dict(Room.objects.filter(edition=edition).values_list("pk", "building_id"))
        walks = Walk.objects.filter(first__venue__edition=edition)
        self._minutes = {
            frozenset((first, second)): minutes
            for first, second, minutes in walks.values_list("first_id", "second_id", "minutes")
        }

    def between(self, room_id: int, other_id: int) -> int | None:
        """Return the minutes from one room to the other: 0 to itself, None where the way is not known."""
        if room_id == other_id:
            return 0
        first, second = self._building.get(room_id), self._building.get(other_id)
        if first is None or second is None:
            return None
        return WITHIN_A_BUILDING if first == second else self._minutes.get(frozenset((first, second)))


def walking_minutes(room: Room, other: Room) -> int | None:
    """Return the minutes from one room to another of the same edition; None where the way is not known."""
    return WalkingTimes(room.edition).between(room.pk, other.pk)
