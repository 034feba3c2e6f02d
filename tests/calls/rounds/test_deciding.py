"""From reviews to a decision: calibrated, decided, overridden with a reason, opened again."""

from __future__ import annotations

from typing import Any

import pytest

from summitry.calls.actions.advancing import (
    CannotDecide,
    decide_round,
    reopen_decision,
    set_stand,
    spread_reads,
)
from summitry.calls.actions.calibrating import approve_calibration, ask_calibration
from summitry.calls.actions.computing import compute_now
from summitry.calls.actions.round import close_round, open_round
from summitry.calls.enums import EntryState, RoundState, Stand
from summitry.calls.models import Conflict, Entry, Round, Standing
from summitry.calls.queries.calibration import marks_of, shown_calibration
from summitry.foundation.errors import InvalidInput
from tests.calls.make import SYSTEM, make_round
from tests.calls.rounds.house import House, assigned, chair, make_house, office, reviewed, stored

pytestmark = pytest.mark.django_db
CHANCES = (0.9, 0.6, 0.4, 0.1)


def judged(rounds: int = 2) -> House:
    """Four entries of which two go on, read twice each and closed; a calibration is in force."""
    house = make_house(entries=4, jurors=2, reads=2)
    for number in range(2, rounds + 1):
        make_round(house.call, number)
    assigned(house, [(entry, juror) for entry in range(4) for juror in range(2)])
    open_round(house.round, by=SYSTEM)
    for entry in range(4):
        for juror in range(2):
            reviewed(house, entry, juror, 9 - 2 * entry - juror)
    close_round(house.round, by=SYSTEM)
    approve_calibration(stored(ask_calibration(house.round, by=SYSTEM), calibrated(house)), by=SYSTEM)
    return house


def calibrated(house: House) -> dict[str, Any]:
    """An answer in which the entries are likely in their order."""
    return {
        "estimates": [
            {
                "entry": entry.pk,
                "reads": 2,
                "mean": 8.5 - 2 * n,
                "median": 8.5 - 2 * n,
                "spread": 0.7,
                "score": 8.0 - 2 * n,
                "error": 0.5,
                "chance": CHANCES[n],
            }
            for n, entry in enumerate(house.entries)
        ],
        "jurors": [
            {
                "juror": juror.pk,
                "reads": 4,
                "offset": 0.0,
                "scale": 1.0,
                "noise": 0.5,
                "outliers": 0.0,
                "flags": [],
            }
            for juror in house.jurors
        ],
        "components": {
            "level": 5.0,
            "entry": 4.0,
            "juror": 0.2,
            "scale": 0.0,
            "residual": 0.3,
            "evidence": 0.2,
        },
        "levels": [{"round": 1, "level": 5.0}],
        "supported": False,
        "linked": 1,
        "contested": [entry.pk for entry in house.entries[1:3]],
        "pairs": [],
    }


def stands(house: House) -> list[tuple[int, str, int | None]]:
    return list(
        Standing.objects.filter(round=house.round)
        .order_by("entry__number")
        .values_list("entry__number", "stand", "rank")
    )


def states(house: House) -> list[str]:
    return list(Entry.objects.filter(call=house.call).values_list("state", flat=True))


def test_a_round_is_decided_by_its_calibration() -> None:
    house = judged()
    decide_round(house.round, by=chair(house.call).actor())
    assert stands(house) == [(1, "advanced", 1), (2, "advanced", 2), (3, "out", None), (4, "out", None)]
    assert states(house) == ["judged", "judged", "not_advanced", "not_advanced"]
    following = Round.objects.get(call=house.call, number=2)
    assert set(following.standings.values_list("entry__number", flat=True)) == {1, 2}
    assert house.call.steps.latest("number").content["set"] == []

    reopen_decision(house.round, by=SYSTEM)
    assert (states(house), {stand for _n, stand, _rank in stands(house)}) == (["judged"] * 4, {"in"})
    decide_round(house.round, by=SYSTEM)
    assert spread_reads(following, adaptive=True, by=SYSTEM) > 0
    open_round(following, by=SYSTEM)
    with pytest.raises(CannotDecide, match="has begun"):
        reopen_decision(house.round, by=SYSTEM)


def test_the_chair_decides_otherwise_with_a_reason() -> None:
    house = judged(rounds=1)
    last = Standing.objects.get(round=house.round, entry=house.entries[3])
    with pytest.raises(InvalidInput):
        set_stand(last, Stand.ADVANCED, by=SYSTEM)
    set_stand(last, Stand.ADVANCED, reason="Its field has nobody else.", by=SYSTEM)
    decide_round(house.round, by=SYSTEM)
    assert [stand for _n, stand, _rank in stands(house)] == ["advanced", "reserve", "reserve", "advanced"]
    assert set(states(house)) == {EntryState.SHORTLISTED}
    assert house.call.steps.latest("number").content["set"] == [4]


def test_who_is_barred_sees_nothing_of_an_entry_and_does_not_decide() -> None:
    house = judged()
    account = chair(house.call)
    house.jurors[0].account = account
    house.jurors[0].save()
    calibration = house.call.computations.get(task="calibration")
    whole = shown_calibration(calibration, account.actor())
    assert [row.chance for row in whole.rows] == list(CHANCES)
    assert marks_of(house.round, account.actor(), [house.entries[0].pk])[house.entries[0].pk].mean == 8.5

    Conflict.objects.create(juror=house.jurors[0], entry=house.entries[0], kind="other", source="office")
    shown = shown_calibration(calibration, account.actor())
    assert ([row.entry_id for row in shown.rows], shown.hidden) == ([e.pk for e in house.entries[1:]], True)
    assert marks_of(house.round, account.actor(), [house.entries[0].pk]) == {}
    with pytest.raises(CannotDecide, match="somebody else"):
        decide_round(house.round, by=account.actor())


def test_a_juror_sees_figures_of_what_she_has_reviewed_only() -> None:
    house = judged()
    account = office(house.call, "juror")
    house.jurors[0].account = account
    house.jurors[0].save()
    row = house.round.assignments.get(entry=house.entries[1], juror=house.jurors[0])
    row.state = "begun"
    row.save()
    seen = marks_of(house.round, account.actor(), [entry.pk for entry in house.entries])
    assert sorted(seen) == [house.entries[n].pk for n in (0, 2, 3)]


def test_a_real_calibration_is_proposed() -> None:
    house = judged()
    Round.objects.filter(pk=house.round.pk).update(state=RoundState.CLOSED)
    computation = compute_now(ask_calibration(house.round, by=SYSTEM), by=SYSTEM)
    assert (computation.state, computation.error) == ("proposed", "")
    rows = shown_calibration(computation, SYSTEM).rows
    assert [row.entry_id for row in rows] == [entry.pk for entry in house.entries]
