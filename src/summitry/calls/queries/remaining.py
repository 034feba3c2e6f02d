"""How much time is left, in words that a reader takes in at a glance."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import ngettext

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


def in_words(left: dt.timedelta) -> str:
    """Return a span rounded down to its largest fitting unit: days from two on, hours from two on, else minutes.

    Nothing and less is no minutes.
    """
    if left >= 2 * DAY:
        count = left // DAY
        return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}
    if left >= 2 * HOUR:
        count = left // HOUR
        return ngettext("%(count)d hour", "%(count)d hours", count) % {"count": count}
    count = max(left // dt.timedelta(minutes=1), 0)
    return ngettext("%(count)d minute", "%(count)d minutes", count) % {"count": count}
