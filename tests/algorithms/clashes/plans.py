"""Plans for the tests: small ones by hand, arbitrary ones by hypothesis, and one as large as a summit."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from summitry.algorithms.clashes import Draw, Launch, Part, Person, Plan, Resource, Room, Sitting

MINUTE, HOUR = 60, 3600
NINE = int(dt.datetime(2026, 11, 9, 9, tzinfo=ZoneInfo("Asia/Shanghai")).timestamp())
ZONES = "Asia/Kathmandu Australia/Eucla Asia/Kolkata America/New_York Europe/London Pacific/Chatham".split()


def at(hour: float) -> int:
    """Return an instant, so many hours after midnight at the venue."""
    return NINE + round((hour - 9) * HOUR)


def sitting(pk: int, start: float = 9, hours: float = 1, **facts: Any) -> Sitting:
    return Sitting(pk, at(start), at(start + hours), **facts)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Up to a dozen sittings of a few people in a few rooms of two buildings within two days."""
    pick = st.integers
    rooms = {
        pk: Room(
            pk,
            draw(st.sampled_from([None, 1, 2])),
            draw(st.sampled_from([None, 50, 100])),
            frozenset(draw(st.sets(st.sampled_from(["screen", "stage"])))),
        )
        for pk in range(1, 4)
    }
    people = {
        pk: Person(
            pk,
            ZoneInfo(draw(st.sampled_from(ZONES))) if draw(st.booleans()) else None,
            tuple(
                (NINE + start * 30 * MINUTE, NINE + (start + length) * 30 * MINUTE)
                for start, length in draw(st.lists(st.tuples(pick(-4, 40), pick(1, 40)), max_size=3))
            ),
        )
        for pk in range(1, 5)
    }
    sittings = []
    for pk in range(1, draw(pick(1, 12)) + 1):
        start = NINE + draw(pick(-8, 100)) * 15 * MINUTE
        parts = draw(st.lists(st.tuples(pick(1, 5), st.booleans(), st.booleans()), max_size=3))
        sittings.append(
            Sitting(
                pk,
                start,
                start + draw(pick(1, 10)) * 15 * MINUTE,
                room=draw(st.sampled_from([None, 1, 2, 3])),
                parts=tuple(Part(*part) for part in parts),
                seats=draw(st.sampled_from([0, 60, 200])),
                needs=frozenset(draw(st.sets(st.sampled_from(["screen", "stage"])))),
                draws=(Draw("crew", draw(pick(1, 3))),) if draw(st.booleans()) else (),
            )
        )
    return Plan(
        tuple(sittings),
        rooms,
        people,
        {
            "crew": Resource(
                "crew", draw(pick(0, 3)), draw(pick(0, 3)) * 15 * MINUTE, draw(pick(0, 2)) * 15 * MINUTE
            )
        },
        {(1, 2): 20 * MINUTE, (2, 1): 20 * MINUTE},
        5 * MINUTE,
        ((NINE - HOUR, NINE + 24 * HOUR),),
    )


def summit(sittings: int = 300, people: int = 600, seed: int = 1) -> Plan:
    """A summit of three days in 20 rooms, as crowded as one is, with everything that can clash."""
    random = Random(seed)
    rooms = {
        pk: Room(pk, pk % 3, 80 + 40 * pk, frozenset({"screen", "livestream"} if pk % 4 else {"screen"}))
        for pk in range(1, 21)
    }
    everybody = {
        pk: Person(
            pk,
            ZoneInfo(random.choice(ZONES)),
            ((NINE + HOUR, NINE + 40 * HOUR), (NINE + 48 * HOUR, NINE + 60 * HOUR)) if pk % 5 == 0 else (),
        )
        for pk in range(1, people + 1)
    }
    made = []
    for pk in range(1, sittings + 1):
        start = NINE + random.randrange(3) * 24 * HOUR + random.randrange(36) * 15 * MINUTE
        who = random.sample(range(1, people + 1), 4)
        made.append(
            Sitting(
                pk,
                start,
                start + random.choice((60, 75, 90, 105)) * MINUTE,
                room=random.randrange(1, 21),
                forum=pk % 25,
                parts=tuple(
                    Part(p, leads=at_ == 0, remote=random.random() < 0.3) for at_, p in enumerate(who)
                ),
                seats=random.choice((0, 100, 400, 900)),
                needs=frozenset({"screen", "livestream"}),
                booths=3,
                launches=(Launch(pk, start + 30 * MINUTE, 15 * MINUTE),) if pk % 20 == 0 else (),
                draws=(*(Draw(f"interpretation:{lang}") for lang in ("fr", "es", "ru")), Draw("broadcast")),
            )
        )
    resources = {
        key: Resource(key, amount, 15 * MINUTE, 15 * MINUTE)
        for key, amount in (
            ("interpretation:fr", 12),
            ("interpretation:es", 10),
            ("interpretation:ru", 8),
            ("broadcast", 6),
        )
    }
    walks = {(one, other): 12 * MINUTE for one in range(3) for other in range(3) if one != other}
    days = tuple((NINE - HOUR + day * 24 * HOUR, NINE + 10 * HOUR + day * 24 * HOUR) for day in range(3))
    return Plan(tuple(made), rooms, everybody, resources, walks, 2 * MINUTE, days)
