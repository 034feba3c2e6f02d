"""What the schemas demand is supplied, always in the same way, and what that changes is not lost."""

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree

from summitry.programme.interchange.addresses import http_address, legal_acronym, xml_acronym
from summitry.programme.interchange.document import (
    Conference,
    Day,
    DayRoom,
    Event,
    EventPerson,
    Reference,
    ScheduleDocument,
)
from summitry.programme.interchange.frab_json import read_frab_json, write_frab_json
from summitry.programme.interchange.frab_xml import read_frab_xml, write_frab_xml
from tests.programme.interchange.wild import GUID_A, GUID_B

NOON = dt.datetime(2024, 8, 1, 12, tzinfo=dt.UTC)
EVENT = Event(
    guid=GUID_A,
    day=1,
    room="Weir",
    starts_at=NOON,
    duration=dt.timedelta(minutes=30),
    title="Talk",
    id=1,
    slug="rt24-a-talk",
)
DAY = Day(
    index=1,
    date=dt.date(2024, 8, 1),
    start=NOON.replace(hour=8),
    end=NOON.replace(hour=22),
    rooms=(DayRoom(name="Weir"),),
)
CONFERENCE = Conference(
    title="River Talks", acronym="rt24", time_zone="UTC", start=DAY.date, end=DAY.date, days_count=1
)


def document(*events: Event, conference: Conference = CONFERENCE, **changes: Any) -> ScheduleDocument:
    return replace(
        ScheduleDocument(conference=conference, days=(DAY,), events=events, version="1"), **changes
    )


def xml_event(written: ScheduleDocument, number: int = 0) -> dict[str, Any]:
    element = list(etree.fromstring(write_frab_xml(written)).iter("event"))[number]
    attributes = {str(name): str(value) for name, value in element.attrib.items()}
    return attributes | {str(child.tag): child.text or "" for child in element if isinstance(child.tag, str)}


def json_event(written: ScheduleDocument, number: int = 0) -> Any:
    days = json.loads(write_frab_json(written))["schedule"]["conference"]["days"]
    return [event for day in days for room in day["rooms"].values() for event in room][number]


@pytest.mark.parametrize(
    ("length", "xml", "in_json"),
    [
        (dt.timedelta(), "00:00", "00:00"),
        (dt.timedelta(minutes=45), "00:45", "00:45"),
        (dt.timedelta(hours=26), "26:00", "26:00"),
        (dt.timedelta(hours=99, minutes=59), "99:59", "99:59"),
        (dt.timedelta(days=5), "5:00:00", "120:00"),
        (dt.timedelta(days=400), "99:23:59", "9600:00"),
        (dt.timedelta(minutes=20, seconds=30), "00:20", "00:20"),
    ],
)
def test_duration_is_written_as_the_schemas_allow(length: dt.timedelta, xml: str, in_json: str, xml_errors):
    written = document(replace(EVENT, duration=length))
    assert (xml_event(written)["duration"], json_event(written)["duration"]) == (xml, in_json)
    assert xml_errors(write_frab_xml(written)) == []
    assert read_frab_xml(write_frab_xml(written)).document == written
    assert read_frab_json(write_frab_json(written)).document == written


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("", "rt24-0001-talk"),
        ("osi", "rt24-0001-osi"),
        ("Camp2019-10386-opening_ceremony", "camp2019-10386-opening_ceremony"),
        ("rt24-a-talk-", "rt24-0001-rt24-a-talk"),
        ("Ünïcode Slug", "rt24-0001-unicode-slug"),
    ],
)
def test_slug_is_repaired(slug: str, expected: str):
    written = document(replace(EVENT, slug=slug))
    assert xml_event(written)["slug"] == json_event(written)["slug"] == expected


def test_slugs_ids_and_codes_are_written_once_each(xml_errors, json_errors):
    first = replace(EVENT, code="ABC123")
    written = document(first, replace(first, guid=GUID_B), conference=CONFERENCE)
    assert xml_errors(write_frab_xml(written)) == []
    assert json_errors(write_frab_json(written)) == []
    assert xml_event(written, 0)["id"] == "1"
    assert int(xml_event(written, 1)["id"]) > 1
    assert "code" not in xml_event(written, 1)
    assert read_frab_xml(write_frab_xml(written)).document == written


@pytest.mark.parametrize(
    ("acronym", "xml", "in_json"),
    [
        ("rt24", "rt24", "rt24"),
        ("gpn", "gpn_", "gpn_"),
        ("Camp2019", "camp2019", "camp2019"),
        ("delta-camp-2024", "delta-camp-2024", "delta_camp_2024"),
        ("", "river_talks", "river_talks"),
        ("开幕", "conference", "conference"),
    ],
)
def test_acronym_is_repaired(acronym: str, xml: str, in_json: str):
    title = "" if acronym == "开幕" else "River Talks"
    conference = Conference(title=title, acronym=acronym)
    assert (xml_acronym(conference), legal_acronym(conference)) == (xml, in_json)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("/logo.png", "https://base.example.org/logo.png"),
        ("logo.png", "https://base.example.org/x/logo.png"),
        ("https://example.org/ä b%zz", "https://example.org/%C3%A4%20b%25zz"),
        ("https://müller.example/", "https://xn--mller-kva.example/"),
        ("HTTPS://[2001:db8::1]:8080/x", "https://[2001:db8::1]:8080/x"),
        ("https://user@example.org/", "https://user@example.org/"),
        ("javascript:alert(1)", ""),
        ("mailto:a@example.org", ""),
        ("https://[broken", ""),
        ("https://example.org:port/", ""),
        ("http://", ""),
        ("", ""),
    ],
)
def test_http_address_makes_addresses_legal(address: str, expected: str):
    assert http_address(address, "https://base.example.org/x/") == expected


def test_addresses_that_cannot_be_written_come_back():
    written = document(
        replace(
            EVENT,
            url="not an address",
            logo="/l.png",
            links=(Reference(url="javascript:alert(1)", title="x"), Reference(url="mailto:a@example.org")),
        ),
        base_url="https://example.org/base/",
    )
    assert xml_event(written)["logo"] == "https://example.org/l.png"
    assert json_event(written)["links"] == [{"url": "mailto:a@example.org", "title": ""}]
    assert read_frab_xml(write_frab_xml(written)).document == written
    assert read_frab_json(write_frab_json(written)).document == written


def test_person_is_written_in_the_form_that_fits():
    persons = (
        EventPerson(name="Ada", id=5),
        EventPerson(name="Bo", extra={"biography": "b", "code": "lower"}),
    )
    assert json_event(document(replace(EVENT, persons=persons)))["persons"] == [
        {"id": 5, "public_name": "Ada"},
        {"name": "Bo", "public_name": "Bo", "biography": "b"},
    ]


def test_times_are_written_in_the_zone_of_the_conference():
    written = document(EVENT, conference=replace(CONFERENCE, time_zone="Asia/Kolkata"))
    expected = ("2024-08-01T17:30:00+05:30", "17:30")
    assert (xml_event(written)["date"], xml_event(written)["start"]) == expected
    assert (json_event(written)["date"], json_event(written)["start"]) == expected


def test_document_without_days_is_written_validly(xml_errors, json_errors):
    written = ScheduleDocument(conference=Conference(title="Soon"))
    assert xml_errors(write_frab_xml(written)) == []
    assert json_errors(write_frab_json(written)) == []


def test_exporter_need_not_arrange_anything(xml_errors, json_errors):
    loose = ScheduleDocument(
        conference=CONFERENCE,
        events=(
            replace(EVENT, day=0, starts_at=NOON + dt.timedelta(days=1), room="Quay"),
            replace(EVENT, day=0, guid=GUID_B, id=2),
            replace(EVENT, day=0, guid=GUID_B, id=3),
        ),
    )
    as_xml, as_json = write_frab_xml(loose), write_frab_json(loose)
    assert (xml_errors(as_xml), json_errors(as_json)) == ([], [])
    read = read_frab_xml(as_xml).document
    assert read is not None
    assert read == read_frab_json(as_json).document
    assert sorted((event.id or 0, event.room, event.day) for event in read.events) == [
        (1, "Quay", 1),
        (2, "Weir", 2),
        (3, "Weir", 2),
    ]


def test_characters_that_xml_cannot_hold_are_left_out(xml_errors):
    assert xml_event(document(replace(EVENT, title="a\x00b\x1bc\ud800")))["title"] == "abc"


def test_edit_by_another_hand_counts_more_than_the_remainder():
    written = document(replace(EVENT, slug="Odd Slug", extra={"fee": 5}))
    assert read_frab_xml(write_frab_xml(written)).document == written
    edited = write_frab_xml(written).replace(b"<title>Talk</title>", b"<title>Edited</title>")
    reading = read_frab_xml(edited)
    assert reading.document is not None
    (event,) = reading.document.events
    assert (event.title, event.slug, event.extra) == ("Edited", "rt24-0001-odd-slug", {})
    assert [problem.code for problem in reading.problems] == ["remainder-stale"]


@pytest.mark.parametrize(
    "fields",
    [
        {"guid": GUID_B},
        {"starts_at": "x"},
        {"nonsense": 1},
        {"title": 5},
        {"persons": [{"name": 5}]},
        {"id": True},
        {"duration": 1e300},
    ],
)
def test_remainder_that_nobody_wrote_is_left_aside(fields: dict[str, Any]):
    genuine = document(replace(EVENT, slug="Odd Slug"))
    text = write_frab_xml(genuine)
    forged = text.replace(b'{"slug": "Odd Slug"}', json.dumps(fields).encode())
    assert forged != text
    reading = read_frab_xml(forged)
    assert reading.document is not None
    assert [event.guid for event in reading.document.events] == [GUID_A]
    assert [problem.code for problem in reading.problems] == ["remainder-stale"]


def test_same_document_gives_the_same_bytes():
    written = document(replace(EVENT, slug="x", id=None))
    assert write_frab_xml(written) == write_frab_xml(written)
    assert write_frab_json(written) == write_frab_json(written)
