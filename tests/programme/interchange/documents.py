"""Hypothesis strategies for schedule documents in normal form, with everything that schemas do not foresee."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from summitry.programme.interchange.document import (
    Conference,
    Day,
    DayRoom,
    Event,
    EventPerson,
    Generator,
    Json,
    Reference,
    Room,
    ScheduleDocument,
    Track,
)

_letters = st.characters(min_codepoint=0x20, exclude_categories=["Cs"], exclude_characters="\ufffe\uffff")
lines = st.one_of(
    st.sampled_from(
        ["", "Opening", " two  spaces ", "R&D <b>", "开幕式", "افتتاح", "Ünïcode", "?>", "]]>", "'"]
    ),
    st.text(_letters, max_size=12),
)
blocks = st.one_of(
    st.sampled_from(["", "\n", "\n    indented\n  ", "a\r\nb", "<p>HTML &amp; more</p>\n", " "]),
    st.text(st.one_of(_letters, st.sampled_from("\n\r\t")), max_size=30),
)
guids = st.uuids().map(str)
addresses = st.one_of(
    st.sampled_from(
        [
            "",
            "https://example.org/a",
            "http://example.org/ä b?q=%zz#x#y",
            "/relative/path.png",
            "mailto:someone@example.org",
            "javascript:alert(1)",
            "https://[::1]:8080/x",
            "https://[broken",
            "http://",
            "HTTPS://EXAMPLE.ORG/%20",
        ]
    ),
    lines.map(str.strip),
)
values: st.SearchStrategy[Json] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**53), 2**53), blocks),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(lines, inner, max_size=3)),
    max_leaves=4,
)
extras = st.dictionaries(
    st.one_of(st.sampled_from(["type_id", "answers", "duration"]), lines), values, max_size=2
)
zones = st.sampled_from(
    ["UTC", "Europe/Berlin", "Asia/Kolkata", "America/St_Johns", "Asia/Kathmandu", "Etc/GMT-2"]
)
dates = st.dates(dt.date(1971, 1, 2), dt.date(2099, 12, 30))
lengths = st.one_of(
    st.integers(0, 600).map(lambda minutes: dt.timedelta(minutes=minutes)),
    st.integers(0, 100 * 24 * 3600).map(lambda seconds: dt.timedelta(seconds=seconds)),
)
persons = st.builds(
    EventPerson,
    name=lines.filter(str.strip),
    id=st.one_of(st.none(), st.integers(-5, 10_000)),
    guid=st.one_of(st.none(), guids),
    url=addresses,
    extra=extras,
)
references = st.builds(
    Reference,
    url=addresses,
    title=lines,
    type=st.one_of(st.sampled_from(["", "slides", "paper"]), lines),
    service=lines,
    extra=extras,
)
tracks = st.builds(
    Track, name=lines, slug=lines.map(str.strip), color=st.sampled_from(["", "#00ff00", "red"]), extra=extras
)


def moments(date: dt.date, zone: str) -> st.SearchStrategy[dt.datetime]:
    start = dt.datetime.combine(date, dt.time(), ZoneInfo(zone)).astimezone(dt.UTC)
    return st.integers(-2000, 4000).map(
        lambda minutes: (start + dt.timedelta(minutes=minutes)).astimezone(ZoneInfo(zone))
    )


@st.composite
def conferences(draw: Callable[..., Any]) -> Conference:
    return Conference(
        title=draw(lines),
        acronym=draw(st.one_of(st.sampled_from(["", "gpn", "Camp2019", "summit-2024", "rt24"]), lines)),
        start=draw(st.one_of(st.none(), dates)),
        end=draw(st.one_of(st.none(), dates)),
        days_count=draw(st.one_of(st.none(), st.integers(-1, 40))),
        timeslot=draw(st.one_of(st.none(), lengths)),
        time_zone=draw(st.one_of(zones, st.just(""))),
        url=draw(addresses),
        logo=draw(addresses),
        description=draw(blocks),
        keywords=draw(st.lists(lines, max_size=2).map(tuple)),
        colors=draw(
            st.dictionaries(
                st.sampled_from(["primary", "background", "x y"]), st.sampled_from(["#123456", "blue"])
            )
        ),
        tracks=draw(st.lists(tracks, max_size=2).map(tuple)),
        rooms=draw(
            st.lists(
                st.builds(
                    Room,
                    name=lines,
                    guid=st.one_of(st.none(), guids),
                    description=blocks,
                    capacity=st.one_of(st.none(), st.integers(0, 5000)),
                    extra=extras,
                ),
                max_size=2,
            ).map(tuple)
        ),
        extra=draw(extras),
    )


@st.composite
def documents(draw: Callable[..., Any]) -> ScheduleDocument:
    conference = draw(conferences())
    # Without a name readers infer a zone from offsets, and Python calls times in the hour that a change of clocks
    # repeats unequal to the same moment in any other zone.
    zone = conference.time_zone or "UTC"
    days: list[Day] = []
    events: list[Event] = []
    indexes = draw(st.lists(st.integers(1, 99), unique=True, max_size=3))
    for index in indexes:
        date = draw(dates)
        start = draw(moments(date, zone))
        names = draw(st.lists(lines, unique=True, max_size=3))
        rooms = tuple(DayRoom(name=name, guid=draw(st.one_of(st.none(), guids))) for name in names)
        end = start + dt.timedelta(minutes=draw(st.integers(1, 2000)))
        days.append(Day(index=index, date=date, start=start, end=end, rooms=rooms))
        for name in names:
            events += draw(st.lists(events_in(index, name, date, zone), max_size=3))
    unique = {event.guid: event for event in events}
    return ScheduleDocument(
        conference=conference,
        days=tuple(days),
        events=tuple(unique.values()),
        generator=draw(st.builds(Generator, name=lines, version=lines, url=addresses)),
        version=draw(lines),
        url=draw(addresses),
        base_url=draw(addresses),
        extra=draw(extras),
    )


def events_in(day: int, room: str, date: dt.date, zone: str) -> st.SearchStrategy[Event]:
    flags = st.one_of(st.none(), st.booleans())
    return st.builds(
        Event,
        guid=guids,
        day=st.just(day),
        room=st.just(room),
        starts_at=moments(date, zone),
        duration=lengths,
        title=lines,
        id=st.one_of(st.none(), st.integers(1, 50), st.integers(1, 2**63 - 1)),
        code=st.one_of(st.sampled_from(["", "ABC123", "abc"]), lines.map(str.strip)),
        slug=st.one_of(
            st.sampled_from(["", "osi", "camp2019-1-x", "a_slug-that-is_fine"]), lines.map(str.strip)
        ),
        url=addresses,
        subtitle=lines,
        track=lines,
        type=lines,
        language=lines,
        abstract=blocks,
        description=blocks,
        recording_license=lines,
        do_not_record=flags,
        do_not_stream=flags,
        logo=addresses,
        feedback_url=addresses,
        origin_url=addresses,
        video_download_url=addresses,
        persons=st.lists(persons, max_size=2).map(tuple),
        links=st.lists(references, max_size=2).map(tuple),
        attachments=st.lists(references, max_size=2).map(tuple),
        extra=extras,
    )
