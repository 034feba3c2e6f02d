"""A call's record as parts of a file, in two grades: for auditors everything, for the public no people and no losers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
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
    StepWords,
)
from summitry.calls.permissions_judging import withheld
from summitry.calls.queries.computations import answer_of, problem_of
from summitry.calls.queries.review_content import digested
from summitry.calls.record.canonical import digest
from summitry.calls.record.chain import is_about_people
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

    Raises PermissionRefused: the auditor's grade is for few, and until laureates are announced for nobody from whom any entry
    of the call is withheld. The seed is in it from the moment at which it was revealed.
    """
    if grade is Grade.PUBLIC:
        require(actor, "view", call)
        return _public(call)
    require(actor, "audit", call)
    hidden = withheld(actor)
    if call.announced_at is None and hidden is not None and call.entries.filter(pk__in=hidden).exists():
        raise PermissionRefused
    return _auditor(call)


def _auditor(call: Call) -> Parts:
    told = any("seed" in step.content for step in Step.objects.filter(call=call, kind=StepKind.SEED))
    yield Part.RECORD, _opening(call, Grade.AUDITOR) | ({"seed": call.seed} if told else {})
    yield from _steps(call, Grade.AUDITOR)
    yield from _words(call)
    for number, key, state in call.entries.order_by("number").values_list("number", "pk", "state"):
        yield Part.ENTRY, {"number": number, "key": key, "state": state}
    versions = EntryVersion.objects.filter(entry__call=call).select_related("entry")
    for version in versions.order_by("entry__number", "number").iterator(CHUNK):
        yield (
            Part.VERSION,
            {
                "entry": version.entry.number,
                "number": version.number,
                "content": version.content,
                "digest": version.digest,
            },
        )
    assignments = Assignment.objects.filter(round__call=call).order_by(
        "round__number", "entry__number", "juror_id"
    )
    for round_, entry, juror, state in assignments.values_list(
        "round__number", "entry__number", "juror_id", "state"
    ).iterator(2000):
        yield Part.ASSIGNMENT, {"round": round_, "entry": entry, "juror": juror, "state": state}
    yield from _reviews(call)
    for computation in _computations(call):
        yield Part.COMPUTATION, _computation(computation) | {"problem": problem_of(computation)}
    yield from _finals(call)
    decisions = Decision.objects.filter(entry__call=call).select_related("entry").order_by("entry__number")
    for decision in decisions:
        yield Part.DECISION, _decision(decision) | {"reason": decision.reason}
    yield from _laureates(call)


def _public(call: Call) -> Parts:
    yield Part.RECORD, _opening(call, Grade.PUBLIC) | {"counts": _counts(call)}
    yield from _steps(call, Grade.PUBLIC)
    announced = call.announced_at is not None
    chosen = _chosen(call) if announced else {}
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


def _steps(call: Call, grade: Grade) -> Parts:
    """The public gets of steps about people the digest, by which the chain holds all the same."""
    for step in Step.objects.filter(call=call).order_by("number").iterator(CHUNK):
        is_sealed = grade is Grade.PUBLIC and is_about_people(step.kind, step.content)
        content = {"content_digest": digest(step.content)} if is_sealed else {"content": step.content}
        yield (
            Part.STEP,
            {
                "number": step.number,
                "kind": step.kind,
                "at": _moment(step.at),
                **content,
                "previous_hash": step.previous_hash,
                "hash": step.hash,
            },
        )


def _words(call: Call) -> Parts:
    rows = StepWords.objects.filter(step__call=call).order_by("step__number")
    for number, words, salt in rows.values_list("step__number", "words", "salt").iterator(CHUNK):
        yield Part.WORDS, {"step": number, **({"words": words, "salt": salt} if salt else {"erased": True})}


def _reviews(call: Call) -> Parts:
    reviews = (
        Review.objects.filter(assignment__round__call=call, submitted_at__isnull=False)
        .select_related("assignment__round", "assignment__entry")
        .order_by("assignment_id")
    )
    for review in reviews.iterator(CHUNK):
        yield (
            Part.REVIEW,
            {
                "round": review.assignment.round.number,
                "entry": review.assignment.entry.number,
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
            {"entry": laureate.entry.number, "award": laureate.award.slug, "number": laureate.number},
        )


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "entry": decision.entry.number,
        "verdict": decision.verdict,
        "rank": decision.rank,
        "follows": decision.follows,
    }


def _chosen(call: Call) -> dict[int, int]:
    """Return the entries of laureates: their numbers by their keys."""
    rows = Laureate.objects.filter(entry__call=call, revoked_at=None)
    return dict(rows.order_by().values_list("entry_id", "entry__number"))


def _counts(call: Call) -> dict[str, Any]:
    states = Entry.objects.filter(call=call).values_list("state").annotate(n=Count("pk")).order_by("state")
    steps = Step.objects.filter(call=call).values_list("kind").annotate(n=Count("pk")).order_by("kind")
    return {
        "entries": dict(states),
        "jurors": call.jurors.filter(assignments__isnull=False).distinct().count(),
        "reviews": sum(n for kind, n in steps if kind == StepKind.REVIEW),
        "steps": dict(steps),
    }


def _bands(answer: dict[str, Any] | None, chosen: Mapping[int, int]) -> dict[str, Any]:
    """Return how many entries had which chance to be chosen, in tenths, and the chance of each of the chosen."""
    estimates = (answer or {}).get("estimates", [])
    tenths = [0] * 10
    for one in estimates:
        tenths[min(int(one["chance"] * 10), 9)] += 1
    return {
        "tenths": tenths,
        "chosen": {str(chosen[one["entry"]]): one["chance"] for one in estimates if one["entry"] in chosen},
    }


def _moment(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds")
