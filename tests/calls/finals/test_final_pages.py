"""The desk of the stage manager and the ballot of a juror, as pages."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from summitry.calls.actions.counting import close_ballots, count_ballots
from summitry.calls.actions.final_stage import next_pitch, start_final, unveil_place
from summitry.calls.actions.juror import update_juror
from summitry.calls.actions.panel import create_panel
from summitry.calls.enums import BallotKind, FinalState, RoundKind, RoundState
from summitry.calls.models import Ballot, Final, Round
from summitry.calls.queries.final_links import screen_secret
from summitry.calls.queries.own_ballots import Stand, own_ballots
from summitry.foundation.access import Scope
from summitry.foundation.grants import put_grant
from summitry.foundation.i18n import Text
from tests.calls.finals.hall import Hall, make_hall
from tests.calls.make import SYSTEM, make_call, make_juror, make_round

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


def press(hall: Hall, what: str, who: str = "manager", **data: object) -> int:
    given = {"step": what, "round": 1, **data}
    return hall.signed_in(who).post(hall.url("final/step/"), given, headers={"X-Part": "1"}).status_code


def test_a_final_goes_from_its_plan_to_the_decision_on_the_desk() -> None:
    hall = make_hall(starts=False)
    assert press(hall, "draw") == 200
    assert press(hall, "start") == 200
    for what in ("next", "clock", "stop", "clock", "questions", "back", "questions", "next"):
        assert press(hall, what, revision=hall.fresh().revision) == 200
    assert press(hall, "next", revision=1) == 409
    hall.commit("ada", 5, 9, 7)
    manager = hall.signed_in("manager")
    assert "1 of 2 ballots are in" in manager.get(hall.url("final/?ask=close")).content.decode()
    assert press(hall, "close") == 200
    waiting = manager.get(hall.url()).content.decode()
    assert ("0 of 1 revealed" in waiting, "Ada" in waiting) == (True, True)
    hall.reveal("ada", 5, 9, 7)
    assert press(hall, "count") == 200
    assert press(hall, "unveil", revision=hall.fresh().revision) == 200
    assert "Decide the round" not in manager.get(hall.url()).content.decode()
    assert press(hall, "decide", "manager") == 403
    assert press(hall, "decide", "chair") == 200
    assert Round.objects.get(pk=hall.final.round_id).state == RoundState.DECIDED
    assert json.loads(manager.get(hall.url("final/tally/")).content) == hall.fresh().tally


def test_the_start_is_offered_to_whoever_may_open_the_round() -> None:
    hall = make_hall(starts=False)

    offered = {
        who: 'id="final-start"' in hall.signed_in(who).get(hall.url()).content.decode()
        for who in ("manager", "chair")
    }

    assert offered == {"manager": True, "chair": False}
    assert press(hall, "start", "chair") == 403


def test_only_what_can_move_is_offered_to_move() -> None:
    hall = make_hall(starts=False)
    page = hall.signed_in("manager").get(hall.url()).content.decode()

    assert (page.count('value="earlier"'), page.count('value="later"')) == (2, 2)


def test_the_desk_counts_ballots_and_names_nobody_who_has_not_committed() -> None:
    hall = make_hall()
    hall.commit("ada", 5, 9, 7)
    page = hall.signed_in("manager").get(hall.url()).content.decode()
    assert "1 of 2 committed" in page
    assert "Ada" not in page
    assert "Bo<" not in page


def test_a_final_is_planned_by_its_form() -> None:
    hall = make_hall(starts=False)
    Final.objects.all().delete()
    manager = hall.signed_in("manager")
    assert "not planned yet" in manager.get(hall.url()).content.decode()
    data = {
        "ballot": "pairs",
        "seconds": 240,
        "question_seconds": 60,
        "public_share": 0,
        "votes_per_address": 20,
    }
    wrong = manager.post(hall.url("final/plan/?round=1"), {**data, "public_share": 101})
    assert (wrong.status_code, Final.objects.exists()) == (422, False)
    assert manager.post(hall.url("final/plan/?round=1"), data).status_code == 302
    final = Final.objects.get()
    assert (final.ballot, final.seconds, final.pitches.count()) == (BallotKind.PAIRS, 240, 3)


def test_a_call_without_a_live_round_says_so() -> None:
    hall = make_hall(starts=False)
    Final.objects.all().delete()
    Round.objects.update(kind=RoundKind.DESK)
    assert "no live round" in hall.signed_in("manager").get(hall.url()).content.decode()


@pytest.mark.parametrize(
    ("path", "who", "status"),
    [
        ("final/", "ada", 403),
        ("final/plan/", "ada", 403),
        ("final/tally/", "ada", 403),
        ("final/tally/", "chair", 404),
        ("final/ballot/", "manager", 403),
        ("final/ballot/", "chair", 403),
        ("final/ballot/", "ada", 200),
    ],
)
def test_each_page_opens_to_whom_it_is_for(path: str, who: str, status: int) -> None:
    hall = make_hall()
    assert hall.signed_in(who).get(hall.url(path)).status_code == status


def test_whom_a_conflict_bars_sees_the_result_when_the_stage_shows_it() -> None:
    hall = make_hall()
    put_grant(hall.accounts["ada"], "call_manager", Scope("call", hall.call.pk), by=SYSTEM)
    hall.bar("ada", 0)
    hall.commit("bo", 5, 9, 7)
    close_ballots(hall.fresh(), by=SYSTEM)
    hall.reveal("bo", 5, 9, 7)
    count_ballots(hall.fresh(), by=SYSTEM)
    ada = hall.signed_in("ada")
    page = ada.get(hall.url()).content.decode()
    assert ("9.000" in page, "is shown to you when the stage shows it" in page) == (False, True)
    assert ada.get(hall.url("final/tally/")).status_code == 404
    assert "9.000" in hall.signed_in("chair").get(hall.url()).content.decode()


def test_a_ballot_s_page_has_what_its_juror_may_judge_and_nothing_else() -> None:
    hall = make_hall()
    hall.bar("ada", 0)
    next_pitch(hall.fresh(), by=SYSTEM)
    page = hall.signed_in("ada").get(hall.url("final/ballot/")).content.decode()
    assert [f'data-pitch="{entry.pk}"' in page for entry in hall.entries] == [False, True, True]
    assert "You do not judge this pitch." in page


def test_a_device_commits_and_reveals_by_json() -> None:
    hall = make_hall()
    ada = hall.signed_in("ada")
    commitment, opening = hall.sealed("ada", 5, 9, 7)
    answer = ada.post(hall.url("final/ballot/"), {"do": "commit", "commitment": commitment}, headers=JSON)
    assert (answer.status_code, answer.json()["commitment"]) == (200, commitment)
    early = ada.post(hall.url("final/ballot/"), {"do": "reveal", "opening": opening}, headers=JSON)
    assert (early.status_code, early.json()["code"]) == (409, "reveal-closed")
    close_ballots(hall.fresh(), by=SYSTEM)
    late = ada.post(hall.url("final/ballot/"), {"do": "commit", "commitment": "0" * 64}, headers=JSON)
    assert (late.status_code, late.json()["code"]) == (409, "already-committed")
    assert ada.get(hall.url("final/ballot/"), headers=JSON).json()["state"] == FinalState.COMMITTED
    told = ada.post(hall.url("final/ballot/"), {"do": "reveal", "opening": opening}, headers=JSON).json()
    assert told["revealed"] is True


def test_without_scripts_a_ballot_is_a_form_and_what_is_missing_is_said_beside_it() -> None:
    hall = make_hall(criteria=2)
    ada = hall.signed_in("ada")
    first, second = hall.entries[:2]
    part = {"do": "plain", f"mark-{first.pk}-criterion-1": 5}
    wrong = ada.post(hall.url("final/ballot/"), part)
    assert (wrong.status_code, "A mark is missing." in wrong.content.decode()) == (422, True)
    assert ada.post(hall.url("final/ballot/"), {"do": "plain"}).status_code == 422
    assert (
        ada.post(hall.url("final/ballot/"), {**part, f"mark-{first.pk}-criterion-2": 11}).status_code == 422
    )
    whole = {**part, f"mark-{first.pk}-criterion-2": 6}
    page = ada.post(hall.url("final/ballot/"), whole).content.decode()
    assert "The server made the secret number" in page
    close_ballots(hall.fresh(), by=SYSTEM)
    marks = content()["marks"]
    assert marks == {str(first.pk): {"criterion-1": 5, "criterion-2": 6}}
    assert str(second.pk) not in marks


def test_without_scripts_pairs_are_places() -> None:
    hall = make_hall(ballot=BallotKind.PAIRS)
    first, second, third = hall.entries
    data = {"do": "plain", f"place-{second.pk}": 1, f"place-{first.pk}": 2, f"place-{third.pk}": 2}
    assert hall.signed_in("ada").post(hall.url("final/ballot/"), data).status_code == 200
    close_ballots(hall.fresh(), by=SYSTEM)
    assert content()["pairs"] == [
        [second.pk, first.pk, 0], [second.pk, third.pk, 0], [first.pk, third.pk, 1],
    ]  # fmt: skip


def test_a_line_that_was_kept_reveals_from_any_device() -> None:
    hall = make_hall()
    hall.commit("ada", 5, 9, 7)
    close_ballots(hall.fresh(), by=SYSTEM)
    ada = hall.signed_in("ada")
    wrong = ada.post(hall.url("final/ballot/"), {"do": "reveal", "opening": '{"ballot":"{}","salt":""}'})
    assert wrong.status_code == 409
    assert "does not match what was committed" in wrong.content.decode()
    right = ada.post(hall.url("final/ballot/"), {"do": "reveal", "opening": hall.sealed("ada", 5, 9, 7)[1]})
    assert (right.status_code, Ballot.objects.get().revealed_at is None) == (302, False)


@pytest.mark.parametrize(("entries", "jurors"), [(1, ("ada",)), (3, ("ada", "bo", "cy"))])
def test_pages_of_a_final_keep_to_their_budgets(entries: int, jurors: tuple[str, ...]) -> None:
    hall = make_hall(entries=entries, jurors=jurors)
    next_pitch(hall.final, by=SYSTEM)
    screen = f"/en/entry/final/{screen_secret(hall.final)}/"
    costs = {
        "desk": statements(hall.signed_in("manager"), hall.url()),
        "ballot": statements(hall.signed_in("ada"), hall.url("final/ballot/")),
        "screen": statements(Client(), screen),
    }
    marks = (5, 9, 7)[:entries]
    for who in jurors:
        hall.commit(who, *marks)
    close_ballots(hall.fresh(), by=SYSTEM)
    for who in jurors:
        hall.reveal(who, *marks)
    unveil_place(count_ballots(hall.fresh(), by=SYSTEM), by=SYSTEM)
    costs |= {
        "result": statements(hall.signed_in("manager"), hall.url()),
        "revealed": statements(Client(), screen),
    }
    assert costs == {"desk": 11, "ballot": 18, "screen": 4, "result": 13, "revealed": 5}


def content() -> dict[str, Any]:
    found = Ballot.objects.get().content
    assert isinstance(found, dict)
    return found


def statements(client: Client, path: str) -> int:
    client.get(path)  # the content types and the site are known from here on
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_a_call_with_two_finals_shows_the_one_that_runs() -> None:
    hall = make_hall()
    later = make_round(hall.call, 2, kind=RoundKind.LIVE)
    Final.objects.create(round=later)
    assert hall.fresh().pk == hall.final.pk


def test_a_juror_finds_her_ballot_on_her_table() -> None:
    hall = make_hall(starts=False)
    Round.objects.filter(pk=hall.final.round_id).update(
        opens_at=dt.datetime(2030, 5, 7, 9, 30, tzinfo=dt.UTC)
    )
    other = create_panel(hall.call, by=SYSTEM, name=Text.of("Other"))
    update_juror(hall.jurors["bo"], by=SYSTEM, panel=other)
    own = create_panel(hall.call, by=SYSTEM, name=Text.of("Final jury"))
    update_juror(hall.jurors["ada"], by=SYSTEM, panel=own)
    Final.objects.update(panel=own)
    link = f'href="{hall.url("final/ballot/")}?round=1"'

    def seen(who: str) -> list[bool]:
        page = hall.signed_in(who).get(hall.url("panel/")).content.decode()
        words = ("7 May 2030", "your ballot is open", "is committed", "Reveal yours now", "Thank you")
        return [link in page, *(one in page for one in words)]

    nothing = [False] * 6
    assert (seen("ada"), seen("bo")) == ([True, True, False, False, False, False], nothing)
    start_final(hall.fresh(), by=SYSTEM)
    assert (seen("ada"), seen("bo")) == ([True, False, True, False, False, False], nothing)
    hall.commit("ada", 5, 9, 7)
    assert seen("ada") == [True, False, False, True, False, False]
    close_ballots(hall.fresh(), by=SYSTEM)
    assert seen("ada") == [True, False, False, False, True, False]
    hall.reveal("ada", 5, 9, 7)
    assert seen("ada") == [True, False, False, False, False, True]


def test_a_juror_of_two_calls_finds_her_ballots_where_she_chooses_among_them() -> None:
    hall = make_hall()
    make_juror(make_call(hall.call.edition), hall.jurors["ada"].person, hall.accounts["ada"])
    page = (
        hall.signed_in("ada").get(reverse("calls:my_reviews", args=[hall.call.edition.slug])).content.decode()
    )
    assert (f'href="{hall.url("final/ballot/")}?round=1"' in page, "your ballot is open" in page) == (
        True,
        True,
    )
    finals = [one.stand for one in own_ballots(hall.actor("ada"), hall.call.edition, [hall.call])]
    assert finals == [Stand.OPEN]
