"""Single changes by hand keep the hard rules, and say which one stands in the way."""

from __future__ import annotations

import pytest

from summitry.calls.actions.assigning import RoundOver
from summitry.calls.actions.assigning_by_hand import CannotBeGiven, ReviewBegun, give_entry, take_back
from summitry.calls.enums import AssignmentState
from summitry.calls.errors import InConflict
from summitry.calls.models import Assignment, Conflict, Panel
from summitry.calls.queries.rounds import figures_of
from summitry.foundation.errors import PermissionRefused
from summitry.foundation.i18n import Text
from tests.calls.make import SYSTEM
from tests.calls.rounds.house import assigned, make_house, office, pairs_of
from tests.calls.rounds.test_round_pages import at, signed_in
from tests.directory.make import make_organisation

pytestmark = pytest.mark.django_db


def test_an_entry_is_given_and_taken_back() -> None:
    house = make_house(entries=2, jurors=3, reads=1)
    assigned(house, [(0, 0), (1, 1)])
    by = office(house.call).actor()
    row = give_entry(house.round, house.entries[0], house.jurors[2], by=by)
    assert figures_of(house.round, by).given == 3
    take_back(row, by=by)
    assert len(pairs_of(house.round)) == 2
    again = give_entry(house.round, house.entries[0], house.jurors[2], by=by)
    assert (again.pk, again.state) == (row.pk, AssignmentState.GIVEN)
    changes = [step.content["change"] for step in house.call.steps.filter(kind="round")]
    assert changes == ["given", "taken_back", "given"]

    with pytest.raises(PermissionRefused):
        give_entry(house.round, house.entries[1], house.jurors[2], by=office(house.call, "juror").actor())


def test_a_rule_that_stands_in_the_way_is_named() -> None:
    house = make_house(entries=3, jurors=4, reads=1, per_organisation=1)
    assigned(house, [(0, 0), (1, 1), (2, 3)])
    here = make_organisation("Institute")
    first, _second, third, fourth = house.jurors
    for juror in (first, third):
        juror.organisation = here
        juror.save()
    refused = {}

    def why(entry: int, juror: int) -> str:
        with pytest.raises((CannotBeGiven, InConflict)) as refusal:
            give_entry(house.round, house.entries[entry], house.jurors[juror], by=SYSTEM)
        return str(refusal.value)

    refused["organisation"] = why(0, 2)
    refused["twice"] = why(0, 0)
    fourth.most, fourth.languages = 1, ["fr"]
    fourth.save()
    refused["load"] = why(0, 3)
    house.entries[1].language = "en"
    house.entries[1].save()
    refused["language"] = why(1, 3)
    third.panel = Panel.objects.create(call=house.call, name=Text.of("Light"), areas=["light"])
    third.save()
    refused["panel"] = why(2, 2)
    Conflict.objects.create(juror=third, entry=house.entries[1], kind="adviser", source="juror")
    refused["conflict"] = why(1, 2)
    assert refused == {
        "organisation": "This entry cannot go to this juror: 1 jurors of her organisation read it already.",
        "twice": "This entry cannot go to this juror: she has it already.",
        "load": "This entry cannot go to this juror: she has 1 entries and reads at most 1.",
        "language": "This entry cannot go to this juror: she does not read the language in which it is written.",
        "panel": "This entry cannot go to this juror: her panel does not read its area.",
        "conflict": "A conflict of interest bars this: Advises the entrant.",
    }


def test_what_was_begun_and_a_closed_round_stay_as_they_are() -> None:
    house = make_house(entries=1, jurors=2, reads=1)
    assigned(house, [(0, 0)])
    row = Assignment.objects.get()
    row.state = AssignmentState.BEGUN
    row.save()
    with pytest.raises(ReviewBegun):
        take_back(row, by=SYSTEM)
    house.round.state = "closed"
    house.round.save()
    with pytest.raises(RoundOver):
        give_entry(house.round, house.entries[0], house.jurors[1], by=SYSTEM)


def test_one_entry_is_read_more_often_than_the_round_says() -> None:
    house = make_house(entries=2, jurors=2, reads=1)
    assigned(house, [(0, 0), (1, 1)])
    client = signed_in(office(house.call))
    for typed, reads in (("2", 2), ("", 2), ("many", 2), ("0", 0)):
        client.post(at(house, "1/reads/?entry=1"), {"entry": "1", "reads": typed})
        assert house.round.standings.get(entry=house.entries[0]).reads == reads, typed
