"""A precedence list is begun by its rules and then moved by hand: every change has a reason and a version."""

from __future__ import annotations

import pytest

from summitry.foundation.errors import InvalidInput, PermissionRefused, StaleState
from summitry.foundation.i18n import Text
from summitry.foundation.models import AuditEntry
from summitry.guests.actions.moving import move
from summitry.guests.enums import GuestState
from summitry.protocol.actions.courtesy import set_courtesy
from summitry.protocol.actions.precedence import (
    add_entry,
    create_precedence,
    move_entry,
    remove_entry,
    restore_order,
    update_precedence,
)
from summitry.protocol.enums import Rank
from summitry.protocol.errors import NotComing
from summitry.protocol.models import PrecedenceList
from summitry.protocol.queries.order import dignitaries_of, proposed_order
from summitry.protocol.queries.precedence import missing_from, out_of_order, unexplained
from tests.protocol.make import SYSTEM, House, make_list, order_of


def test_order_goes_by_rank_then_time_in_office_then_alphabet(house: House) -> None:
    assert order_of(make_list(house)) == ["Wanjiru", "Zhou", "Élise", "Zayed"]


@pytest.mark.parametrize(
    ("language", "letter", "expected"),
    [
        ("en", "", ["CN", "FR", "AE"]),  # China, France, United Arab Emirates
        ("en", "g", ["AE", "CN", "FR"]),
        ("zh-hans", "", ["AE", "FR", "CN"]),  # a-lian-qiu, fa-guo, zhong-guo
        ("zh-hans", "F", ["FR", "CN", "AE"]),
        ("ar", "", ["AE", "CN", "FR"]),
    ],
)
def test_alphabet_is_that_of_the_list_from_the_drawn_letter(
    house: House, language: str, letter: str, expected: list[str]
) -> None:
    set_courtesy(house.guests["zhou"], by=SYSTEM, in_office_since=None)
    made = create_precedence(
        house.edition, by=SYSTEM, name=Text.of("Dinner"), language=language, start_letter=letter
    )
    ministers = [house.guests[key].pk for key in ("martin", "zhou", "zayed")]
    codes = {house.guests[key].pk: house.guests[key].person.entity for key in ("martin", "zhou", "zayed")}
    order = [codes[one.guest_id] for one in proposed_order(made, ministers)]
    assert [entity.code for entity in order if entity] == expected


def test_moving_needs_a_reason_and_makes_a_version(house: House) -> None:
    made = make_list(house)
    entry = made.entries.get(guest=house.guests["zayed"])
    with pytest.raises(InvalidInput) as refused:
        move_entry(entry, 1, by=house.actor("protocol"), seen=1, reason="  ")
    assert list(refused.value.fields) == ["reason"]
    version = move_entry(entry, 2, by=house.actor("protocol"), seen=1, reason="Host of the next summit")
    assert order_of(made) == ["Wanjiru", "Zayed", "Zhou", "Élise"]
    assert (version.number, version.was, version.now, version.reason) == (2, 4, 2, "Host of the next summit")
    assert [one["guest"] for one in version.order][1] == house.guests["zayed"].pk
    log = AuditEntry.objects.filter(action="protocol.precedence.moved").get()
    assert "Host of the next summit" not in str((log.params, log.before, log.after))


def test_moving_what_somebody_else_moved_is_refused(house: House) -> None:
    made = make_list(house)
    first, last = made.entries.first(), made.entries.last()
    assert first is not None
    assert last is not None
    move_entry(first, 2, by=SYSTEM, seen=1, reason="Asked for it")
    with pytest.raises(StaleState):
        move_entry(last, 1, by=SYSTEM, seen=1, reason="Asked for it")
    assert order_of(made) == ["Zhou", "Wanjiru", "Élise", "Zayed"]
    assert made.versions.count() == 2


def test_adding_and_taking_off_and_going_back(house: House) -> None:
    made = make_list(house, "wanjiru", "zhou", "zayed")
    assert missing_from(made) == [house.guests["martin"].pk]
    add_entry(made, house.guests["martin"], by=SYSTEM, seen=1, reason="Confirmed late", to=2)
    assert order_of(made) == ["Wanjiru", "Élise", "Zhou", "Zayed"]
    with pytest.raises(InvalidInput):
        add_entry(made, house.guests["martin"], by=SYSTEM, seen=2, reason="Twice")
    remove_entry(made.entries.get(guest=house.guests["zhou"]), by=SYSTEM, seen=2, reason="Sends her deputy")
    assert order_of(made) == ["Wanjiru", "Élise", "Zayed"]
    restore_order(made, made.versions.get(number=1), by=SYSTEM, seen=3, reason="The deputy fell ill")
    assert order_of(made) == ["Wanjiru", "Zhou", "Zayed"]
    assert list(made.versions.values_list("number", "change")) == [
        (4, "restored"), (3, "removed"), (2, "added"), (1, "proposed"),
    ]  # fmt: skip


def test_who_does_not_come_leaves_every_list_at_once(house: House) -> None:
    made = make_list(house)
    move(house.guests["zhou"], GuestState.WITHDRAWN, by=SYSTEM, reason="Fell ill")
    assert order_of(made) == ["Wanjiru", "Élise", "Zayed"]
    assert list(made.entries.values_list("position", flat=True)) == [1, 2, 3]
    newest = made.versions.first()
    assert newest is not None
    assert (newest.change, newest.was) == ("left", 2)
    restore_order(made, made.versions.get(number=1), by=SYSTEM, seen=2, reason="Try")
    assert order_of(made) == ["Wanjiru", "Élise", "Zayed"]
    with pytest.raises(NotComing):
        add_entry(made, house.guests["zhou"], by=SYSTEM, seen=3, reason="Try")


def test_places_against_the_rules_without_a_reason_are_named(house: House) -> None:
    made = make_list(house)
    assert unexplained(made, list(made.entries.all())) == frozenset()
    set_courtesy(house.guests["zayed"], by=SYSTEM, rank=Rank.HEAD_OF_GOVERNMENT)
    odd = unexplained(made, list(made.entries.all()))
    assert odd == {made.entries.get(guest=house.guests["zayed"]).pk}
    move_entry(made.entries.get(guest=house.guests["zayed"]), 4, by=SYSTEM, seen=1, reason="By own wish")
    assert unexplained(made, list(made.entries.all())) == frozenset()


@pytest.mark.parametrize(
    ("ranks", "odd"), [([], set()), ([0, 1, 2], set()), ([2, 0, 1], {0}), ([0, 3, 1, 2], {1}), ([1, 0], {0})]
)
def test_out_of_order_takes_out_as_few_as_can_be(ranks: list[int], odd: set[int]) -> None:
    assert out_of_order(ranks) == odd


def test_lists_are_edited_by_protocol_and_director_only(house: House) -> None:
    made = make_list(house)
    for who in ("protocol", "director"):
        update_precedence(made, by=house.actor(who), start_letter=who[0].upper())
    for who in ("office", "officer"):
        with pytest.raises(PermissionRefused):
            update_precedence(made, by=house.actor(who), start_letter="X")
        with pytest.raises(PermissionRefused):
            create_precedence(house.edition, by=house.actor(who), name=Text.of("Own"))
    assert PrecedenceList.objects.get().start_letter == "D"


def test_dignitaries_are_those_with_a_rank_or_a_capacity(house: House) -> None:
    made = create_precedence(house.edition, by=SYSTEM, name=Text.of("Opening"))
    ranked = {house.guests[key].pk for key in ("wanjiru", "martin", "zhou", "zayed")}
    assert set(dignitaries_of(made)) == ranked
    set_courtesy(house.guests["aide"], by=SYSTEM, rank=Rank.AMBASSADOR)
    assert set(dignitaries_of(made)) == ranked | {house.guests["aide"].pk}
