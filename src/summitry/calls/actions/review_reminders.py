"""Reminding jurors by hand, beside the reminders that go out by themselves before a round closes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from summitry.calls.actions.telling_jurors import letter_of, unread_of
from summitry.calls.enums import RoundState
from summitry.calls.errors import RoundClosed
from summitry.calls.models import Computation, Juror, Round
from summitry.editions.actions.reminding import claim
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.mailing.notices import NoticeKey, post_notice

KIND = "reviews-by-hand"


def remind(round_: Round, jurors: Collection[int], *, by: Actor) -> int:
    """Write to those of `jurors` who have not handed in everything; return to how many.

    Whoever was reminded by hand today, by the host city's calendar, is left out. Raises PermissionRefused and RoundClosed.
    """
    require(by, "approve", Computation(call=round_.call, round=round_))
    if round_.state != RoundState.READING:
        raise RoundClosed
    zone = round_.call.edition.zone
    today = dt.datetime.combine(clock.now().astimezone(zone).date(), dt.time(), tzinfo=zone)
    with recording():
        unread = unread_of(round_)
        fresh = claim(round_.call.edition, f"{KIND}-{round_.pk}", unread.keys() & set(jurors), 0, today)
        if not fresh:
            return 0
        rows = Juror.objects.filter(pk__in=fresh).select_related("person__account").order_by("pk")
        letters = [letter_of(round_, juror, unread[juror.pk]) for juror in rows]
        post_notice(round_.call.edition, NoticeKey.JURY_REMINDER, letters, by=by)
        record("calls.jurors.reminded", by=by, obj=round_, count=len(letters))
    return len(letters)
