"""The verdict: what is done with whoever stands at a gate. A lookup in her table, and what is known of who is inside.

Devices do the same with the same table; `tests/gates/verdicts.json` holds both to the same answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from summitry.gates.enums import Again, CredentialState, Decision, Direction, Reason


class Verdict(NamedTuple):
    """Whether she passes, and why."""

    decision: Decision
    reason: Reason

    @property
    def admits(self) -> bool:
        """Whether she passes."""
        return self.decision is Decision.ADMIT


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom and what a verdict is about.

    `state` is that of the badge, "" where its code is nobody's. `access` are `[zone, from, until]`. `inside` and
    `entered` are whether she is in the zone, or has been. `places` are how many more the zone holds, `passes` how many
    more her delegation may send in; None is no limit.
    """

    state: str
    is_gone: bool
    access: Sequence[Sequence[int]]
    zone: int
    again: str
    direction: str
    at: int
    inside: bool = False
    entered: bool = False
    places: int | None = None
    passes: int | None = None


_BADGE = {
    "": Reason.UNKNOWN,
    CredentialState.REVOKED: Reason.REVOKED,
    CredentialState.SUPERSEDED: Reason.SUPERSEDED,
}


def decide(asked: Asked) -> Verdict:
    """Return the verdict. Whoever has a good badge is always let out."""
    refused = _BADGE.get(asked.state) or (Reason.GONE if asked.is_gone else None)
    if refused is None and asked.direction == Direction.OUT:
        return Verdict(Decision.ADMIT, Reason.LEFT)
    refused = refused or _closed(asked) or _not_again(asked) or _no_room(asked)
    if refused is not None:
        return Verdict(Decision.REFUSE, refused)
    return Verdict(Decision.ADMIT, Reason.AGAIN if asked.entered else Reason.OK)


def _closed(asked: Asked) -> Reason | None:
    reason = Reason.NO_ZONE
    for zone, start, end in asked.access:
        if zone == asked.zone:
            if start <= asked.at < end:
                return None
            reason = Reason.NOT_NOW
    return reason


def _not_again(asked: Asked) -> Reason | None:
    if asked.again == Again.ONCE and asked.entered:
        return Reason.ONCE
    return Reason.INSIDE if asked.again == Again.AFTER_EXIT and asked.inside else None


def _no_room(asked: Asked) -> Reason | None:
    if asked.inside:
        return None
    if asked.places is not None and asked.places <= 0:
        return Reason.FULL
    return Reason.QUOTA if asked.passes is not None and asked.passes <= 0 else None
