from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from pytest_django import DjangoAssertNumQueries

from summitry.editions.models import Edition
from summitry.foundation.audit import sentence, verify_chain
from summitry.foundation.bus import subscribe
from summitry.foundation.errors import PermissionRefused, StaleState
from summitry.foundation.i18n import Text
from summitry.foundation.models import AuditEntry
from summitry.programme.actions.schedule import (
    Placement,
    draft_of,
    place_session,
    place_sessions,
    publish_schedule,
    unplace_session,
)
from summitry.programme.actions.session import update_session
from summitry.programme.errors import ForeignObject, NothingScheduled, SlotOutOfOrder, VersionIsPublished
from summitry.programme.events import SchedulePublished
from summitry.programme.models import Slot, Version
from tests.at_once import outcomes
from tests.directory.make import make_account
from tests.editions.make import in_edition, make_edition, make_room
from tests.programme.make import AUDIT_LOCK, SYSTEM, at, in_forum, make_forum, make_session, place, publish

HOUR = dt.timedelta(hours=1)
MINUTE = dt.timedelta(minutes=1)


def slots_of(version: Version) -> list[tuple[int, int | None, dt.datetime, int, bool]]:
    rows = version.slots.order_by("session_id")
    return list(rows.values_list("session_id", "room_id", "starts_at", "revision", "is_cancelled"))


@pytest.mark.django_db
def test_draft_is_one() -> None:
    edition = make_edition()
    assert draft_of(edition) == draft_of(edition)
    assert draft_of(edition).number is None


@pytest.mark.django_db
def test_placing_records_who_moved_what_from_where() -> None:
    edition = make_edition()
    room, other = make_room(edition), make_room(edition)
    session = make_session(make_forum(edition), "Opening")
    place(session, room, at(9))
    slot = place(session, other, at(10))
    assert (slot.room, slot.starts_at, slot.ends_at, slot.revision) == (other, at(10), at(11), 2)
    entry = AuditEntry.objects.latest("pk")
    assert sentence(entry) == "tests moved the session “Opening” in the draft schedule."
    assert (entry.before["room"], entry.after["room"]) == (room.pk, other.pk)


@pytest.mark.django_db
def test_placing_where_it_stands_leaves_no_trace() -> None:
    edition = make_edition()
    session, room = make_session(make_forum(edition)), make_room(edition)
    place(session, room, at(9))
    entries = AuditEntry.objects.count()
    assert place(session, room, at(9)).revision == 1
    assert AuditEntry.objects.count() == entries


@pytest.mark.django_db
def test_stale_move_is_refused_and_changes_nothing() -> None:
    edition = make_edition()
    session, room = make_session(make_forum(edition)), make_room(edition)
    draft = draft_of(edition)
    slot = place_session(draft, session, room, at(9), at(10), by=SYSTEM, expected_revision=0)
    place_session(draft, session, room, at(11), at(12), by=SYSTEM, expected_revision=slot.revision)
    with pytest.raises(StaleState):
        place_session(draft, session, room, at(14), at(15), by=SYSTEM, expected_revision=slot.revision)
    with pytest.raises(StaleState):
        place_session(draft, session, room, at(14), at(15), by=SYSTEM, expected_revision=0)
    with pytest.raises(StaleState):
        unplace_session(draft, session, by=SYSTEM, expected_revision=slot.revision)
    assert Slot.objects.get().starts_at == at(11)


@pytest.mark.django_db
def test_placing_refuses_what_cannot_be() -> None:
    edition, other = make_edition(), make_edition()
    session, room = make_session(make_forum(edition)), make_room(edition)
    draft = draft_of(edition)
    with pytest.raises(SlotOutOfOrder):
        place_session(draft, session, room, at(10), at(10), by=SYSTEM)
    with pytest.raises(ForeignObject):
        place_session(draft, session, make_room(other), at(9), at(10), by=SYSTEM)
    with pytest.raises(ForeignObject):
        place_session(draft_of(other), session, None, at(9), at(10), by=SYSTEM)
    place(session, room, at(9))
    with pytest.raises(VersionIsPublished):
        place_session(publish(edition), session, room, at(12), at(13), by=SYSTEM)


@pytest.mark.django_db
def test_only_editors_of_the_edition_place_and_publish() -> None:
    edition = make_edition()
    forum = make_forum(edition)
    session = make_session(forum)
    editor = replace(in_edition("editor", edition), account_id=make_account().pk)
    for stranger in (
        in_edition("viewer", edition),
        in_edition("editor", make_edition()),
        in_forum("forum_editor", forum),
    ):
        with pytest.raises(PermissionRefused):
            place(session, None, at(9), by=stranger)
        with pytest.raises(PermissionRefused):
            publish_schedule(edition, by=stranger)
    place(session, None, at(9), by=editor)
    assert publish_schedule(edition, by=editor).number == 1


@pytest.mark.django_db
def test_many_sessions_are_placed_in_few_statements(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    edition = make_edition()
    room, forum = make_room(edition), make_forum(edition)
    draft = draft_of(edition)
    for count in (1, 3):
        placements = [Placement(make_session(forum), room, at(9 + n), at(10 + n)) for n in range(count)]
        # Savepoint, slots, insert, audit entry in a savepoint, release; webhooks and booths each look once.
        with django_assert_num_queries(10 + AUDIT_LOCK * 2):
            assert place_sessions(draft, placements, by=SYSTEM) == count
    assert place_sessions(draft, placements, by=SYSTEM) == 0


@pytest.mark.django_db
def test_publishing_numbers_and_keeps_each_version() -> None:
    edition = make_edition()
    room, forum = make_room(edition), make_forum(edition)
    stays, moves, goes = (make_session(forum, title) for title in ("Stays", "Moves", "Goes"))
    for session in (stays, moves, goes):
        place(session, room, at(9))
    first = publish(edition)
    place(moves, room, at(11))
    unplace_session(draft_of(edition), goes, by=SYSTEM)
    new = make_session(forum, "New")
    place(new, room, at(15))
    second = publish(edition, note="After the rehearsal", label="v2b")
    assert (first.number, second.number, second.note, second.label) == (1, 2, "After the rehearsal", "v2b")
    assert slots_of(first) == [
        (stays.pk, room.pk, at(9), 0, False),
        (moves.pk, room.pk, at(9), 0, False),
        (goes.pk, room.pk, at(9), 0, False),
    ]
    assert slots_of(second) == [
        (stays.pk, room.pk, at(9), 0, False),
        (moves.pk, room.pk, at(11), 1, False),
        (goes.pk, room.pk, at(9), 1, True),
        (new.pk, room.pk, at(15), 0, False),
    ]
    assert [(change["kind"], change["session"]) for change in second.changes] == [
        ("moved", moves.pk),
        ("added", new.pk),
        ("cancelled", goes.pk),
    ]
    assert first.changes == []


@pytest.mark.django_db
def test_publishing_nothing_new_returns_the_last_version() -> None:
    edition = make_edition()
    with pytest.raises(NothingScheduled):
        publish(edition)
    session, room = make_session(make_forum(edition)), make_room(edition)
    place(session, room, at(9))
    first = publish(edition)
    place(session, room, at(12))
    place(session, room, at(9))
    content = edition.content_version
    assert publish(edition) == first
    assert edition.content_version == content
    assert Version.objects.filter(edition=edition).count() == 2


@pytest.mark.django_db
def test_cancelled_session_stays_cancelled_and_returns_with_a_higher_sequence() -> None:
    edition = make_edition()
    forum, room = make_forum(edition), make_room(edition)
    session, other = make_session(forum), make_session(forum)
    place(session, room, at(9))
    place(other, room, at(10))
    publish(edition)
    unplace_session(draft_of(edition), session, by=SYSTEM)
    publish(edition)
    place(other, room, at(12))
    third = publish(edition)
    assert slots_of(third)[0] == (session.pk, room.pk, at(9), 1, True)
    assert [change["kind"] for change in third.changes] == ["moved"]
    place(session, room, at(9))
    fourth = publish(edition)
    assert slots_of(fourth)[0] == (session.pk, room.pk, at(9), 2, False)
    assert [change["kind"] for change in fourth.changes] == ["added"]


@pytest.mark.django_db
def test_renaming_is_published_as_a_change_of_its_own() -> None:
    edition = make_edition()
    session = make_session(make_forum(edition), Text.of({"en": "Old", "fr": "Vieux"}))
    place(session, None, at(9))
    publish(edition)
    update_session(session, by=SYSTEM, title=session.title.with_text("ar", "قديم"))
    assert publish(edition).number == 1
    update_session(session, by=SYSTEM, title=session.title.with_text("en", "New"))
    version = publish(edition)
    assert [
        (change["kind"], change["old_title"]["en"], change["new_title"]["en"]) for change in version.changes
    ] == [("renamed", "Old", "New")]
    assert slots_of(version) == [(session.pk, None, at(9), 0, False)]


@pytest.mark.django_db
def test_publishing_raises_content_version_and_announces(
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    edition = make_edition()
    session = make_session(make_forum(edition))
    place(session, None, at(9))
    publish(edition)
    content = edition.content_version
    place(session, None, at(10))
    edition.refresh_from_db()
    assert edition.content_version == content
    heard: list[SchedulePublished] = []
    subscribe(SchedulePublished, heard.append)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        version = publish(edition)
    assert edition.content_version == content + 1
    assert [(event.number, event.session_ids) for event in heard if event.version_id == version.pk] == [
        (2, (session.pk,))
    ]


@pytest.mark.django_db(transaction=True)
def test_two_publishers_at_once_make_one_version() -> None:
    edition = make_edition()
    session = make_session(make_forum(edition))
    place(session, None, at(9))
    versions = outcomes(*[lambda: publish_schedule(Edition.objects.get(pk=edition.pk), by=SYSTEM).number] * 4)
    assert versions == [1, 1, 1, 1]
    assert list(Version.objects.order_by("number").values_list("number", flat=True)) in ([None, 1], [1, None])
    assert Slot.objects.filter(version__number=1).count() == 1
    assert list(verify_chain()) == []


@pytest.mark.django_db(transaction=True)
def test_two_movers_at_once_one_wins_and_the_others_hear_why() -> None:
    edition = make_edition()
    session = make_session(make_forum(edition))
    draft = draft_of(edition)
    slot = place(session, None, at(9))

    def mover(minute: int) -> Callable[[], object]:
        start = at(10) + minute * MINUTE
        return lambda: (
            place_session(
                draft, session, None, start, start + HOUR, by=SYSTEM, expected_revision=slot.revision
            ).revision
        )

    results = outcomes(*[mover(minute) for minute in range(4)])
    assert sorted(map(str, results)) == ["2", *[str(StaleState)] * 3]
    assert list(verify_chain()) == []


@pytest.mark.django_db(transaction=True)
def test_two_first_placings_at_once_leave_one_slot() -> None:
    edition = make_edition()
    session = make_session(make_forum(edition))
    draft = draft_of(edition)
    job = lambda: place_session(draft, session, None, at(9), at(10), by=SYSTEM, expected_revision=0).revision  # noqa: E731 - one line, used four times
    results = outcomes(job, job, job)
    assert sorted(map(str, results)) == ["1", *[str(StaleState)] * 2]
    assert Slot.objects.count() == 1
