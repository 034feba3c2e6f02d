from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.algorithms.clashes import (
    Clash,
    Draw,
    Kind,
    Launch,
    Part,
    Person,
    Plan,
    Resource,
    Room,
    Severity,
    Sitting,
    find_clashes,
)
from tests.algorithms.clashes.brute import brute, excess_minutes
from tests.algorithms.clashes.plans import HOUR, MINUTE, at, plans, sitting, summit

ROOMS = {1: Room(1, 1, 100, frozenset({"screen"})), 2: Room(2, 1, 100), 3: Room(3, 2, 100)}
WALKS = {(1, 2): 15 * MINUTE, (2, 1): 15 * MINUTE}
BLOCKING, WARNING, NOTE = Severity
RELATIVE = {Kind.RESOURCE, Kind.SPLIT, Kind.EMBARGO, Kind.BOOTHS}


def kinds(*sittings: Sitting, **facts: Any) -> list[tuple[Kind, Severity, tuple[int, ...]]]:
    plan = Plan(tuple(sittings), **{"rooms": ROOMS, "walks": WALKS, "within": 2 * MINUTE, **facts})
    return [(clash.kind, clash.severity, clash.sittings) for clash in find_clashes(plan)]


# --- People ----------------------------------------------------------------------------------------------------


def test_speaker_in_two_places_at_once_blocks() -> None:
    one = sitting(1, 9, room=1, parts=(Part(7),))
    assert kinds(one, sitting(2, 9.5, room=2, parts=(Part(7),))) == [(Kind.SPEAKER, BLOCKING, (1, 2))]
    assert kinds(one, sitting(2, 9.5, room=2, parts=(Part(8),))) == []
    assert kinds(one, sitting(2, 10, room=1, parts=(Part(7),))) == []


def test_leading_two_sittings_is_a_clash_of_its_own() -> None:
    chair, speaker = Part(7, leads=True), Part(7)
    both = kinds(sitting(1, parts=(chair,)), sitting(2, parts=(chair,)))
    assert both == [(Kind.CHAIR, BLOCKING, (1, 2))]
    assert kinds(sitting(1, parts=(chair,)), sitting(2, parts=(speaker,))) == [
        (Kind.SPEAKER, BLOCKING, (1, 2))
    ]


def test_two_roles_in_one_sitting_are_no_clash() -> None:
    assert kinds(sitting(1, parts=(Part(7, leads=True), Part(7)))) == []


@pytest.mark.parametrize(
    ("room", "gap", "expected"),
    [
        (3, 0, [(Kind.WALK, WARNING, (1, 2))]),
        (3, 10, [(Kind.WALK, WARNING, (1, 2))]),
        (3, 15, []),
        (2, 0, [(Kind.WALK, NOTE, (1, 2))]),
        (2, 2, []),
        (1, 0, []),
        (None, 0, []),
    ],
)
def test_walking_takes_its_time(room: int | None, gap: int, expected: list[object]) -> None:
    first = sitting(1, 9, room=1, parts=(Part(7),))
    assert kinds(first, sitting(2, 10 + gap / 60, room=room, parts=(Part(7),))) == expected


def test_nobody_walks_to_a_live_link() -> None:
    first = sitting(1, 9, room=1, parts=(Part(7),))
    assert kinds(first, sitting(2, 10, room=3, parts=(Part(7, remote=True),))) == []


def test_availability_may_come_in_pieces_that_touch() -> None:
    session = sitting(1, 9, 2, parts=(Part(7),))
    covered = {7: Person(7, None, ((at(10), at(12)), (at(8), at(10))))}
    assert kinds(session, people=covered) == []
    gap = {7: Person(7, None, ((at(8), at(10)), (at(10.25), at(12))))}
    assert kinds(session, people=gap) == [(Kind.AVAILABILITY, BLOCKING, (1,))]
    assert kinds(session, people={7: Person(7)}) == []


def instant(zone: str, *local: int) -> int:
    return int(dt.datetime(*local, tzinfo=ZoneInfo(zone)).timestamp())  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("zone", "start", "expected"),
    [
        ("Asia/Kathmandu", (2026, 11, 9, 5, 59), WARNING),  # +5:45
        ("Asia/Kathmandu", (2026, 11, 9, 6, 0), NOTE),
        ("Asia/Kathmandu", (2026, 11, 9, 7, 0), None),
        ("Australia/Eucla", (2026, 11, 9, 21, 0), None),  # +8:45; until 22:00 sharp
        ("Australia/Eucla", (2026, 11, 9, 21, 15), NOTE),
        ("Asia/Kolkata", (2026, 11, 9, 23, 15), WARNING),  # +5:30; ends after midnight
        ("Asia/Kolkata", (2026, 11, 9, 23, 0), NOTE),
        ("Europe/London", (2026, 10, 25, 6, 30), NOTE),  # the morning after the clocks went back
        ("Europe/London", (2026, 3, 29, 5, 30), WARNING),
        ("America/New_York", (2026, 11, 1, 12, 0), None),
        ("Pacific/Chatham", (2026, 11, 9, 22, 0), NOTE),  # +13:45 in summer
    ],
)
def test_night_is_that_of_the_speakers_clock(
    zone: str, start: tuple[int, ...], expected: Severity | None
) -> None:
    starts = instant(zone, *start)
    session = replace(sitting(1), starts=starts, ends=starts + HOUR, parts=(Part(7, remote=True),))
    people = {7: Person(7, ZoneInfo(zone))}
    assert kinds(session, people=people) == ([(Kind.NIGHT, expected, (1,))] if expected is not None else [])
    here = replace(session, parts=(Part(7),))
    assert kinds(here, people=people) == []


def test_same_venue_time_is_night_only_on_one_side_of_a_change_of_clocks() -> None:
    # 14:30 in Shanghai is 06:30 in London in winter, 07:30 in summer.
    people = {7: Person(7, ZoneInfo("Europe/London"))}
    summer, winter = (instant("Asia/Shanghai", 2026, 10, day, 14, 30) for day in (24, 26))
    for starts, expected in ((summer, []), (winter, [(Kind.NIGHT, NOTE, (1,))])):
        session = replace(sitting(1), starts=starts, ends=starts + HOUR, parts=(Part(7, remote=True),))
        assert kinds(session, people=people) == expected


# --- Places ----------------------------------------------------------------------------------------------------


def test_room_holds_one_sitting_at_a_time() -> None:
    found = kinds(
        sitting(1, 9, 3, room=1), sitting(2, 10, room=1), sitting(3, 11, room=1), sitting(4, 9, room=2)
    )
    assert found == [(Kind.ROOM, BLOCKING, (1, 2)), (Kind.ROOM, BLOCKING, (1, 3))]


def test_room_must_suffice() -> None:
    assert kinds(sitting(1, room=1, seats=101)) == [(Kind.SEATS, WARNING, (1,))]
    assert kinds(sitting(1, room=1, seats=100)) == []
    assert kinds(sitting(1, room=1, needs=frozenset({"screen", "stage"}))) == [
        (Kind.EQUIPMENT, WARNING, (1,))
    ]
    rooms = {1: Room(1, booths=2)}
    assert kinds(sitting(1, room=1, booths=3), rooms=rooms) == [(Kind.BOOTHS, WARNING, (1,))]
    assert kinds(sitting(1, room=1, booths=2), rooms=rooms) == []


def test_forum_in_two_buildings_is_noted_once() -> None:
    split = kinds(
        sitting(1, 9, room=1, forum=5), sitting(2, 11, room=3, forum=5), sitting(3, 13, room=3, forum=6)
    )
    assert split == [(Kind.SPLIT, NOTE, (1, 2))]
    assert kinds(sitting(1, 9, room=1, forum=5), sitting(2, 11, room=2, forum=5)) == []


def test_launch_keeps_its_embargo() -> None:
    early = sitting(1, 9, launches=(Launch(4, at(9.5), 15 * MINUTE),))
    (clash,) = find_clashes(Plan((early,)))
    assert (clash.kind, clash.severity, clash.launch, clash.starts, clash.until) == (
        Kind.EMBARGO, BLOCKING, 4, at(9.25), at(9.5),
    )  # fmt: skip
    assert kinds(sitting(1, 9, launches=(Launch(4, at(9.5), 30 * MINUTE),))) == []


def test_sitting_stays_within_the_days() -> None:
    days = ((at(8), at(20)), (at(32), at(44)))
    assert kinds(sitting(1, 9), sitting(2, 19), sitting(3, 33), days=days) == []
    outside = kinds(sitting(1, 7.5), sitting(2, 19.5), sitting(3, 25), days=days)
    assert outside == [(Kind.DAY, BLOCKING, (pk,)) for pk in (1, 2, 3)]


# --- Resources -------------------------------------------------------------------------------------------------


def crews(amount: int, setup: int = 0, strike: int = 0) -> dict[str, Resource]:
    return {"crew": Resource("crew", amount, setup * MINUTE, strike * MINUTE)}


def test_crews_are_counted_over_all_rooms() -> None:
    use = (Draw("crew"),)
    three = [sitting(pk, 9 + pk / 4, draws=use) for pk in (1, 2, 3)]
    (clash,) = find_clashes(Plan(tuple(three), resources=crews(2)))
    assert clash == Clash(
        Kind.RESOURCE, WARNING, (1, 2, 3), at(9.75), at(10.25), resource="crew", wanted=3, there=2
    )
    assert kinds(*three, resources=crews(3)) == []
    assert kinds(*three) == []


def test_what_touches_does_not_clash_until_setting_up_counts() -> None:
    use = (Draw("crew"),)
    pair = sitting(1, 9, draws=use), sitting(2, 10, draws=use)
    assert kinds(*pair, resources=crews(1)) == []
    assert kinds(*pair, resources=crews(1, setup=5)) == [(Kind.RESOURCE, WARNING, (1, 2))]
    assert kinds(*pair, resources=crews(1, strike=5)) == [(Kind.RESOURCE, WARNING, (1, 2))]


def test_one_sitting_may_need_more_than_there_is() -> None:
    assert kinds(sitting(1, draws=(Draw("crew", 4),)), resources=crews(3)) == [(Kind.RESOURCE, WARNING, (1,))]


# --- All of it -------------------------------------------------------------------------------------------------


@given(plans())
def test_finds_exactly_what_trying_every_pair_finds(plan: Plan) -> None:
    found = {
        (clash.kind, clash.severity, tuple(sorted(clash.sittings)), clash.person or clash.room)
        for clash in find_clashes(plan)
        if clash.kind not in RELATIVE
    }
    assert found == brute(plan)


@given(plans())
def test_excess_covers_exactly_the_minutes_with_too_many(plan: Plan) -> None:
    clashes = [clash for clash in find_clashes(plan) if clash.kind is Kind.RESOURCE]
    covered = {minute for clash in clashes for minute in range(clash.starts, clash.ends, MINUTE)}
    users = [one for one in plan.sittings if one.draws]
    assert covered == (excess_minutes(plan, "crew") if users else set())


@given(plans(), st.randoms(use_true_random=False))
def test_order_in_which_things_are_named_is_no_matter(plan: Plan, random) -> None:
    sittings = list(plan.sittings)
    random.shuffle(sittings)
    shuffled = []
    for one in sittings:
        parts = list(one.parts)
        random.shuffle(parts)
        shuffled.append(replace(one, parts=tuple(parts)))
    rooms = dict(sorted(plan.rooms.items(), reverse=True))
    assert find_clashes(replace(plan, sittings=tuple(shuffled), rooms=rooms)) == find_clashes(plan)


@given(plans(), st.integers(-10_000, 10_000))
def test_later_plan_has_the_same_clashes_later(plan: Plan, minutes: int) -> None:
    shift = minutes * MINUTE
    plan = replace(plan, people={pk: replace(one, zone=None) for pk, one in plan.people.items()})
    moved = replace(
        plan,
        sittings=tuple(
            replace(one, starts=one.starts + shift, ends=one.ends + shift) for one in plan.sittings
        ),
        people={
            pk: replace(one, windows=tuple((start + shift, end + shift) for start, end in one.windows))
            for pk, one in plan.people.items()
        },
        days=tuple((start + shift, end + shift) for start, end in plan.days),
    )
    expected = [
        replace(clash, starts=clash.starts + shift, ends=clash.ends + shift) for clash in find_clashes(plan)
    ]
    assert list(find_clashes(moved)) == expected


@given(plans())
def test_fewer_sittings_have_no_more_clashes(plan: Plan) -> None:
    fewer = replace(plan, sittings=plan.sittings[:-1])
    counted = {Kind.RESOURCE, Kind.SPLIT}
    before = {clash.order() for clash in find_clashes(plan) if clash.kind not in counted}
    assert {clash.order() for clash in find_clashes(fewer) if clash.kind not in counted} <= before


def test_list_is_ordered_the_worst_first_and_each_once() -> None:
    found = find_clashes(summit())
    orders = [clash.order() for clash in found]
    assert orders == sorted(orders)
    assert len(set(orders)) == len(orders)
    assert {clash.kind for clash in found} == set(Kind) - {Kind.BOOTHS}


def test_whole_summit_takes_a_fraction_of_the_time_allowed() -> None:
    plan = summit()
    best = min(_seconds(plan) for _ in range(3))
    assert best < 0.1


def _seconds(plan: Plan) -> float:
    started = time.process_time()
    find_clashes(plan)
    return time.process_time() - started
