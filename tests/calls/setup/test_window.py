"""Whether a call takes entries follows from its dates: in any zone the same instant, and to the second."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.calls.enums import CallState
from summitry.calls.models import Call
from summitry.calls.queries.calls import freezes_at, open_state

OPENS = dt.datetime(2026, 3, 1, 0, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
CLOSES = dt.datetime(2026, 3, 29, 1, 30, tzinfo=dt.UTC)
"""Half an hour into the night in which clocks in Europe go forward."""
SECOND = dt.timedelta(seconds=1)


def call(state: CallState = CallState.PUBLISHED, grace: int = 15) -> Call:
    return Call(state=state, opens_at=OPENS, closes_at=CLOSES, grace_minutes=grace)


def test_the_window_is_to_the_second() -> None:
    grace = dt.timedelta(minutes=15)
    moments = [OPENS - SECOND, OPENS, CLOSES - SECOND, CLOSES, CLOSES + grace - SECOND, CLOSES + grace]
    assert [open_state(call(), at) for at in moments] == [
        "before",
        "open",
        "open",
        "grace",
        "grace",
        "closed",
    ]
    assert open_state(call(grace=0), CLOSES) == "closed"


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (CallState.DRAFT, "before"),
        (CallState.FROZEN, "closed"),
        (CallState.ANNOUNCED, "closed"),
        (CallState.CANCELLED, "closed"),
    ],
)
def test_only_a_published_call_takes_entries(state: CallState, expected: str) -> None:
    assert open_state(call(state), OPENS + SECOND) == expected


ZONES = st.sampled_from(
    ["Asia/Shanghai", "Europe/Paris", "America/New_York", "Pacific/Apia", "Asia/Kathmandu"]
)


@given(st.integers(-100_000, 3_000_000), ZONES)
def test_the_readers_clock_changes_nothing(seconds: int, zone: str) -> None:
    at = OPENS + seconds * SECOND
    assert open_state(call(), at.astimezone(ZoneInfo(zone))) == open_state(call(), at.astimezone(dt.UTC))


@given(st.integers(0, 1440), st.integers(-4_000_000, 4_000_000))
def test_grace_follows_the_deadline_and_ends(grace: int, seconds: int) -> None:
    at = CLOSES + seconds * SECOND
    one = call(grace=grace)
    state = open_state(one, at)
    assert (state == "grace") == (CLOSES <= at < freezes_at(one))
    assert (state == "closed") == (at >= freezes_at(one))
