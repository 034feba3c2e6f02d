"""The queue of badges to be printed: what desks order joins it, and a badge leaves it when it is printed or ended."""

from __future__ import annotations

from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.live import hint
from summitry.gates.enums import CredentialState
from summitry.gates.models import Credential

TOPIC = "edition:{}:badges"


def order_badge(credential: Credential, *, by: Actor, device_id: int) -> Credential:
    """Put a badge that is not printed yet into the queue, for the desk where somebody waits for it. Twice is once."""
    require(by, "print", credential)
    with recording():
        waiting = Credential.objects.filter(
            pk=credential.pk, state=CredentialState.ACTIVE, printed_at=None, ordered_at=None
        )
        if waiting.update(ordered_at=clock.now(), ordered_from=device_id):
            record("gates.badge.ordered", by=by, obj=credential.guest, edition_id=credential.edition_id)
            hint(TOPIC.format(credential.edition_id), "ordered")
    credential.refresh_from_db()
    return credential
