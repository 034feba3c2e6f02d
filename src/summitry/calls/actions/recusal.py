"""Recusal: a juror says that she must not judge an entry, and has it off her table at once."""

from __future__ import annotations

from django.utils.translation import gettext as _

from summitry.calls.actions.recording import record_step
from summitry.calls.enums import (
    ASSIGNMENT,
    AssignmentState,
    ConflictKind,
    ConflictSource,
    ConflictState,
    RoundState,
    StepKind,
)
from summitry.calls.errors import RoundClosed
from summitry.calls.events import AssignmentsChanged, JuryChanged
from summitry.calls.models import Assignment, Conflict
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import InvalidInput, PermissionRefused
from summitry.foundation.states import transition

LONGEST = 1000


def recuse(assignment: Assignment, kind: str, words: str = "", *, by: Actor) -> Conflict:
    """Take a juror off an entry for a reason that she states; the conflict bars her until it is decided, and if upheld.

    What she wrote stays, unread by anybody. Announces AssignmentsChanged, by which the entry finds another reader, and
    JuryChanged. Raises PermissionRefused, RoundClosed where the round is decided, TransitionRefused, StaleState, InvalidInput.
    """
    require(by, "mark", assignment)
    if not by.is_system and assignment.juror.account_id != by.account_id:
        raise PermissionRefused
    words = words.replace("\x00", "").strip()
    _check(kind, words)
    round_, juror = assignment.round, assignment.juror
    if round_.state == RoundState.DECIDED:
        raise RoundClosed
    with recording():
        # The log says that she recused herself; why is for those who decide about conflicts.
        transition(
            assignment,
            ASSIGNMENT,
            AssignmentState.RECUSED,
            by=by,
            audit="calls.review.recused",
            changes={"state_since": clock.now()},
        )
        conflict, _made = Conflict.objects.update_or_create(
            juror=juror,
            entry_id=assignment.entry_id,
            kind=kind,
            source=ConflictSource.JUROR,
            defaults={
                "state": ConflictState.OPEN,
                "words": words,
                "evidence": {"round": round_.number},
                "decided_by": None,
                "decided_at": None,
                "found_at": clock.now(),
            },
        )
        content = {"round": round_.number, "entry": assignment.entry.number, "juror": juror.pk, "kind": kind}
        record_step(round_.call_id, StepKind.RECUSAL, content)
        where = {"by": by, "edition_id": assignment.edition_id, "call_id": round_.call_id}
        announce(AssignmentsChanged(**where, round_id=round_.pk))  # type: ignore[arg-type]
        announce(JuryChanged(**where, juror_ids=(juror.pk,)))  # type: ignore[arg-type]
    return conflict


def _check(kind: str, words: str) -> None:
    wrong: dict[str, list[str]] = {}
    if kind not in ConflictKind.values:
        wrong["kind"] = [_("Choose what the conflict is.")]
    elif kind == ConflictKind.OTHER and not words:
        wrong["words"] = [_("Say in a few words what the reason is.")]
    if len(words) > LONGEST:
        wrong["words"] = [_("At most %(most)s characters.") % {"most": LONGEST}]
    if wrong:
        raise InvalidInput(fields=wrong)
