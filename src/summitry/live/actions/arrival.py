"""Noting where those who appear in a session are."""

from __future__ import annotations

from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import InvalidInput, StaleState
from summitry.live.enums import ArrivalState
from summitry.live.events import ArrivalSet
from summitry.live.models import Arrival
from summitry.programme.models import Appearance


def set_arrival(
    appearance: Appearance, state: ArrivalState | str, *, by: Actor, expected: str | None = None
) -> Arrival:
    """Note where somebody is; the same again changes nothing. `expected` is what the caller saw.

    Announces ArrivalSet. Raises InvalidInput for an unknown state, StaleState where somebody noted another meanwhile.
    """
    session = appearance.session
    require(by, "edit", Arrival(appearance=appearance))
    if state not in ArrivalState.values:
        raise InvalidInput
    with recording():
        arrival, _made = Arrival.objects.get_or_create(
            appearance=appearance, defaults={"changed_at": clock.now()}
        )
        if arrival.state == state:
            return arrival
        seen = arrival.state if expected is None else expected
        moved = Arrival.objects.filter(pk=arrival.pk, state=seen).update(state=state, changed_at=clock.now())
        if not moved:
            raise StaleState
        before = arrival.state
        arrival.refresh_from_db()
        record(
            "live.arrival.set",
            by=by,
            obj=session,
            edition_id=session.edition_id,
            person=str(appearance.person),
            before={"state": before},
            after={"state": str(state)},
        )
        announce(
            ArrivalSet(
                by=by,
                edition_id=session.edition_id,
                session_id=session.pk,
                appearance_id=appearance.pk,
                state=str(state),
            )
        )
    return arrival
