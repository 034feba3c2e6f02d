"""Rows become events; what cannot be understood is told by cell."""

import datetime as dt
from zoneinfo import ZoneInfo

from summitry.programme.interchange.document import Reading
from summitry.programme.interchange.frab_xml import read_frab_xml, write_frab_xml
from summitry.programme.interchange.table import (
    Cell,
    ColumnMapping,
    Sheet,
    guess_mapping,
    read_table,
    to_document,
    write_csv,
    write_xlsx,
)

PARIS = ZoneInfo("Europe/Paris")
HEADING: list[Cell] = [
    "ID",
    "Title",
    "Title (ZH)",
    "Date",
    "Start",
    "End",
    "Duration",
    "Room",
    "Forum",
    "Type",
    "Speakers",
]
ROWS: list[list[Cell]] = [
    HEADING,
    [
        "007",
        "Opening",
        "开幕",
        "2024-08-01",
        "09:00",
        "10:00",
        "",
        "Weir",
        "Plenary",
        "ceremony",
        "Ada Weir; 王 伟；",
    ],
    ["8", "Water", "", "", "10:30", "", "45", "Quay", "", "talk", ""],
    ["9", "Night", "", "02.08.2024", "23:30", "00:30", "", "Weir", "", "", "Bo"],
]


def read(rows: list[list[Cell]]) -> Reading:
    table = read_table(write_csv(rows))
    return to_document(table, guess_mapping(table.columns), PARIS, title="River Talks", acronym="rt24")


def test_rows_become_events():
    document = read(ROWS).document
    assert document is not None
    assert [
        (
            event.id,
            event.title,
            event.starts_at.isoformat(),
            event.duration,
            event.room,
            event.track,
            event.type,
        )
        for event in document.events
    ] == [
        (7, "Opening", "2024-08-01T09:00:00+02:00", dt.timedelta(hours=1), "Weir", "Plenary", "ceremony"),
        (8, "Water", "2024-08-01T10:30:00+02:00", dt.timedelta(minutes=45), "Quay", "", "talk"),
        (9, "Night", "2024-08-02T23:30:00+02:00", dt.timedelta(hours=1), "Weir", "", ""),
    ]
    assert [
        (day.index, day.date.isoformat(), [room.name for room in day.rooms]) for day in document.days
    ] == [
        (1, "2024-08-01", ["Weir", "Quay"]),
        (2, "2024-08-02", ["Weir"]),
    ]
    assert [person.name for person in document.events[0].persons] == ["Ada Weir", "王 伟"]
    assert document.events[0].extra == {"translations": {"title": {"zh-hans": "开幕"}}}
    assert (document.conference.title, document.conference.time_zone) == ("River Talks", "Europe/Paris")


def test_date_of_the_row_above_is_told():
    assert [(problem.code, problem.where) for problem in read(ROWS).problems] == [
        ("date-from-above", "row 3"),
        ("guid-derived", "row 2"),
    ]


def test_identities_are_the_same_at_each_reading():
    first, moved = read(ROWS).document, read([HEADING, ROWS[3], ROWS[1], ROWS[2]]).document
    assert first is not None
    assert moved is not None
    assert {event.id: event.guid for event in first.events} == {
        event.id: event.guid for event in moved.events
    }


def test_spreadsheet_dates_and_times_are_taken_as_they_are():
    rows: list[list[Cell]] = [
        ["Title", "Date", "Start", "Duration", "Room"],
        ["A", dt.date(2024, 8, 1), dt.time(9, 30), dt.timedelta(hours=2), "Weir"],
        ["B", None, dt.datetime(2024, 8, 3, 11, 15), dt.time(0, 45), "Weir"],  # noqa: DTZ001 -- cells have no zone
        ["C", None, dt.time(12), 30, "Weir"],
    ]
    table = read_table(write_xlsx([Sheet("S", rows)]))
    document = to_document(table, guess_mapping(table.columns), PARIS, title="T", acronym="t").document
    assert document is not None
    assert [(event.title, event.starts_at.isoformat(), event.duration) for event in document.events] == [
        ("A", "2024-08-01T09:30:00+02:00", dt.timedelta(hours=2)),
        ("B", "2024-08-03T11:15:00+02:00", dt.timedelta(minutes=45)),
        ("C", "2024-08-03T12:00:00+02:00", dt.timedelta(minutes=30)),
    ]


def test_unreadable_cells_are_named():
    rows: list[list[Cell]] = [
        ["Title", "Date", "Start", "Duration"],
        ["A", "2024-08-01", "09:00", "long"],
        ["B", "someday", "09:00", "30"],
        ["C", "2024-08-01", "later", "30"],
        ["", "2024-08-01", "11:00", "30"],
    ]
    reading = read(rows)
    assert reading.document is not None
    assert [(event.title, event.starts_at.hour) for event in reading.document.events] == [
        ("C", 0),
        ("A", 9),
        ("B", 9),
        ("", 11),
    ]
    told = [(str(problem.severity), str(problem.code), problem.where) for problem in reading.problems]
    assert [entry for entry in told if entry[0] != "note"] == [
        ("warning", "cell-unreadable", "D2"),
        ("warning", "cell-unreadable", "B3"),
        ("warning", "cell-unreadable", "C4"),
        ("error", "start-missing", "row 4"),
        ("warning", "room-missing", "row 4"),
        ("warning", "duration-missing", "row 2"),
        ("warning", "room-missing", "row 2"),
        ("warning", "room-missing", "row 3"),
        ("warning", "room-missing", "row 5"),
        ("warning", "title-missing", "row 5"),
    ]


def test_title_in_several_languages_only_is_enough():
    table = read_table(write_csv([["EN", "ZH", "Start"], ["Opening", "开幕", "2024-08-01 09:00"]]))
    mapping = ColumnMapping.parse({"ZH": "title[zh-hans]", "EN": "title[en]", "Start": "start"})
    document = to_document(table, mapping, PARIS).document
    assert document is not None
    assert [(event.title, event.starts_at.isoformat()) for event in document.events] == [
        ("开幕", "2024-08-01T09:00:00+02:00")
    ]
    assert document.events[0].extra == {"translations": {"title": {"zh-hans": "开幕", "en": "Opening"}}}


def test_needed_fields_and_absent_columns_are_named():
    table = read_table(b"Name,When\nA,B\n")
    reading = to_document(table, ColumnMapping.parse({"Name": "room", "Where": "title"}), PARIS)
    assert reading.document is None
    assert [(problem.code, dict(problem.params)) for problem in reading.problems] == [
        ("column-absent", {"column": "Where"}),
        ("field-unmapped", {"field": "title"}),
        ("field-unmapped", {"field": "start"}),
    ]


def test_table_goes_out_as_valid_xml(xml_errors):
    document = read(ROWS).document
    assert document is not None
    written = write_frab_xml(document)
    assert xml_errors(written) == []
    assert read_frab_xml(written).document == document
