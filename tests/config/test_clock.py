"""The rehearsal clock and its setting."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from summitry.foundation import clock


def test_the_setting_is_nothing_seconds_or_an_instant() -> None:
    ahead = (timezone.now() + dt.timedelta(days=3)).isoformat()

    assert clock.offset_of("") == dt.timedelta()
    assert clock.offset_of("-90.5") == dt.timedelta(seconds=-90.5)
    assert abs(clock.offset_of(ahead) - dt.timedelta(days=3)) < dt.timedelta(seconds=5)


@pytest.mark.parametrize("setting", ["soon", "2026-11-10T10:42", "2026-13-40T00:00+00:00"])
def test_a_setting_that_is_no_instant_is_refused(setting: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        clock.offset_of(setting)


def test_a_frozen_clock_stands_still() -> None:
    instant = dt.datetime(2026, 11, 10, 2, 42, tzinfo=dt.UTC)
    with clock.frozen(instant):
        assert clock.now() == instant
    assert clock.now() != instant
