"""A call's record as parts of a file, in two grades: for auditors everything, for the public no people and no losers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Count

from summitry.calls.enums import ComputationState, StepKind, Task
from summitry.calls.models import (
    Assignment,
    Ballot,
    Call,
    Computation,
    Decision,
    Entry,
    EntryVersion,
    Final,
    Laureate,
    Review,
    Step,
)
from summitry.calls.permissions_judging import barred
from summitry.calls.queries.computations import answer_of, problem_of
from summitry.calls.queries.review_content import digested
from summitry.calls.record.lines import FORMAT, Grade, Part
from summitry.foundation.access import Actor, require
from summitry.foundation.errors import PermissionRefused

Parts = Iterator[tuple[Part, dict[str, Any]]]
ANSWERED = frozenset(
    {
        ComputationState.PROPOSED,
        ComputationState.SHORT,
        ComputationState.IN_FORCE,
        ComputationState.SUPERSEDED,
    }
)
CHUNK = 200


def record_parts(call: Call, grade: Grade, actor: Actor) -> Parts:
    """Return the parts of a record, in their order.

    Raises PermissionRefused: the auditor's grade is for few, and until laureates are announced for nobody whom a conflict
    bars from any entry of the call. The seed is in it from the moment at which it was revealed.
    """
    if grade is Grade.PUBLIC:
        require(actor, "view", call)
        return _public(call)
    require(actor, "audit", call)
    hidden = barred(actor)
    if call.announced_at is None and hidden is not None and call.entries.filter(pk__in=hidden).exists():
        raise PermissionRefused
    return _auditor(call)


def _auditor(call: Call) -> Parts:
    told = any("seed" in step.content for step in Step.objects.filter(call=call, kind=StepKind.SEED))
    yield Part.RECORD, _opening(call, Grade.AUDITOR) | ({"seed": call.seed} if told else {})
    yield from _steps(call)
    versions = EntryVersion.objects.filter(entry__call=call).select_related("entry")
    for version in versions.order_by("entry__number", "number").iterator(CHUNK):
        yield (
            Part.VERSION,
            {
                "entry": version.entry.number,
                "key": version.entry_id,
                "number": version.number,
                "content": version.content,
                "digest": version.digest,
            },
        )
    assignments = Assignment.objects.filter(round__call=call).order_by(
        "round__number", "entry_id", "juror_id"
    )
    for round_, entry, juror, state in assignments.values_list(
        "round__number", "entry_id", "juror_id", "state"
    ).iterator(2000):
        yield Part.ASSIGNMENT, {"round": round_, "entry": entry, "juror": juror, "state": state}
    yield from _reviews(call)
    for computation in _computations(call):
        yield Part.COMPUTATION, _computation(computation) | {"problem": problem_of(computation)}
    yield from _finals(call)
    decisions = Decision.objects.filter(entry__call=call).order_by("entry_id")
    for decision in decisions:
        yield Part.DECISION, _decision(decision) | {"reason": decision.reason}
    yield from _laureates(call)


def _public(call: Call) -> Parts:
    yield Part.RECORD, _opening(call, Grade.PUBLIC) | {"counts": _counts(call)}
    yield from _steps(call)
    announced = call.announced_at is not None
    chosen = set(_chosen(call)) if announced else set()
    for computation in _computations(call):
        shown = _computation(computation)
        answer = shown.pop("answer")
        if computation.task == Task.CALIBRATION:
            shown["bands"] = _bands(answer, chosen)
        yield Part.COMPUTATION, shown
    if announced:
        yield from _laureates(call)


def _opening(call: Call, grade: Grade) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "grade": str(grade),
        "call": call.slug,
        "edition": call.edition.slug,
        "preset": call.preset,
        "places": call.places,
        "reserve": call.reserve,
        "opens_at": _moment(call.opens_at),
        "closes_at": _moment(call.closes_at),
        "areas": list(call.areas.values_list("slug", flat=True)),
        "quotas": list(call.quotas.values("dimension", "label", "least", "most")),
    }


def _steps(call: Call) -> Parts:
    for step in Step.objects.filter(call=call).order_by("number").iterator(CHUNK):
        yield (
            Part.STEP,
            {
                "number": step.number,
                "kind": step.kind,
                "at": _moment(step.at),
                "content": step.content,
                "previous_hash": step.previous_hash,
                "hash": step.hash,
            },
        )


def _reviews(call: Call) -> Parts:
    reviews = (
        Review.objects.filter(assignment__round__call=call, submitted_at__isnull=False)
        .select_related("assignment__round")
        .order_by("assignment_id")
    )
    for review in reviews.iterator(CHUNK):
        yield (
            Part.REVIEW,
            {
                "round": review.assignment.round.number,
                "entry": review.assignment.entry_id,
                "juror": review.assignment.juror_id,
                "score": review.score,
                "content": digested(review),
                "digest": review.digest,
            },
        )


def _computations(call: Call) -> Iterator[Computation]:
    rows = Computation.objects.filter(call=call, state__in=ANSWERED).exclude(task=Task.EFFORT)
    return rows.select_related("round").order_by("number").iterator(1)


def _computation(computation: Computation) -> dict[str, Any]:
    return {
        "number": computation.number,
        "task": computation.task,
        "round": computation.round.number if computation.round else None,
        "state": computation.state,
        "problem_digest": computation.problem_digest,
        "answer_digest": computation.answer_digest,
        "answer": answer_of(computation),
    }


def _finals(call: Call) -> Parts:
    for final in Final.objects.filter(round__call=call).select_related("round"):
        yield (
            Part.FINAL,
            {
                "round": final.round.number,
                "ballot": final.ballot,
                "public_share": final.public_share,
                "tally": final.tally,
            },
        )
        for ballot in Ballot.objects.filter(final=final).order_by("juror_id"):
            yield (
                Part.BALLOT,
                {
                    "round": final.round.number,
                    "juror": ballot.juror_id,
                    "commitment": ballot.commitment,
                    "content": ballot.content,
                    "salt": ballot.salt,
                },
            )


def _laureates(call: Call) -> Parts:
    laureates = Laureate.objects.filter(entry__call=call, revoked_at=None).select_related("award", "entry")
    for laureate in laureates.order_by("position", "pk"):
        yield (
            Part.LAUREATE,
            {"entry": laureate.entry_id, "award": laureate.award.slug, "number": laureate.number},
        )


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "entry": decision.entry_id,
        "verdict": decision.verdict,
        "rank": decision.rank,
        "follows": decision.follows,
    }


def _chosen(call: Call) -> Iterator[int]:
    yield from Laureate.objects.filter(entry__call=call, revoked_at=None).values_list("entry_id", flat=True)


def _counts(call: Call) -> dict[str, Any]:
    states = Entry.objects.filter(call=call).values_list("state").annotate(n=Count("pk")).order_by("state")
    steps = Step.objects.filter(call=call).values_list("kind").annotate(n=Count("pk")).order_by("kind")
    return {
        "entries": dict(states),
        "jurors": call.jurors.filter(assignments__isnull=False).distinct().count(),
        "reviews": sum(n for kind, n in steps if kind == StepKind.REVIEW),
        "steps": dict(steps),
    }


def _bands(answer: dict[str, Any] | None, chosen: set[int]) -> dict[str, Any]:
    """Return how many entries had which chance to be chosen, in tenths, and the chance of each of the chosen."""
    estimates = (answer or {}).get("estimates", [])
    tenths = [0] * 10
    for one in estimates:
        tenths[min(int(one["chance"] * 10), 9)] += 1
    return {
        "tenths": tenths,
        "chosen": {str(one["entry"]): one["chance"] for one in estimates if one["entry"] in chosen},
    }


def _moment(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds")
