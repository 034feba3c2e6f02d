"""Addresses that are left out: after a letter came back, or because their holder declined news."""

from __future__ import annotations

from summitry.editions.models import Edition
from summitry.foundation.access import Actor, require, system
from summitry.foundation.audit import record, recording
from summitry.mailing.enums import SuppressionReason
from summitry.mailing.models import Suppression


def suppress(edition_id: int, address: str, reason: SuppressionReason, detail: str = "") -> bool:
    """Leave an address out from now on, in the caller's transaction; return whether it was not left out before."""
    _row, created = Suppression.objects.get_or_create(
        edition_id=edition_id,
        address=address.strip().lower(),
        reason=reason,
        defaults={"detail": detail[:500]},
    )
    return created


def unsubscribe(edition: Edition, address: str) -> None:
    """Decline the news of an edition, as the holder of the address; doing it twice changes nothing."""
    with recording():
        if suppress(edition.pk, address, SuppressionReason.UNSUBSCRIBED):
            record("mailing.address.unsubscribed", by=system("recipient"), obj=edition, edition_id=edition.pk)


def allow_again(suppression: Suppression, *, by: Actor) -> None:
    """Write to an address again after its mailbox was repaired, or its holder asked for news."""
    require(by, "edit", suppression)
    with recording():
        record(
            "mailing.address.allowed",
            by=by,
            obj=suppression,
            edition=str(suppression.edition),
        )
        suppression.delete()
