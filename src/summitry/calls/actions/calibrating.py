"""Calibrating a round: what all reviews so far say about its entries once each juror's own way of marking is taken into account."""

from __future__ import annotations

from summitry.calls.actions.computing import ask, bring_into_force, compute_soon
from summitry.calls.actions.seeds import commit_seed
from summitry.calls.enums import COMPUTATION, ComputationState, RoundState, Task
from summitry.calls.models import Computation, Round
from summitry.calls.queries.calibration_problem import problem_of_calibration
from summitry.calls.queries.rounds import round_of
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import recording
from summitry.foundation.errors import TransitionRefused
from summitry.foundation.models import Progress
from summitry.foundation.states import transition

CAN_BE_CALIBRATED = frozenset({RoundState.READING, RoundState.CLOSED})


def ask_calibration(round_: Round, *, by: Actor) -> Computation:
    """Write down what is to be calibrated: every review handed in up to this round.

    Raises PermissionRefused, NothingToCompute before any review, and TransitionRefused for a round that is planned or decided.
    """
    require(by, "approve", round_.call)
    if round_.state not in CAN_BE_CALIBRATED:
        raise TransitionRefused
    with recording():
        commit_seed(round_.call)
        return ask(round_.call, Task.CALIBRATION, problem_of_calibration(round_), by=by, round_=round_)


def calibrate_soon(round_: Round, *, by: Actor) -> Progress:
    """Have a worker calibrate a round; the returned row tells how far it is. Raises like `ask_calibration`."""
    with recording():
        return compute_soon(ask_calibration(round_, by=by), by=by)


def approve_calibration(computation: Computation, *, by: Actor) -> Computation:
    """Let the estimates of a calibration hold: its round is decided by them. Raises StaleState where that was done already."""
    require(by, "approve", computation)
    with recording():
        round_ = round_of(computation)
        if round_.state not in CAN_BE_CALIBRATED:
            raise TransitionRefused
        return bring_into_force(computation, by=by)


def discard_calibration(computation: Computation, *, by: Actor) -> Computation:
    """Put a calibration that is not in force aside."""
    require(by, "approve", computation)
    if computation.state == ComputationState.IN_FORCE:
        raise TransitionRefused
    return transition(
        computation,
        COMPUTATION,
        ComputationState.SUPERSEDED,
        by=by,
        audit="calls.computation.superseded",
    )
