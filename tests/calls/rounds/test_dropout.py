"""A juror who drops out: the office is told how many reads are without a juror, and offered a repair; nothing moves by itself."""

from __future__ import annotations

import pytest
from django.test import Client

from summitry.calls.actions.assigning import approve_assignment
from summitry.calls.actions.juror import leave_jury
from summitry.calls.actions.round import open_round
from summitry.calls.enums import Preset
from summitry.calls.models import Assignment, Call, Computation, Conflict
from summitry.calls.queries.cockpit import NextStep, cockpit_of
from summitry.calls.queries.lacking import lacking_reads
from summitry.calls.queries.rounds import short_entries
from summitry.foundation import clock
from summitry.foundation.models import Account
from tests.calls.make import SYSTEM
from tests.calls.rounds.house import House, assigned, chair, make_house, office, pairs_of, propose, reviewed

pytestmark = pytest.mark.django_db


def reading() -> House:
    """Four entries, two reads each, all of them with jurors 0 and 1; juror 0 has handed in the first."""
    house = make_house(entries=4, jurors=3, reads=2)
    assigned(house, [(entry, juror) for entry in range(4) for juror in (0, 1)])
    Call.objects.filter(pk=house.call.pk).update(state="frozen", preset=Preset.CASES)
    open_round(house.round, by=SYSTEM)
    reviewed(house, 0, 0, 7)
    return house


def steps(house: House, who: Account) -> list[NextStep]:
    call = Call.objects.select_related("edition").get(pk=house.call.pk)
    found = cockpit_of(call, who.actor(), clock.now()).steps
    return [step for step in found if step.title == "Readers are lacking"]


def url_of(house: House) -> str:
    return f"/en/console/{house.call.edition.slug}/calls/{house.call.slug}/"


def test_the_overview_says_what_a_dropout_leaves_and_proposes_the_repair_on_a_button(client: Client) -> None:
    house = reading()
    manager = office(house.call)
    assert steps(house, manager) == []

    leave_jury(house.jurors[0], by=SYSTEM)
    before = pairs_of(house.round)
    url = f"{url_of(house)}rounds/1/assignment/"
    offered = NextStep(
        "Readers are lacking",
        "3 reads are without a juror.",
        url,
        deed="Propose other readers",
        act="propose",
    )
    assert steps(house, manager) == [offered]
    assert [row.entry.number for row in short_entries(house.round, manager.actor())] == [2, 3, 4]
    client.force_login(manager, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(url_of(house)).content.decode()
    assert f'<form method="post" action="{url}">' in page
    assert client.get(f"{url_of(house)}rounds/1/reads/?short=yes").content.decode().count("Has left") == 3
    assert client.post(url, {"act": "propose"}).status_code == 302
    assert pairs_of(house.round) == before

    propose(house, [(0, 0), *((entry, 1) for entry in range(4)), *((entry, 2) for entry in range(1, 4))])
    assert steps(house, manager) == [
        NextStep("Readers are lacking", "3 reads are without a juror. A proposal waits to be approved.", url)
    ]
    approve_assignment(Computation.objects.latest("number"), by=SYSTEM)
    assert steps(house, manager) == []
    assert lacking_reads([house.round], manager.actor()) == {}
    assert Assignment.objects.get(entry=house.entries[0], juror=house.jurors[0]).state == "submitted"


def test_a_conflict_that_is_found_after_the_assignment_leaves_reads_too_but_not_to_those_whom_it_bars() -> (
    None
):
    house = reading()
    facts = {"kind": "adviser", "source": "office", "state": "upheld"}
    for entry in (0, 1):
        Conflict.objects.create(juror=house.jurors[0], entry=house.entries[entry], **facts)
    head = chair(house.call)
    assert lacking_reads([house.round], head.actor()) == {house.round.pk: 2}
    house.jurors[2].account = head
    house.jurors[2].save()
    Conflict.objects.create(juror=house.jurors[2], entry=house.entries[1], **facts)
    assert lacking_reads([house.round], head.actor()) == {house.round.pk: 1}


def test_reads_of_a_round_that_was_not_given_out_are_not_lacking_yet() -> None:
    house = make_house(entries=2, jurors=2, reads=1)
    Call.objects.filter(pk=house.call.pk).update(state="frozen")
    assert steps(house, office(house.call)) == []
