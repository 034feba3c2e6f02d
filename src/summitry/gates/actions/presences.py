"""Presence beyond the gates: who joins online, and who was still inside when a day ended."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.errors import InvalidInput
from summitry.foundation.jobs import job
from summitry.gates.actions.deriving import Steps, count
from summitry.gates.enums import Channel
from summitry.gates.models import Presence
from summitry.gates.queries.setup import load_setup
from summitry.guests.models import Guest

BEAT = dt.timedelta(minutes=1)
"""How often a page says that it is still open."""
SILENCE = 3 * BEAT
"""Whoever was not heard of for so long has left when she was last heard of."""
SAME = dt.timedelta(minutes=2)
"""Whoever comes back so soon after the line broke has not left."""


def join_online(guest: Guest, place: str, *, evidence: str, at: dt.datetime | None = None) -> Presence:
    """Note that a guest joined online, and how we know. Called by whoever runs the platform, for a guest it has identified.

    To join where she is already changes nothing; to come back within two minutes continues her stay.
    """
    now = at or clock.now()
    if not evidence.strip():
        raise InvalidInput(fields={"evidence": [_("Say how this is known.")]})
    with transaction.atomic():
        Guest.objects.select_for_update(no_key=True).get(pk=guest.pk)
        last = _stays(guest, place).order_by("-from_at").first()
        if last is not None and (last.until_at is None or now - last.until_at <= SAME):
            Presence.objects.filter(pk=last.pk).update(until_at=None)
            last.until_at = None
            return last
        return Presence.objects.create(
            edition_id=guest.edition_id,
            guest=guest,
            channel=Channel.ONLINE,
            delegation_id=guest.delegation_id,
            place=place[:80],
            from_at=now,
            evidence=evidence.strip()[:200],
        )


def leave_online(guest: Guest, place: str, *, at: dt.datetime | None = None) -> int:
    """Note that a guest left; return how many stays that ended."""
    now = at or clock.now()
    return _stays(guest, place).filter(until_at=None, from_at__lte=now).update(until_at=now)


def hear_from(guest: Guest, place: str, *, evidence: str) -> Presence:
    """Note that a page of a guest is open at a place: she joins with its first beat, and stays as long as it is heard.

    Two pages of one guest at one place are one stay.
    """
    now = clock.now()
    with transaction.atomic():
        stay = join_online(guest, place, evidence=evidence, at=now)
        Presence.objects.filter(pk=stay.pk).update(heard_at=now)
    stay.heard_at = now
    return stay


@job()
def end_silent_stays() -> int:
    """End the stays of pages that are not heard of any more, with the last beat; return how many."""
    silent = Presence.objects.filter(
        until_at=None, channel=Channel.ONLINE, heard_at__lt=clock.now() - SILENCE
    )
    return silent.update(until_at=F("heard_at"))


@job()
def close_days() -> None:
    """End the stays of days that are over: at four in the morning nobody is inside whom no gate has seen leave."""
    open_ones = Presence.objects.filter(until_at=None, channel=Channel.ON_SITE)
    for edition in Edition.objects.filter(pk__in=open_ones.values("edition")):
        _close_days_of(edition)


def _close_days_of(edition: Edition) -> None:
    setup, now = load_setup(edition.pk), clock.now()
    with transaction.atomic():
        rows = Presence.objects.filter(edition=edition, until_at=None, channel=Channel.ON_SITE)
        for pk, zone, from_at in rows.order_by("pk").values_list("pk", "zone_id", "from_at"):
            over = setup.end_of(setup.day_of(from_at))
            closed = over <= now and Presence.objects.filter(pk=pk, until_at=None).update(until_at=over)
            if closed:
                count(zone, Steps(inside=-1))


def _stays(guest: Guest, place: str) -> QuerySet[Presence]:
    return Presence.objects.filter(guest=guest, channel=Channel.ONLINE, place=place[:80])
