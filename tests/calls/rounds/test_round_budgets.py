"""The statements of each page: as many for three rows as for one."""

from __future__ import annotations

from typing import Any

import pytest

from summitry.calls.actions.round import fill_round
from tests.calls.make import SYSTEM
from tests.calls.rounds.house import House, assigned, chair, make_house
from tests.calls.rounds.test_deciding import judged
from tests.calls.rounds.test_round_pages import at, signed_in

pytestmark = pytest.mark.django_db


def of_size(size: int) -> House:
    house = make_house(entries=size, jurors=size, reads=1)
    fill_round(house.round, by=SYSTEM)
    assigned(house, [(n, n) for n in range(size)])
    return house


@pytest.mark.parametrize("size", [1, 3])
def test_pages_of_a_round_ask_as_often_for_three_as_for_one(
    size: int, django_assert_num_queries: Any
) -> None:
    house = of_size(size)
    client = signed_in(chair(house.call))
    client.get(at(house))
    for page, statements in (
        ("", 9),
        ("1/", 14),
        ("1/assignment/", 14),
        ("1/reads/", 14),
        ("1/settings/", 10),
    ):
        with django_assert_num_queries(statements):
            client.get(at(house, page))


def test_pages_of_a_judged_round(django_assert_num_queries: Any) -> None:
    house = judged()
    client = signed_in(chair(house.call))
    client.get(at(house))
    for page, statements in (("1/calibration/", 13), ("1/screening/", 13), ("1/decision/", 15)):
        with django_assert_num_queries(statements):
            client.get(at(house, page))
