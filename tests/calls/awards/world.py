"""A call whose entries are shortlisted and scored, for what follows: selection, awards, announcement."""

from __future__ import annotations

from typing import Any

from summitry.calls.actions.computing import ask, bring_into_force, keep_answer
from summitry.calls.enums import COMPUTATION, CallState, ComputationState, EntryState, Task
from summitry.calls.models import Award, Call, Entry
from summitry.editions.models import Edition
from summitry.foundation.i18n import Text
from summitry.foundation.states import transition
from tests.calls.make import SYSTEM, make_area, make_call, make_entry, make_round


def shortlisted(scores: list[float], *, edition: Edition | None = None, **facts: Any) -> Call:
    """Return a frozen call with an entry for each score, in two areas by turns, and a calibration in force that says so."""
    call = make_call(edition, **{"places": 2, "reserve": 1, **facts})
    areas = [make_area(call, "east"), make_area(call, "west")]
    entries = [
        make_entry(call, f"Entry {n}", state=EntryState.SHORTLISTED, area=areas[n % 2], language="en")
        for n, _score in enumerate(scores)
    ]
    calibrated(call, entries, scores)
    Award.objects.create(call=call, slug="prize", name=Text.of("Prize"), places=2)
    Call.objects.filter(pk=call.pk).update(state=CallState.FROZEN)
    call.state = CallState.FROZEN
    return call


def calibrated(call: Call, entries: list[Entry], scores: list[float]) -> None:
    """Keep a calibration in force as if a solver had given this answer."""
    estimates = [
        {"entry": entry.pk, "score": score, "error": 0.5, "chance": 0.5}
        for entry, score in zip(entries, scores, strict=True)
    ]
    answer = {
        "estimates": estimates,
        "contested": [],
        "pairs": [],
        "jurors": [],
        "linked": 1,
        "supported": False,
    }
    made = ask(
        call,
        Task.CALIBRATION,
        {"ratings": [], "entries": [], "places": 2, "lowest": 1.0, "highest": 10.0},
        by=SYSTEM,
        round_=make_round(call),
    )
    transition(made, COMPUTATION, ComputationState.RUNNING, by=SYSTEM, audit="calls.computation.begun")
    bring_into_force(keep_answer(made, answer, by=SYSTEM), by=SYSTEM)
