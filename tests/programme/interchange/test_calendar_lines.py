"""Lines of iCalendar: whatever a text holds, a calendar program reads the same, in lines that are short enough."""

import datetime as dt
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.programme.interchange.calendar_lines import (
    component,
    escaped,
    folded,
    local_moment,
    text_line,
    utc_moment,
)

_CONTROLS = "".join(map(chr, [*range(9), 11, 12, *range(14, 32), 127]))
texts = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs", "Cc"]),
        st.sampled_from('\\;,:"\n\tn 世é😀N'),
    ),
    max_size=300,
)


def read_back(*lines: str) -> icalendar.Event:
    event = icalendar.Event.from_ical(component("VEVENT", lines).encode())
    assert isinstance(event, icalendar.Event)
    return event


@given(text=texts)
def test_any_text_reads_back_the_same(text: str) -> None:
    event = read_back(text_line("SUMMARY", text), text_line("DESCRIPTION", text, {"LANGUAGE": "zh-Hans"}))
    assert (str(event["SUMMARY"]), str(event["DESCRIPTION"])) == (text, text)
    assert dict(event["DESCRIPTION"].params) == {"LANGUAGE": "zh-Hans"}


@given(text=texts)
def test_lines_have_at_most_75_octets_and_whole_characters(text: str) -> None:
    lines = text_line("DESCRIPTION", text).encode().split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert all(line.startswith(b" ") for line in lines[1:])
    unfolded = lines[0] + b"".join(line[1:] for line in lines[1:])
    assert unfolded.decode() == f"DESCRIPTION:{escaped(text)}"
    for line in lines:
        line.decode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a;b,c\\d", "a\\;b\\,c\\\\d"),
        ("one\ntwo\r\nthree\rfour", "one\\ntwo\\nthree\\nfour"),
        (f"a{_CONTROLS}b\ud800", "ab"),
        ("tab\tstays", "tab\tstays"),
    ],
)
def test_text_is_escaped(text: str, expected: str) -> None:
    assert escaped(text) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", ""),
        ("a" * 75, "a" * 75),
        ("a" * 76, "a" * 75 + "\r\n a"),
        ("a" * 150, "a" * 75 + "\r\n " + "a" * 74 + "\r\n a"),
        ("a" * 74 + "é", "a" * 74 + "\r\n é"),
        ("a" * 73 + "é", "a" * 73 + "é"),
        ("世" * 26, "世" * 25 + "\r\n 世"),
    ],
)
def test_line_is_folded_after_75_octets(line: str, expected: str) -> None:
    assert folded(line) == expected


def test_moments_are_told_in_utc_or_by_the_clock_on_the_wall() -> None:
    moment = dt.datetime(2026, 11, 9, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert (utc_moment(moment), local_moment(moment)) == ("20261109T013000Z", "20261109T093000")
