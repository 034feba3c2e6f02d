"""Erasing what protocol keeps of guests: all of one who is erased, and what is sealed once its time is over."""

from __future__ import annotations

import datetime as dt

from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import system
from summitry.foundation.audit import record, recording
from summitry.foundation.jobs import job
from summitry.guests.models import Purpose
from summitry.protocol.models import (
    Courtesy,
    Diet,
    Entitlement,
    Greeting,
    HealthResult,
    Leg,
    PrecedenceVersion,
    Rider,
    Seat,
    Stay,
)
from summitry.protocol.queries.sealed import DIET, HEALTH

KEEP_DAYS = 7
"""How long sealed entries are kept after the edition where no purpose says so."""


def forget_guest(guest_id: int) -> None:
    """Erase all that is kept of how a guest came, was addressed, lodged and fed; places and seats she left before.

    Of who moved her in a precedence list and why, the version says nothing any more. The caller records the erasure.
    """
    for model in (Courtesy, Greeting, Leg, Rider, Stay, Entitlement, Diet, HealthResult):
        model._default_manager.filter(guest=guest_id).delete()
    Seat.objects.filter(left=guest_id).update(left=None, left_at=None)
    PrecedenceVersion.objects.filter(guest=guest_id).update(guest=None, reason="")


def forget_consented(guest_id: int, purpose: str) -> None:
    """Erase what is kept sealed of a guest for a purpose: her diet, or her health results. The caller records it."""
    if purpose == DIET:
        Diet.objects.filter(guest=guest_id).delete()
    elif purpose == HEALTH:
        HealthResult.objects.filter(guest=guest_id).delete()


@job()
def forget_sealed() -> int:
    """Erase diets and health results of editions whose purpose says that their time is over; return how many rows."""
    erased = 0
    today = clock.now().date()
    for edition in Edition.objects.filter(ends_on__lt=today):
        keep = dict(
            Purpose.objects.filter(edition=edition, slug__in=(DIET, HEALTH)).values_list("slug", "keep_days")
        )
        for slug, rows in (
            (DIET, Diet.objects.filter(guest__edition=edition)),
            (HEALTH, HealthResult.objects.filter(guest__edition=edition)),
        ):
            if edition.ends_on + dt.timedelta(days=keep.get(slug, KEEP_DAYS)) >= today:
                continue
            with recording():
                count, _by_model = rows.delete()
                if count:
                    record("protocol.forgotten", by=system("retention"), edition_id=edition.pk, count=count)
            erased += count
    return erased
