"""Ballots of a final: committed by their digest, revealed when the manager has closed, never changed in between."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.algorithms.ranking import commitment as commitment_of
from summitry.calls.actions.final import tell
from summitry.calls.actions.recording import record_step
from summitry.calls.enums import FinalState, StepKind
from summitry.calls.errors import AlreadyCommitted, NotRevealed
from summitry.calls.models import Ballot, Final, Juror
from summitry.calls.queries.finals import voter_of
from summitry.calls.record.ballots import (
    Opened,
    content_if_committed,
    opening_from,
    opening_text,
)
from summitry.calls.record.canonical import canonical
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.errors import InvalidInput, PermissionRefused, SummitryError
from summitry.foundation.sealing import SealBroken, seal, unseal

DIGEST = re.compile(r"[0-9a-f]{64}")
USE = "ballot"
"""For what a ballot is sealed that the server keeps."""
SALT_BYTES = 32


class BallotsClosed(SummitryError):
    """The final does not take ballots, or reveals, at the moment."""

    code = "ballots-closed"
    message = gettext_lazy("Ballots are not taken at the moment.")


class RevealClosed(SummitryError):
    """Ballots are not revealed at the moment: the final runs, or is counted."""

    code = "reveal-closed"
    message = gettext_lazy("Ballots are not revealed at the moment.")


def commit_ballot(final: Final, commitment: str, *, by: Actor, kept: Opened | None = None) -> Ballot:
    """Take a juror's commitment; from then on her ballot is fixed. The same commitment again is the same ballot.

    `kept` is what the server itself sealed up, for a device without scripts. Announces FinalChanged. Raises
    PermissionRefused for whoever does not judge here, InvalidInput, BallotsClosed, AlreadyCommitted.
    """
    juror = _juror(final, by)
    if not DIGEST.fullmatch(commitment):
        raise InvalidInput(fields={"commitment": [_("This is no digest.")]})
    with recording():
        state = Final.objects.select_for_update().values_list("state", flat=True).get(pk=final.pk)
        known = Ballot.objects.filter(final=final, juror=juror).first()
        if known is not None:
            if known.commitment == commitment:
                return known
            raise AlreadyCommitted
        if state != FinalState.RUNNING:
            raise BallotsClosed
        ballot = Ballot.objects.create(
            final=final,
            juror=juror,
            commitment=commitment,
            committed_at=clock.now(),
            kept=seal(opening_text(*kept), USE) if kept else "",
        )
        number = final.round.number
        record_step(
            final.round.call_id,
            StepKind.BALLOT,
            {"round": number, "juror": juror.pk, "commitment": commitment},
        )
        record("calls.ballot.committed", by=by, obj=final)
        tell(final, by)
    return ballot


def commit_for(final: Final, content: Mapping[str, Any], *, by: Actor) -> tuple[Ballot, str]:
    """Make the salt here and commit, for a device on which no script runs; returns the ballot and what its juror may keep.

    The server has then seen the ballot; it keeps it sealed and reveals it by itself. Raises like `commit_ballot`.
    """
    salt = secrets.token_bytes(SALT_BYTES)
    data = canonical(dict(content))
    opened = Opened(data.decode(), salt.hex())
    ballot = commit_ballot(final, commitment_of(data, salt), by=by, kept=opened)
    return ballot, opening_text(*opened)


def reveal_ballot(final: Final, opening: str, *, by: Actor) -> Ballot:
    """Take what a juror reveals: the line that her device kept. Revealed again, nothing happens. Announces FinalChanged.

    Raises PermissionRefused, RevealClosed unless ballots are closed and not counted, and NotRevealed where this is not the
    ballot that was committed.
    """
    juror = _juror(final, by)
    with recording():
        state = Final.objects.select_for_update().values_list("state", flat=True).get(pk=final.pk)
        ballot = Ballot.objects.filter(final=final, juror=juror).first()
        opened = opening_from(opening)
        if ballot is None or opened is None:
            raise NotRevealed
        content = content_if_committed(opened, ballot.commitment, final=final.pk, juror=juror.pk)
        if content is None:
            raise NotRevealed
        if ballot.revealed_at is not None:
            return ballot
        if state != FinalState.COMMITTED:
            raise RevealClosed
        open_up(ballot, content, opened.salt)
        record("calls.ballot.revealed", by=by, obj=final)
        tell(final, by)
    return ballot


def reveal_kept(final: Final) -> int:
    """Reveal the ballots that the server keeps for devices without scripts; returns how many. In the caller's transaction."""
    count = 0
    rows = (
        Ballot.objects.filter(final=final, revealed_at=None).exclude(kept="").select_related("final__round")
    )
    for ballot in rows:
        try:
            opened = opening_from(unseal(ballot.kept, USE))
        except SealBroken:  # another key by now: the juror can still paste what she kept
            continue
        content = opened and content_if_committed(
            opened, ballot.commitment, final=final.pk, juror=ballot.juror_id
        )
        if opened and content:
            open_up(ballot, content, opened.salt)
            count += 1
    return count


def open_up(ballot: Ballot, content: dict[str, Any], salt: str) -> None:
    """Write what was revealed, and that it was; the caller has compared it with the commitment."""
    ballot.content, ballot.salt, ballot.revealed_at, ballot.kept = content, salt, clock.now(), ""
    ballot.save(update_fields=["content", "salt", "revealed_at", "kept"])
    round_ = ballot.final.round
    record_step(round_.call_id, StepKind.REVEALED, {"round": round_.number, "juror": ballot.juror_id})


def _juror(final: Final, by: Actor) -> Juror:
    require(by, "vote", final)
    juror = voter_of(final, by)
    if juror is None:
        raise PermissionRefused
    return juror
