"""On which days before a deadline somebody is reminded, each once, and how the instant is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from zoneinfo import ZoneInfo

from summitry.editions.models import Edition, Reminder
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
    facts = {"edition": edition, "kind": kind, "days_left": day, "due_at": due_at}
    known = Reminder.objects.filter(**facts, object_id__in=ids).values_list("object_id", flat=True)
    fresh = set(ids) - set(known)
    Reminder.objects.bulk_create(Reminder(object_id=pk, **facts) for pk in sorted(fresh))
    return fresh


def moment(edition: Edition, at: dt.datetime | None, own_zone: str = "") -> Callable[[str], str]:
    """Return an instant by the host city's clock, in the words of the reader's language; a dash where there is none.

    With `own_zone`, another zone than the host's, it is told by that clock as well.
    """
    return lambda lang: " – ".join(filter(None, by_clocks(edition, at, lang, own_zone))) or "–"


def by_clocks(edition: Edition, at: dt.datetime | None, lang: str, own_zone: str = "") -> tuple[str, str]:
    """Return an instant by the host city's clock and by the reader's own, where that is another; else nothing."""
    if at is None:
        return "", ""
    is_other = bool(own_zone) and own_zone != edition.zone_name
    return _by_clock(at, edition.zone, lang), _by_clock(at, ZoneInfo(own_zone), lang) if is_other else ""


def _by_clock(at: dt.datetime, zone: ZoneInfo, lang: str) -> str:
    return f"{formats.date(at.astimezone(zone).date(), lang)}, {formats.time(at, zone)} ({zone.key})"
