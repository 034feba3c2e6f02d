"""What clashes in a room, in a forum, or with the edition's days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from summitry.algorithms.clashes.clash import Clash, Kind, Severity
from summitry.algorithms.clashes.plan import Plan, Room, Sitting


def place_clashes(plan: Plan) -> Iterator[Clash]:
    """Yield two sittings in one room, rooms that do not suffice, forums in two buildings, and what is out of time."""
    for room, sittings in _by_room(plan).items():
        yield from _overlaps(room, sittings)
        for sitting in sittings:
            yield from _insufficient(plan.rooms[room], sitting)
    for sitting in plan.sittings:
        yield from _too_early(sitting)
        if plan.days and not any(
            opens <= sitting.starts and sitting.ends <= ends for opens, ends in plan.days
        ):
            yield Clash(Kind.DAY, Severity.BLOCKING, (sitting.id,), sitting.starts, sitting.ends)
    yield from _split(plan)


def _by_room(plan: Plan) -> dict[int, list[Sitting]]:
    rooms: dict[int, list[Sitting]] = defaultdict(list)
    for sitting in in_order(plan.sittings):
        if sitting.room is not None:
            rooms[sitting.room].append(sitting)
    return rooms


def in_order(sittings: Iterable[Sitting]) -> list[Sitting]:
    """Return sittings in the order of time."""
    return sorted(sittings, key=lambda sitting: (sitting.starts, sitting.id))


def _overlaps(room: int, sittings: list[Sitting]) -> Iterator[Clash]:
    """Sweep over a room's sittings; only those that are not over yet are compared with the next."""
    open_: list[Sitting] = []
    for sitting in sittings:
        open_ = [other for other in open_ if other.ends > sitting.starts]
        for other in open_:
            end = min(other.ends, sitting.ends)
            pair = (other.id, sitting.id)
            yield Clash(Kind.ROOM, Severity.BLOCKING, pair, sitting.starts, end, room=room)
        open_.append(sitting)


def _insufficient(room: Room, sitting: Sitting) -> Iterator[Clash]:
    span = ((sitting.id,), sitting.starts, sitting.ends)
    if room.capacity is not None and sitting.seats > room.capacity:
        yield Clash(
            Kind.SEATS, Severity.WARNING, *span, room=room.id, wanted=sitting.seats, there=room.capacity
        )
    missing = tuple(sorted(sitting.needs - room.offers))
    if missing:
        yield Clash(Kind.EQUIPMENT, Severity.WARNING, *span, room=room.id, items=missing)
    if room.booths is not None and sitting.booths > room.booths:
        yield Clash(
            Kind.BOOTHS, Severity.WARNING, *span, room=room.id, wanted=sitting.booths, there=room.booths
        )


def _too_early(sitting: Sitting) -> Iterator[Clash]:
    for launch in sitting.launches:
        said = sitting.starts + launch.offset
        if said < launch.until:
            yield Clash(
                Kind.EMBARGO,
                Severity.BLOCKING,
                (sitting.id,),
                said,
                sitting.ends,
                launch=launch.id,
                until=launch.until,
            )


def _split(plan: Plan) -> Iterator[Clash]:
    """Yield one clash for each forum whose sittings are in more than one building."""
    forums: dict[int, list[tuple[Sitting, int]]] = defaultdict(list)
    for sitting in in_order(plan.sittings):
        building = plan.rooms[sitting.room].building if sitting.room is not None else None
        if building is not None and sitting.forum:
            forums[sitting.forum].append((sitting, building))
    for forum, seats in forums.items():
        buildings = {building for _sitting, building in seats}
        if len(buildings) > 1:
            sittings = [sitting for sitting, _building in seats]
            yield Clash(
                Kind.SPLIT,
                Severity.NOTE,
                tuple(sitting.id for sitting in sittings),
                sittings[0].starts,
                max(sitting.ends for sitting in sittings),
                forum=forum,
                items=tuple(str(building) for building in sorted(buildings)),
            )
