"""Whether a guest's health result is there and recent enough; what it says stays sealed unless somebody looks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.sealing import SealBroken
from summitry.guests.enums import Attendance, GuestState
from summitry.guests.models import Guest
from summitry.protocol.enums import HealthOutcome
from summitry.protocol.models import HealthResult, HealthStep
from summitry.protocol.queries.sealed import opened_result

ASKED = frozenset({GuestState.APPROVED, GuestState.CONFIRMED})


class Standing(StrEnum):
    """How a guest stands in the health step."""

    NOT_ASKED = "not_asked"
    MISSING = "missing"
    OLD = "old"
    CLEAR = "clear"
    NOT_CLEAR = "not_clear"


@dataclass(frozen=True, slots=True)
class HealthStanding:
    """How a guest stands, and until when it holds."""

    standing: Standing
    until: dt.datetime | None = None


def step_of(edition: Edition) -> HealthStep | None:
    """Return the step where the edition has one, on or off."""
    return HealthStep.objects.filter(edition=edition).first()


def asked_of(guest: Guest) -> HealthStep | None:
    """Return the step where the edition asks a result of this guest: she comes in person, and it is switched on."""
    if guest.attendance != Attendance.ON_SITE or guest.state not in ASKED:
        return None
    found = HealthStep.objects.filter(edition=guest.edition_id, is_on=True)
    return found.select_related("purpose__edition").first()


def standings(
    edition: Edition, guest_ids: Iterable[int], at: dt.datetime | None = None
) -> dict[int, HealthStanding]:
    """Return how these guests stand at an instant (now by default), with two statements."""
    ids = set(guest_ids)
    step = step_of(edition)
    if step is None or not step.is_on:
        return dict.fromkeys(ids, HealthStanding(Standing.NOT_ASKED))
    at = at or clock.now()
    found = dict.fromkeys(ids, HealthStanding(Standing.MISSING))
    rows = HealthResult.objects.filter(guest__in=ids, taken_at__lte=at).order_by("taken_at", "pk")
    for guest_id, taken_at, sealed in rows.values_list("guest_id", "taken_at", "sealed"):
        until = taken_at + dt.timedelta(hours=step.hours)
        found[guest_id] = HealthStanding(_standing(sealed, is_old=until < at), until)
    return found


def _standing(sealed: str, *, is_old: bool) -> Standing:
    try:
        outcome, _words = opened_result(sealed)
    except SealBroken:
        return Standing.MISSING
    if outcome == HealthOutcome.NOT_CLEAR:
        return Standing.NOT_CLEAR
    return Standing.OLD if is_old else Standing.CLEAR
