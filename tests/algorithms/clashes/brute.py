"""The same clashes, found by trying every pair and every minute: slow, short, and written independently."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

from summitry.algorithms.clashes import Kind, Plan, Severity, Sitting

MINUTE = 60
Found = tuple[str, int, tuple[int, ...], int]
"""Kind, severity, sittings (sorted), and the person or room."""


def brute(plan: Plan) -> set[Found]:
    found: set[Found] = set()
    for one, other in combinations(plan.sittings, 2):
        found |= _pair(plan, *sorted((one, other), key=lambda sitting: (sitting.starts, sitting.id)))
    for sitting in plan.sittings:
        found |= _alone(plan, sitting)
    return found


def _pair(plan: Plan, first: Sitting, second: Sitting) -> set[Found]:
    overlap = any(
        second.starts <= instant < second.ends for instant in range(first.starts, first.ends, MINUTE)
    )
    ids = tuple(sorted((first.id, second.id)))
    found: set[Found] = set()
    if overlap and first.room is not None and first.room == second.room:
        found.add((Kind.ROOM, Severity.BLOCKING, ids, first.room))
    for person in {part.person for part in first.parts} & {part.person for part in second.parts}:
        roles = [[part for part in sitting.parts if part.person == person] for sitting in (first, second)]
        leads = all(any(part.leads for part in own) for own in roles)
        remote = any(all(part.remote for part in own) for own in roles)
        if overlap:
            found.add((Kind.CHAIR if leads else Kind.SPEAKER, Severity.BLOCKING, ids, person))
        elif not remote:
            needed, elsewhere = plan.walk(first, second)
            if second.starts - first.ends < needed:
                found.add((Kind.WALK, Severity.WARNING if elsewhere else Severity.NOTE, ids, person))
    return found


def _alone(plan: Plan, sitting: Sitting) -> set[Found]:
    found: set[Found] = set()
    room = plan.rooms[sitting.room] if sitting.room is not None else None
    if room is not None and room.capacity is not None and sitting.seats > room.capacity:
        found.add((Kind.SEATS, Severity.WARNING, (sitting.id,), room.id))
    if room is not None and not sitting.needs <= room.offers:
        found.add((Kind.EQUIPMENT, Severity.WARNING, (sitting.id,), room.id))
    minutes = range(sitting.starts, sitting.ends, MINUTE)
    for part in {part.person: part for part in sitting.parts}.values():
        person = plan.people.get(part.person)
        if person is None:
            continue
        inside = all(any(start <= instant < end for start, end in person.windows) for instant in minutes)
        if person.windows and not inside:
            found.add((Kind.AVAILABILITY, Severity.BLOCKING, (sitting.id,), person.id))
        if person.zone is not None and all(own.remote for own in sitting.parts if own.person == person.id):
            hours = {dt.datetime.fromtimestamp(instant, person.zone).hour for instant in minutes}
            if hours & set(range(6)):
                found.add((Kind.NIGHT, Severity.WARNING, (sitting.id,), person.id))
            elif hours & {6, 22, 23}:
                found.add((Kind.NIGHT, Severity.NOTE, (sitting.id,), person.id))
    if not any(
        start <= sitting.starts and sitting.ends <= end for start, end in plan.days or ((0, 1 << 40),)
    ):
        found.add((Kind.DAY, Severity.BLOCKING, (sitting.id,), 0))
    return found


def excess_minutes(plan: Plan, key: str) -> set[int]:
    """Return the minutes at which more of a resource is used than there is."""
    resource = plan.resources[key]
    uses = [
        (sitting.starts - resource.setup, sitting.ends + resource.strike, draw.amount)
        for sitting in plan.sittings
        for draw in sitting.draws
        if draw.resource == key
    ]
    first, last = min(use[0] for use in uses), max(use[1] for use in uses)
    return {
        instant
        for instant in range(first, last, MINUTE)
        if sum(amount for start, end, amount in uses if start <= instant < end) > resource.amount
    }
