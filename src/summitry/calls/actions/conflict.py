"""Conflicts of interest: declared by jurors, entered by the office, and decided by somebody whom none concerns.

A conflict bars from the moment it is written until somebody dismisses it, with words.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from summitry.calls.actions.recording import record_steps
from summitry.calls.enums import CONFLICT, ConflictKind, ConflictSource, ConflictState, StepKind
from summitry.calls.errors import InConflict
from summitry.calls.events import JuryChanged
from summitry.calls.models import Call, Conflict, Entry, Juror
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import InvalidInput, NotFound
from summitry.foundation.states import transition

S = ConflictState
LONGEST = 1000
"""Characters of words about a conflict."""
WORDS = frozenset({"words"})
"""What the log does not keep: words about people."""


def declare_conflict(juror: Juror, entry: Entry, kind: str, *, by: Actor, words: str = "") -> Conflict:
    """Write down that a juror must not judge an entry: by herself it waits for a decision, by the office it is upheld.

    Both bar at once. Declared again with other words after a dismissal, it is looked at again. Announces JuryChanged.
    Raises InvalidInput, PermissionRefused, NotFound for an entry of another call.
    """
    mine = juror.account_id is not None and juror.account_id == by.account_id
    require(by, "own" if mine else "edit", juror)
    if entry.call_id != juror.call_id:
        raise NotFound
    _check(kind, words)
    source = ConflictSource.JUROR if mine else ConflictSource.OFFICE
    state = S.OPEN if mine else S.UPHELD
    with recording():
        conflict = Conflict.objects.filter(juror=juror, entry=entry, kind=kind, source=source).first()
        if conflict is None:
            conflict = Conflict.objects.create(
                juror=juror,
                entry=entry,
                kind=kind,
                source=source,
                state=state,
                words=words.strip(),
                found_at=clock.now(),
                decided_by_id=None if mine else by.account_id,
                decided_at=None if mine else clock.now(),
            )
            record("calls.conflict.declared", by=by, obj=conflict)
            _keep(conflict, "declared", by)
        elif conflict.state == S.DISMISSED:
            changes = {
                "words": words.strip(),
                "decided_by_id": None if mine else by.account_id,
                "decided_at": None if mine else clock.now(),
            }
            transition(
                conflict,
                CONFLICT,
                state,
                by=by,
                audit="calls.conflict.again",
                changes=changes,
                withhold=WORDS,
            )
            _keep(conflict, "declared", by)
    return conflict


def decide_conflict(conflict: Conflict, verdict: str, *, by: Actor, words: str = "") -> Conflict:
    """Uphold or dismiss a conflict; a dismissal says why. Announces JuryChanged.

    Nobody decides about herself, or about an entry from which a conflict bars her. Raises InConflict, PermissionRefused,
    InvalidInput, TransitionRefused, StaleState.
    """
    return decide_conflicts([conflict], verdict, by=by, words=words)[0]


def decide_conflicts(
    conflicts: Sequence[Conflict], verdict: str, *, by: Actor, words: str = ""
) -> list[Conflict]:
    """Decide about several conflicts with the same words, all or none; like `decide_conflict`."""
    if verdict not in {S.UPHELD, S.DISMISSED}:
        raise InvalidInput(fields={"verdict": [_("Uphold it or dismiss it.")]})
    if len(words) > LONGEST:
        raise InvalidInput(fields={"words": [_too_long()]})
    if verdict == S.DISMISSED and not words.strip():
        raise InvalidInput(fields={"words": [_("Say why this is no conflict; it stays in the record.")]})
    for conflict in conflicts:
        if by.account_id is not None and conflict.juror.account_id == by.account_id:
            raise InConflict
        require(by, "decide", conflict)
    with recording():
        for conflict in conflicts:
            changes = {
                "words": words.strip() or conflict.words,
                "decided_by_id": by.account_id,
                "decided_at": clock.now(),
            }
            transition(
                conflict,
                CONFLICT,
                verdict,
                by=by,
                audit=f"calls.conflict.{verdict}",
                changes=changes,
                withhold=WORDS,
            )
        if conflicts:
            _keep_many(conflicts, "decided", by)
    return list(conflicts)


def _check(kind: str, words: str) -> None:
    errors = {}
    if kind not in ConflictKind.values:
        errors["kind"] = [_("Choose one of these.")]
    if len(words) > LONGEST:
        errors["words"] = [_too_long()]
    if kind == ConflictKind.OTHER and not words.strip():
        errors["words"] = [_("Say in a few words what the reason is.")]
    if errors:
        raise InvalidInput(fields=errors)


def _too_long() -> str:
    return _("At most %(limit)d characters are possible.") % {"limit": LONGEST}


def _keep(conflict: Conflict, did: str, by: Actor) -> None:
    _keep_many([conflict], did, by)


def _keep_many(conflicts: Sequence[Conflict], did: str, by: Actor) -> None:
    call: Call = conflicts[0].juror.call
    steps = [
        (
            StepKind.CONFLICT,
            {
                "did": did,
                "juror": conflict.juror_id,
                "entry": conflict.entry.number,
                "kind": str(conflict.kind),
                "source": str(conflict.source),
                "state": str(conflict.state),
            },
        )
        for conflict in conflicts
    ]
    record_steps(call.pk, steps)
    jurors = tuple(sorted({conflict.juror_id for conflict in conflicts}))
    announce(JuryChanged(by=by, edition_id=call.edition_id, call_id=call.pk, juror_ids=jurors))
