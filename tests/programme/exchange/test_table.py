"""Tables: the same plan, but what a table has no column for stays as it is."""

from __future__ import annotations

import pytest

from summitry.foundation.access import PUBLIC
from summitry.foundation.i18n import Text
from summitry.programme.actions.exchange.reading import ScheduleFile, read_file
from summitry.programme.actions.exchange.report import RowAction, RowKind
from summitry.programme.models import ScheduleSource, Session
from summitry.programme.queries.export import export_document
from summitry.programme.queries.export_formats import FORMATS
from summitry.programme.queries.export_rows import latest_version, schedule_rows
from tests.programme.exchange.make import document, edition_of, event, everything, imported, plan
from tests.programme.make import at
from tests.programme.summit import Summit, make_summit_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def summit() -> Summit:
    return make_summit_programme()


def read(summit: Summit, text: str | bytes, name: str = "programme.csv") -> ScheduleFile:
    data = text.encode() if isinstance(text, str) else text
    file = read_file(data, name, summit.edition)
    assert file.reading.document is not None, file.reading.problems
    return file


def take(summit: Summit, file: ScheduleFile) -> bool:
    assert file.reading.document is not None
    return imported(file.reading.document, summit.edition, scope=file.scope).changed


def rows(summit: Summit, file: ScheduleFile) -> list[tuple[str, RowAction, list[tuple[str, str, str]]]]:
    assert file.reading.document is not None
    found = plan(file.reading.document, summit.edition, scope=file.scope).rows
    return [
        (row.label, row.action, [(change.field, change.before, change.after) for change in row.changes])
        for row in found
        if row.kind is RowKind.SESSION and row.action is not RowAction.CREATE
    ]


@pytest.mark.parametrize("key", ["csv", "xlsx"])
def test_own_table_taken_in_again_changes_nothing(key: str, summit: Summit) -> None:
    exported = export_document(summit.edition, actor=PUBLIC)
    version = latest_version(summit.edition, PUBLIC)
    data = FORMATS[key].write(schedule_rows(summit.edition, actor=PUBLIC, version=version), "")
    file = read(summit, data, f"own.{key}")
    assert rows(summit, file) == []
    take(summit, file)
    before = everything()
    assert take(summit, file) is False
    assert everything() == before
    assert export_document(summit.edition, actor=PUBLIC) == exported


def test_narrow_table_moves_a_session_and_leaves_its_texts(summit: Summit) -> None:
    guid = summit.sessions["opening"].guid
    file = read(summit, f"guid,title,start\n{guid},Opening of the archives,2026-11-09 14:00\n")
    assert rows(summit, file) == [
        (
            "Opening of the archives",
            RowAction.MOVE,
            [("time", "2026-11-09 09:00–10:30", "2026-11-09 14:00–15:30")],
        )
    ]
    take(summit, file)
    session = Session.objects.get(guid=guid)
    assert str(session.abstract) == "Why archives **matter**."
    assert [row.person.reference_name for row in session.appearances.all()] == ["Leïla Benslimane"]
    exported = next(
        each for each in export_document(summit.edition, actor=PUBLIC).events if each.guid == str(guid)
    )
    assert (exported.room, exported.starts_at, exported.track) == ("Moon Bridge", at(14), "Digital memory")
    assert exported.url == "http://127.0.0.1:8000/en/rivertown/sessions/opening/"


def test_table_brings_languages(summit: Summit) -> None:
    file = read(summit, "id,title[en],title[zh-hans],start,room\n1,Water,水,2026-11-10 09:00,Lotus\n")
    take(summit, file)
    session = Session.objects.get(title__en="Water")
    assert session.title == Text.of({"en": "Water", "zh-hans": "水"})
    exported = next(
        each for each in export_document(summit.edition, actor=PUBLIC).events if each.title == "Water"
    )
    assert exported.extra["translations"] == {"title": {"en": "Water", "zh-hans": "水"}}
    assert take(summit, file) is False


def test_row_that_left_the_table_is_cancelled_and_nothing_else(summit: Summit) -> None:
    two = read(summit, "id,title,start\n1,Water,2026-11-10 09:00\n2,Fire,2026-11-10 10:00\n")
    take(summit, two)
    one = read(summit, "id,title,start\n1,Water,2026-11-10 09:00\n")
    assert [(label, action) for label, action, _changes in rows(summit, one)] == [("Fire", RowAction.CANCEL)]


def test_table_beside_an_imported_file_keeps_what_the_file_said() -> None:
    edition = edition_of(
        imported(document(event(1, code="ABC123", url="https://example.org/1", slug="one-slug")))
    )
    before = export_document(edition, actor=PUBLIC)
    guid = before.events[0].guid
    file = read_file(f"guid,title,start\n{guid},New title,2026-11-09 09:00\n".encode(), "t.csv", edition)
    assert file.reading.document is not None
    imported(file.reading.document, edition, scope=file.scope)
    after = export_document(edition, actor=PUBLIC)
    changed = after.events[0]
    assert changed.title == "New title"
    assert (changed.code, changed.url, changed.slug, changed.persons) == (
        "ABC123",
        "https://example.org/1",
        "one-slug",
        before.events[0].persons,
    )
    assert after.conference == before.conference
    assert sorted(ScheduleSource.objects.values_list("key", flat=True)) == ["moon26", f"table:{edition.slug}"]


def test_formula_cells_are_text(summit: Summit) -> None:
    take(summit, read(summit, 'id,title,start\n1,"=HYPERLINK(""http://evil"")",2026-11-10 09:00\n'))
    assert Session.objects.filter(title__en='=HYPERLINK("http://evil")').exists()
    version = latest_version(summit.edition, PUBLIC)
    data = FORMATS["csv"].write(schedule_rows(summit.edition, actor=PUBLIC, version=version), "")
    assert b"\"'=HYPERLINK" in data
