"""The second clock: what time it is for the reader when something happens at the venue."""

from __future__ import annotations

import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.http import HttpRequest

from summitry.foundation.i18n import formats

COOKIE = "zone"
OFFERED = tuple(
    "Africa/Cairo Africa/Johannesburg Africa/Lagos Africa/Nairobi America/Argentina/Buenos_Aires America/Bogota "
    "America/Chicago America/Los_Angeles America/Mexico_City America/New_York America/Sao_Paulo Asia/Bangkok Asia/Dubai "
    "Asia/Jakarta Asia/Kolkata Asia/Riyadh Asia/Seoul Asia/Shanghai Asia/Singapore Asia/Tashkent Asia/Tokyo "
    "Australia/Sydney Europe/Berlin Europe/Istanbul Europe/London Europe/Madrid Europe/Moscow Europe/Paris "
    "Pacific/Auckland Pacific/Honolulu UTC".split()
)
"""The zones that a page offers to readers whose browser does not tell; a cookie may name any other."""


@cache
def known_zones() -> frozenset[str]:
    """Return the names of all zones a reader may choose."""
    return frozenset(available_timezones())


def reader_zone(request: HttpRequest) -> ZoneInfo | None:
    """Return the zone in the reader's cookie; None where it is missing or not a zone."""
    name = request.COOKIES.get(COOKIE, "").replace("%2F", "/")
    return ZoneInfo(name) if name in known_zones() else None


def second_clock(instant: dt.datetime, venue: ZoneInfo, reader: ZoneInfo | None) -> str:
    """Return the reader's time as HH:MM, with +1 or −1 where her day is another than the venue's; nothing unknown."""
    if reader is None:
        return ""
    days = (instant.astimezone(reader).date() - instant.astimezone(venue).date()).days
    mark = f" {'+' if days > 0 else '−'}{abs(days)}" if days else ""
    return formats.time(instant, reader) + mark
