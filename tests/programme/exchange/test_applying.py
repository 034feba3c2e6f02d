"""An import is done whole or not at all, by whoever may, and only as the report said."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace

import pytest
from django.db import IntegrityError
from pytest_django import DjangoAssertNumQueries

from summitry.directory.actions.merge import merge_people, undo_merge
from summitry.directory.models import Person
from summitry.editions.models import Edition, Summit
from summitry.editions.permissions import DIRECTOR, EDITOR, VIEWER
from summitry.foundation.access import PUBLIC
from summitry.foundation.audit import sentence, verify_chain
from summitry.foundation.errors import PermissionRefused
from summitry.foundation.i18n import Text
from summitry.foundation.models import AuditEntry
from summitry.programme.actions.exchange import ImportRefused, PlanOutdated, apply_import
from summitry.programme.actions.exchange.report import NewEdition, NoteCode
from summitry.programme.actions.schedule import draft_of, place_session
from summitry.programme.actions.session import update_session
from summitry.programme.interchange.document import EventPerson
from summitry.programme.interchange.problems import Problem, ProblemCode, Severity
from summitry.programme.models import ImportedRow, ScheduleSource, Session
from summitry.programme.queries.export import export_document
from tests.directory.make import make_person, name
from tests.editions.make import in_edition, make_edition
from tests.programme.exchange.make import (
    ADA,
    BO,
    changed,
    document,
    edition_of,
    event,
    everything,
    guid,
    imported,
    plan,
)
from tests.programme.make import DAY, SYSTEM, at

pytestmark = pytest.mark.django_db
FIRST = document(event(1), event(2, persons=(ADA, BO)), event(3, room="Lotus"))


def test_dry_run_writes_nothing() -> None:
    before = everything()
    plan(FIRST, slug="moon26")
    assert everything() == before
    edition = edition_of(imported(FIRST))
    before = everything()
    plan(changed(FIRST, 1, title="Another", starts_at=at(20)), edition)
    assert everything() == before


def test_new_edition_is_described_and_opened_from_the_conference_block() -> None:
    found = plan(FIRST, slug="moon-26")
    assert found.new_edition == NewEdition(
        slug="moon-26",
        title="Moon Days 2026",
        acronym="moon26",
        summit_slug="moon",
        summit_name="Moon Days",
        starts_on=DAY,
        ends_on=DAY,
        zone_name="Asia/Shanghai",
        languages=("en",),
        website="",
    )
    edition = edition_of(apply_import(found, by=SYSTEM))
    assert (edition.slug, str(edition.name), str(edition.summit.name)) == (
        "moon-26",
        "Moon Days 2026",
        "Moon Days",
    )
    assert (edition.zone_name, edition.starts_on, edition.languages, edition.is_public) == (
        "Asia/Shanghai",
        DAY,
        ["en"],
        True,
    )


def test_next_edition_of_a_known_summit_joins_it() -> None:
    imported(FIRST)
    conference = replace(FIRST.conference, title="Moon Days 2027", acronym="moon27")
    imported(replace(FIRST, conference=conference))
    assert [(summit.slug, summit.editions.count()) for summit in Summit.objects.all()] == [("moon", 2)]


def test_draft_of_a_new_edition_is_not_public() -> None:
    assert edition_of(imported(FIRST, publish=False)).is_public is False


def test_import_into_an_edition_leaves_the_edition_itself_alone() -> None:
    edition = make_edition("mine", name=Text.of("Mine"))
    imported(FIRST, edition)
    assert Edition.objects.filter(pk=edition.pk, name=edition.name, starts_on=edition.starts_on).exists()
    assert export_document(edition, actor=PUBLIC).conference.title == "Moon Days 2026"


def test_reserved_address_is_refused_whatever_one_accepts() -> None:
    found = plan(FIRST, slug="console")
    before = everything()
    with pytest.raises(ImportRefused, match="An edition cannot have the address “console”"):
        apply_import(found, by=SYSTEM, accept=True)
    assert everything() == before


def test_errors_of_the_reader_need_a_decision() -> None:
    problem = Problem(Severity.ERROR, "event 3", ProblemCode.GUID_CLASH, {})
    found = plan(FIRST, slug="moon26", problems=[problem])
    before = everything()
    with pytest.raises(ImportRefused, match="The file contradicts itself"):
        apply_import(found, by=SYSTEM)
    assert everything() == before
    assert apply_import(found, by=SYSTEM, accept=True).changed


def test_file_without_events_is_refused_and_cancels_nothing() -> None:
    edition = edition_of(imported(FIRST))
    before = everything()
    with pytest.raises(ImportRefused, match="The file holds no event"):
        imported(replace(FIRST, events=()), edition)
    assert everything() == before


def test_plan_made_stale_by_another_import_is_refused() -> None:
    edition = edition_of(imported(FIRST))
    mine = plan(changed(FIRST, 1, title="Mine"), edition)
    imported(changed(FIRST, 1, title="Theirs"), edition)
    before = everything()
    with pytest.raises(PlanOutdated):
        apply_import(mine, by=SYSTEM)
    assert everything() == before


def test_plan_made_stale_by_an_edit_is_refused() -> None:
    edition = edition_of(imported(FIRST))
    mine = plan(changed(FIRST, 1, title="Mine"), edition)
    update_session(Session.objects.get(guid=guid(1)), by=SYSTEM, title=Text.of("Edited meanwhile"))
    with pytest.raises(PlanOutdated):
        apply_import(mine, by=SYSTEM)


def test_second_plan_for_the_same_new_edition_is_refused() -> None:
    first, second = plan(FIRST, slug="moon26"), plan(FIRST, slug="moon26")
    apply_import(first, by=SYSTEM)
    with pytest.raises(PlanOutdated):
        apply_import(second, by=SYSTEM)


@pytest.mark.parametrize("failing", ["publish_schedule", "write_sessions", "record"])
def test_failure_in_the_middle_leaves_nothing(failing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_facts: object) -> None:
        raise IntegrityError(failing)

    found = plan(FIRST, slug="moon26")
    before = everything()
    monkeypatch.setattr(f"summitry.programme.actions.exchange.applying.{failing}", fail)
    with pytest.raises(IntegrityError):
        apply_import(found, by=SYSTEM)
    assert everything() == before


def test_value_that_no_field_can_hold_leaves_nothing() -> None:
    edition = make_edition()
    found = plan(document(event(1, persons=(EventPerson(name="A" * 300, id=3),), title="T" * 900)), edition)
    apply_import(found, by=SYSTEM)
    assert export_document(edition, actor=PUBLIC).events == found.document.events
    assert [len(person.reference_name) for person in Person.objects.all()] == [200]


def test_only_who_may_edit_the_edition_imports() -> None:
    edition = make_edition()
    director = in_edition(DIRECTOR.code, edition)
    for actor in (PUBLIC, in_edition(VIEWER.code, edition), in_edition(EDITOR.code, edition)):
        with pytest.raises(PermissionRefused):
            plan(FIRST, edition, by=actor)
    found = plan(FIRST, edition, by=director)
    with pytest.raises(PermissionRefused):
        apply_import(found, by=PUBLIC)
    with pytest.raises(PermissionRefused):
        plan(FIRST, by=director)


def test_import_is_told_in_the_log() -> None:
    imported(FIRST, slug="moon26")
    entry = AuditEntry.objects.get(action="programme.schedule.imported")
    assert sentence(entry) == (
        "tests imported the schedule “moon26” into Moon Days 2026: 3 new, 0 moved, 0 changed, 0 cancelled."
    )
    assert list(verify_chain()) == []


def test_ids_of_one_file_are_one_person_whatever_the_names() -> None:
    aliased = document(event(1), event(2, persons=(replace(ADA, name="A. Reyes"),)), event(3))
    edition = edition_of(imported(aliased))
    assert [person.reference_name for person in Person.objects.all()] == ["Ada Reyes"]
    assert export_document(edition, actor=PUBLIC).events == aliased.events


def test_nobody_is_merged_by_name_but_a_namesake_is_mentioned() -> None:
    known = make_person(name("display", "en", "Ada Reyes"))
    found = plan(FIRST, slug="moon26")
    assert [(note.code, note.label, dict(note.params)) for note in found.notes] == [
        (NoteCode.NAMESAKE, "Ada Reyes", {"slug": known.slug})
    ]
    apply_import(found, by=SYSTEM)
    assert Person.objects.filter(reference_name="Ada Reyes").count() == 2


def test_person_with_a_known_guid_is_the_same_in_every_edition() -> None:
    someone = EventPerson(name="Kim", guid=guid(77))
    imported(document(event(1, persons=(someone,))))
    imported(document(event(2, persons=(someone,))))
    assert Person.objects.count() == 1


def test_two_sources_feed_one_edition_without_cancelling_each_other() -> None:
    edition = edition_of(imported(FIRST))
    other = document(event(11, room="Terrace", persons=(replace(ADA, name="Somebody else"),)))
    other = replace(other, conference=replace(other.conference, acronym="fringe"))
    found = plan(other, edition)
    assert Counter(row.action for row in found.rows if row.kind == "session") == {"create": 1}
    apply_import(found, by=SYSTEM)
    assert sorted(ScheduleSource.objects.values_list("key", flat=True)) == ["fringe", "moon26"]
    assert {event.title for event in export_document(edition, actor=PUBLIC).events} == {
        "Talk 1",
        "Talk 2",
        "Talk 3",
        "Talk 11",
    }
    assert Person.objects.count() == 3
    assert not imported(FIRST, edition).changed
    assert not imported(other, edition).changed


def test_renamed_acronym_is_still_the_same_source() -> None:
    edition = edition_of(imported(FIRST))
    renamed = replace(FIRST, conference=replace(FIRST.conference, acronym="moondays"))
    assert plan(renamed, edition).rows == ()
    imported(renamed, edition)
    assert ScheduleSource.objects.count() == 1


def test_merged_person_keeps_her_foreign_identity() -> None:
    edition = edition_of(imported(FIRST))
    ada = Person.objects.get(reference_name="Ada Reyes")
    known = make_person(name("display", "en", "Ada M. Reyes"))
    merge = merge_people(known, ada, by=SYSTEM)
    assert plan(FIRST, edition).rows == ()
    rows = plan(changed(FIRST, 1, persons=(ADA, BO)), edition).rows
    assert [(row.label, row.changes[0].after) for row in rows] == [("Talk 1", "Ada Reyes, Bo")]
    undo_merge(merge, by=SYSTEM)
    row = ImportedRow.objects.get(kind="person", external_id="id:7")
    assert row.object_id == Person.objects.get(reference_name="Ada Reyes").pk


def test_two_people_of_the_file_who_were_merged_here_stay_one() -> None:
    edition = edition_of(imported(FIRST))
    ada, bo = (Person.objects.get(reference_name=name_) for name_ in ("Ada Reyes", "Bo"))
    merge_people(ada, bo, by=SYSTEM)
    found = plan(FIRST, edition)
    assert (found.rows, found.notes) == ((), ())
    apply_import(found, by=SYSTEM)
    assert [person.reference_name for person in Person.objects.all()] == ["Ada Reyes"]
    assert export_document(edition, actor=PUBLIC).events[1].persons == (ADA, replace(BO, name="Ada Reyes"))
    before = everything()
    assert not imported(FIRST, edition).changed
    assert everything() == before


def test_statements_do_not_grow_with_what_is_unchanged(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for size in (1, 3):
        schedule = document(*(event(number) for number in range(1, size + 1)))
        edition = edition_of(imported(schedule))
        with django_assert_num_queries(12):
            plan(schedule, edition)


def test_unpublished_edits_are_mentioned_before_they_are_published() -> None:
    edition = edition_of(imported(FIRST))
    session = Session.objects.get(guid=guid(1))
    place_session(draft_of(edition), session, None, at(21), at(22), by=SYSTEM)
    found = plan(changed(FIRST, 2, title="Other"), edition)
    assert [str(note) for note in found.notes] == [
        "The draft holds changes that are not published yet (1); publishing the import publishes them as well.",
        "Edited here and unchanged in the file; the edit stays (Time and Room).",
    ]


@pytest.mark.slow
def test_schedule_of_1400_events_is_taken_in_within_ten_seconds_of_work() -> None:
    people = [EventPerson(name=f"Person {number}", id=number) for number in range(1, 1401)]
    whole = document(
        *(
            event(
                number,
                room=f"Room {number % 20}",
                track=f"Track {number % 22}",
                starts_at=at(8, 5 * (number // 20)),
                persons=(people[number - 1], people[number % 1400]),
                description="Long words. " * 60,
            )
            for number in range(1, 1401)
        )
    )
    start = time.process_time()
    edition = edition_of(imported(whole))
    assert time.process_time() - start < 10
    start = time.process_time()
    shifted = replace(whole, events=tuple(replace(each, title=f"{each.title}!") for each in whole.events))
    assert imported(shifted, edition).published
    assert time.process_time() - start < 10
