"""A seating plan: seats are exchanged, locked, proposed and left; two people at once, one is told to look again."""

from __future__ import annotations

import re

import pytest

from summitry.foundation.errors import InvalidInput, NotFound, PermissionRefused, StaleState
from summitry.foundation.typeset import fonts_present
from summitry.guests.actions.moving import move
from summitry.guests.enums import GuestState
from summitry.protocol.actions.seating import (
    add_block,
    add_rule,
    clear_seat,
    lock_seat,
    remove_block,
    remove_rule,
    seat_guest,
    take_proposal,
)
from summitry.protocol.enums import BlockKind, RuleKind, Span
from summitry.protocol.errors import NotComing, SeatLocked
from summitry.protocol.models import SeatingPlan
from summitry.protocol.queries.plates import plates_document, plates_of
from summitry.protocol.queries.seating import chart_of, proposal_for
from tests.editions.make import make_edition
from tests.guests.make import make_guest
from tests.protocol.make import SYSTEM, House, make_list, make_plan, seat


def holders(plan: SeatingPlan) -> list[str]:
    """Return who sits at the first table, by the first part of the name."""
    seats = plan.seats.filter(block__position=1).select_related("guest__person")
    return [str(one.guest).split()[0] if one.guest else "" for one in seats.order_by("number")]


def test_seating_somebody_who_has_a_seat_exchanges_the_two(house: House) -> None:
    plan = make_plan(house, 3)
    seat_guest(seat(plan, 1), house.guests["martin"], by=SYSTEM, seen=1)
    seat_guest(seat(plan, 2), house.guests["zhou"], by=SYSTEM, seen=2)
    seat_guest(seat(plan, 1), house.guests["zhou"], by=house.actor("protocol"), seen=3)
    assert holders(plan) == ["Zhou", "Élise", ""]
    seat_guest(seat(plan, 1), house.guests["wanjiru"], by=SYSTEM, seen=4)
    assert holders(plan) == ["Wanjiru", "Élise", ""]
    clear_seat(seat(plan, 1), by=SYSTEM, seen=5)
    assert holders(plan) == ["", "Élise", ""]


def test_seating_by_a_plan_that_somebody_changed_is_refused(house: House) -> None:
    plan = make_plan(house, 2)
    seat_guest(seat(plan, 1), house.guests["martin"], by=SYSTEM, seen=1)
    with pytest.raises(StaleState):
        seat_guest(seat(plan, 1), house.guests["zhou"], by=SYSTEM, seen=1)
    assert holders(plan) == ["Élise", ""]


def test_locked_seats_are_left_alone(house: House) -> None:
    plan = make_plan(house, 2)
    seat_guest(seat(plan, 1), house.guests["martin"], by=SYSTEM, seen=1)
    lock_seat(seat(plan, 1), by=SYSTEM, seen=2, lock=True)
    for act in (
        lambda: seat_guest(seat(plan, 1), house.guests["zhou"], by=SYSTEM, seen=3),
        lambda: seat_guest(seat(plan, 2), house.guests["martin"], by=SYSTEM, seen=3),
        lambda: clear_seat(seat(plan, 1), by=SYSTEM, seen=3),
        lambda: remove_block(plan.blocks.select_related("plan").get(), by=SYSTEM, seen=3),
    ):
        with pytest.raises(SeatLocked):
            act()
    plan.refresh_from_db()
    assert (holders(plan), plan.number) == (["Élise", ""], 3)
    lock_seat(seat(plan, 1), by=SYSTEM, seen=3, lock=False)
    clear_seat(seat(plan, 1), by=SYSTEM, seen=4)
    assert holders(plan) == ["", ""]


def test_guests_who_do_not_come_leave_even_locked_seats_and_are_listed_as_gaps(house: House) -> None:
    plan = make_plan(house, 2)
    seat_guest(seat(plan, 1), house.guests["martin"], by=SYSTEM, seen=1)
    lock_seat(seat(plan, 1), by=SYSTEM, seen=2, lock=True)
    move(house.guests["martin"], GuestState.REVOKED, by=SYSTEM, reason="Badge lent to somebody")
    chart = chart_of(SeatingPlan.objects.get())
    assert holders(plan) == ["", ""]
    assert [(line.seat.number, str(line.left.name)) for line in chart.gaps if line.left] == [
        (1, "Élise Martin")
    ]
    with pytest.raises(NotComing):
        seat_guest(seat(plan, 1), house.guests["martin"], by=SYSTEM, seen=4)
    seat_guest(seat(plan, 1), house.guests["zhou"], by=SYSTEM, seen=4)
    assert chart_of(SeatingPlan.objects.get()).gaps == ()


def test_proposal_keeps_order_rules_and_locks(house: House) -> None:
    plan = make_plan(house, 4, precedence=make_list(house))
    add_rule(
        plan, RuleKind.APART, [house.guests["wanjiru"], house.guests["zhou"]], by=SYSTEM, reason="A border"
    )
    seat_guest(seat(plan, 4), house.guests["zayed"], by=SYSTEM, seen=1)
    lock_seat(seat(plan, 4), by=SYSTEM, seen=2, lock=True)
    plan.refresh_from_db()
    before = chart_of(plan)
    assert [str(who.name).split()[0] for who in before.waiting] == ["Wanjiru", "Zhou", "Élise"]
    count = take_proposal(plan, proposal_for(plan), by=house.actor("protocol"), seen=3)
    chart = chart_of(plan)
    assert (count, chart.broken, chart.waiting) == (4, (), ())
    assert holders(plan)[3] == "Zayed"
    assert abs(holders(plan).index("Wanjiru") - holders(plan).index("Zhou")) == 2


def test_violations_name_people_and_reason(house: House) -> None:
    plan = make_plan(house, 3)
    pair = [house.guests["martin"], house.guests["zhou"]]
    add_rule(plan, RuleKind.APART, pair, by=SYSTEM, span=Span.BLOCK, reason="A dispute")
    add_rule(plan, RuleKind.LANGUAGE, [], by=SYSTEM)
    seat_guest(seat(plan, 1), pair[0], by=SYSTEM, seen=1)
    seat_guest(seat(plan, 2), pair[1], by=SYSTEM, seen=2)
    chart = chart_of(plan)
    assert [(one.sentence, one.rule.reason) for one in chart.broken] == [
        ("\u2068Élise Martin\u2069 and \u2068Zhou Yulan\u2069 sit at one table.", "A dispute"),
        ("\u2068Élise Martin\u2069 shares no language with a neighbour.", ""),
        ("\u2068Zhou Yulan\u2069 shares no language with a neighbour.", ""),
    ]
    rule = plan.rules.select_related("plan").get(kind=RuleKind.LANGUAGE)
    remove_rule(rule, by=SYSTEM)
    assert [one.rule.kind for one in chart_of(plan).broken] == ["apart"]


def test_plans_take_sensible_tables_rules_and_guests_only(house: House) -> None:
    plan = make_plan(house, 2)
    with pytest.raises(InvalidInput) as refused:
        add_block(plan, "B", BlockKind.ROUND, 0, by=SYSTEM, seen=1)
    assert list(refused.value.fields) == ["seats"]
    with pytest.raises(InvalidInput):
        add_block(plan, "A", BlockKind.ROUND, 4, by=SYSTEM, seen=1)
    with pytest.raises(InvalidInput):
        add_rule(plan, RuleKind.APART, [house.guests["zhou"]], by=SYSTEM)
    stranger = make_guest(make_edition("other"))
    with pytest.raises(NotFound):
        seat_guest(seat(plan, 1), stranger, by=SYSTEM, seen=1)
    with pytest.raises(PermissionRefused):
        seat_guest(seat(plan, 1), house.guests["zhou"], by=house.actor("office"), seen=1)


def test_plates_have_both_scripts_and_say_what_is_missing(house: House) -> None:
    plan = make_plan(house, 2)
    seat_guest(seat(plan, 1), house.guests["zhou"], by=SYSTEM, seen=1)
    seat_guest(seat(plan, 2), house.guests["martin"], by=SYSTEM, seen=2)
    first, second = plates_of(plan)
    assert [(face.lang, face.name, face.entity) for face in first.faces] == [
        ("en", "Zhou Yulan", "China"),
        ("zh-hans", "周玉兰", "中国"),
    ]
    assert first.problems == ()
    assert second.problems == ("Both faces show the same name: no other form of it was given.",)


@pytest.mark.skipif(not fonts_present(), reason="the fonts for printing are not installed")
def test_plates_are_printed_one_a_page(house: House) -> None:
    plan = make_plan(house, 2)
    for number, key in enumerate(("zhou", "zayed"), start=1):
        seat_guest(seat(plan, number), house.guests[key], by=SYSTEM, seen=number)
    pages = plates_document(plan)
    assert pages.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", pages)) == 2
