"""Computations: asked in a transaction, run in a process of their own, proposed, and brought into force by somebody.

What a computation was asked and what it answered is kept with digests, so that the record can be replayed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from summitry.algorithms.apart import (
    CrashedError,
    OutOfMemoryError,
    OutOfTimeError,
    RefusedError,
    run_apart,
)
from summitry.calls.actions.recording import record_step
from summitry.calls.enums import COMPUTATION, ComputationState, StepKind, Task
from summitry.calls.events import ComputationEnded
from summitry.calls.models import Call, Computation, Round
from summitry.calls.queries.computations import problem_of
from summitry.calls.record.canonical import digest, packed
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import StaleState
from summitry.foundation.jobs import Kind, Stage, TrackedWork, start, tracked
from summitry.foundation.models import Progress
from summitry.foundation.states import transition

S = ComputationState
SECONDS = 120.0
MEGABYTES = 4096
"""Address space, not memory held: the solvers alone reserve some 600."""
COMPUTING = Kind(
    "calls.compute", _("Computing"), (Stage("compute", _("Computing"), 9), Stage("keep", _("Writing")))
)


Summary = Callable[[dict[str, Any], dict[str, Any]], dict[str, Any]]
_summaries: dict[str, Summary] = {}


def register_summary(task: Task, summary: Summary) -> None:
    """Let `summary` draw from a problem and its answer what pages show of them; it is kept beside the answer."""
    _summaries[str(task)] = summary


def is_short(answer: dict[str, Any]) -> bool:
    """Return whether an answer says why there is none: an assignment names its kind, a selection has it as a part."""
    return answer.get("answer") == "shortage" or "shortage" in answer


def ask(
    call: Call, task: Task, problem: dict[str, Any], *, by: Actor, round_: Round | None = None
) -> Computation:
    """Write down what is to be computed; `compute_now` or `compute_soon` has it done.

    Raises PermissionRefused. The caller has built the problem from what the asker may use.
    """
    require(by, "approve", call)
    with recording():
        last = Computation.objects.filter(call=call).aggregate(last=Max("number"))["last"]
        made = Computation.objects.create(
            call=call,
            round=round_,
            task=task,
            number=(last or 0) + 1,
            problem=packed(problem),
            problem_digest=digest(problem),
            asked_by=by.label[:200],
            asked_at=clock.now(),
        )
        record("calls.computation.asked", by=by, obj=made)
    return made


def compute_soon(computation: Computation, *, by: Actor) -> Progress:
    """Have a computation done by a worker; the returned row tells how far it is."""
    return start(
        compute,
        computation.pk,
        by=by,
        edition_id=computation.edition_id,
        details={"computation": computation.pk},
    )


@tracked(COMPUTING)
def compute(work: TrackedWork, computation_id: int) -> None:
    """Run a computation; a second worker that was given the same one finds it done."""
    computation = Computation.objects.select_related("call", "round").get(pk=computation_id)
    work.stage("compute")

    def told(done: float, _stage: str) -> None:
        work.step(int(done * 100), 100)

    compute_now(computation, by=work.actor, progress=told)
    work.finish(computation=computation.pk)


def compute_now(
    computation: Computation, *, by: Actor, progress: Callable[[float, str], None] | None = None
) -> Computation:
    """Run a computation and keep its answer: proposed, or short of a solution, or failed with a reason.

    Nothing is in force by it. Announces ComputationEnded. Raises StaleState where it has ended already.
    """
    if computation.state not in {S.WAITING, S.RUNNING}:
        raise StaleState
    if computation.state == S.WAITING:
        transition(computation, COMPUTATION, S.RUNNING, by=by, audit="calls.computation.begun")
    answer, error = _answered(computation, progress)
    return keep_answer(computation, answer, error, by=by)


def keep_answer(
    computation: Computation, answer: dict[str, Any] | None, error: str = "", *, by: Actor
) -> Computation:
    """Keep what a running computation came to. Announces ComputationEnded. Raises StaleState where another did so first."""
    to = S.FAILED if answer is None else S.SHORT if is_short(answer) else S.PROPOSED
    values: dict[str, Any] = {"ended_at": clock.now(), "error": error[:1000]}
    if answer is not None:
        values |= {"answer_digest": digest(answer)}
    with recording():
        transition(computation, COMPUTATION, to, by=by, audit=f"calls.computation.{to}", changes=values)
        if answer is not None:
            computation.answer, computation.summary = packed(answer), _summary(computation, answer)
            computation.save(update_fields=["answer", "summary"])
        _record(computation, StepKind.COMPUTED)
        announce(
            ComputationEnded(
                by=by,
                edition_id=computation.edition_id,
                call_id=computation.call_id,
                computation_id=computation.pk,
                state=str(to),
            )
        )
    return computation


def bring_into_force(computation: Computation, *, by: Actor) -> Computation:
    """Let what a computation proposes hold; what held before is superseded.

    The caller has asked for permission and applies the answer in the same transaction. Raises TransitionRefused for one
    that proposes nothing.
    """
    with recording():
        held = Computation.objects.filter(
            call=computation.call_id, round=computation.round_id, task=computation.task, state=S.IN_FORCE
        )
        for former in held:
            transition(former, COMPUTATION, S.SUPERSEDED, by=by, audit="calls.computation.superseded")
        changes = {"approved_at": clock.now()}
        transition(
            computation, COMPUTATION, S.IN_FORCE, by=by, audit="calls.computation.in_force", changes=changes
        )
        _record(computation, StepKind.APPROVED)
    return computation


def _answered(
    computation: Computation, progress: Callable[[float, str], None] | None
) -> tuple[dict[str, Any] | None, str]:
    try:
        answer = run_apart(
            str(computation.task),
            problem_of(computation),
            seconds=SECONDS,
            megabytes=MEGABYTES,
            progress=progress,
        )
    except OutOfTimeError:
        return None, "time"
    except OutOfMemoryError:
        return None, "memory"
    except RefusedError as error:
        return None, f"refused: {error}"
    except CrashedError as error:
        return None, f"crashed: {error}"
    return answer, ""


def _summary(computation: Computation, answer: dict[str, Any]) -> dict[str, Any]:
    summary = _summaries.get(computation.task)
    return summary(problem_of(computation), answer) if summary else {}


def _record(computation: Computation, kind: StepKind) -> None:
    content = {
        "task": str(computation.task),
        "number": computation.number,
        "round": computation.round.number if computation.round else None,
        "state": str(computation.state),
        "problem": computation.problem_digest,
        "answer": computation.answer_digest,
    }
    record_step(computation.call_id, kind, content)
