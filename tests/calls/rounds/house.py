"""A small call with a jury: entries in two areas, jurors who know one or the other, and one round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from summitry.calls.actions.assigning import approve_assignment, ask_assignment
from summitry.calls.actions.computing import keep_answer
from summitry.calls.actions.round import fill_round
from summitry.calls.enums import AssignmentState, ComputationState
from summitry.calls.models import Area, Assignment, Call, Computation, Criterion, Entry, Juror, Review, Round
from summitry.calls.permissions import CHAIR, MANAGER
from summitry.foundation import clock
from summitry.foundation.access import Scope
from summitry.foundation.grants import grant_role
from summitry.foundation.models import Account
from tests.calls.make import SYSTEM, make_area, make_call, make_entry, make_juror, make_round
from tests.directory.make import make_account
from tests.editions.make import make_edition


@dataclass
class House:
    call: Call
    round: Round
    areas: list[Area]
    entries: list[Entry]
    jurors: list[Juror]


def make_house(entries: int = 6, jurors: int = 4, **round_facts: Any) -> House:
    """Entries and jurors alternate between two areas; nobody is in conflict."""
    call = make_call(make_edition(), places=2)
    areas = [make_area(call, "water"), make_area(call, "light")]
    facts = {"per_organisation": 0, "per_entity": 0, "mode": "best", **round_facts}
    return House(
        call,
        make_round(call, **facts),
        areas,
        [make_entry(call, f"Entry {n + 1}", area=areas[n % 2]) for n in range(entries)],
        [make_juror(call, f"Juror {n + 1}", expertise=[areas[n % 2].slug]) for n in range(jurors)],
    )


def office(call: Call, role: str = MANAGER.code) -> Account:
    """Return an account of the call's office, or of its chair."""
    account = make_account()
    grant_role(account, role, Scope("call", call.pk), by=SYSTEM)
    return account


def chair(call: Call) -> Account:
    return office(call, CHAIR.code)


def pairs_of(round_: Round) -> set[tuple[int, int]]:
    """Return who has what, by the numbers of entries and the ids of jurors."""
    rows = Assignment.objects.filter(round=round_, state__in=("given", "begun", "submitted"))
    return set(rows.values_list("entry__number", "juror_id"))


def propose(house: House, pairs: list[tuple[int, int]]) -> Computation:
    """Ask for an assignment and keep an answer of our own (indexes of entries and jurors), without a solver."""
    fill_round(house.round, by=SYSTEM)
    computation = ask_assignment(house.round, by=SYSTEM)
    chosen = [[house.entries[entry].pk, house.jurors[juror].pk] for entry, juror in pairs]
    return stored(
        computation,
        {
            "answer": "result",
            "pairs": chosen,
            "total": 7500 * len(pairs),
            "bound": 10_000 * len(pairs),
            "worst": 7500,
            "worst_bound": None,
            "moved": [],
            "components": 1,
            "solver": "tests",
            "notes": [],
            "probabilities": [],
        },
    )


def stored(computation: Computation, answer: dict[str, Any]) -> Computation:
    """Let a computation have ended with this answer."""
    computation.state = ComputationState.RUNNING
    computation.save()
    return keep_answer(computation, answer, by=SYSTEM)


def assigned(house: House, pairs: list[tuple[int, int]]) -> None:
    """Give these entries to these jurors (indexes), through a proposal."""
    approve_assignment(propose(house, pairs), by=SYSTEM)


def reviewed(house: House, entry: int, juror: int, mark: int) -> Review:
    """Let a juror have handed in a review with one mark for all criteria."""
    row = Assignment.objects.get(round=house.round, entry=house.entries[entry], juror=house.jurors[juror])
    row.state = AssignmentState.SUBMITTED
    row.save()
    marks = dict.fromkeys(Criterion.objects.filter(round=house.round).values_list("slug", flat=True), mark)
    return Review.objects.create(assignment=row, marks=marks, score=mark, submitted_at=clock.now())
