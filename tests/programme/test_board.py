from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from summitry.editions.models import Edition
from summitry.foundation.access import Scope
from summitry.foundation.errors import InvalidInput, PermissionRefused, StaleState
from summitry.foundation.grants import grant_role
from summitry.foundation.i18n import Text
from summitry.foundation.models import Account
from summitry.programme.actions.board import OutOfReach, Seen, move_session
from summitry.programme.actions.schedule import draft_of, unplace_session
from summitry.programme.forms.board import BoardQuery
from summitry.programme.models import Session, Slot
from summitry.programme.queries.board import board_of, state_of
from summitry.programme.queries.board_layout import day_of_board
from summitry.programme.queries.diff import Place
from tests.directory.make import make_account, make_person
from tests.editions.make import in_edition, make_building, make_edition, make_room, make_venue
from tests.programme.make import DAY, SYSTEM, appear, at, make_forum, make_session, place

HOUR = dt.timedelta(hours=1)


def to(room: Any, start: dt.datetime, minutes: int = 60) -> Place:
    return Place(room.pk if room else None, start, start + dt.timedelta(minutes=minutes))


def seen(slot: Slot) -> Seen:
    return Seen(slot.revision, Place(slot.room_id, slot.starts_at, slot.ends_at))


def an_editor(edition: Edition, role: str = "editor", name: str = "") -> Account:
    account = make_account()
    account.name = name or role
    account.save()
    grant_role(account, role, Scope("edition", edition.pk), by=SYSTEM)
    return account


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(edition: Edition, path: str = "board/") -> str:
    return f"/en/console/{edition.slug}/programme/{path}"


def stamp(instant: dt.datetime) -> int:
    return int(instant.timestamp())


def send(client: Client, session: Session, wanted: Any, saw: Any, **more: Any) -> Any:
    message = {"session": session.pk, "to": wanted, "seen": saw, **more}
    url = address(session.edition, "board/move/")
    return client.post(url, json.dumps(message), content_type="application/json")


def there(room: Any, start: dt.datetime, minutes: int = 60) -> dict[str, Any]:
    end = start + dt.timedelta(minutes=minutes)
    return {"room": str(room.pk) if room else "", "start": stamp(start), "end": stamp(end)}


def saw(slot: Slot) -> dict[str, Any]:
    minutes = int((slot.ends_at - slot.starts_at).total_seconds() // 60)
    return {"revision": slot.revision, "place": there(slot.room, slot.starts_at, minutes)}


# --- Moving ----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_session_moves_from_tray_to_room_and_back() -> None:
    edition = make_edition()
    room, session, draft = make_room(edition), make_session(make_forum(edition)), draft_of(edition)
    slot = move_session(draft, session, to(room, at(9)), by=SYSTEM, seen=Seen(0, None))
    assert slot is not None
    moved = move_session(draft, session, to(None, at(10)), by=SYSTEM, seen=seen(slot))
    assert moved is not None
    assert (moved.room, moved.starts_at, moved.revision) == (None, at(10), 2)
    assert move_session(draft, session, None, by=SYSTEM, seen=seen(moved)) is None
    assert not Slot.objects.exists()


@pytest.mark.django_db
def test_move_from_an_outdated_view_is_refused_even_where_the_revision_fits() -> None:
    edition = make_edition()
    room, session, draft = make_room(edition), make_session(make_forum(edition)), draft_of(edition)
    old = seen(place(session, room, at(9)))
    unplace_session(draft, session, by=SYSTEM)
    place(session, room, at(14))
    assert Slot.objects.get().revision == old.revision
    with pytest.raises(StaleState):
        move_session(draft, session, to(room, at(10)), by=SYSTEM, seen=old)
    with pytest.raises(StaleState):
        move_session(draft, session, None, by=SYSTEM, seen=Seen(0, None))
    move_session(draft, session, to(room, at(10)), by=SYSTEM)
    assert Slot.objects.get().starts_at == at(10)


@pytest.mark.django_db
def test_move_refuses_what_cannot_be_meant() -> None:
    edition, other = make_edition(), make_edition()
    session, draft = make_session(make_forum(edition)), draft_of(edition)
    with pytest.raises(OutOfReach):
        move_session(draft, session, to(None, at(9, day=40)), by=SYSTEM)
    with pytest.raises(OutOfReach):
        move_session(draft, session, to(None, at(9), 25 * 60), by=SYSTEM)
    with pytest.raises(InvalidInput):
        move_session(draft, session, to(make_room(other), at(9)), by=SYSTEM)
    with pytest.raises(PermissionRefused):
        move_session(draft, session, to(None, at(9)), by=in_edition("viewer", edition))


# --- Reading ---------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_board_holds_every_session_with_or_without_a_place() -> None:
    edition = make_edition()
    forum, room = make_forum(edition, "Archives"), make_room(edition, "Moon Bridge")
    placed, waiting = make_session(forum, "Opening"), make_session(forum, "Closing", is_public=False)
    place(placed, room, at(9), 90)
    board = board_of(draft_of(edition), "en")
    assert [(card.title.text, card.minutes, card.is_public) for card in board.tray] == [
        ("Closing", 60, False)
    ]
    assert [(card.id, card.place, card.revision) for card in board.on(DAY)] == [
        (placed.pk, to(room, at(9), 90), 1)
    ]
    assert board.days == edition.days
    assert waiting.pk in board.cards


@pytest.mark.django_db
def test_state_changes_with_every_move_and_with_nothing_else() -> None:
    edition = make_edition()
    room, session, draft = make_room(edition), make_session(make_forum(edition)), draft_of(edition)
    edition.refresh_from_db()
    draft.edition = edition
    states = [state_of(draft)]
    place(session, room, at(9))
    states.append(state_of(draft))
    place(session, room, at(9))
    assert state_of(draft) == states[-1] == board_of(draft, "ar").state
    unplace_session(draft, session, by=SYSTEM)
    assert state_of(draft) == states[0]
    assert len(set(states)) == 2


@pytest.mark.django_db
def test_board_is_read_in_as_many_statements_whatever_its_size(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    edition = make_edition()
    forum, room, draft = make_forum(edition), make_room(edition), draft_of(edition)
    for count in (1, 3):
        for n in range(count):
            place(make_session(forum), room, at(9 + n))
        with django_assert_num_queries(4):  # forums, slots, sessions, rooms
            board_of(draft, "en")


@pytest.mark.django_db
def test_day_shows_all_rooms_and_hours_and_lanes_where_sessions_overlap() -> None:
    edition = make_edition()
    forum = make_forum(edition)
    moon, lotus = make_room(edition, "Moon"), make_room(edition, "Lotus")
    one, two = make_session(forum), make_session(forum)
    place(one, moon, at(9))
    place(two, moon, at(9, 30))
    day = day_of_board(board_of(draft_of(edition), "en"), DAY, (), ())
    assert [(row.room.id if row.room else 0, row.row, row.lanes) for row in day.rows] == [
        (moon.pk, 0, 2),
        (lotus.pk, 2, 1),
    ]
    assert (day.origin, day.hours) == (stamp(at(8)), 12)
    assert [cell.classes.split()[3:] for cell in day.cells] == [
        ["c-12", "r-0", "u-12"],
        ["c-18", "r-1", "u-12"],
    ]
    assert [
        row.room.id
        for row in day_of_board(board_of(draft_of(edition), "en"), DAY, {lotus.pk}, ()).rows
        if row.room
    ] == [lotus.pk]


@pytest.mark.django_db
def test_session_at_night_widens_the_day() -> None:
    edition = make_edition()
    session = make_session(make_forum(edition))
    place(session, make_room(edition), at(22), 120)
    day = day_of_board(board_of(draft_of(edition), "en"), DAY, (), ())
    assert (day.hours, day.ticks[-1].time) == (16, "23:00")


# --- The page --------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_board_page_is_for_the_editions_staff() -> None:
    edition = make_edition()
    place(make_session(make_forum(edition), "Opening"), make_room(edition), at(9))
    assert Client().get(address(edition)).status_code == 302
    assert signed_in(make_account()).get(address(edition)).status_code == 403
    assert signed_in(an_editor(make_edition())).get(address(edition)).status_code == 403
    for role, may_move in (("viewer", False), ("editor", True)):
        html = signed_in(an_editor(edition, role)).get(address(edition)).content.decode()
        assert "Opening" in html
        assert ("data-may-move" in html, "data-grip" in html, 'id="move-dialog"' in html) == (may_move,) * 3


@pytest.mark.django_db
def test_board_page_keeps_its_number_of_statements(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    edition = make_edition()
    forum, room, person = make_forum(edition), make_room(edition), make_person()
    client = signed_in(an_editor(edition))
    draft_of(edition)
    for count in (1, 3):
        for _ in range(count + 1):  # all of them clash, so that names are needed
            session = make_session(forum)
            appear(session, person)
            place(session, room, at(9))
        with django_assert_num_queries(22):
            client.get(address(edition))


@pytest.mark.django_db
def test_cards_that_clash_say_so_in_words_and_the_list_leads_to_them() -> None:
    edition = make_edition()
    forum, room = make_forum(edition), make_room(edition, "Moon Bridge")
    one, two = make_session(forum, "Opening"), make_session(forum, "Rehearsal")
    place(one, room, at(9))
    place(two, room, at(9, 30))
    html = signed_in(an_editor(edition)).get(address(edition) + "?day=2026-11-09").content.decode()
    assert html.count("has-blocking") == 2
    assert len(re.findall(r'title="1 clash"', html)) == 2
    assert "Two sessions share" in html
    for session in (one, two):
        assert f'data-jump="{session.pk}"' in html
        assert f"#card-{session.pk}" in html
    only_notes = signed_in(an_editor(edition)).get(address(edition) + "?severity=note").content.decode()
    assert "None of this kind." in only_notes


def test_query_leaves_out_what_makes_no_sense() -> None:

    query = BoardQuery.read(QueryDict("day=x&room=1&room=²&building=&zoom=9&severity=note"))
    assert query == BoardQuery(day="x", rooms=(1,), severity="note")
    assert query.address(day="2026-11-09") == "?day=2026-11-09&room=1&severity=note"


# --- Moves of the script ---------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_move_answers_with_the_board_and_says_it_in_words() -> None:
    edition = make_edition()
    room, session = make_room(edition, "Moon Bridge"), make_session(make_forum(edition), "Opening")
    client = signed_in(an_editor(edition))
    answer = send(client, session, there(room, at(9)), {"revision": 0, "place": None}).json()
    assert answer["slot"] == {"revision": 1, "place": there(room, at(9))}
    assert (
        answer["said"]
        == "“\u2068Opening\u2069” moved to Mon 9 Nov, \u206609:00–10:00\u2069, \u2068Moon Bridge\u2069."
    )
    assert f'id="card-{session.pk}"' in answer["html"]
    state = client.get(address(edition, f"board/state/?state={answer['state']}&after={answer['after']}"))
    assert state.status_code == 204
    tray = send(client, session, None, answer["slot"]).json()
    assert tray["slot"] == {"revision": 0, "place": None}


@pytest.mark.django_db
def test_stale_move_is_refused_and_shows_both_sides() -> None:
    edition = make_edition()
    room, other = make_room(edition, "Hall 3"), make_room(edition, "Hall 4")
    session = make_session(make_forum(edition), "Opening")
    slot = place(session, other, at(9))
    wei = signed_in(an_editor(edition, name="Li Wei"))
    assert send(wei, session, there(room, at(10, 40)), saw(slot)).status_code == 200
    late = send(signed_in(an_editor(edition, name="Ada")), session, there(other, at(11)), saw(slot))
    assert late.status_code == 409
    plain = late.json()["stale"]["sentence"].translate(dict.fromkeys(map(ord, "\u2066\u2068\u2069")))
    assert plain == "Li Wei moved it to Mon 9 Nov, 10:40–11:40, Hall 3 a moment ago."
    assert Slot.objects.get().starts_at == at(10, 40)
    anyway = send(signed_in(an_editor(edition)), session, there(other, at(11)), None)
    assert anyway.status_code == 200
    assert Slot.objects.get().starts_at == at(11)


@pytest.mark.django_db
def test_news_tell_what_others_did_and_not_what_one_did_oneself() -> None:
    edition = make_edition()
    room, session = make_room(edition, "Lotus"), make_session(make_forum(edition), "Opening")
    mine, theirs = signed_in(an_editor(edition)), signed_in(an_editor(edition, name="Li Wei"))
    first = send(mine, session, there(room, at(9)), {"revision": 0, "place": None}).json()
    second = send(theirs, session, there(room, at(10)), first["slot"], after=first["after"]).json()
    assert second["news"] == []
    heard = mine.get(address(edition, f"board/state/?state=x&after={first['after']}")).json()
    assert [re.sub("[\u2066-\u2069]", "", line) for line in heard["news"]] == [
        "Li Wei moved “Opening” to Mon 9 Nov, 10:00–11:00, Lotus."
    ]
    assert theirs.get(address(edition, f"board/state/?state=x&after={first['after']}")).json()["news"] == []


@pytest.mark.django_db
def test_move_takes_clock_times_of_the_venue_on_the_day_the_clocks_change() -> None:
    day = dt.date(2026, 10, 25)
    edition = make_edition(zone_name="Europe/London", starts_on=day, ends_on=day)
    session = make_session(make_forum(edition))
    client = signed_in(an_editor(edition))
    wanted = {"room": "", "day": "2026-10-25", "clock": "00:30", "minutes": 120}
    assert send(client, session, wanted, None).status_code == 200
    slot = Slot.objects.get()
    assert (slot.starts_at.isoformat(), slot.ends_at.isoformat()) == (
        "2026-10-24T23:30:00+00:00",
        "2026-10-25T01:30:00+00:00",
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{}",
        '{"session": "x", "to": null, "seen": null}',
        '{"session": 1, "to": {"room": "", "start": 1e30, "end": 2}, "seen": null}',
    ],
)
def test_nonsense_is_refused_in_words(body: str) -> None:
    edition = make_edition()
    answer = signed_in(an_editor(edition)).post(
        address(edition, "board/move/"), body, content_type="application/json"
    )
    assert answer.status_code == 422
    assert answer.json()["error"]


@pytest.mark.django_db
def test_only_editors_of_the_edition_move() -> None:
    edition = make_edition()
    session = make_session(make_forum(edition))
    foreign = make_session(make_forum(make_edition()))
    answer = send(signed_in(an_editor(edition, "viewer")), session, None, None)
    assert (answer.status_code, answer.json()) == (403, {"error": "You do not have permission to do this."})
    url = address(edition, "board/move/")
    message = {"session": foreign.pk, "to": there(None, at(9)), "seen": None}
    client = signed_in(an_editor(edition))
    assert client.post(url, json.dumps(message), content_type="application/json").status_code == 404
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(an_editor(edition), backend="django.contrib.auth.backends.ModelBackend")
    assert strict.post(url, json.dumps(message), content_type="application/json").status_code == 403


# --- The form --------------------------------------------------------------------------------------------------


def fields(html: str) -> dict[str, str]:
    found = re.search(r'name="seen" value="([^"]*)"', html)
    assert found
    return {"seen": found[1].replace("&quot;", '"')}


@pytest.mark.django_db
def test_form_moves_without_scripts_and_refuses_a_stale_move_beside_what_is_there() -> None:
    edition = make_edition()
    room, session = (
        make_room(edition, "Moon Bridge"),
        make_session(make_forum(edition), "Opening", code="opening"),
    )
    client = signed_in(an_editor(edition))
    url = address(edition, "board/move/opening/")
    wanted = {"room": str(room.pk), "day": "2026-11-10", "start": "10:40", "minutes": "45"}
    before = fields(client.get(url).content.decode())
    answer = client.post(url, {**before, **wanted})
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"{address(edition)}?day=2026-11-10#card-{session.pk}",
    )
    assert Slot.objects.get().starts_at == at(10, 40, day=1)
    stale = client.post(url, {**before, **wanted, "start": "12:00"})
    assert stale.status_code == 409
    assert "Take theirs" in stale.content.decode()
    assert client.post(url, {**before, **wanted, "start": "12:00", "anyway": "1"}).status_code == 302
    assert Slot.objects.get().starts_at == at(12, day=1)
    now = fields(client.get(url).content.decode())
    assert client.post(url, {**now, "tray": "1"}).status_code == 302
    assert not Slot.objects.exists()


@pytest.mark.django_db
def test_form_shows_errors_beside_their_fields_and_keeps_what_was_typed() -> None:
    edition = make_edition()
    make_session(make_forum(edition), "Opening", code="opening")
    client = signed_in(an_editor(edition))
    url = address(edition, "board/move/opening/")
    before = fields(client.get(url).content.decode())
    answer = client.post(
        url, {**before, "room": "999", "day": "2026-11-09", "start": "25:00", "minutes": "3"}
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert html.count("aria-invalid") == 3
    assert 'value="25:00"' in html


@pytest.mark.django_db
def test_rooms_can_be_chosen_by_building() -> None:
    edition = make_edition()
    venue = make_venue(edition)
    near, far = make_building(venue, "Near"), make_building(venue, "Far")
    make_room(edition, "Lotus", near)
    make_room(edition, "Willow", far)
    make_session(make_forum(edition, "Text"), Text.of("One"))
    html = signed_in(an_editor(edition)).get(address(edition) + f"?building={far.pk}").content.decode()
    assert re.findall(r'data-row="\d+" data-room="\d+"><span><b>(\w+)', html) == ["Willow"]
