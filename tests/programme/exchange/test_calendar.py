"""Calendars: the same session keeps its UID, every move raises SEQUENCE, and a cancellation is told."""

from __future__ import annotations

import datetime as dt
import itertools
from zoneinfo import ZoneInfo, available_timezones

import icalendar
import pytest

from summitry.editions.models import Edition
from summitry.foundation.access import PUBLIC
from summitry.foundation.i18n import Text
from summitry.programme.actions.schedule import draft_of, unplace_session
from summitry.programme.actions.session import update_session
from summitry.programme.queries.export_calendar import calendar
from summitry.programme.queries.export_rows import latest_version, schedule_rows
from summitry.programme.queries.export_zone import timezone_component
from tests.programme.make import SYSTEM, at, place, publish
from tests.programme.summit import Summit, make_summit_programme


@pytest.fixture
def summit(db: None) -> Summit:
    return make_summit_programme()


def written(edition: Edition, lang: str = "en") -> bytes:
    edition.refresh_from_db()
    version = latest_version(edition, PUBLIC)
    return calendar(schedule_rows(edition, actor=PUBLIC, version=version), lang)


def parsed(edition: Edition, lang: str = "en") -> dict[str, icalendar.Event]:
    """The events by UID."""
    found = icalendar.Calendar.from_ical(written(edition, lang))
    return {str(event["UID"]): event for event in found.events}


def states(edition: Edition) -> dict[str, tuple[str, int, str]]:
    """Title, SEQUENCE and STATUS by UID."""
    return {
        uid: (str(event["SUMMARY"]), int(str(event["SEQUENCE"])), str(event["STATUS"]))
        for uid, event in parsed(edition).items()
    }


def test_calendar_holds_the_public_sessions_with_all_that_a_reader_needs(summit: Summit) -> None:
    opening = summit.sessions["opening"]
    events = parsed(summit.edition)
    assert sorted(str(event["SUMMARY"]) for event in events.values()) == [
        "Multilingual internet",
        "Night of the archives",
        "Opening of the archives",
    ]
    event = events[f"{opening.guid}@summitry"]
    assert event.decoded("DTSTART") == at(9)
    assert event.decoded("DTEND") == at(10, 30)
    assert event["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert str(event["LOCATION"]) == "Moon Bridge"
    assert event["CATEGORIES"].to_ical() == b"Digital memory"
    address = "http://127.0.0.1:8000/en/rivertown/sessions/opening/"
    assert str(event["URL"]) == address
    assert str(event["DESCRIPTION"]) == f"With Leïla Benslimane\n\nWhy archives **matter**.\n\n{address}"


def test_move_raises_the_sequence_and_keeps_the_uid(summit: Summit) -> None:
    before = states(summit.edition)
    place(summit.sessions["opening"], summit.rooms["lotus"], at(15), 90)
    publish(summit.edition)
    uid = f"{summit.sessions['opening'].guid}@summitry"
    assert states(summit.edition) == {**before, uid: ("Opening of the archives", 1, "CONFIRMED")}
    assert parsed(summit.edition)[uid].decoded("DTSTART") == at(15)


def test_cancellation_is_told_and_a_return_as_well(summit: Summit) -> None:
    before = states(summit.edition)
    uid = f"{summit.sessions['opening'].guid}@summitry"
    unplace_session(draft_of(summit.edition), summit.sessions["opening"], by=SYSTEM)
    publish(summit.edition)
    assert states(summit.edition) == {**before, uid: ("Opening of the archives", 1, "CANCELLED")}
    place(summit.sessions["opening"], summit.rooms["moon"], at(9), 90)
    publish(summit.edition)
    assert states(summit.edition) == {**before, uid: ("Opening of the archives", 2, "CONFIRMED")}


def test_same_version_gives_the_same_bytes(summit: Summit) -> None:
    assert written(summit.edition) == written(summit.edition)


def test_lines_are_folded_within_75_bytes_and_between_characters(summit: Summit) -> None:
    title = Text.of({"zh-hans": "世界互联网文化遗产数字化保护与传承国际论坛" * 6})
    update_session(summit.sessions["opening"], by=SYSTEM, title=title)
    data = written(summit.edition, "zh-hans")
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()
    uid = f"{summit.sessions['opening'].guid}@summitry"
    assert str(parsed(summit.edition, "zh-hans")[uid]["SUMMARY"]) == title.get("zh-hans")


def test_words_in_another_language_say_so(summit: Summit) -> None:
    events = parsed(summit.edition, "ar")
    opening = events[f"{summit.sessions['opening'].guid}@summitry"]["SUMMARY"]
    cafe = events[f"{summit.sessions['cafe'].guid}@summitry"]["SUMMARY"]
    assert (str(opening), dict(opening.params)) == ("افتتاح الأرشيف", {})
    assert (str(cafe), dict(cafe.params)) == ("Multilingual internet", {"LANGUAGE": "en"})


def test_calendar_names_itself_and_how_often_to_ask(summit: Summit) -> None:
    found = icalendar.Calendar.from_ical(written(summit.edition))
    assert found["X-WR-CALNAME"] == str(summit.edition.name)
    assert found["REFRESH-INTERVAL"].to_ical() == b"PT1H"
    assert found["X-WR-TIMEZONE"] == "Asia/Shanghai"


@pytest.mark.parametrize(
    "zone",
    ["Asia/Shanghai", "Europe/Berlin", "America/St_Johns", "Africa/Casablanca", "Australia/Lord_Howe", "UTC"],
)
def test_zone_says_the_same_as_the_clock_at_every_hour(zone: str) -> None:
    """What a calendar program makes of the VTIMEZONE agrees with the zone's own rules, changes of clocks included."""
    assert_says_what_the_clock_says(zone, dt.date(2026, 3, 1), dt.date(2026, 11, 30), dt.timedelta(hours=3))


@pytest.mark.parametrize("year", [1946, 2026])
def test_every_zone_is_read_by_a_library_as_the_clock_says(year: int) -> None:
    """In 1946 some zones were seconds off the full minute, and clocks changed twice in a summer."""
    for zone in sorted(available_timezones()):
        assert_says_what_the_clock_says(zone, dt.date(year, 3, 1), dt.date(year, 4, 1), dt.timedelta(days=13))


def assert_says_what_the_clock_says(zone: str, first: dt.date, last: dt.date, step: dt.timedelta) -> None:
    """A library's reading of the component is the zone's own rules, from a year before `first` to a year after `last`."""
    written = timezone_component(zone, first, last).encode()
    component = icalendar.Timezone.from_ical(written)
    assert component.to_ical() == written
    assert component["TZID"] == zone
    onsets = sorted(
        (
            (part.decoded("DTSTART") - part.decoded("TZOFFSETFROM")).replace(tzinfo=dt.UTC),
            part.decoded("TZOFFSETTO"),
            str(part["TZNAME"]),
        )
        for part in component.subcomponents
    )
    instant = dt.datetime.combine(first, dt.time(), dt.UTC) - dt.timedelta(days=366)
    end = dt.datetime.combine(last, dt.time(), dt.UTC) + dt.timedelta(days=366)
    while instant < end:
        local = instant.astimezone(ZoneInfo(zone))
        said = [(offset, name) for onset, offset, name in onsets if onset <= instant][-1]
        assert said == (local.utcoffset(), local.tzname()), (zone, instant)
        instant += step


def test_zone_onsets_are_told_by_the_clock_before_the_change() -> None:
    text = timezone_component("Europe/Berlin", dt.date(2026, 6, 1), dt.date(2026, 6, 2))
    assert "BEGIN:DAYLIGHT\r\nDTSTART:20260329T020000\r\n" in text
    assert "BEGIN:STANDARD\r\nDTSTART:20261025T030000\r\n" in text


def test_sequences_never_fall_over_many_versions(summit: Summit) -> None:
    uid = f"{summit.sessions['opening'].guid}@summitry"
    seen = [states(summit.edition)[uid][1]]
    for hour in (10, 11, 9, 9):
        place(summit.sessions["opening"], summit.rooms["moon"], at(hour), 90)
        publish(summit.edition)
        seen.append(states(summit.edition)[uid][1])
    assert seen == [0, 1, 2, 3, 3]
    assert all(before <= after for before, after in itertools.pairwise(seen))
