"""Every change of a guest's state goes through here: one step of the table, an account of it, and word to whoever admits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from summitry.foundation import clock
from summitry.foundation.access import Actor
from summitry.foundation.audit import record_many, recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import StaleState, TransitionRefused
from summitry.foundation.states import transition
from summitry.guests.actions.quota import hold_places_again
from summitry.guests.enums import GUEST, HOLDS_SEAT
from summitry.guests.events import GuestMoved
from summitry.guests.models import Decision, Guest, Proposal


def move(
    guest: Guest,
    to: str,
    *,
    by: Actor,
    reason: str = "",
    told: str = "",
    kind: str = "",
    proposed_by: str = "",
) -> Guest:
    """Bring `guest` from the state she shows to the state `to`.

    The caller has asked for permission. What was decided (`kind`), or any step with a reason or a word to the guest, is
    kept as a Decision; the log keeps the step alone, because what it holds can never be erased. What was proposed for the
    state before falls. Announces GuestMoved in the same transaction. Raises TransitionRefused where no such step exists,
    StaleState where she is elsewhere by now, and QuotaFull for a guest who comes back and for whom there is no place.
    """
    was = guest.state
    with recording():
        now = clock.now()
        if was not in HOLDS_SEAT and to in HOLDS_SEAT:
            hold_places_again([guest])
        transition(guest, GUEST, to, by=by, audit=f"guests.guest.{to}", changes={"state_since": now})
        if kind or reason or told:
            Decision.objects.create(
                guest=guest,
                kind=kind,
                was=was,
                now=to,
                account_id=by.account_id,
                actor_label=by.label,
                proposed_by=proposed_by,
                reason=reason,
                told=told,
                at=now,
            )
        Proposal.objects.filter(guest=guest).delete()
        announce(GuestMoved(by=by, edition_id=guest.edition_id, guest_id=guest.pk, was=was, now=to))
    return guest


def move_many(
    guests: Sequence[Guest],
    to: Mapping[int, str],
    *,
    by: Actor,
    reason: str = "",
    told: str = "",
    kind: str = "",
) -> Sequence[Guest]:
    """Bring each guest to the state that `to` names for her id, in few statements; all of them, or none.

    As `move` in everything else: GuestMoved is announced for each. Raises TransitionRefused, StaleState, and QuotaFull where
    there are not places enough for those who come back.
    """
    ways: dict[tuple[str, str], list[Guest]] = defaultdict(list)
    for guest in guests:
        if not GUEST.allows(guest.state, to[guest.pk]):
            raise TransitionRefused
        ways[guest.state, to[guest.pk]].append(guest)
    if not guests:
        return guests
    with recording():
        now = clock.now()
        hold_places_again([one for one in guests if one.state not in HOLDS_SEAT and to[one.pk] in HOLDS_SEAT])
        for (was, state), group in ways.items():
            rows = Guest.objects.filter(pk__in=[guest.pk for guest in group], state=was)
            if rows.update(state=state, state_since=now) != len(group):
                raise StaleState
        steps = [(guest, {"state": guest.state}, {"state": to[guest.pk]}) for guest in guests]
        record_many("guests.guests.moved", by=by, changes=steps, edition_id=guests[0].edition_id)
        account = {"account_id": by.account_id, "actor_label": by.label, "reason": reason, "told": told}
        if kind or reason or told:
            Decision.objects.bulk_create(
                [Decision(guest=guest, kind=kind, was=guest.state, now=to[guest.pk], at=now, **account) for guest in guests],
                batch_size=200,
            )  # fmt: skip
        Proposal.objects.filter(guest__in=[guest.pk for guest in guests]).delete()
        for guest in guests:
            was, guest.state, guest.state_since = guest.state, to[guest.pk], now
            announce(
                GuestMoved(by=by, edition_id=guest.edition_id, guest_id=guest.pk, was=was, now=guest.state)
            )
    return guests
