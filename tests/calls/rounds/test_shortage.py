"""Where nothing can be given out, sentences say why and lead to where it is changed."""

from __future__ import annotations

import re

import pytest
from django.utils.html import strip_tags

from summitry.algorithms.assignment import Change, Clash
from summitry.calls.actions.assigning import ask_assignment
from summitry.calls.actions.computing import compute_now
from summitry.calls.actions.round import fill_round
from summitry.calls.enums import ComputationState, ConflictKind
from summitry.calls.models import Conflict
from summitry.calls.queries.shortage import CLASHES, STEPS, Explained, explained, rule_words
from tests.calls.make import SYSTEM
from tests.calls.rounds.house import chair, make_house
from tests.calls.rounds.test_round_pages import at, signed_in

pytestmark = pytest.mark.django_db


def words(said: Explained) -> list[str]:
    steps = [strip_tags(step) for remedy in said.remedies for step in remedy.steps]
    return [said.headline, strip_tags(said.bottleneck or ""), *map(strip_tags, said.causes), *steps]


def test_a_shortage_names_entries_jurors_and_rules() -> None:
    house = make_house(entries=2, jurors=2, reads=2)
    Conflict.objects.create(juror=house.jurors[1], entry=house.entries[0], kind="adviser", source="juror")
    fill_round(house.round, by=SYSTEM)
    computation = compute_now(ask_assignment(house.round, by=SYSTEM), by=SYSTEM)
    assert computation.state == ComputationState.SHORT

    told = explained(computation, house.round, SYSTEM)
    said = words(told)
    assert said[0] == "1 read cannot be given to anybody."
    everything = " | ".join(said)
    assert "1 Entry 1 needs 2 readers and lacks 1; 1 jurors may read it." in everything
    assert "jurors in conflict (Advises the entrant)" in everything
    assert "Have 1 Entry 1 read by 1 fewer." in everything
    assert re.search(r'href="[^"]+/rounds/1/reads/\?entry=1"', str(told.causes[0]))

    account = chair(house.call)
    page = signed_in(account).get(at(house, "1/assignment/")).content.decode()
    assert "It cannot be done as it stands" in page
    house.jurors[1].account = account
    house.jurors[1].save()
    page = signed_in(account).get(at(house, "1/assignment/")).content.decode()
    assert ("1 read cannot be given to anybody." in page, "Entry 1" in page) == (True, False)


def test_names_in_sentences_are_escaped() -> None:
    house = make_house(entries=1, jurors=1, reads=2)
    house.entries[0].title = type(house.entries[0].title).of("<script>alert(1)</script>")
    house.entries[0].save()
    fill_round(house.round, by=SYSTEM)
    computation = compute_now(ask_assignment(house.round, by=SYSTEM), by=SYSTEM)
    told = explained(computation, house.round, SYSTEM)
    assert "<script>" not in " ".join(map(str, [told.bottleneck, *told.causes]))


def test_every_step_clash_and_cap_has_a_sentence() -> None:
    assert set(STEPS) == {str(change) for change in Change}
    assert set(CLASHES) == {str(clash) for clash in Clash}
    assert {rule_words(rule) for rule in ("language", "panel", "recused", *ConflictKind.values)} != set()
