"""An edition that was built here as a document: identities, addresses, people, and nothing that is not public."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema  # type: ignore[import-untyped] # no annotations in it
import pytest
from lxml import etree
from pytest_django import DjangoAssertNumQueries

from summitry.directory.actions.person import update_person
from summitry.foundation.access import PUBLIC, system
from summitry.foundation.i18n import Text
from summitry.programme.actions.appearance import set_appearances
from summitry.programme.actions.session import add_contribution
from summitry.programme.enums import ContributionKind
from summitry.programme.interchange.detect import read_schedule
from summitry.programme.interchange.document import ScheduleDocument
from summitry.programme.interchange.frab_json import write_frab_json
from summitry.programme.interchange.frab_xml import write_frab_xml
from summitry.programme.models import Appearance
from summitry.programme.queries.export import document_of, export_document
from summitry.programme.queries.export_formats import FORMATS
from summitry.programme.queries.export_rows import latest_version, schedule_rows
from tests.programme.exchange.make import everything, imported, plan
from tests.programme.make import SYSTEM, at, place, publish
from tests.programme.summit import Summit, make_summit_programme


@pytest.fixture
def summit(db: None) -> Summit:
    return make_summit_programme()


def exported(summit: Summit, lang: str = "") -> ScheduleDocument:
    return export_document(summit.edition, actor=PUBLIC, lang=lang)


def test_public_sees_the_published_sessions_and_nothing_else(summit: Summit) -> None:
    found = exported(summit)
    assert sorted(event.code for event in found.events) == ["night", "opening", "tongues"]
    assert [room.name for room in found.conference.rooms] == ["Moon Bridge", "Lotus"]
    assert sorted(track.name for track in found.conference.tracks) == ["Café of tongues", "Digital memory"]


def test_system_sees_hidden_sessions_too(summit: Summit) -> None:
    found = export_document(summit.edition, actor=system("tests"))
    assert sorted(event.code for event in found.events) == [
        "confidential",
        "night",
        "opening",
        "secret",
        "tongues",
    ]


def test_event_says_what_its_session_is(summit: Summit) -> None:
    event = next(event for event in exported(summit).events if event.code == "opening")
    assert (event.guid, event.slug, event.room, event.starts_at, event.ends_at) == (
        str(summit.sessions["opening"].guid),
        "rivertown-opening",
        "Moon Bridge",
        at(9),
        at(10, 30),
    )
    assert (event.track, event.type, event.language) == ("Digital memory", "Main forum", "en")
    assert event.url == "http://127.0.0.1:8000/en/rivertown/sessions/opening/"
    person = event.persons[0]
    assert (person.name, person.guid) == ("Leïla Benslimane", str(summit.people["leila"].public_id))
    assert event.extra["translations"] == {"title": {"zh-hans": "档案开放", "ar": "افتتاح الأرشيف"}}


def test_numbers_stay_the_same_when_others_come(summit: Summit) -> None:
    before = {event.code: event.id for event in exported(summit).events}
    place(summit.sessions["unplaced"], summit.rooms["lotus"], at(16))
    publish(summit.edition)
    after = {event.code: event.id for event in exported(summit).events}
    assert {code: after[code] for code in before} == before
    assert len(set(after.values())) == 4


def test_reader_language_chooses_titles_names_and_addresses(summit: Summit) -> None:
    found = {event.code: event for event in exported(summit, "zh-hans").events}
    assert found["opening"].title == "档案开放"
    assert found["tongues"].title == "Multilingual internet"
    assert found["tongues"].persons[0].name == "陈思涵"
    assert found["opening"].url == "http://127.0.0.1:8000/zh-hans/rivertown/sessions/opening/"


def test_people_come_with_their_lives_in_json_and_without_in_xml(summit: Summit) -> None:
    update_person(summit.people["leila"], by=SYSTEM, biography=Text.of("Keeps **archives**."))
    found = exported(summit)
    assert [person.extra for event in found.events for person in event.persons if person.extra] == [
        {"biography": "Keeps **archives**."}
    ]
    rows = schedule_rows(summit.edition, actor=PUBLIC, version=latest_version(summit.edition, PUBLIC))
    assert b"Keeps **archives**." in FORMATS["frab-json"].write(rows, "en")
    assert b"Keeps **archives**." not in FORMATS["frab-xml"].write(rows, "en")


def test_xml_leaves_out_pages_of_people_and_codes_and_so_needs_no_instructions(summit: Summit) -> None:
    rows = schedule_rows(summit.edition, actor=PUBLIC, version=latest_version(summit.edition, PUBLIC))
    whole, written = document_of(rows), document_of(rows, addresses=False)
    assert written == replace(
        whole,
        events=tuple(
            replace(event, code="", persons=tuple(replace(person, url="") for person in event.persons))
            for event in whole.events
        ),
    )
    assert FORMATS["frab-xml"].write(rows, "") == write_frab_xml(written)
    instructed = {
        element.get("guid")
        for element in etree.fromstring(write_frab_xml(written)).iter("event")
        if element.xpath("processing-instruction()")
    }
    assert instructed == {event.guid for event in written.events if event.extra}


def test_contributions_are_told_with_their_people(summit: Summit) -> None:
    opening = summit.sessions["opening"]
    keynote = add_contribution(opening, by=SYSTEM, title=Text.of("The vault"), kind=ContributionKind.KEYNOTE)
    set_appearances(opening, [Appearance(person=summit.people["chen"])], by=SYSTEM, contribution=keynote)
    event = next(event for event in exported(summit).events if event.code == "opening")
    assert event.description == "- Keynote: The vault (Chen Sihan)"
    assert [person.name for person in event.persons] == ["Leïla Benslimane", "Chen Sihan"]


def test_session_after_midnight_of_the_last_day_gets_a_day(summit: Summit) -> None:
    place(summit.sessions["night"], summit.rooms["moon"], at(24, 30, day=2))
    publish(summit.edition)
    found = exported(summit)
    assert [day.date.isoformat() for day in found.days] == [
        "2026-11-09",
        "2026-11-10",
        "2026-11-11",
        "2026-11-12",
    ]


@pytest.mark.parametrize("lang", ["", "en", "ar"])
def test_native_edition_validates_in_both_formats(summit: Summit, lang: str, shared_data: Path) -> None:
    folder = shared_data / "schedules"
    found = exported(summit, lang)
    etree.XMLSchema(etree.parse(folder / "schedule.xml.xsd")).assertValid(
        etree.fromstring(write_frab_xml(found))
    )
    jsonschema.validate(
        json.loads(write_frab_json(found)), json.loads((folder / "schedule.schema.json").read_text())
    )


def test_own_export_taken_in_again_only_remembers_where_it_came_from(summit: Summit) -> None:
    for write in (write_frab_xml, write_frab_json):
        document = read_schedule(write(exported(summit))).document
        assert document is not None
        found = plan(document, summit.edition)
        assert (found.rows, found.notes, found.refusals) == ((), (), ())
        imported(document, summit.edition)
        before = everything()
        assert not imported(document, summit.edition).changed
        assert everything() == before
        assert exported(summit).events == document.events


def test_own_export_edited_elsewhere_moves_only_what_was_moved(summit: Summit) -> None:
    document = exported(summit)
    events = tuple(
        replace(event, starts_at=at(14)) if event.code == "tongues" else event for event in document.events
    )
    rows = plan(replace(document, events=events), summit.edition).rows
    assert [(row.label, row.changes[0].before, row.changes[0].after) for row in rows] == [
        ("Multilingual internet", "2026-11-09 09:30–10:30", "2026-11-09 14:00–15:00")
    ]


def test_statements_are_the_same_for_one_and_three_sessions(
    summit: Summit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(8):
        exported(summit)
    with django_assert_num_queries(9):
        exported(summit, "en")
    for number in range(3):
        place(summit.sessions["unplaced"], summit.rooms["lotus"], at(16 + number))
        publish(summit.edition)
    with django_assert_num_queries(8):
        exported(summit)
