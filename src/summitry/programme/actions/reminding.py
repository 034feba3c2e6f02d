"""On which days before a deadline somebody is reminded, each once, and how the instant is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection

from summitry.editions.models import Edition, Reminder
from summitry.foundation.audit import hold_chain
from summitry.foundation.i18n import formats

DAYS_BEFORE = (7, 2, 0)
"""How many days before a deadline whoever owes something is reminded."""


def reminder_day(now: dt.datetime, due_at: dt.datetime) -> int | None:
    """Return which reminder is due now: the latest whose day has come; none before the first or after the deadline."""
    if now >= due_at:
        return None
    left = (due_at - now) / dt.timedelta(days=1)
    come = [days for days in DAYS_BEFORE if left <= max(days, 1)]
    return min(come) if come else None


def claim(edition: Edition, kind: str, ids: Collection[int], day: int, due_at: dt.datetime) -> set[int]:
    """Note that these are reminded, and return those who were not before; in the transaction of their letters.

    Two who claim at once wait for each other, at the audit log's chain, which the letters need anyway.
    """
    hold_chain()
    facts = {"edition": edition, "kind": kind, "days_left": day, "due_at": due_at}
    known = Reminder.objects.filter(**facts, object_id__in=ids).values_list("object_id", flat=True)
    fresh = set(ids) - set(known)
    Reminder.objects.bulk_create(Reminder(object_id=pk, **facts) for pk in sorted(fresh))
    return fresh


def moment(edition: Edition, at: dt.datetime | None) -> Callable[[str], str]:
    """Return an instant by the host city's clock, in the words of the reader's language; a dash where there is none."""

    def told(lang: str) -> str:
        if at is None:
            return "–"
        there = at.astimezone(edition.zone)
        return f"{formats.date(there.date(), lang)}, {formats.time(at, edition.zone)} ({edition.zone_name})"

    return told
