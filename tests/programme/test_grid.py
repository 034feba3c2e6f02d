from __future__ import annotations

import datetime as dt
from itertools import combinations
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from summitry.programme.queries.grid import HOUR_COLUMNS, Interval, RoomRows, Seat, axis_of, grid_of
from summitry.programme.queries.hyphens import SHY, soft_hyphens

SHANGHAI = ZoneInfo("Asia/Shanghai")
KOLKATA = ZoneInfo("Asia/Kolkata")
BERLIN = ZoneInfo("Europe/Berlin")
MIDNIGHT = dt.datetime(2026, 11, 9, tzinfo=SHANGHAI)


def interval(start: float, end: float, room: int | None = 1, *, yields: bool = False) -> Interval:
    return Interval(room, MIDNIGHT + dt.timedelta(hours=start), MIDNIGHT + dt.timedelta(hours=end), yields)


def hours(intervals: list[Interval], zone: ZoneInfo = SHANGHAI) -> list[tuple[str, bool]]:
    return [(f"{tick.at.astimezone(zone):%H:%M}", tick.folded) for tick in axis_of(intervals, zone).ticks]


def test_axis_fits_the_day() -> None:
    assert hours([interval(9.25, 10.5), interval(11, 12)]) == [
        ("09:00", False),
        ("10:00", False),
        ("11:00", False),
    ]


def test_long_gap_is_folded_to_an_hour_and_a_short_one_stays() -> None:
    intervals = [interval(9, 10), interval(11, 12), interval(15, 16)]
    assert hours(intervals) == [
        ("09:00", False), ("10:00", False), ("11:00", False), ("12:00", True), ("15:00", False),
    ]  # fmt: skip
    axis = axis_of(intervals, SHANGHAI)
    assert [axis.column(MIDNIGHT + dt.timedelta(hours=hour)) for hour in (9, 12, 13.5, 15, 16)] == [
        0,
        36,
        42,
        48,
        60,
    ]


def test_axis_starts_at_a_full_hour_of_a_half_hour_zone() -> None:
    assert hours([interval(9, 10)], KOLKATA) == [("06:00", False), ("07:00", False)]


def test_axis_counts_real_hours_when_the_clocks_change() -> None:
    start = dt.datetime(2026, 10, 25, 0, tzinfo=dt.UTC)  # 02:00, and an hour later again 02:00
    axis = axis_of([Interval(1, start, start + dt.timedelta(hours=3))], BERLIN)
    assert [f"{tick.at.astimezone(BERLIN):%H:%M}" for tick in axis.ticks] == ["02:00", "02:00", "03:00"]


def test_axis_is_never_longer_than_a_day() -> None:
    grid = grid_of([interval(9, 80)], [1], SHANGHAI)
    assert grid.axis.hours == 24
    assert grid.seats == (Seat(0, 288, 0),)


def test_rooms_stand_in_their_order_and_only_those_in_use() -> None:
    grid = grid_of([interval(9, 10, 3), interval(9, 10, 1), interval(9, 10, None)], [1, 2, 3, None], SHANGHAI)
    assert grid.rooms == (RoomRows(1, 0, 1), RoomRows(3, 1, 1), RoomRows(None, 2, 1))
    assert grid.seats == (Seat(0, 12, 1), Seat(0, 12, 0), Seat(0, 12, 2))


def test_overlapping_sessions_of_a_room_take_rows_of_their_own() -> None:
    grid = grid_of(
        [interval(9, 11), interval(10, 12), interval(11, 12), interval(9, 10, 2)], [1, 2], SHANGHAI
    )
    assert grid.rooms == (RoomRows(1, 0, 2), RoomRows(2, 2, 1))
    assert [seat.row for seat in grid.seats if seat] == [0, 1, 0, 2]


def test_cancelled_session_keeps_its_seat_unless_another_stands_there() -> None:
    grid = grid_of(
        [interval(9, 10, yields=True), interval(9.5, 11), interval(11, 12, yields=True)], [1], SHANGHAI
    )
    assert grid.seats == (None, Seat(6, 18, 0), Seat(24, 12, 0))


def test_room_with_only_a_cancelled_session_is_there() -> None:
    grid = grid_of([interval(9, 10, yields=True)], [1], SHANGHAI)
    assert (grid.rooms, grid.seats) == ((RoomRows(1, 0, 1),), (Seat(0, 12, 0),))


def test_crowded_day_does_not_fit() -> None:
    assert not grid_of([interval(9, 10, room) for room in range(61)], list(range(61)), SHANGHAI).fits
    assert not grid_of([interval(9, 10)] * 13, [1], SHANGHAI).fits


intervals = st.lists(
    st.builds(
        lambda start, length, room: interval(start / 12, (start + length) / 12, room),
        st.integers(0, 200), st.integers(1, 60), st.integers(1, 4),
    ),
    min_size=1, max_size=25,
)  # fmt: skip


@given(intervals)
def test_no_two_sessions_cover_each_other(given_intervals: list[Interval]) -> None:
    grid = grid_of(given_intervals, [1, 2, 3, 4], SHANGHAI)
    width = grid.axis.hours * HOUR_COLUMNS
    seats = [seat for seat in grid.seats if seat is not None]
    assert len(seats) == len(given_intervals)
    assert all(seat.column >= 0 and seat.column + seat.span <= width for seat in seats)
    for one, other in combinations(seats, 2):
        assert (
            one.row != other.row
            or one.column + one.span <= other.column
            or other.column + other.span <= one.column
        )


@given(st.text())
def test_soft_hyphens_change_nothing_but_add_themselves(text: str) -> None:
    assert soft_hyphens(text).replace(SHY, "") == text.replace(SHY, "")


def test_soft_hyphens_break_long_words_between_syllables() -> None:
    shown = [
        soft_hyphens(word).replace(SHY, "-")
        for word in ("connectivity", "интероперабельность", "forum", "数字公共基础设施")
    ]
    assert shown == ["connec-tivity", "инте-ропе-рабель-ность", "forum", "数字公共基础设施"]
