"""Every dialect is understood the way the people who wrote it meant it."""

import pytest

from summitry.programme.interchange.detect import read_schedule
from summitry.programme.interchange.document import ScheduleDocument
from summitry.programme.interchange.frab_json import read_frab_json, write_frab_json
from summitry.programme.interchange.frab_xml import read_frab_xml, write_frab_xml
from tests.programme.interchange import dialects

EXPECTED = {
    "FRAB_XML": (
        ("River Talks 2024", "rt24", "Europe/Berlin"),
        [(101, "Weir", "2024-08-01T23:30:00+02:00", 150, "Night of Locks ", ["Ada Weir", "Bo Lock"])],
        [],
    ),
    "FOSDEM_XML": (
        ("Open River 2024", "", "Europe/Brussels"),
        [
            (11, "Main hall", "2024-02-03T09:30:00+01:00", 25, "Welcome", ["River Staff"]),
            (12, "Main hall", "2024-02-04T01:30:00+01:00", 60, "After hours", []),
        ],
        ["zone-inferred", "guid-derived", "date-derived"],
    ),
    "PENTABARF_XML": (
        ("Brückentag", "", "UTC"),
        [
            (4057, "Saal 1", "2010-12-27T11:00:00+00:00", 30, "Eröffnung der Brücke", ["Jörg Ü."]),
            (4058, "Saal 1", "2010-12-28T00:15:00+00:00", 60, "Nach Mitternacht", []),
        ],
        ["zone-assumed", "guid-derived", "date-derived"],
    ),
    "PRETALX_XML": (
        ("Delta Camp", "delta-camp-2024", "Europe/Rome"),
        [
            (177, "Tent", "2024-05-03T11:00:00+02:00", 26 * 60, "Build a raft", ["Cora Beam", "Ivo Rope"]),
            (177, "Tent", "2024-05-03T15:00:00+02:00", 60, "Build a raft", []),
        ],
        ["id-clash"],
    ),
    "WAFER_XML": (
        ("MonsoonConf", "monsoon23", "Asia/Kolkata"),
        [(35, "Banyan", "2023-09-10T10:30:00+05:30", 20, "Lunch", [])],
        [],
    ),
    "OSEM_XML": (
        ("Geeko Days", "oSC24", "Etc/GMT-2"),
        [(5, "Sala", "2024-06-27T10:00:00+02:00", 45, "Lizard care", ["Lía Garto"])],
        ["zone-inferred", "start-differs"],
    ),
    "ENTRIES_XML": (
        ("", "", "UTC"),
        [
            (1, "C01, B05", "2024-07-21T09:30:00+00:00", 30, "Breakfast", []),
            (37, "C01", "2024-07-21T10:30:00+00:00", 90, "Snakes", ["Vi Per"]),
        ],
        ["zone-assumed", "conference-untitled", "guid-derived", "date-derived"],
    ),
    "FRAB_JSON": (
        ("River Talks 2024", "rt24", "Etc/GMT-2"),
        [(101, "Weir", "2024-08-01T11:00:00+02:00", 30, "Locks", ["Ada"])],
        ["zone-inferred", "days-renumbered"],
    ),
    "PRETALX_JSON": (
        ("Delta Camp", "delta", "Europe/Rome"),
        [(177, "Tent", "2024-05-03T11:00:00+02:00", 26 * 60, "Build a raft", ["Cora Beam"])],
        [],
    ),
    "HUB_JSON": (
        ("38th River", "38r", "Europe/Berlin"),
        [(None, "Saal 1", "2024-12-28T00:15:00+01:00", 40, "Night", ["Gab"])],
        ["id-missing"],
    ),
}


def read(name: str) -> ScheduleDocument:
    text: str = getattr(dialects, name)
    document = read_schedule(text.encode("latin-1" if "ISO-8859-1" in text else "utf-8")).document
    assert document is not None
    return document


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_dialect_is_understood(name: str):
    text: str = getattr(dialects, name)
    reading = read_schedule(text.encode("latin-1" if "ISO-8859-1" in text else "utf-8"))
    document = reading.document
    assert document is not None
    found = (
        (document.conference.title, document.conference.acronym, document.conference.time_zone),
        [
            (
                event.id,
                event.room,
                event.starts_at.isoformat(),
                event.duration.total_seconds() / 60,
                event.title,
                [person.name for person in event.persons],
            )
            for event in document.events
        ],
        [problem.code for problem in reading.problems],
    )
    assert found == EXPECTED[name]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_dialect_survives_both_formats_and_validates(name: str, xml_errors, json_errors):
    document = read(name)
    as_xml, as_json = write_frab_xml(document), write_frab_json(document)
    assert xml_errors(as_xml) == []
    assert json_errors(as_json) == []
    assert read_frab_xml(as_xml).document == document
    assert read_frab_json(as_json).document == document


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_dialect_read_twice_gives_the_same_identities(name: str):
    assert read(name) == read(name)


def test_empty_rooms_and_days_stay():
    document = read("FRAB_XML")
    assert [[room.name for room in day.rooms] for day in document.days] == [["Weir", "Quay"], []]


def test_room_details_of_json_stay():
    rooms = read("PRETALX_JSON").conference.rooms
    assert [(room.name, room.guid, room.description, room.capacity, room.extra) for room in rooms] == [
        ("Tent", "47b38352-0691-5618-8b15-00000000000a", "Green", 40, {"slug": "1-tent"}),
        ("Attic", "47b38352-0691-5618-8b15-00000000000b", "", None, {"slug": "2-attic"}),
    ]


def test_what_no_field_holds_stays_in_extra():
    assert read("FOSDEM_XML").conference.extra == {
        "subtitle": "",
        "venue": "Old Mill (Ancien Moulin)",
        "city": "Brussels",
        "day_change": "09:00:00",
    }
    assert read("PENTABARF_XML").events[0].extra == {"tag": "eröffnung"}
    assert read("PRETALX_JSON").events[0].extra == {"answers": [{"question": 1}]}
    assert read("PRETALX_JSON").events[0].persons[0].extra == {
        "code": "CORA77",
        "avatar": None,
        "biography": "Builds.",
    }


def test_generator_is_found_in_a_comment():
    text = dialects.PRETALX_XML.replace(
        '<generator name="pretalx" system="cfp.example.org" version="2024.1.0" />', ""
    )
    document = read_frab_xml(text.encode()).document
    assert document is not None
    assert (document.generator.name, document.events[0].duration.total_seconds()) == ("pretalx", 26 * 3600)
