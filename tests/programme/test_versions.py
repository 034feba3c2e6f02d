from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Callable

import pytest
from django.test import Client

from summitry.editions.models import Edition
from summitry.foundation.access import PUBLIC
from summitry.foundation.audit import sentence, verify_chain
from summitry.foundation.errors import InvalidInput, PermissionRefused, StaleState
from summitry.foundation.models import AuditEntry
from summitry.programme.actions.agenda import star
from summitry.programme.actions.board import Seen, move_session
from summitry.programme.actions.schedule import draft_of, place_session, unplace_session
from summitry.programme.actions.session import update_session
from summitry.programme.actions.versions import BlockingClashes, Despite, publish_draft, roll_forward
from summitry.programme.models import Agenda, Session, Slot, Speaker, Version
from summitry.programme.queries.board import state_of
from summitry.programme.queries.board_versions import (
    differences,
    languages_of,
    last_version,
    stars_of,
    told_of,
)
from summitry.programme.queries.diff import Place
from tests.at_once import outcomes
from tests.directory.make import make_person, name
from tests.editions.make import in_edition, make_edition, make_room
from tests.programme.make import SYSTEM, appear, at, make_forum, make_session, place, publish
from tests.programme.test_board import address, an_editor, signed_in

HOUR = dt.timedelta(hours=1)


def a_clash(edition: Edition) -> tuple[Session, Session]:
    """Two sessions in one room at once."""
    forum, room = make_forum(edition), make_room(edition, "Moon Bridge")
    one, two = make_session(forum, "Opening"), make_session(forum, "Rehearsal")
    place(one, room, at(9))
    place(two, room, at(9, 30))
    return one, two


def placed(edition: Edition) -> dict[int, tuple[int | None, dt.datetime]]:
    slots = Slot.objects.filter(version=draft_of(edition))
    return {pk: (room, start) for pk, room, start in slots.values_list("session_id", "room_id", "starts_at")}


# --- Publishing ------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_blocking_clashes_need_a_will_and_a_reason_which_the_log_keeps() -> None:
    edition = make_edition()
    a_clash(edition)
    with pytest.raises(BlockingClashes):
        publish_draft(edition, by=SYSTEM)
    with pytest.raises(InvalidInput):
        publish_draft(edition, by=SYSTEM, despite=Despite(" "))
    assert last_version(edition) is None
    version = publish_draft(edition, by=SYSTEM, note="First", despite=Despite("The minister insists"))
    assert (version.number, version.note) == (1, "First")
    entry = AuditEntry.objects.get(action="programme.schedule.published_despite")
    assert sentence(entry) == "tests published version 1 with 1 blocking clashes: The minister insists"
    assert "Two sessions share" in entry.after["clashes"][0]


@pytest.mark.django_db
def test_plan_without_blocking_clashes_is_published_without_a_word() -> None:
    edition = make_edition()
    place(make_session(make_forum(edition), seats=900), make_room(edition, capacity=5), at(9))
    assert publish_draft(edition, by=SYSTEM, despite=Despite("")).number == 1
    assert not AuditEntry.objects.filter(action="programme.schedule.published_despite").exists()


@pytest.mark.django_db
def test_only_what_was_read_is_published() -> None:
    edition = make_edition()
    session, draft = make_session(make_forum(edition)), draft_of(edition)
    place(session, None, at(9))
    edition.refresh_from_db()
    draft.edition = edition
    read = state_of(draft)
    place(session, None, at(10))
    with pytest.raises(StaleState):
        publish_draft(edition, by=SYSTEM, seen=read)
    with pytest.raises(PermissionRefused):
        publish_draft(edition, by=in_edition("viewer", edition))
    assert publish_draft(edition, by=SYSTEM, seen=state_of(draft)).number == 1


@pytest.mark.django_db
def test_those_are_told_whose_sessions_move_each_in_her_language() -> None:
    edition = make_edition()
    forum = make_forum(edition)
    moves, stays = make_session(forum), make_session(forum)
    asha = make_person(name("display", "en", "Asha"), email="asha@example.org", languages=["ne", "ar"])
    wei = make_person(name("display", "en", "Wei"), email="wei@example.org", languages=["fr"])
    jane, other = make_person(name("display", "en", "Jane")), make_person()
    appear(moves, asha, wei, jane)
    Speaker.objects.update_or_create(edition=edition, person=wei, defaults={"language": "zh-hans"})
    appear(stays, other)
    for session in (moves, stays):
        place(session, None, at(9))
    publish(edition)
    place(moves, None, at(11))
    update_session(stays, by=SYSTEM, title=stays.title.with_text("en", "Renamed"))
    agenda = Agenda.objects.create(edition=edition)
    for session in (moves, stays):
        star(session, by=PUBLIC, agenda=agenda)
    changes = differences(last_version(edition), draft_of(edition))
    told = told_of(edition, changes, "en")
    assert [(str(one.name), one.language, one.has_address) for one in told] == [
        ("Asha", "ar", True),
        ("Jane", "en", False),
        ("Wei", "zh-hans", True),
    ]
    assert sorted(languages_of(told)) == [("ar", 1), ("zh-hans", 1)]
    assert stars_of(changes) == 1


# --- Bringing forward ------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_earlier_version_becomes_the_draft_again_as_a_new_change() -> None:
    edition = make_edition()
    forum, room = make_forum(edition), make_room(edition)
    stays, moves, goes, new = (make_session(forum, title) for title in ("Stays", "Moves", "Goes", "New"))
    for n, session in enumerate((stays, moves, goes)):
        place(session, room, at(9 + n))
    first = publish(edition)
    wanted = placed(edition)
    place(moves, room, at(15))
    unplace_session(draft_of(edition), goes, by=SYSTEM)
    place(new, room, at(16))
    publish(edition)
    assert roll_forward(first, by=SYSTEM) == 3
    assert placed(edition) == wanted
    assert Version.objects.filter(number__isnull=False).count() == 2
    assert roll_forward(first, by=SYSTEM) == 0
    third = publish_draft(edition, by=SYSTEM)
    assert [(change["kind"], change["session"]) for change in third.changes] == [
        ("moved", moves.pk),
        ("added", goes.pk),
        ("cancelled", new.pk),
    ]
    assert sentence(AuditEntry.objects.get(action="programme.draft.rolled_forward")) == (
        "tests brought the places of version 1 back into the draft, with 3 changes."
    )


@pytest.mark.django_db
def test_only_the_previewed_draft_is_replaced() -> None:
    edition = make_edition()
    session = make_session(make_forum(edition))
    place(session, None, at(9))
    first, draft = publish(edition), draft_of(edition)
    draft.edition = edition
    read = state_of(draft)
    place(session, None, at(10))
    with pytest.raises(StaleState):
        roll_forward(first, by=SYSTEM, seen=read)
    with pytest.raises(PermissionRefused):
        roll_forward(first, by=in_edition("viewer", edition))
    assert placed(edition)[session.pk] == (None, at(10))


# --- Pages -----------------------------------------------------------------------------------------------------


def hidden(client: Client, url: str) -> dict[str, str]:
    page = client.get(url).content.decode()
    found = re.search(r'name="state" value="(\w+)"', page)
    assert found
    return {"state": found[1]}


@pytest.mark.django_db
def test_publish_page_shows_what_changes_and_publishes_it() -> None:
    edition = make_edition()
    session = make_session(make_forum(edition), "Opening")
    place(session, make_room(edition, "Lotus"), at(9))
    client, url = signed_in(an_editor(edition)), address(edition, "publish/")
    page = html.unescape(client.get(url).content.decode())
    assert "New: Mon 9 Nov, 09:00, Lotus" in page
    answer = client.post(url, {**hidden(client, url), "note": "Hello"})
    assert (answer.status_code, answer["Location"]) == (302, address(edition, "versions/"))
    assert Version.objects.get(number=1).note == "Hello"
    assert "Nothing to publish" in client.get(url).content.decode()


@pytest.mark.django_db
def test_publish_page_asks_for_a_reason_beside_its_field() -> None:
    edition = make_edition()
    a_clash(edition)
    client, url = signed_in(an_editor(edition)), address(edition, "publish/")
    answer = client.post(url, {**hidden(client, url), "note": "Kept"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("aria-invalid") == 2
    assert "Kept" in page
    accepted = client.post(url, {**hidden(client, url), "despite": "on", "reason": "No other room"})
    assert accepted.status_code == 302
    assert last_version(edition) is not None


@pytest.mark.django_db
def test_publish_page_shows_a_draft_that_changed_meanwhile() -> None:
    edition = make_edition()
    session = make_session(make_forum(edition), "Opening")
    place(session, None, at(9))
    client, url = signed_in(an_editor(edition)), address(edition, "publish/")
    read = hidden(client, url)
    place(session, None, at(12))
    answer = client.post(url, read)
    assert answer.status_code == 409
    assert "New: Mon 9 Nov, 12:00" in answer.content.decode()
    assert last_version(edition) is None


@pytest.mark.django_db
def test_versions_are_compared_and_brought_forward_by_page() -> None:
    edition = make_edition()
    session = make_session(make_forum(edition), "Opening")
    place(session, None, at(9))
    publish(edition)
    place(session, None, at(12))
    publish(edition, note="Later")
    client = signed_in(an_editor(edition))
    assert "Later" in client.get(address(edition, "versions/")).content.decode()
    compared = client.get(address(edition, "versions/compare/?from=1&to=2")).content.decode()
    assert "Moved from Mon 9 Nov, 09:00 to Mon 9 Nov, 12:00" in compared
    assert client.get(address(edition, "versions/compare/?from=9")).status_code == 404
    url = address(edition, "versions/1/forward/")
    assert client.post(url, hidden(client, url)).status_code == 302
    assert placed(edition)[session.pk] == (None, at(9))
    assert "has these places already" in client.get(url).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "viewer"),
    [
        ("publish/", 403),
        ("versions/", 200),
        ("versions/compare/", 302),
        ("versions/1/forward/", 403),
        ("board/capacities/", 403),
    ],
)
def test_pages_are_for_those_who_may(path: str, viewer: int) -> None:
    edition = make_edition()
    url = address(edition, path)
    assert signed_in(an_editor(edition, "viewer")).get(url).status_code == viewer
    assert signed_in(an_editor(make_edition())).get(url).status_code == 403
    assert Client().get(url).status_code == 302


@pytest.mark.django_db
def test_capacities_page_says_how_many_there_are() -> None:
    edition = make_edition()
    client, url = signed_in(an_editor(edition)), address(edition, "board/capacities/")
    assert client.get(url).status_code == 200
    wanted = {"broadcast-amount": "3", "broadcast-setup_minutes": "30", "interpretation-ar-amount": "2"}
    assert client.post(url, wanted).status_code == 302
    rows = edition.capacities.values_list("kind", "lang", "amount", "setup_minutes", "strike_minutes")
    assert list(rows) == [("broadcast", "", 3, 30, 0), ("interpretation", "ar", 2, 0, 0)]
    answer = client.post(url, {"broadcast-amount": "-1"})
    assert answer.status_code == 422
    assert "aria-invalid" in answer.content.decode()


# --- At the same time ------------------------------------------------------------------------------------------


def a_move(session: Session, minute: int, seen: Seen | None = None) -> Callable[[], object]:
    start = at(10, minute)
    to = Place(None, start, start + HOUR)

    def act() -> object:
        slot = move_session(draft_of(session.edition), session, to, by=SYSTEM, seen=seen)
        return slot.starts_at if slot else None

    return act


@pytest.mark.django_db(transaction=True)
def test_two_moves_of_one_session_from_the_same_view_one_wins() -> None:
    edition = make_edition()
    session = make_session(make_forum(edition))
    slot = place(session, None, at(9))
    seen = Seen(slot.revision, Place(None, slot.starts_at, slot.ends_at))
    results = outcomes(*[a_move(session, minute, seen) for minute in (0, 5, 10, 15)])
    won = [result for result in results if result is not StaleState]
    assert len(won) == 1
    assert Slot.objects.get().starts_at == won[0]
    assert list(verify_chain()) == []


@pytest.mark.django_db(transaction=True)
def test_two_placings_of_one_session_from_the_tray_one_wins() -> None:
    edition = make_edition()
    session = make_session(make_forum(edition))
    draft_of(edition)
    results = outcomes(*[a_move(session, minute, Seen(0, None)) for minute in (0, 5, 10)])
    assert results.count(StaleState) == 2
    assert Slot.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_placed", [True, False])
def test_publication_during_a_move_publishes_what_was_read_or_nothing(is_placed: bool) -> None:
    edition = make_edition()
    forum = make_forum(edition)
    other, session = make_session(forum), make_session(forum)
    place(other, None, at(9))
    if is_placed:
        place(session, None, at(9))
    draft = draft_of(edition)
    draft.edition = Edition.objects.get(pk=edition.pk)
    read, shown = state_of(draft), {pk: start for pk, (_room, start) in placed(edition).items()}

    def publishing() -> object:
        return publish_draft(Edition.objects.get(pk=edition.pk), by=SYSTEM, seen=read).number

    published, moved = outcomes(publishing, a_move(session, 30))
    assert moved == at(10, 30)
    assert published in (1, StaleState)
    assert placed(edition)[session.pk] == (None, at(10, 30))
    if published == 1:
        slots = Slot.objects.filter(version__number=1).values_list("session_id", "starts_at")
        assert dict(slots) == shown
    else:
        assert last_version(edition) is None
    assert list(verify_chain()) == []


@pytest.mark.django_db(transaction=True)
def test_publication_while_a_session_is_renamed_neither_hangs_nor_fails() -> None:
    edition = make_edition()
    sessions = [make_session(make_forum(edition)) for _ in range(3)]
    for session in sessions:
        place(session, None, at(9))

    def renaming(session: Session) -> Callable[[], object]:
        title = session.title.with_text("en", "Renamed")
        return lambda: str(update_session(Session.objects.get(pk=session.pk), by=SYSTEM, title=title))

    def publishing() -> object:
        return publish_draft(Edition.objects.get(pk=edition.pk), by=SYSTEM).number

    assert outcomes(publishing, *map(renaming, sessions)) == [1, "Renamed", "Renamed", "Renamed"]
    assert Slot.objects.filter(version__number=1).count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_versions_brought_forward_at_once_leave_one_of_them_whole() -> None:
    edition = make_edition()
    forum = make_forum(edition)
    one, two = make_session(forum), make_session(forum)
    versions = []
    for n in range(2):
        place(one, None, at(9 + 4 * n))
        place(two, None, at(10 + 4 * n))
        versions.append(publish(edition))
    place_session(draft_of(edition), one, None, at(20), at(21), by=SYSTEM)
    results = outcomes(*[lambda v=v: roll_forward(Version.objects.get(pk=v.pk), by=SYSTEM) for v in versions])
    assert StaleState not in results
    starts = [start for _room, start in placed(edition).values()]
    assert starts in ([at(9), at(10)], [at(13), at(14)])
