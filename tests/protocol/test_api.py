"""Protocol over the API: what is read carries a number, and a change by an old number is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from summitry.foundation.api.auth import issue_token
from summitry.foundation.i18n import Text
from summitry.protocol.actions.meal import create_meal, set_diet
from summitry.protocol.models import Leg
from tests.protocol.make import SYSTEM, House, at, make_leg, make_list, make_plan, seat

Call = Callable[..., tuple[int, Any]]


@pytest.fixture
def call(house: House) -> Call:
    """Return a function that asks an operation as somebody, and returns status and answer."""

    def ask(who: str, path: str, method: str = "get", **body: Any) -> tuple[int, Any]:
        token = issue_token(house.accounts[who], "protocol", ["read", "write"])[1]
        client = Client(headers={"authorization": f"Bearer {token}"})
        address = f"/api/v1/editions/{house.edition.slug}/protocol/{path}"
        kwargs: dict[str, Any] = (
            {"data": json.dumps(body), "content_type": "application/json"} if body else {}
        )
        answer = getattr(client, method)(address, **kwargs)
        return answer.status_code, answer.json()

    return ask


def test_precedence_is_read_and_moved_by_its_number(house: House, call: Call) -> None:
    make_list(house)
    status, read = call("office", "precedence/opening")
    assert (status, read["number"]) == (200, 1)
    assert [place["name"] for place in read["places"]] == [
        "Wanjiru Odhiambo", "Zhou Yulan", "Élise Martin", "Zayed Al Falasi",
    ]  # fmt: skip
    move = {
        "do": "move",
        "guest": house.guests["zayed"].pk,
        "to": 1,
        "reason": "Host of the next summit",
        "number": 1,
    }
    assert call("office", "precedence/opening/places", "post", **move)[0] == 403
    status, moved = call("protocol", "precedence/opening/places", "post", **move)
    assert (status, moved["number"], moved["places"][0]["reason"]) == (200, 2, "Host of the next summit")
    assert call("protocol", "precedence/opening/places", "post", **move)[0] == 409
    assert call("officer", "precedence/opening")[0] == 404
    assert call("officer", "precedence")[0] == 403


def test_seats_are_given_by_the_number_of_the_plan(house: House, call: Call) -> None:
    plan = make_plan(house, 2, precedence=make_list(house))
    first = seat(plan, 1)
    body = {"guest": house.guests["zhou"].pk, "locked": True, "number": 1}
    status, read = call("protocol", f"seating/dinner/seats/{first.pk}", "put", **body)
    assert (status, read["number"]) == (200, 3)
    assert [(one["guest"], one["locked"]) for one in read["seats"]] == [
        (house.guests["zhou"].pk, True),
        (None, False),
    ]
    assert len(read["waiting"]) == 3
    assert call("protocol", f"seating/dinner/seats/{first.pk}", "put", **body)[0] == 409
    assert call("protocol", f"seating/dinner/seats/{first.pk}", "put", guest=None, number=3)[0] == 409
    assert call("office", f"seating/dinner/seats/{first.pk}", "put", **{**body, "number": 3})[0] == 403
    assert call("office", "seating")[1][0]["number"] == 3


def test_journeys_are_entered_with_instants_that_have_a_zone(house: House, call: Call) -> None:
    make_leg(house)
    body = {
        "guest": house.guests["zhou"].pk, "direction": "arrival", "from_place": "Almaty", "to_place": "Rivertown",
        "arrives_at": "2026-11-08T06:30:00Z",
    }  # fmt: skip
    assert call("protocol", "journeys", "post", **{**body, "arrives_at": "2026-11-08T06:30:00"})[0] == 422
    status, made = call("protocol", "journeys", "post", **body)
    assert (status, Leg.objects.get(pk=made["id"]).arrives_at) == (201, at(14, 30, day=-1))
    assert call("protocol", f"journeys/{made['id']}", "post", state="arrived")[1]["state"] == "arrived"
    assert call("protocol", f"journeys/{made['id']}", "post", state="cancelled")[0] == 409
    assert len(call("office", "journeys")[1]["items"]) == 2
    assert call("officer", "journeys")[1]["items"] == []


def test_meals_are_numbers(house: House, call: Call) -> None:
    categories = [house.categories["ministers"]]
    create_meal(house.edition, by=SYSTEM, name=Text.of("Lunch"), starts_at=at(12), categories=categories)
    set_diet(house.guests["zayed"], ["halal"], by=SYSTEM)
    status, (meal,) = call("office", "meals")
    assert (status, meal["guests"], meal["needs"]) == (200, 3, {"halal": 1})
    assert "Zayed" not in json.dumps(meal)
