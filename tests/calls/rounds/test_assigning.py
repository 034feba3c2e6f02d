"""Giving out entries: proposed by a worker, in force once approved, repaired without moving what was begun."""

from __future__ import annotations

from collections import Counter

import pytest

from summitry.calls.actions.assigning import ProposalOutdated, approve_assignment, propose_assignment
from summitry.calls.actions.round import fill_round, open_round
from summitry.calls.enums import (
    AssignmentState,
    ComputationState,
    ConflictKind,
    ConflictSource,
    EntryState,
)
from summitry.calls.models import Assignment, Computation, Conflict, Entry, Panel, Step
from summitry.calls.queries.assignment_problem import evened, facts_of, links_of
from summitry.foundation.errors import PermissionRefused, StaleState
from summitry.foundation.i18n import Text
from summitry.foundation.jobs import run_pending
from tests.calls.make import SYSTEM
from tests.calls.rounds.house import assigned, make_house, office, pairs_of, propose

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
def test_the_whole_way_through_the_worker() -> None:
    house = make_house(reads=2)
    progress = propose_assignment(house.round, by=SYSTEM)
    run_pending()

    progress.refresh_from_db()
    computation = Computation.objects.get()
    assert (progress.state, computation.state, computation.error) == ("done", ComputationState.PROPOSED, "")
    assert pairs_of(house.round) == set()
    assert computation.summary["reads"] == 12

    approve_assignment(computation, by=SYSTEM)
    own = {
        (entry.number, house.jurors[n % 2 + 2 * m].pk)
        for n, entry in enumerate(house.entries)
        for m in (0, 1)
    }
    given = pairs_of(house.round)
    assert (len(given), len(given & own)) == (12, 11), (
        "one is exchanged, so that both halves of the jury can be compared"
    )

    loads = Counter(juror for _entry, juror in given)
    assert set(loads.values()) <= {2, 3, 4}, "loads are near their mean"
    open_round(house.round, by=SYSTEM)
    assert set(Entry.objects.values_list("state", flat=True)) == {EntryState.JUDGED}
    kinds = list(Step.objects.filter(call=house.call).values_list("kind", flat=True))
    assert kinds[-4:] == ["seed", "computed", "approved", "round"]


def test_a_repair_moves_nothing_that_was_begun() -> None:
    house = make_house(entries=2, jurors=3, reads=1)
    assigned(house, [(0, 0), (1, 1)])
    Assignment.objects.filter(entry=house.entries[0]).update(state=AssignmentState.BEGUN)

    with pytest.raises(ProposalOutdated, match="was begun meanwhile"):
        approve_assignment(propose(house, [(0, 2), (1, 1)]), by=SYSTEM)
    approve_assignment(propose(house, [(0, 0), (1, 2)]), by=SYSTEM)
    states = set(Assignment.objects.values_list("entry__number", "juror", "state"))
    first, second, third = (juror.pk for juror in house.jurors)
    assert states == {(1, first, "begun"), (2, second, "taken_back"), (2, third, "given")}


def test_what_was_overtaken_is_refused() -> None:
    house = make_house(entries=2, jurors=3, reads=1)
    computation = propose(house, [(0, 0), (1, 1)])
    conflict = Conflict.objects.create(
        juror=house.jurors[0], entry=house.entries[0], kind=ConflictKind.OTHER, source=ConflictSource.OFFICE
    )
    with pytest.raises(ProposalOutdated, match="conflict of interest"):
        approve_assignment(computation, by=SYSTEM)
    computation.refresh_from_db()
    assert (computation.state, pairs_of(house.round)) == (ComputationState.PROPOSED, set())

    conflict.delete()
    house.jurors[1].state = "left"
    house.jurors[1].save()
    with pytest.raises(ProposalOutdated, match="left"):
        approve_assignment(computation, by=SYSTEM)


def test_a_second_proposal_is_out_of_date_once_the_first_holds() -> None:
    house = make_house(entries=2, jurors=2, reads=1)
    first, second = propose(house, [(0, 0), (1, 1)]), propose(house, [(0, 1), (1, 0)])
    approve_assignment(first, by=SYSTEM)
    with pytest.raises(ProposalOutdated, match="another one"):
        approve_assignment(second, by=SYSTEM)
    with pytest.raises(StaleState):
        approve_assignment(
            Computation(
                **{f.attname: getattr(first, f.attname) for f in first._meta.fields} | {"state": "proposed"}
            ),
            by=SYSTEM,
        )


def test_only_office_and_chair_approve() -> None:
    house = make_house(entries=2, jurors=2, reads=1)
    computation = propose(house, [(0, 0), (1, 1)])
    juror = office(house.call, "juror")
    with pytest.raises(PermissionRefused):
        approve_assignment(computation, by=juror.actor())
    approve_assignment(computation, by=office(house.call).actor())
    assert len(pairs_of(house.round)) == 2


def test_panels_without_a_common_area_share_some_entries() -> None:
    house = make_house(entries=6, jurors=4, reads=1)
    for n, juror in enumerate(house.jurors):
        name = house.areas[n % 2].slug
        juror.panel = Panel.objects.get_or_create(
            call=house.call, areas=[name], defaults={"name": Text.of(name)}
        )[0]
        juror.save()
    fill_round(house.round, by=SYSTEM)
    facts = facts_of(house.round)
    first, second, *rest = (entry.pk for entry in house.entries)
    assert links_of(facts) == {
        first: {("light",)},
        rest[0]: {("light",)},
        second: {("water",)},
        rest[1]: {("water",)},
    }
    barred = {pair for pair, rules in facts.barred.items() if rules == ("panel",)}
    assert barred == {
        (rest[2], house.jurors[1].pk),
        (rest[2], house.jurors[3].pk),
        (rest[3], house.jurors[0].pk),
        (rest[3], house.jurors[2].pk),
    }


def test_loads_are_even_unless_jurors_limits_forbid() -> None:
    house = make_house(entries=8, jurors=4, reads=1)
    house.jurors[0].most = 1
    house.jurors[0].save()
    fill_round(house.round, by=SYSTEM)
    limits = [(juror.least, juror.most) for juror in evened(facts_of(house.round)).jurors]
    assert limits == [(1, 1), (1, 3), (1, 3), (1, 3)]
