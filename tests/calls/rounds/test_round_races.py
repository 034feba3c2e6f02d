"""Two people at once: one approves, one decides, the other is told."""

from __future__ import annotations

import pytest

from summitry.calls.actions.advancing import decide_round
from summitry.calls.actions.assigning import approve_assignment
from summitry.calls.models import Assignment, Computation, Round, Standing, Step
from summitry.foundation.errors import StaleState
from tests.at_once import at_once
from tests.calls.make import SYSTEM
from tests.calls.rounds.house import make_house, propose
from tests.calls.rounds.test_deciding import judged

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_of_two_who_approve_one_assignment_holds_once() -> None:
    house = make_house(entries=2, jurors=2, reads=1)
    key = propose(house, [(0, 0), (1, 1)]).pk
    first, second = (Computation.objects.select_related("call").get(pk=key) for _ in range(2))
    refused = at_once(
        lambda: approve_assignment(first, by=SYSTEM), lambda: approve_assignment(second, by=SYSTEM)
    )
    assert sorted(map(str, refused)) == sorted(map(str, [None, StaleState]))
    assert (Assignment.objects.count(), Step.objects.filter(kind="approved").count()) == (2, 1)


def test_of_two_who_decide_one_decision_holds() -> None:
    house = judged()
    first, second = (Round.objects.select_related("call__edition").get(pk=house.round.pk) for _ in range(2))
    refused = at_once(lambda: decide_round(first, by=SYSTEM), lambda: decide_round(second, by=SYSTEM))
    assert sorted(map(str, refused)) == sorted(map(str, [None, StaleState]))
    assert Standing.objects.filter(round=house.round, stand="advanced").count() == 2
    assert Step.objects.filter(kind="advanced").count() == 1
