"""Events that are not as the schemas want them: nothing is lost, everything is told."""

import datetime as dt
import uuid

import pytest

from summitry.programme.interchange.frab_json import read_frab_json
from summitry.programme.interchange.frab_xml import read_frab_xml
from tests.programme.interchange.wild import GUID_A, GUID_B, event, read, schedule, starts, told


def test_sound_event_raises_no_problem():
    events, problems = read(schedule(event()))
    assert (len(events), problems) == (1, [])


def test_missing_guid_is_derived_from_acronym_and_id():
    (first,), problems = read(schedule(event(attributes='id="7"')))
    (again,), _ = read(schedule(event("<title>Renamed</title><start>11:00</start>", 'id="7"')))
    (other,), _ = read(
        schedule(event(attributes='id="7"'), conference="<acronym>rt25</acronym><title>T</title>")
    )
    assert problems == [("note", "guid-derived")]
    assert uuid.UUID(first.guid).version == 5
    assert first.guid == again.guid != other.guid


def test_guid_that_is_no_uuid_is_kept_beside_a_derived_one():
    (first,), problems = read(schedule(event(attributes='id="7" guid="talk-7"')))
    assert uuid.UUID(first.guid).version == 5
    assert (first.extra, problems) == ({"guid": "talk-7"}, [("note", "guid-derived")])


def test_id_that_is_no_number_is_kept_in_extra():
    (first,), problems = read(schedule(event(attributes=f'id="s42" guid="{GUID_A}"')))
    assert (first.id, first.extra, problems) == (None, {"id": "s42"}, [("note", "id-not-numeric")])


def test_clashing_guids_keep_both_events_and_name_both_elements():
    data = schedule(event(), event("<title>Other</title>", f'id="2" guid="{GUID_A.upper()}"'))
    reading = read_frab_xml(data)
    events, problems = told(reading)
    assert [(found.title, found.id) for found in events] == [("Talk", 1), ("Other", 2)]
    assert events[0].guid == GUID_A
    assert events[1].guid not in (GUID_A, GUID_A.upper())
    assert problems == [("error", "guid-clash")]
    assert reading.problems[0].where == '/schedule/day[1]/room[1]/event[2] id="2" (line 1)'
    assert reading.problems[0].params["other"] == '/schedule/day[1]/room[1]/event[1] id="1" (line 1)'
    assert read(data)[0] == events


def test_clashing_ids_keep_both_events_and_name_both_elements():
    reading = read_frab_xml(schedule(event(), event("<title>Other</title>", f'id="1" guid="{GUID_B}"')))
    events, problems = told(reading)
    assert [(found.id, found.guid) for found in events] == [(1, GUID_A), (1, GUID_B)]
    assert problems == [("warning", "id-clash")]
    assert reading.problems[0].params["other"] == '/schedule/day[1]/room[1]/event[1] id="1" (line 1)'


def test_repeated_id_without_guids_gives_distinct_guids():
    events, problems = read(schedule(*[event(attributes='id="1"')] * 3))
    assert len({found.guid for found in events}) == 3
    assert problems == [("note", "guid-derived"), ("warning", "id-clash"), ("warning", "id-clash")]


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        ("10:00", "2024-08-01T10:00:00+02:00"),
        ("01:30", "2024-08-02T01:30:00+02:00"),
        ("9:00", "2024-08-01T09:00:00+02:00"),
    ],
)
def test_missing_date_is_that_of_the_day_or_of_the_morning_after(clock: str, expected: str):
    data = schedule(event(f"<start>{clock}</start>").replace("<date>2024-08-01T10:00:00+02:00</date>", ""))
    events, problems = read(data)
    assert (starts(events), problems) == ([expected], [("note", "date-derived")])


def test_early_hours_before_day_change_belong_to_the_next_date():
    data = schedule(
        event("<start>01:30</start>").replace("<date>2024-08-01T10:00:00+02:00</date>", ""),
        day='index="1" date="2024-08-01"',
        conference="<title>T</title><time_zone_name>Europe/Berlin</time_zone_name><day_change>06:00</day_change>",
    )
    assert starts(read(data)[0]) == ["2024-08-02T01:30:00+02:00"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<date>2024-08-01T10:00:00</date>", "2024-08-01T10:00:00+02:00"),
        ("<date>2024-08-01T08:00:00Z</date>", "2024-08-01T10:00:00+02:00"),
        ("<date>2024-08-01</date><start>10:00:00</start>", "2024-08-01T10:00:00+02:00"),
        ("<date>2024-08-01T00:00:00</date><start>10:00</start>", "2024-08-01T10:00:00+02:00"),
        ("<date>2024-08-01</date><start>25:30</start>", "2024-08-02T01:30:00+02:00"),
        ("<date>2024-08-01T10:00:30+02:00</date>", "2024-08-01T10:00:30+02:00"),
    ],
)
def test_start_is_found_in_any_form(body: str, expected: str):
    assert starts(read(schedule(event(body)))[0]) == [expected]


def test_start_that_contradicts_the_date_is_told():
    events, problems = read(schedule(event("<start>11:00</start>")))
    assert (starts(events), problems) == (["2024-08-01T10:00:00+02:00"], [("note", "start-differs")])


def test_event_without_any_time_stands_at_the_start_of_its_day():
    events, problems = read(schedule(event("<date></date><start>soon</start>")))
    assert starts(events) == ["2024-08-01T09:00:00+02:00"]
    assert events[0].extra == {"start": "soon"}
    assert problems == [("warning", "value-unreadable"), ("error", "start-missing")]


def test_event_outside_its_day_is_kept_there_and_told():
    events, problems = read(schedule(event("<date>2024-08-03T10:00:00+02:00</date>")))
    assert [found.day for found in events] == [1]
    assert problems == [("warning", "outside-day")]


def test_unreadable_duration_is_kept_in_extra():
    events, problems = read(schedule(event("<duration>a while</duration>")))
    assert (events[0].duration, events[0].extra) == (dt.timedelta(), {"duration": "a while"})
    assert problems == [("warning", "value-unreadable"), ("warning", "duration-missing")]


def test_end_decides_over_a_duration_that_differs():
    def read_one(duration: str) -> tuple[dt.timedelta, list[tuple[str, str]]]:
        events, problems = told(
            read_frab_json(
                b'{"schedule":{"conference":{"title":"T","time_zone_name":"UTC","days":[{"index":1,"date":"2024-08-01",'
                b'"rooms":{"A":[{"id":1,"guid":"00000000-0000-4000-8000-00000000000a","title":"x","room":"A",'
                b'"date":"2024-08-01T10:00:00Z","end":"2024-08-02T12:00:00Z","duration":"%s"}]}}]}}}'
                % duration.encode()
            )
        )
        return events[0].duration, problems

    assert read_one("1:02:00") == (dt.timedelta(hours=26), [])
    assert read_one("01:00") == (dt.timedelta(hours=26), [("warning", "duration-differs")])


def test_room_that_differs_from_the_enclosing_one_is_told():
    events, problems = read(schedule(event("<room>Quay</room>")))
    assert (events[0].room, events[0].extra, problems) == (
        "Weir",
        {"room": "Quay"},
        [("warning", "room-differs")],
    )


def test_event_without_title_is_kept_and_told():
    events, problems = read(schedule(event("<title></title>")))
    assert ([found.title for found in events], problems) == ([""], [("warning", "title-missing")])


def test_person_id_with_two_names_is_told():
    data = schedule(
        event('<persons><person id="5">Ada  Weir</person></persons>'),
        event(
            '<persons><person id="5">Ada Weir</person><person>Bo</person></persons>',
            f'id="2" guid="{GUID_B}"',
        ),
        event(
            '<persons><person id="5">A. Weir</person></persons>',
            'id="3" guid="00000000-0000-4000-8000-00000000000c"',
        ),
    )
    reading = read_frab_xml(data)
    assert told(reading)[1] == [("warning", "person-names-differ")]
    assert reading.problems[0].params["other_name"] == "Ada  Weir"
    assert [[(person.id, person.name) for person in found.persons] for found in told(reading)[0]] == [
        [(5, "Ada  Weir")],
        [(5, "Ada Weir"), (None, "Bo")],
        [(5, "A. Weir")],
    ]


def test_texts_are_kept_to_the_letter():
    body = (
        "<title>\n   Two\n   lines \n</title><subtitle> spaces  stay </subtitle>"
        "<abstract><![CDATA[<p>a &amp; b</p>]]></abstract>"
        "<description>\n      printed\n      nicely\n    </description>"
    )
    (found,), _ = read(schedule(event(body)))
    assert (found.title, found.subtitle) == ("Two lines", " spaces  stay ")
    assert (found.abstract, found.description) == ("<p>a &amp; b</p>", "printed\n      nicely")


def test_markup_that_was_not_escaped_is_kept_as_text():
    (found,), _ = read(schedule(event("<abstract>1 &lt; 2 <b>bold</b> end</abstract>")))
    assert found.abstract == "1 &lt; 2 <b>bold</b> end"


def test_unknown_parts_are_kept_in_extra():
    body = '<recording><license>L</license><optout>1</optout><url>u</url></recording><fee cur="EUR">5</fee><fee>6</fee>'
    (found,), _ = read(schedule(event(body, f'id="1" guid="{GUID_A}" state="ok"')))
    assert (found.recording_license, found.do_not_record) == ("L", True)
    assert found.extra == {
        "@state": "ok",
        "recording": {"url": "u"},
        "fee": [{"@cur": "EUR", "#text": "5"}, "6"],
    }


def test_day_boundaries_are_repaired():
    reading = read_frab_xml(
        schedule(
            event(), day='index="0" date="2024-08-01" start="2024-08-01T20:00:00" end="2024-08-01T08:00:00"'
        )
    )
    assert reading.document is not None
    (day,) = reading.document.days
    assert (day.index, day.start.isoformat(), day.end.isoformat()) == (
        1,
        "2024-08-01T20:00:00+02:00",
        "2024-08-02T20:00:00+02:00",
    )
    assert told(reading)[1] == [
        ("note", "days-renumbered"),
        ("warning", "day-ends-early"),
        ("warning", "outside-day"),
    ]


def test_day_without_date_takes_its_place_after_the_opening():
    reading = read_frab_xml(
        b"<schedule><conference><title>T</title><start>2024-08-01</start><time_zone_name>UTC</time_zone_name>"
        b'</conference><day/><day><room name="A"/></day></schedule>'
    )
    assert reading.document is not None
    assert [day.date.isoformat() for day in reading.document.days] == ["2024-08-01", "2024-08-02"]


def test_day_that_cannot_be_dated_is_refused():
    reading = read_frab_xml(b"<schedule><conference><title>T</title></conference><day/></schedule>")
    assert reading.document is None
    assert ("error", "no-dates") in told(reading)[1]


def test_zone_is_inferred_from_utc_moments_and_local_clocks():
    data = schedule(
        event("<date>2024-08-01T08:00:00Z</date><start>13:30</start>"),
        conference="<title>T</title>",
    )
    reading = read_frab_xml(data)
    assert reading.document is not None
    assert reading.document.conference.time_zone == "Asia/Kolkata"
    assert reading.problems[0].code == "zone-inferred"


def test_unknown_zone_is_told_and_kept():
    reading = read_frab_xml(
        schedule(event(), conference="<title>T</title><time_zone_name>Mars</time_zone_name>")
    )
    assert reading.document is not None
    assert reading.document.conference.time_zone == "Etc/GMT-2"
    assert reading.document.conference.extra == {"time_zone_name": "Mars"}
    assert told(reading)[1] == [("warning", "zone-unknown"), ("note", "zone-inferred")]


def test_fallback_zone_serves_files_that_name_none():
    reading = read_frab_xml(
        schedule(
            event("<date>2024-08-01T10:00:00</date>"), conference="<title>T</title>", day='date="2024-08-01"'
        ),
        fallback_zone=dt.timezone(dt.timedelta(hours=3)),
    )
    assert starts(told(reading)[0]) == ["2024-08-01T10:00:00+03:00"]
    assert told(reading)[1] == []


def test_events_of_one_room_given_twice_are_joined():
    data = schedule(event()).replace(
        b"</room></day>",
        b'</room><room name="Weir">%s</room></day>' % event(attributes=f'id="2" guid="{GUID_B}"').encode(),
    )
    reading = read_frab_xml(data)
    assert reading.document is not None
    assert [room.name for room in reading.document.days[0].rooms] == ["Weir"]
    assert [found.id for found in reading.document.events] == [1, 2]
