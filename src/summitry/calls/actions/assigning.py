"""Giving out the entries of a round: computed by a worker, shown as a proposal, in force once somebody approves it.

What a juror has begun or handed in never moves; a proposal that would move it, or breaks a rule that was made since it
was computed, is refused.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils.translation import gettext_lazy as _

from summitry.calls.actions.computing import ask, bring_into_force, compute_now
from summitry.calls.actions.round import fill_round
from summitry.calls.actions.seeds import commit_seed
from summitry.calls.actions.telling_jurors import tell_of_reads
from summitry.calls.enums import (
    COMPUTATION,
    IN_PLAY,
    AssignmentState,
    ComputationState,
    JurorState,
    RoundState,
    Task,
)
from summitry.calls.events import AssignmentsChanged
from summitry.calls.models import Assignment, Computation, Entry, Juror, Round
from summitry.calls.permissions_judging import HELD
from summitry.calls.queries.assignment_problem import evened, facts_of, problem_of_round, stays
from summitry.calls.queries.computations import answer_of, in_force
from summitry.calls.queries.conflicts import barring
from summitry.calls.queries.rounds import round_of
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import StaleState, SummitryError
from summitry.foundation.jobs import Kind, Stage, TrackedWork, start, tracked
from summitry.foundation.models import Progress
from summitry.foundation.states import transition

A = AssignmentState
Pair = tuple[int, int]
OPEN_FOR_READS = frozenset({RoundState.PLANNED, RoundState.READING})
ASSIGNING = Kind(
    "calls.assign",
    _("Finding who reads what"),
    (
        Stage("gather", _("Comparing entries and jurors"), 2),
        Stage("compute", _("Computing"), 9),
        Stage("keep", _("Writing")),
    ),
)


class ProposalOutdated(SummitryError):
    """Something that the proposal rests on changed since it was computed."""

    code = "proposal-outdated"
    message = _("This proposal is out of date: %(reason)s Compute it again.")


def propose_assignment(round_: Round, *, by: Actor) -> Progress:
    """Have a worker find who reads what in a round, and propose it; the returned row tells how far it is.

    What is begun or handed in is kept, what was given stays where it can: after a recusal, or with a late entry, the same
    verb repairs. Raises PermissionRefused, and RoundOver once the round takes no reviews any more.
    """
    require(by, "approve", round_.call)
    check_open(round_)
    with recording():
        fill_round(round_, by=by)
        commit_seed(round_.call)
        return start(assign, round_.pk, by=by, edition_id=round_.edition_id, details={"round": round_.pk})


@tracked(ASSIGNING)
def assign(work: TrackedWork, round_id: int) -> None:
    """Build the question of a round, compute it and keep the answer as a proposal."""
    round_ = Round.objects.select_related("call__edition").get(pk=round_id)
    check_open(round_)
    work.stage("gather")
    computation = ask_assignment(round_, by=work.actor, evenly=True)
    work.stage("compute")

    def told(done: float, _stage: str) -> None:
        work.step(int(done * 100), 100)

    compute_now(computation, by=work.actor, progress=told)
    if computation.state == ComputationState.SHORT:
        # Even loads are a wish, jurors' own limits are rules: what cannot be had with both is asked without the wish.
        computation = ask_assignment(round_, by=work.actor)
        compute_now(computation, by=work.actor, progress=told)
    work.finish(computation=computation.pk)


def ask_assignment(round_: Round, *, by: Actor, evenly: bool = False) -> Computation:
    """Write down the question of a round as it stands, `evenly` with loads near their mean.

    Raises NothingToCompute without entries or jurors.
    """
    from summitry.calls.queries.fit import fit_of  # noqa: PLC0415 - loads numpy, which only a worker needs

    facts = evened(facts_of(round_)) if evenly else facts_of(round_)
    problem = problem_of_round(round_, fit_of(facts), facts)
    return ask(round_.call, Task.ASSIGNMENT, problem, by=by, round_=round_)


def approve_assignment(computation: Computation, *, by: Actor) -> Computation:
    """Bring a proposed assignment into force: give out what is new, take back what is not in it, tell the jurors.

    All or nothing, and once: of two who approve at the same time one is told that it is done already (StaleState).
    Announces AssignmentsChanged. Raises ProposalOutdated.
    """
    require(by, "approve", computation)
    with recording():
        round_ = round_of(computation)
        check_open(round_)
        former = in_force(round_.call, Task.ASSIGNMENT, round_)
        if former is not None and former.pk == computation.pk:
            raise StaleState
        if former is not None and former.approved_at and former.approved_at > computation.asked_at:
            raise ProposalOutdated(reason=_("another one was brought into force meanwhile."))
        bring_into_force(computation, by=by)
        given, taken = _apply(round_, computation)
        record("calls.assignments.applied", by=by, obj=round_, given=len(given), taken=taken)
        announce(
            AssignmentsChanged(
                by=by, edition_id=round_.edition_id, call_id=round_.call_id, round_id=round_.pk
            )
        )
        if round_.state == RoundState.READING:
            tell_of_reads(round_, Counter(juror for _entry, juror in given), by=by)
    return computation


def discard_proposal(computation: Computation, *, by: Actor) -> Computation:
    """Put a proposal aside; what is in force stays. Raises TransitionRefused for one that is in force."""
    require(by, "approve", computation)
    if computation.state == ComputationState.IN_FORCE:
        raise ProposalInForce
    return transition(
        computation,
        COMPUTATION,
        ComputationState.SUPERSEDED,
        by=by,
        audit="calls.computation.superseded",
    )


class ProposalInForce(SummitryError):
    """What is in force is replaced by another proposal, not put aside."""

    code = "proposal-in-force"
    message = _("This is in force: approve another proposal in its place.")


class RoundOver(SummitryError):
    """The round takes no reviews any more, so nothing is given out."""

    code = "round-over"
    message = _("This round takes no reviews any more; nothing is given out in it.")


def check_open(round_: Round) -> None:
    """Raise RoundOver unless entries can be given out in a round."""
    if round_.state not in OPEN_FOR_READS:
        raise RoundOver


def _apply(round_: Round, computation: Computation) -> tuple[list[Pair], int]:
    """Write what the answer says; returns the pairs that are new on somebody's table, and how many were taken back."""
    answer: dict[str, Any] = answer_of(computation) or {}
    conflicts = barring(round_.call)
    playing = set(
        Entry.objects.filter(standings__round=round_, state__in=IN_PLAY).values_list("pk", flat=True)
    )
    pairs = {(entry, juror) for entry, juror in answer["pairs"] if entry in playing}
    rows = {
        (row.entry_id, row.juror_id): row
        for row in Assignment.objects.filter(round=round_).select_related("juror")
    }
    _check_current(round_, pairs, rows, conflicts)
    now = clock.now()
    fresh = sorted(pair for pair in pairs if pair not in rows)
    again = [rows[pair].pk for pair in pairs if pair in rows and rows[pair].state == A.TAKEN_BACK]
    gone = [row.pk for pair, row in rows.items() if pair not in pairs and row.state in {A.GIVEN, A.BEGUN}]
    barred = [row.pk for pair, row in rows.items() if pair in conflicts and row.state == A.SUBMITTED]
    Assignment.objects.bulk_create(
        [Assignment(round=round_, entry_id=entry, juror_id=juror, state_since=now) for entry, juror in fresh],
        batch_size=500,
    )
    changed = Assignment.objects.filter(round=round_)
    changed.filter(pk__in=again).update(state=A.GIVEN, state_since=now)
    changed.filter(pk__in=gone).update(state=A.TAKEN_BACK, state_since=now)
    changed.filter(pk__in=barred).update(state=A.RECUSED, state_since=now)
    back = {row.pk: pair for pair, row in rows.items()}
    return [*fresh, *(back[pk] for pk in again)], len(gone)


def _check_current(
    round_: Round, pairs: set[Pair], rows: dict[Pair, Assignment], conflicts: dict[Pair, tuple[str, ...]]
) -> None:
    """Refuse what was overtaken: a conflict, a recusal, a juror who left, a review that was begun and would move."""
    if any(pair in conflicts for pair in pairs):
        raise ProposalOutdated(reason=_("a conflict of interest was found meanwhile."))
    if any(rows[pair].state == A.RECUSED for pair in pairs if pair in rows):
        raise ProposalOutdated(reason=_("a juror has recused herself meanwhile."))
    here = set(
        Juror.objects.filter(call=round_.call_id, state=JurorState.ACCEPTED).values_list("pk", flat=True)
    )
    held = {pair for pair, row in rows.items() if row.state in HELD}
    if any(juror not in here for _entry, juror in pairs - held):
        raise ProposalOutdated(reason=_("a juror has left meanwhile."))
    lost = (
        {pair for pair, row in rows.items() if stays(row.state, row.juror.state)} - pairs - conflicts.keys()
    )
    if Entry.objects.filter(pk__in=[entry for entry, _juror in lost], state__in=IN_PLAY).exists():
        raise ProposalOutdated(reason=_("a review was begun meanwhile that it would take away."))
