"""What came in goes out again: the same ids, rooms, people, times and durations, and all that we have no field for."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped] # no annotations in it
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from summitry.foundation.access import PUBLIC
from summitry.programme.actions.exchange.reading import read_file
from summitry.programme.interchange.detect import read_schedule
from summitry.programme.interchange.document import ScheduleDocument
from summitry.programme.interchange.frab_json import write_frab_json
from summitry.programme.interchange.frab_xml import write_frab_xml
from summitry.programme.queries.export import export_document
from tests.programme.exchange.make import edition_of, everything, imported, undone
from tests.programme.interchange import dialects
from tests.programme.interchange.documents import documents

pytestmark = pytest.mark.django_db
ENCODINGS = {"PENTABARF_XML": "iso-8859-1"}
REAL = {"debconf23.xml": (117, 5), "frab-camp2019.json": (79, 2)}


def read(path: Path) -> ScheduleDocument:
    found = read_schedule(path.read_bytes(), path.name).document
    assert found is not None
    return found


def comparable(document: ScheduleDocument) -> ScheduleDocument:
    """The document with its events in an order that does not depend on how the file listed those of one room."""
    return replace(document, events=tuple(sorted(document.events, key=lambda event: event.guid)))


@pytest.mark.parametrize("name", REAL)
def test_real_schedule_comes_out_as_it_went_in(name: str, shared_data: Path) -> None:
    document = read(shared_data / "schedules" / name)
    edition = edition_of(imported(document))
    exported = export_document(edition, actor=PUBLIC)
    assert comparable(exported) == comparable(document)
    assert (len(exported.events), edition.rooms.count()) == REAL[name]


@pytest.mark.parametrize("name", REAL)
def test_real_schedule_validates_and_reads_back_in_both_formats(name: str, shared_data: Path) -> None:
    folder = shared_data / "schedules"
    document = read(folder / name)
    exported = export_document(edition_of(imported(document)), actor=PUBLIC)
    xml, text = write_frab_xml(exported), write_frab_json(exported)
    etree.XMLSchema(etree.parse(folder / "schedule.xml.xsd")).assertValid(etree.fromstring(xml))
    jsonschema.validate(json.loads(text), json.loads((folder / "schedule.schema.json").read_text()))
    for written in (xml, text):
        again = read_schedule(written).document
        assert again is not None
        assert comparable(again) == comparable(document)


@pytest.mark.parametrize("name", REAL)
def test_second_import_of_a_real_schedule_writes_nothing(name: str, shared_data: Path) -> None:
    document = read(shared_data / "schedules" / name)
    edition = edition_of(imported(document))
    before = everything()
    result = imported(document, edition)
    assert (result.changed, result.published, result.version) == (False, False, 1)
    assert everything() == before


@pytest.mark.parametrize("name", REAL)
def test_own_export_of_a_real_schedule_brings_nothing_new(name: str, shared_data: Path) -> None:
    edition = edition_of(imported(read(shared_data / "schedules" / name)))
    before = everything()
    for write in (write_frab_xml, write_frab_json):
        own = read_schedule(write(export_document(edition, actor=PUBLIC))).document
        assert own is not None
        assert not imported(own, edition).changed
    assert everything() == before


@pytest.mark.parametrize("dialect", [name for name in vars(dialects) if name.endswith(("_XML", "_JSON"))])
def test_every_dialect_comes_out_as_it_was_understood_and_changes_nothing_twice(dialect: str) -> None:
    data = getattr(dialects, dialect).encode(ENCODINGS.get(dialect, "utf-8"))
    reading = read_file(data, "", None).reading
    assert reading.document is not None
    edition = edition_of(imported(reading.document, slug="any", problems=reading.problems, accept=True))
    assert comparable(export_document(edition, actor=PUBLIC)) == comparable(reading.document)
    before = everything()
    again = read_file(data, "", edition).reading
    assert again.document is not None
    assert not imported(again.document, edition, accept=True).changed
    assert everything() == before


@settings(
    max_examples=min(40, settings().max_examples),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(document=documents())
def test_any_document_comes_out_as_it_went_in(db: Any, document: ScheduleDocument) -> None:
    with undone():
        edition = edition_of(imported(document, slug="any", accept=True))
        exported = export_document(edition, actor=PUBLIC)
        if document.events:
            assert comparable(exported) == comparable(document)
        before = everything()
        assert not imported(document, edition, accept=True).changed
        assert everything() == before
