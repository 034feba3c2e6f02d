"""What rounds tell the readiness list, and to whom."""

from __future__ import annotations

import pytest

from summitry.calls.actions.advancing import decide_round
from summitry.calls.actions.round import open_round
from summitry.calls.readiness_rounds import rounds
from summitry.editions.queries.readiness import Asked
from summitry.foundation.access import Actor
from tests.calls.make import SYSTEM
from tests.calls.rounds.house import House, assigned, chair, make_house, office, propose
from tests.calls.rounds.test_deciding import judged

pytestmark = pytest.mark.django_db


def told(house: House, actor: Actor) -> list[tuple[str, int]]:
    found = rounds(Asked(house.call.edition, actor, "en", {}))
    return [(line.key.split("-")[2], line.count) for line in found]


def test_reads_and_proposals_that_wait_are_told() -> None:
    house = make_house(entries=2, jurors=2, reads=1)
    by = office(house.call).actor()
    assert told(house, by) == []
    assigned(house, [(0, 0)])
    open_round(house.round, by=SYSTEM)
    assert told(house, by) == [("reads", 1)]
    propose(house, [(0, 0), (1, 1)])
    assert told(house, by) == [("assignment", 1), ("reads", 1)]


def test_a_round_to_be_decided_is_told() -> None:
    house = judged()
    assert told(house, chair(house.call).actor()) == [("decision", 1)]
    assert told(house, office(house.call, "eligibility_officer").actor()) == []
    decide_round(house.round, by=SYSTEM)
    assert told(house, chair(house.call).actor()) == []
