"""The forecast of a running session: overruns ripple, fixed times hold, and nothing is expected in the past."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from summitry.algorithms.rundown import Cue, forecast

MINUTE = 60


def test_planned_cues_follow_each_other():
    cues = [Cue(1, 10 * MINUTE), Cue(2, 20 * MINUTE)]
    result = forecast(cues, starts=0, ends=30 * MINUTE, now=-MINUTE)
    assert [(c.start, c.end, c.late) for c in result.cues] == [(0, 600, 0), (600, 1800, 0)]
    assert (result.running, result.following, result.overrun) == (None, 1, 0)


def test_overrun_ripples_to_the_end():
    cues = [Cue(1, 600, started=0), Cue(2, 600), Cue(3, 600)]
    result = forecast(cues, starts=0, ends=1800, now=900)
    assert [(c.start, c.late) for c in result.cues] == [(0, 0), (900, 300), (1500, 300)]
    assert (result.running, result.following, result.overrun) == (1, 2, 300)


def test_fixed_time_swallows_a_delay():
    cues = [Cue(1, 600, started=0), Cue(2, 600, fixed=1200)]
    result = forecast(cues, starts=0, ends=1800, now=900)
    assert [(c.planned_start, c.start) for c in result.cues] == [(0, 0), (1200, 1200)]
    assert result.overrun == 0


def test_skipped_cue_wins_time_back():
    cues = [Cue(1, 600, started=0, ended=900), Cue(2, 300, skipped=True), Cue(3, 600)]
    result = forecast(cues, starts=0, ends=1500, now=900)
    assert (result.cues[2].start, result.overrun, result.following) == (900, 0, 3)


def test_session_that_has_not_begun_in_time_is_late():
    assert forecast([Cue(1, 600)], starts=0, ends=600, now=120).overrun == 120


def test_no_cues_forecast_nothing():
    result = forecast([], starts=0, ends=600, now=300)
    assert (result.cues, result.running, result.following, result.overrun) == ((), None, None, 0)


@given(st.lists(st.integers(1, 7200), min_size=1, max_size=12), st.integers(0, 7200), st.integers(0, 11))
def test_cues_never_overlap_and_nothing_waiting_lies_in_the_past(lengths: list[int], now: int, begun: int):
    cues, at = [], 0
    for number, length in enumerate(lengths):
        done = number < begun and at + length <= now and at == sum(lengths[:number])
        cues.append(
            Cue(number + 1, length, started=at if done else None, ended=at + length if done else None)
        )
        at += length if done else 0
    result = forecast(cues, starts=0, ends=sum(lengths), now=now)
    assert all(one.end <= two.start for one, two in pairwise(result.cues))
    assert all(c.start >= now for c, cue in zip(result.cues, cues, strict=True) if cue.started is None)


@given(
    st.lists(st.integers(1, 3600), min_size=1, max_size=8), st.integers(-10_000, 10_000), st.integers(0, 5000)
)
def test_shifting_all_clocks_shifts_the_forecast(lengths: list[int], shift: int, now: int):
    cues = [Cue(number + 1, length) for number, length in enumerate(lengths)]
    here = forecast(cues, 0, sum(lengths), now)
    there = forecast(cues, shift, sum(lengths) + shift, now + shift)
    assert [(c.start + shift, c.end + shift) for c in here.cues] == [(c.start, c.end) for c in there.cues]
    assert here.overrun == there.overrun
