"""Times in all the spellings that occur."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.programme.interchange.times import (
    format_hours,
    format_moment,
    parse_clock,
    parse_duration,
    parse_moment,
    resolve_zone,
    zone_of_offset,
)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("00:45", 45),
        ("1:30", 90),
        ("26:00", 1560),
        ("120:00", 7200),
        ("00:45:00", 45),
        ("01:30:30", 90.5),
        ("1:30:00", 90),
        ("1:02:30", 26 * 60 + 30),
        ("6944:11:40", 6944 * 1440 + 11 * 60 + 40),
        ("1:02:00:00", 26 * 60),
        ("45", 45),
        ("0", 0),
        ("PT45M", 45),
        ("PT1H30M", 90),
        ("P1DT2H", 26 * 60),
        ("1h30", 90),
        ("1 h 30 min", 90),
        ("90 min", 90),
        ("1.5h", 90),
        ("٤٥", 45),
    ],
)
def test_parse_duration_reads_all_spellings(text: str, minutes: float):
    assert parse_duration(text) == dt.timedelta(minutes=minutes)


def test_parse_duration_reads_days_first_where_told():
    assert parse_duration("1:02:00", days_first=True) == dt.timedelta(hours=26)
    assert parse_duration("01:30", days_first=True) == dt.timedelta(minutes=90)


@pytest.mark.parametrize(
    "text", ["", " ", "abc", "1:60", "1:2:3:4:5", "-5", "P", "PT", "135.0:00", "9" * 30, "²", ":"]
)
def test_parse_duration_refuses_the_rest(text: str):
    assert parse_duration(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-08-01", dt.date(2024, 8, 1)),
        ("2024/08/01", dt.date(2024, 8, 1)),
        ("01.08.2024", dt.date(2024, 8, 1)),
        ("1/8/2024", dt.date(2024, 8, 1)),
        ("8/31/2024", dt.date(2024, 8, 31)),
        ("2024年8月1日", dt.date(2024, 8, 1)),
        ("2024-08-01T10:00:00+02:00", dt.datetime(2024, 8, 1, 8, tzinfo=dt.UTC)),
        ("2024-08-01T10:00:00Z", dt.datetime(2024, 8, 1, 10, tzinfo=dt.UTC)),
        ("2024-08-01T10:00:00+2:00", dt.datetime(2024, 8, 1, 8, tzinfo=dt.UTC)),
        ("2024-08-01 10:00:00 +0200", dt.datetime(2024, 8, 1, 8, tzinfo=dt.UTC)),
        ("Thu, 01 Aug 2024 10:00:00 +0200", dt.datetime(2024, 8, 1, 8, tzinfo=dt.UTC)),
        ("2024-08-01T10:00:00", dt.datetime(2024, 8, 1, 10)),  # noqa: DTZ001 -- naive is what is tested
        ("01.08.2024 10:30", dt.datetime(2024, 8, 1, 10, 30)),  # noqa: DTZ001 -- as above
        ("2024-13-45", None),
        ("0001-01-01T00:00:00Z", None),
        ("9999-12-31T23:59:59+14:00", None),
        ("tomorrow", None),
        ("", None),
    ],
)
def test_parse_moment_reads_dates_and_times(text: str, expected: dt.date | None):
    assert parse_moment(text) == expected


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("10:30", 630),
        ("9:05", 545),
        ("10:30:00", 630),
        ("1030", 630),
        ("930", 570),
        ("10h30", 630),
        ("10.30", 630),
        ("9:30 PM", 1290),
        ("12:15 am", 15),
        ("25:30", 1530),
        ("30:00", None),
        ("10:75", None),
        ("2024-08-01", None),
        ("", None),
    ],
)
def test_parse_clock_reads_all_spellings(text: str, minutes: int | None):
    assert parse_clock(text) == (None if minutes is None else dt.timedelta(minutes=minutes))


@given(st.text(max_size=40))
def test_parsers_take_any_text(text: str):
    parse_clock(text)
    parse_duration(text)
    parse_moment(text)
    resolve_zone(text)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("Berlin", "Europe/Berlin"),
        ("Hong Kong", "Asia/Hong_Kong"),
        ("Pacific Time (US & Canada)", "America/Los_Angeles"),
        ("UTC+2", "Etc/GMT-2"),
        ("+05:30", "Asia/Kolkata"),
        ("UTC", "UTC"),
    ],
)
def test_resolve_zone_knows_the_names_in_use(name: str, key: str):
    zone = resolve_zone(name)
    assert zone is not None
    assert zone.key == key


@pytest.mark.parametrize(
    "name", ["", "Atlantis", "Europe", "../etc/passwd", "/etc/localtime", "x" * 500, "UTC+25"]
)
def test_resolve_zone_refuses_the_rest(name: str):
    assert resolve_zone(name) is None


@given(st.integers(-12, 14).map(lambda hours: dt.timedelta(hours=hours)))
def test_zone_of_offset_keeps_the_offset(offset: dt.timedelta):
    zone = resolve_zone(zone_of_offset(offset))
    assert zone is not None
    assert dt.datetime(2024, 7, 1, tzinfo=zone).utcoffset() == offset


@given(st.integers(0, 10**6).map(lambda minutes: dt.timedelta(minutes=minutes)))
def test_format_hours_reads_back(length: dt.timedelta):
    assert parse_duration(format_hours(length)) == length


def test_format_moment_writes_offsets_of_whole_minutes():
    berlin = resolve_zone("Europe/Berlin")
    assert format_moment(dt.datetime(2024, 8, 1, 10, tzinfo=berlin)) == "2024-08-01T10:00:00+02:00"
    # Before 1893 the clocks of Berlin were 53 minutes and 28 seconds ahead of Greenwich.
    assert format_moment(dt.datetime(1890, 1, 1, 10, tzinfo=berlin)) == "1890-01-01T09:06:32+00:00"
