"""Moments in templates: their date is that of the clock which the page names."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.template import engines
from django.utils import translation


def test_a_moment_after_midnight_has_the_date_of_its_zone() -> None:
    template = engines["django"].from_string("{{ at|timezone:zone|fdate:'yMMMd' }} {% ftime at zone %}")
    late = dt.datetime(2026, 11, 30, 16, 30, tzinfo=dt.UTC)
    with translation.override("en"):
        assert template.render({"at": late, "zone": ZoneInfo("Asia/Shanghai")}) == "1 Dec 2026 00:30"
