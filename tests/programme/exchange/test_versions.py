"""A new version of a file moves what moved, renames what was renamed, cancels what vanished and adds what is new."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summitry.directory.actions.person import update_person
from summitry.directory.models import Person
from summitry.foundation.access import PUBLIC
from summitry.foundation.i18n import Text
from summitry.programme.actions.exchange.report import FieldChange, RowAction, RowKind
from summitry.programme.actions.schedule import draft_of, place_session, unplace_session
from summitry.programme.actions.session import update_session
from summitry.programme.interchange.arrangement import arranged
from summitry.programme.interchange.document import EventPerson, Room, ScheduleDocument, Track
from summitry.programme.models import Forum, ImportedRow, Session, Slot, Version
from summitry.programme.queries.export import export_document
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
    undone,
    without,
)
from tests.programme.make import SYSTEM, at

pytestmark = pytest.mark.django_db
FIRST = document(event(1), event(2, persons=(ADA, BO)), event(3, room="Lotus"))


def session(number: int) -> Session:
    return Session.objects.select_related("forum").get(guid=guid(number))


def published(version: int) -> dict[str, tuple[str, bool, int]]:
    """Each session's start in a published version, whether it is cancelled, and its revision."""
    slots = Slot.objects.filter(version__number=version).select_related("session")
    return {
        str(slot.session.title): (f"{slot.starts_at:%H:%M}", slot.is_cancelled, slot.revision)
        for slot in slots
    }


def test_first_import_publishes_a_version_with_the_file_label() -> None:
    result = imported(FIRST)
    version = Version.objects.get(edition=result.edition_id, number=1)
    assert (result.version, result.published, version.label) == (1, True, "1.0")
    assert published(1) == {
        "Talk 1": ("01:00", False, 0),
        "Talk 2": ("02:00", False, 0),
        "Talk 3": ("03:00", False, 0),
    }


def test_draft_import_publishes_nothing_and_a_second_one_publishes_it() -> None:
    result = imported(FIRST, publish=False)
    assert (result.version, result.published, result.changed) == (None, False, True)
    again = imported(FIRST, edition_of(result))
    assert (again.version, again.published, again.changed) == (1, True, False)


def test_moved_event_is_reported_and_moved() -> None:
    edition = edition_of(imported(FIRST))
    second = changed(FIRST, 1, starts_at=at(15), room="Lotus")
    line = plan(second, edition).rows
    assert [(row.kind, row.action, row.label, row.changes) for row in line] == [
        (
            RowKind.SESSION,
            RowAction.MOVE,
            "Talk 1",
            (
                FieldChange("time", "2026-11-09 09:00–10:00", "2026-11-09 15:00–16:00"),
                FieldChange("room", "Moon", "Lotus"),
            ),
        )
    ]
    imported(second, edition)
    assert published(2) == {
        "Talk 1": ("07:00", False, 1),
        "Talk 2": ("02:00", False, 0),
        "Talk 3": ("03:00", False, 0),
    }


def test_vanished_event_is_cancelled_and_a_returning_one_scheduled_again() -> None:
    edition = edition_of(imported(FIRST))
    imported(without(FIRST, 2), edition)
    assert published(2)["Talk 2"] == ("02:00", True, 1)
    assert imported(without(FIRST, 2), edition).changed is False
    back = plan(FIRST, edition)
    assert [(row.action, row.label) for row in back.rows] == [(RowAction.RESTORE, "Talk 2")]
    imported(FIRST, edition)
    assert published(3)["Talk 2"] == ("02:00", False, 2)
    assert Session.objects.count() == 3


def test_renamed_title_room_track_and_person_stay_the_same_rows() -> None:
    rooms = (Room(name="Moon", guid=guid(901)),)
    tracks = (Track(name="Memory", slug="memory"),)
    first = replace(FIRST, conference=replace(FIRST.conference, rooms=rooms, tracks=tracks))
    edition = edition_of(imported(first))
    before = {row.pk: (row.kind, row.object_id) for row in ImportedRow.objects.all()}
    second = replace(
        first,
        conference=replace(
            first.conference,
            rooms=(replace(rooms[0], name="Full Moon"),),
            tracks=(replace(tracks[0], name="Memories"),),
        ),
        days=(),
        events=tuple(
            replace(
                each,
                room="Full Moon" if each.room == "Moon" else each.room,
                track="Memories",
                title=each.title.replace("Talk 1", "Speech 1"),
                persons=tuple(
                    replace(one, name=one.name.replace("Reyes", "Reyes-Lund")) for one in each.persons
                ),
            )
            for each in first.events
        ),
    )
    second = arranged(second)
    assert [(row.kind, row.action, row.changes) for row in plan(second, edition).rows] == [
        (RowKind.ROOM, RowAction.CHANGE, (FieldChange("name", "Moon", "Full Moon"),)),
        (RowKind.FORUM, RowAction.CHANGE, (FieldChange("name", "Memory", "Memories"),)),
        (RowKind.PERSON, RowAction.CHANGE, (FieldChange("name", "Ada Reyes", "Ada Reyes-Lund"),)),
        (RowKind.SESSION, RowAction.CHANGE, (FieldChange("title", "Talk 1", "Speech 1"),)),
    ]
    imported(second, edition)
    assert {row.pk: (row.kind, row.object_id) for row in ImportedRow.objects.all()} == before
    assert sorted(map(str, edition.rooms.all())) == ["Full Moon", "Lotus"]
    assert [str(forum) for forum in Forum.objects.all()] == ["Memories"]
    assert export_document(edition, actor=PUBLIC).events == second.events


def test_new_event_with_new_room_track_and_person_is_added() -> None:
    edition = edition_of(imported(FIRST))
    new = event(4, room="Terrace", track="Water", persons=(EventPerson(name="Kim", id=9),))
    rows = plan(document(*FIRST.events, new), edition).rows
    assert [(row.kind, row.action, row.label) for row in rows] == [
        (RowKind.ROOM, RowAction.CREATE, "Terrace"),
        (RowKind.FORUM, RowAction.CREATE, "Water"),
        (RowKind.PERSON, RowAction.CREATE, "Kim"),
        (RowKind.SESSION, RowAction.CREATE, "Talk 4"),
    ]


def test_changed_people_leave_and_join_in_the_file_order() -> None:
    edition = edition_of(imported(FIRST))
    kim = EventPerson(name="Kim", id=9)
    imported(changed(FIRST, 2, persons=(kim, BO)), edition)
    rows = session(2).appearances.order_by("position").select_related("person")
    assert [row.person.reference_name for row in rows] == ["Kim", "Bo"]


def test_new_label_alone_is_remembered_and_publishes_no_version() -> None:
    edition = edition_of(imported(FIRST))
    result = imported(replace(FIRST, version="1.1"), edition)
    assert (result.changed, result.published, result.version) == (True, False, 1)
    assert export_document(edition, actor=PUBLIC).version == "1.1"


def test_rooms_follow_the_order_of_the_file() -> None:
    rooms = tuple(Room(name=name) for name in ("Moon", "Lotus", "Terrace"))
    first = replace(FIRST, conference=replace(FIRST.conference, rooms=rooms))
    edition = edition_of(imported(first))
    assert [str(room) for room in edition.rooms.all()] == ["Moon", "Lotus", "Terrace"]
    second = replace(FIRST, conference=replace(FIRST.conference, rooms=rooms[::-1]))
    imported(second, edition)
    assert [str(room) for room in edition.rooms.all()] == ["Terrace", "Lotus", "Moon"]
    assert imported(second, edition).changed is False


def biography(schedule: ScheduleDocument, text: str) -> ScheduleDocument:
    ada = replace(ADA, extra={"biography": text})
    return replace(schedule, events=tuple(replace(each, persons=(ada,)) for each in schedule.events))


def test_biography_belongs_to_the_person_and_follows_the_file() -> None:
    first, second = biography(FIRST, "A poet."), biography(FIRST, "A poet of rivers.")
    edition = edition_of(imported(first))
    assert str(Person.objects.get().biography) == "A poet."
    assert export_document(edition, actor=PUBLIC).events == first.events
    assert "poet" not in str(list(Session.objects.values_list("external", flat=True)))
    assert not imported(first, edition).changed
    assert [(row.label, row.changes) for row in plan(second, edition).rows] == [
        ("Ada Reyes", (FieldChange("biography", "A poet.", "A poet of rivers."),))
    ]
    imported(second, edition)
    assert export_document(edition, actor=PUBLIC).events == second.events
    assert not imported(second, edition).changed


def test_biography_edited_here_stays_while_the_file_says_the_same() -> None:
    edition = edition_of(imported(biography(FIRST, "A poet.")))
    update_person(Person.objects.get(), by=SYSTEM, biography=Text.of("A great poet."))
    assert plan(biography(FIRST, "A poet."), edition).rows == ()
    (row,) = plan(biography(FIRST, "A poet of rivers."), edition).rows
    assert row.changes == (FieldChange("biography", "A great poet.", "A poet of rivers.", conflict=True),)


# --- Edits made here --------------------------------------------------------------------------------------------


def test_edit_made_here_stays_while_the_file_says_the_same() -> None:
    edition = edition_of(imported(FIRST))
    update_session(session(1), by=SYSTEM, title=Text.of("Edited here"), abstract=Text.of("New words"))
    found = plan(changed(FIRST, 2, title="Talk two"), edition)
    assert [row.label for row in found.rows] == ["Talk two"]
    assert [(note.label, str(note)) for note in found.notes] == [
        ("Talk 1", "Edited here and unchanged in the file; the edit stays (Title and Description).")
    ]
    imported(changed(FIRST, 2, title="Talk two"), edition)
    assert str(session(1).title) == "Edited here"


def test_field_that_both_changed_is_a_conflict_and_the_file_counts() -> None:
    edition = edition_of(imported(FIRST))
    update_session(session(1), by=SYSTEM, title=Text.of("Edited here"), subtitle=Text.of("Kept"))
    second = changed(FIRST, 1, title="Edited there")
    found = plan(second, edition)
    assert found.conflicts == 1
    assert found.rows[0].changes == (FieldChange("title", "Edited here", "Edited there", conflict=True),)
    imported(second, edition)
    assert (str(session(1).title), str(session(1).subtitle)) == ("Edited there", "Kept")


def test_edit_that_the_file_repeats_is_no_change() -> None:
    edition = edition_of(imported(FIRST))
    update_session(session(1), by=SYSTEM, title=Text.of("Better title"))
    second = changed(FIRST, 1, title="Better title")
    assert plan(second, edition).rows == ()
    imported(second, edition)
    third = plan(changed(FIRST, 1, title="Best title"), edition)
    assert third.rows[0].changes == (FieldChange("title", "Better title", "Best title"),)


def test_session_moved_here_stays_and_one_moved_by_both_goes_where_the_file_says() -> None:
    edition = edition_of(imported(FIRST))
    lotus = edition.rooms.get(code="lotus")
    place_session(draft_of(edition), session(1), lotus, at(18), at(19), by=SYSTEM)
    kept = plan(changed(FIRST, 2, title="Other"), edition)
    assert [row.label for row in kept.rows] == ["Other"]
    both = plan(changed(FIRST, 1, starts_at=at(20)), edition)
    assert both.rows[0].changes == (
        FieldChange("time", "2026-11-09 18:00–19:00", "2026-11-09 20:00–21:00", conflict=True),
    )
    imported(changed(FIRST, 1, starts_at=at(20)), edition)
    slot = Slot.objects.get(version__number=None, session=session(1))
    assert (slot.room, slot.starts_at) == (lotus, at(20))


def test_session_unplaced_here_stays_so_until_the_file_moves_it() -> None:
    edition = edition_of(imported(FIRST))
    unplace_session(draft_of(edition), session(1), by=SYSTEM)
    assert plan(FIRST, edition).rows == ()
    moved = plan(changed(FIRST, 1, starts_at=at(20)), edition)
    assert [row.action for row in moved.rows] == [RowAction.RESTORE]
    imported(changed(FIRST, 1, starts_at=at(20)), edition)
    slot = Slot.objects.get(version__number=None, session=session(1))
    assert (str(slot.room), slot.starts_at) == ("Moon", at(20))


def test_session_deleted_here_stays_deleted_until_the_file_changes_it() -> None:
    edition = edition_of(imported(FIRST))
    session(1).delete()
    found = plan(FIRST, edition)
    assert (found.rows, [str(note) for note in found.notes]) == (
        (),
        ["Removed here and unchanged in the file; it stays removed."],
    )
    assert [row.action for row in plan(changed(FIRST, 1, title="Back"), edition).rows] == [RowAction.CREATE]


def test_person_renamed_here_is_exported_by_her_new_name() -> None:
    edition = edition_of(imported(FIRST))
    ada = session(1).appearances.get().person
    ada.reference_name = "Ada Lund"
    ada.save()
    events = export_document(edition, actor=PUBLIC).events
    assert {person.name for each in events for person in each.persons} == {"Ada Lund", "Bo"}
    assert plan(FIRST, edition).rows == ()


# --- Any two versions -------------------------------------------------------------------------------------------

NUMBERS = range(1, 7)
mutations = st.dictionaries(
    st.sampled_from(list(NUMBERS)),
    st.sampled_from(["gone", "moved", "renamed", "rehoused", "same"]),
)


@settings(
    max_examples=min(12, settings().max_examples),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(first=mutations, second=mutations)
def test_mutated_versions_give_exactly_the_expected_changes(
    db: Any, first: dict[int, str], second: dict[int, str]
) -> None:
    """Import a whole schedule, then two mutated ones in turn; each plan says what differs, and the result is the file."""
    whole = document(*(event(number) for number in NUMBERS))
    with undone():
        edition = edition_of(imported(whole))
        present = dict.fromkeys(NUMBERS, "same")
        for step in (first, second):
            wanted = {number: step.get(number, "same") for number in NUMBERS}
            mutated = document(*(mutant(number, kind) for number, kind in wanted.items() if kind != "gone"))
            expected = {
                f"Talk {number}"
                for number in NUMBERS
                if mutant(number, wanted[number]) != mutant(number, present[number])
            }
            rows = [row for row in plan(mutated, edition).rows if row.kind is RowKind.SESSION]
            assert {row.label.replace(" anew", "") for row in rows} == expected
            if mutated.events:
                imported(mutated, edition)
                assert sorted_events(edition) == sorted(mutated.events, key=lambda each: each.guid)
                before = everything()
                assert not imported(mutated, edition).changed
                assert everything() == before
                present = wanted


def mutant(number: int, kind: str) -> Any:
    facts = {
        "gone": None,
        "same": {},
        "moved": {"starts_at": at(8 + number, 30)},
        "renamed": {"title": f"Talk {number} anew"},
        "rehoused": {"room": "Lotus", "duration": dt.timedelta(minutes=90)},
    }[kind]
    return None if facts is None else event(number, **facts)


def sorted_events(edition: Any) -> list[Any]:
    return sorted(export_document(edition, actor=PUBLIC).events, key=lambda each: each.guid)
