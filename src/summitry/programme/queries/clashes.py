"""The draft as the clash algorithm takes it: one translator, in a fixed number of statements whatever the size."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from summitry.algorithms.clashes import Draw, Launch, Part, Person, Plan, Resource, Room, Sitting
from summitry.editions.enums import Equipment
from summitry.editions.models import Edition, Walk
from summitry.editions.models import Room as RoomRow
from summitry.editions.queries.venue import WITHIN_A_BUILDING
from summitry.programme.enums import AppearanceState, CapacityKind, Delivery, SpeakerRole
from summitry.programme.models import Appearance, Capacity, Contribution, Session, Slot, Speaker, Version
from summitry.programme.queries.clocks import known_zones
from summitry.programme.queries.programme import DAY_BREAK

MINUTE = 60
_LEADING = frozenset({SpeakerRole.CHAIR, SpeakerRole.MODERATOR})


def plan_of(version: Version) -> Plan:
    """Return a state of the schedule with everything that may clash in it, in seven statements.

    Interpreters are left out: who sits in which booth is the interpretation plan's business.
    """
    edition = version.edition
    parts = _parts(edition)
    launches = _launches(edition)
    return Plan(
        sittings=tuple(
            _sitting(row, parts.get(row["session_id"], ()), launches.get(row["session_id"], ()))
            for row in _rows(version)
        ),
        rooms=_rooms(edition),
        people=_people(edition),
        resources=_resources(edition),
        walks=_walks(edition),
        within=WITHIN_A_BUILDING * MINUTE,
        days=(_days(edition),),
    )


def resource_key(kind: str, lang: str = "") -> str:
    """Return the key of a capacity: `interpretation:fr`, `broadcast`, `live_link`."""
    return f"{kind}:{lang}" if lang else str(kind)


def _rows(version: Version) -> Iterable[Mapping[str, Any]]:
    return Slot.objects.filter(version=version, is_cancelled=False).values(
        "session_id", "room_id", "starts_at", "ends_at", "session__forum_id", "session__seats", "session__forum__seats",
        "session__equipment", "session__interpreted", "session__is_broadcast",
    )  # fmt: skip


def _sitting(row: Mapping[str, Any], parts: tuple[Part, ...], launches: tuple[Launch, ...]) -> Sitting:
    interpreted: list[str] = row["session__interpreted"]
    remote = len({part.person for part in parts if part.remote})
    needs = set(row["session__equipment"])
    draws = [Draw(resource_key(CapacityKind.INTERPRETATION, lang)) for lang in interpreted]
    if interpreted:
        needs.add(Equipment.INTERPRETATION)
    if row["session__is_broadcast"]:
        needs.add(Equipment.LIVESTREAM)
        draws.append(Draw(CapacityKind.BROADCAST))
    if remote:
        needs.add(Equipment.LIVE_LINK)
        draws.append(Draw(CapacityKind.LIVE_LINK, remote))
    return Sitting(
        id=row["session_id"],
        starts=_seconds(row["starts_at"]),
        ends=_seconds(row["ends_at"]),
        room=row["room_id"],
        forum=row["session__forum_id"],
        parts=parts,
        seats=row["session__seats"] or row["session__forum__seats"] or 0,
        needs=frozenset(str(code) for code in needs) if row["room_id"] else frozenset(),
        booths=len(interpreted),
        launches=launches,
        draws=tuple(draws),
    )


def _parts(edition: Edition) -> dict[int, tuple[Part, ...]]:
    """Return who is needed in each session: neither those who declined nor those who only sent a recording."""
    rows = Appearance.objects.filter(session__edition=edition).exclude(state=AppearanceState.DECLINED)
    rows = rows.exclude(delivery=Delivery.RECORDED).exclude(role=SpeakerRole.INTERPRETER)
    found: dict[int, list[Part]] = defaultdict(list)
    for session_id, person_id, role, delivery in rows.values_list(
        "session_id", "person_id", "role", "delivery"
    ):
        found[session_id].append(Part(person_id, role in _LEADING, delivery == Delivery.LIVE_LINK))
    return {session_id: tuple(parts) for session_id, parts in found.items()}


def _launches(edition: Edition) -> dict[int, tuple[Launch, ...]]:
    """Return the embargoed contributions of each session, as early in it as those before them let them be."""
    embargoed = Contribution.objects.filter(session__edition=edition, embargo_until__isnull=False)
    rows = Contribution.objects.filter(session__in=embargoed.values("session")).order_by("position", "pk")
    found: dict[int, list[Launch]] = defaultdict(list)
    passed: Counter[int] = Counter()
    for session_id, pk, minutes, until in rows.values_list("session_id", "pk", "minutes", "embargo_until"):
        if until is not None:
            found[session_id].append(Launch(pk, _seconds(until), passed[session_id] * MINUTE))
        passed[session_id] += minutes or 0
    return {session_id: tuple(launches) for session_id, launches in found.items()}


def _rooms(edition: Edition) -> dict[int, Room]:
    rows = RoomRow.objects.filter(edition=edition).order_by()
    return {
        pk: Room(pk, building, capacity, frozenset(equipment))
        for pk, building, capacity, equipment in rows.values_list(
            "pk", "building_id", "capacity", "equipment"
        )
    }


def _people(edition: Edition) -> dict[int, Person]:
    rows = Speaker.objects.filter(edition=edition).values_list(
        "person_id", "zone_name", "availabilities__starts_at", "availabilities__ends_at"
    )
    zones: dict[int, str] = {}
    windows: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for person_id, zone_name, starts_at, ends_at in rows:
        zones[person_id] = zone_name
        if starts_at is not None:
            windows[person_id].append((_seconds(starts_at), _seconds(ends_at)))
    return {
        person_id: Person(person_id, zone_named(name), tuple(sorted(windows[person_id])))
        for person_id, name in zones.items()
    }


def zone_named(name: str) -> ZoneInfo | None:
    """Return the zone of that name; None where there is none."""
    return ZoneInfo(name) if name in known_zones() else None


def _resources(edition: Edition) -> dict[str, Resource]:
    rows = Capacity.objects.filter(edition=edition)
    return {
        key: Resource(key, row.amount, row.setup_minutes * MINUTE, row.strike_minutes * MINUTE)
        for row in rows
        for key in (resource_key(row.kind, row.lang),)
    }


def _walks(edition: Edition) -> dict[tuple[int, int], int]:
    rows = Walk.objects.filter(first__venue__edition=edition).values_list("first_id", "second_id", "minutes")
    walks = {}
    for first, second, minutes in rows:
        walks[first, second] = walks[second, first] = minutes * MINUTE
    return walks


def _days(edition: Edition) -> tuple[int, int]:
    """Return the span of the edition's days; its last day ends in the small hours of the next."""
    first, last = (
        dt.datetime.combine(day, dt.time(), edition.zone) for day in (edition.starts_on, edition.ends_on)
    )
    return _seconds(first), _seconds(last + dt.timedelta(days=1) + DAY_BREAK)


def _seconds(instant: dt.datetime) -> int:
    return int(instant.timestamp())


def languages_interpreted(edition: Edition) -> list[str]:
    """Return the languages into which sessions of an edition are interpreted."""
    rows = Session.objects.filter(edition=edition).values_list("interpreted", flat=True)
    return sorted({lang for langs in rows for lang in langs})
