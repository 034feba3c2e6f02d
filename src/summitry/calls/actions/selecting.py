"""Selection under quotas: computed, looked at, and taken as what the chair decides by."""

from __future__ import annotations

from django.utils.translation import gettext as _

from summitry.calls.actions.computing import ask, bring_into_force
from summitry.calls.actions.deciding import require_unmasked
from summitry.calls.enums import CallState, Task
from summitry.calls.errors import NothingToCompute
from summitry.calls.models import Call, Computation
from summitry.calls.queries.selection import candidates_of, scores_of, selection_problem
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import recording
from summitry.foundation.errors import StaleState


def ask_selection(call: Call, *, by: Actor) -> Computation:
    """Write down the selection that is to be computed: the call's places among the shortlisted, under its quotas.

    Raises NothingToCompute where none has a score, PermissionRefused, and StaleState once it is announced.
    """
    require(by, "decide", call)
    if call.state == CallState.ANNOUNCED:
        raise StaleState
    entries = list(candidates_of(call))
    scores = scores_of(call)
    if not any(entry.pk in scores for entry in entries):
        raise NothingToCompute(missing=_("no shortlisted entry has a score"))
    return ask(call, Task.SELECTION, selection_problem(call, entries, scores), by=by)


def adopt_selection(computation: Computation, *, by: Actor) -> Computation:
    """Take a proposal as the one by which the chair decides; nothing is decided by it.

    Raises InConflict or OwnReviewFirst for whom a candidate is withheld from, and StaleState.
    """
    require_unmasked(computation.call, by)
    if computation.task != Task.SELECTION or computation.call.state == CallState.ANNOUNCED:
        raise StaleState
    with recording():
        return bring_into_force(computation, by=by)
