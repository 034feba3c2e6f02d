"""What is chosen from: candidates with their scores, the problem that the quotas make of them, and what was proposed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet

from summitry.algorithms.selection import EVERY, Candidate, Problem, Result, Shortage
from summitry.algorithms.selection import Quota as Bound
from summitry.algorithms.selection.plain import problem_plain, result_from
from summitry.calls.enums import ComputationState, EntryState, FinalState, Task, Verdict
from summitry.calls.models import Call, Computation, Decision, Entry, Final
from summitry.calls.permissions_judging import withheld
from summitry.calls.queries.computations import answer_of, in_force
from summitry.calls.record.seeds import derived_seed
from summitry.foundation.access import Actor

CANDIDATES = frozenset(
    {EntryState.SHORTLISTED, EntryState.SELECTED, EntryState.RESERVE, EntryState.NOT_SELECTED}
)
LISTED = CANDIDATES | {EntryState.ANNOUNCED}
"""What is chosen from, and what was: a selection can be looked at after the announcement as before."""
DRAWS = 500
SHOWN = frozenset({ComputationState.PROPOSED, ComputationState.IN_FORCE, ComputationState.SHORT})


class Score(NamedTuple):
    """What an entry is chosen by: its score, and the standard error of it where one is known."""

    score: float
    error: float | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A selection that was computed: the run, and what it found."""

    computation: Computation
    answer: Result | Shortage

    @property
    def is_in_force(self) -> bool:
        """Whether the chair decides by this one."""
        return self.computation.state == ComputationState.IN_FORCE


def candidates_of(call: Call) -> QuerySet[Entry]:
    """Return the entries among which is chosen: those that were shortlisted, whatever was decided about them since."""
    return _entries(call, CANDIDATES)


def _entries(call: Call, states: Iterable[EntryState]) -> QuerySet[Entry]:
    rows = Entry.objects.filter(call=call, state__in=states)
    return rows.select_related("area", "entity", "organisation").order_by("number")


def scores_of(call: Call) -> dict[int, Score]:
    """Return by entry what the last round says: the tally of a live final that was revealed, else the calibration in force."""
    final = (
        Final.objects.filter(round__call=call, state=FinalState.REVEALED).order_by("-round__number").first()
    )
    if final is not None and final.tally:
        return {row["entry"]: Score(row["score"]) for row in final.tally["entries"]}
    rows = Computation.objects.filter(call=call, task=Task.CALIBRATION, state=ComputationState.IN_FORCE)
    last = rows.order_by("-round__number", "-number").first()
    answer = answer_of(last) if last is not None else None
    return {row["entry"]: Score(row["score"], row["error"]) for row in (answer or {}).get("estimates", [])}


def selection_problem(call: Call, entries: Iterable[Entry], scores: Mapping[int, Score]) -> dict[str, Any]:
    """Return the problem of choosing the call's places among `entries` under its quotas; entries without a score stay out."""
    problem = Problem(
        candidates=tuple(
            Candidate(entry.pk, scores[entry.pk].score, labels_of(entry), scores[entry.pk].error)
            for entry in entries
            if entry.pk in scores
        ),
        places=call.places,
        quotas=tuple(
            Bound(str(quota.dimension), quota.label or EVERY, quota.least, quota.most)
            for quota in call.quotas.all()
        ),
        draws=DRAWS,
        seed=derived_seed(call.seed, "selection", 0),
        reserve=call.reserve,
    )
    return problem_plain(problem)


def labels_of(entry: Entry) -> dict[str, str]:
    """Return what quotas count an entry as: its area, its kind of institution, its country or region."""
    labels = {
        "area": entry.area.slug if entry.area else "",
        "kind": entry.kind,
        "entity": entry.entity.code if entry.entity else "",
    }
    return {dimension: label for dimension, label in labels.items() if label}


def proposal_in_force(call: Call) -> Proposal | None:
    """Return the selection by which the chair decides; None where none was taken yet."""
    return _proposal(in_force(call, Task.SELECTION))


def proposal_shown(call: Call) -> Proposal | None:
    """Return the selection that was computed last, whether it holds or is to be looked at; None where there is none."""
    rows = Computation.objects.filter(call=call, task=Task.SELECTION, state__in=SHOWN)
    return _proposal(rows.order_by("-number").first())


def _proposal(computation: Computation | None) -> Proposal | None:
    answer = answer_of(computation) if computation is not None else None
    return None if computation is None or answer is None else Proposal(computation, result_from(answer))


def newest_of(call: Call) -> Computation | None:
    """Return the selection that was asked for last, whatever became of it."""
    return Computation.objects.filter(call=call, task=Task.SELECTION).order_by("-number").first()


def proposed_verdicts(proposal: Proposal | None) -> dict[int, tuple[Verdict, int | None]]:
    """Return what the proposal says of each entry that it chose or put in reserve, with the place in the reserve."""
    if proposal is None or isinstance(proposal.answer, Shortage):
        return {}
    chosen = dict.fromkeys(proposal.answer.chosen, (Verdict.SELECTED, None))
    reserve = {one.key: (Verdict.RESERVE, n) for n, one in enumerate(proposal.answer.reserve, 1)}
    return {**reserve, **chosen}


@dataclass(frozen=True, slots=True)
class Line:
    """One candidate as the chair sees it: what speaks for it, what is proposed, and what was decided.

    Nothing is proposed, nor likely, for a reader from whom another candidate is hidden: she could tell of it by what is left.
    """

    entry: Entry
    score: Score | None
    chance: float | None
    change: float | None
    proposed: Verdict | None
    decision: Decision | None

    @property
    def is_contested(self) -> bool:
        """Whether the draws neither choose it nearly always nor hardly ever."""
        return self.chance is not None and 0.1 < self.chance < 0.9


def is_masked(call: Call, actor: Actor) -> bool:
    """Return whether a candidate is withheld from `actor`: then somebody else decides, and she sees no proposal."""
    hidden = withheld(actor)
    return hidden is not None and _entries(call, LISTED).filter(pk__in=hidden).exists()


def lines_of(call: Call, actor: Actor, proposal: Proposal | None) -> list[Line]:
    """Return the candidates that are not withheld from `actor`, the best first; five queries."""
    entries = _entries(call, LISTED).select_related("decision")
    hidden = withheld(actor)
    if hidden is not None:
        entries = entries.exclude(pk__in=hidden)
    if is_masked(call, actor):
        proposal = None
    scores = scores_of(call)
    verdicts = proposed_verdicts(proposal)
    result = proposal.answer if proposal and isinstance(proposal.answer, Result) else None
    chances = {one.key: one.share for one in result.chances} if result else {}
    flips = {one.key: one.change for one in result.flips} if result else {}
    lines = [
        Line(
            entry,
            scores.get(entry.pk),
            chances.get(entry.pk),
            flips.get(entry.pk),
            verdicts.get(entry.pk, (Verdict.NOT_SELECTED, None))[0] if result else None,
            getattr(entry, "decision", None),
        )
        for entry in entries
    ]
    return sorted(lines, key=lambda line: (-(line.score.score if line.score else -1e9), line.entry.number))
