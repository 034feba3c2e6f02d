from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.test import Client

from summitry.foundation import clock
from summitry.foundation.errors import StaleState, SummitryError
from summitry.foundation.i18n import Text
from summitry.foundation.lists.bulk import plan_bulk, run_bulk, undo_bulk
from summitry.foundation.lists.reader import Reader
from summitry.foundation.models import AuditEntry, BulkRun
from summitry.foundation.trail import trail_of
from summitry.programme.actions.session import update_session
from summitry.programme.actions.sign_off import submit_forum
from summitry.programme.enums import ForumState
from summitry.programme.lists.sessions import SESSIONS
from summitry.programme.models import Appearance, Correction, Forum, Session
from tests.at_once import at_once
from tests.programme.console import House, make_house
from tests.programme.make import SYSTEM, at, make_session

pytestmark = pytest.mark.django_db
SEATS = next(action for action in SESSIONS.actions if action.key == "seats")


@pytest.fixture
def house() -> House:
    return make_house()


def reader(house: House, who: str = "director") -> Reader:
    return Reader(house.accounts[who].actor(), house.edition, "en")


def ask(client: Client, url: str, **facts: object) -> Any:
    return client.post(url, {"filled": "1", **facts})


def hidden(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found, name
    return found[1]


def confirm(client: Client, url: str, preview: Any, **facts: object) -> Any:
    html = preview.content.decode()
    return ask(client, url, then="confirm", plan=hidden(html, "plan"), key=hidden(html, "key"), **facts)


def run(house: House, client: Client, url: str, **facts: object) -> BulkRun:
    answer = confirm(client, url, ask(client, url, **facts), **facts)
    assert answer.status_code == 302
    return BulkRun.objects.latest("pk")


def seats(house: House) -> dict[str, int | None]:
    return dict(Session.objects.values_list("code", "seats"))


def test_choosing_nothing_says_so(house: House) -> None:
    client = house.signed_in("director")
    answer = client.post(house.url("sessions/"), {"action": "seats"}, follow=True)
    assert "Choose entries, and what is to be done with them." in answer.content.decode()


def test_a_change_asks_first_for_what_it_needs_to_know(house: House) -> None:
    client = house.signed_in("director")
    answer = client.post(house.url("sessions/"), {"action": "seats", "row": house.sessions["rain"].pk})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="set-seats"' in html
    assert "Nothing is changed before you confirm" in html


def test_wrong_input_is_named_beside_its_field_and_kept(house: House) -> None:
    client = house.signed_in("director")
    answer = ask(
        client, house.url("sessions/"), action="seats", row=house.sessions["rain"].pk, **{"set-seats": "-4"}
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="-4"' in html
    assert 'class="error"' in html


def test_preview_shows_each_row_before_and_after_and_changes_nothing(house: House) -> None:
    client = house.signed_in("director")
    Session.objects.filter(code="well").update(seats=90)
    facts = {"action": "seats", "all": "1", "set-seats": "90"}
    html = ask(client, house.url("sessions/"), **facts).content.decode()
    assert "2 entries change" in html
    assert "1 entry has this value already" in html
    assert re.findall(r'<ins class="diff-after"><bdi>(.*?)</bdi>', html) == ["90", "90"]
    assert seats(house) == {"rain": None, "well": 90, "lamp": None}


def test_a_confirmed_change_is_one_entry_of_the_log_and_can_be_taken_back(house: House) -> None:
    client = house.signed_in("director")
    before = AuditEntry.objects.count()
    done = run(house, client, house.url("sessions/"), action="seats", all="1", **{"set-seats": "90"})
    assert seats(house) == {"rain": 90, "well": 90, "lamp": 90}
    assert AuditEntry.objects.count() == before + 1
    page = client.get(house.url(f"sessions/?done={done.pk}")).content.decode()
    assert "3 entries were changed." in page
    assert client.post(house.url(f"sessions/~changes/{done.pk}/")).status_code == 302
    assert seats(house) == {"rain": None, "well": None, "lamp": None}
    assert AuditEntry.objects.count() == before + 2


def test_taking_back_leaves_what_has_changed_since_and_names_it(house: House) -> None:
    client = house.signed_in("director")
    done = run(house, client, house.url("sessions/"), action="seats", all="1", **{"set-seats": "90"})
    update_session(Session.objects.get(code="well"), by=SYSTEM, seats=120)
    html = client.post(house.url(f"sessions/~changes/{done.pk}/"), follow=True).content.decode()
    assert seats(house) == {"rain": None, "well": 120, "lamp": None}
    assert "1 entry was left as it is" in html
    assert "Élan of wells" in html
    assert "It has been changed since." in html


def test_taking_back_twice_is_refused(house: House) -> None:
    client = house.signed_in("director")
    done = run(house, client, house.url("sessions/"), action="seats", all="1", **{"set-seats": "90"})
    client.post(house.url(f"sessions/~changes/{done.pk}/"))
    Session.objects.update(seats=90)
    assert client.post(house.url(f"sessions/~changes/{done.pk}/")).status_code == 409
    assert seats(house) == {"rain": 90, "well": 90, "lamp": 90}


def test_a_change_is_offered_for_thirty_days(house: House) -> None:
    client = house.signed_in("director")
    done = run(house, client, house.url("sessions/"), action="seats", all="1", **{"set-seats": "90"})
    assert f"~changes/{done.pk}/" in client.get(house.url("sessions/~changes/")).content.decode()
    with clock.frozen((at(9, day=-30) + dt.timedelta(days=31)).astimezone(dt.UTC)):
        assert client.post(house.url(f"sessions/~changes/{done.pk}/")).status_code == 404


def test_confirming_twice_changes_once(house: House) -> None:
    client = house.signed_in("director")
    url, facts = house.url("sessions/"), {"action": "seats", "all": "1", "set-seats": "90"}
    preview = ask(client, url, **facts)
    first = confirm(client, url, preview, **facts)
    second = confirm(client, url, preview, **facts)
    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    assert BulkRun.objects.count() == 1


def test_all_that_match_are_asked_again_and_shown_again_where_they_differ(house: House) -> None:
    client = house.signed_in("director")
    url, facts = house.url("sessions/?forum=water"), {"action": "seats", "all": "1", "set-seats": "90"}
    preview = ask(client, url, **facts)
    make_session(house.forums["water"], "Latecomer", code="late")
    answer = confirm(client, url, preview, **facts)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "The entries have changed since the preview." in html
    assert "3 entries change" in html
    assert set(seats(house).values()) == {None}
    assert confirm(client, url, answer, **facts).status_code == 302
    assert seats(house) == {"rain": 90, "well": 90, "late": 90, "lamp": None}


def test_rows_of_others_are_never_reached(house: House) -> None:
    client = house.signed_in("water")
    url = house.url("sessions/")
    lamp = house.sessions["lamp"].pk
    facts = {"action": "seats", "row": lamp, "set-seats": "90"}
    html = ask(client, url, **facts).content.decode()
    assert "Nothing would change." in html
    assert "Lamps" not in html
    run(house, client, url, action="seats", all="1", **{"set-seats": "90"})
    assert seats(house) == {"rain": 90, "well": 90, "lamp": None}


def test_who_may_only_look_is_refused_row_by_row(house: House) -> None:
    client = house.signed_in("viewer")
    html = ask(client, house.url("sessions/"), action="seats", all="1", **{"set-seats": "9"}).content.decode()
    assert "3 entries are left out" in html
    assert html.count("You may not change it.") == 3


def test_an_action_that_is_not_offered_is_not_done(house: House) -> None:
    client = house.signed_in("water")
    answer = ask(client, house.url("sessions/"), action="forum", all="1", then="confirm")
    assert answer.status_code == 302
    assert BulkRun.objects.count() == 0


def test_a_forum_that_was_handed_in_is_not_changed_by_its_institution(house: House) -> None:
    Forum.objects.filter(slug="water").update(state=ForumState.SUBMITTED)
    client = house.signed_in("water")
    url, facts = house.url("sessions/"), {"action": "seats", "all": "1", "set-seats": "90"}
    answer = confirm(client, url, ask(client, url, **facts), **facts)
    assert answer.status_code == 409
    assert set(seats(house).values()) == {None}


def test_the_secretariats_change_of_a_handed_in_forum_is_marked(house: House) -> None:
    Forum.objects.filter(slug="water").update(state=ForumState.SUBMITTED)
    run(
        house,
        house.signed_in("director"),
        house.url("sessions/"),
        action="seats",
        all="1",
        **{"set-seats": "90"},
    )
    marked = Correction.objects.values_list("object_label", "field", "before", "after")
    assert sorted(marked) == [("Rain and data", "seats", None, 90), ("Élan of wells", "seats", None, 90)]


def test_a_fallback_equal_to_the_delivery_is_refused_with_the_reason(house: House) -> None:
    client = house.signed_in("director")
    facts = {"action": "fallback", "all": "1", "set-fallback": "live_link"}
    html = ask(client, house.url("speakers/"), **facts).content.decode()
    assert "She takes part in this way already" in html
    run(house, client, house.url("speakers/"), **facts)
    assert sorted(Appearance.objects.values_list("delivery", "fallback")) == [
        ("in_person", "live_link"),
        ("live_link", ""),
    ]


def test_sessions_move_to_another_forum_and_back(house: House) -> None:
    client = house.signed_in("director")
    facts = {"action": "forum", "row": house.sessions["well"].pk, "set-forum": house.forums["light"].pk}
    done = run(house, client, house.url("sessions/"), **facts)
    assert Session.objects.get(code="well").forum == house.forums["light"]
    html = client.get(house.url(f"sessions/~changes/{done.pk}/")).content.decode()
    assert re.findall(r"<bdi>(Water|Light)</bdi>", html) == ["Water", "Light"]
    client.post(house.url(f"sessions/~changes/{done.pk}/"))
    assert Session.objects.get(code="well").forum == house.forums["water"]


def test_changes_of_others_are_the_staffs_to_see(house: House) -> None:
    done = run(
        house,
        house.signed_in("director"),
        house.url("sessions/"),
        action="seats",
        all="1",
        **{"set-seats": "9"},
    )
    assert house.signed_in("water").get(house.url(f"sessions/~changes/{done.pk}/")).status_code == 404
    assert house.signed_in("viewer").get(house.url(f"sessions/~changes/{done.pk}/")).status_code == 200


def test_embargo_of_many_is_given_in_the_venues_time(house: House) -> None:
    facts = {"action": "embargo", "all": "1", "set-embargo": "2026-11-09T10:00"}
    run(house, house.signed_in("director"), house.url("contributions/"), **facts)
    house.contributions["rain"].refresh_from_db()
    assert house.contributions["rain"].embargo_until == at(10)


def test_trail_tells_of_changes_alone_and_among_others(house: House) -> None:
    update_session(
        house.sessions["rain"],
        by=SYSTEM,
        title=Text.of({"en": "Rain", "zh-hans": "雨与数据", "ar": "المطر والبيانات"}),
    )
    run(
        house,
        house.signed_in("director"),
        house.url("sessions/"),
        action="seats",
        all="1",
        **{"set-seats": "9"},
    )
    steps = trail_of(house.sessions["rain"], reader(house))
    assert [[tuple(field) for field in step.fields] for step in steps[:2]] == [
        [("Seats", "", "", "9")],
        [("Title", "en", "Rain and data", "Rain")],
    ]
    assert "3 sessions" in steps[0].sentence


def test_trail_is_for_who_works_on_the_record(house: House) -> None:
    assert trail_of(house.sessions["rain"], reader(house, "water")) != []
    assert trail_of(house.sessions["lamp"], reader(house, "water")) == []
    assert trail_of(house.sessions["lamp"], reader(house, "guest")) == []


def test_a_row_that_changes_between_plan_and_run_stops_everything(house: House) -> None:
    asks = reader(house)
    plan = plan_bulk(SESSIONS, SEATS, [row.pk for row in house.sessions.values()], {"seats": 9}, asks)
    Session.objects.filter(code="well").update(seats=5)
    with pytest.raises(StaleState):
        run_bulk(SESSIONS, SEATS, plan, uuid.uuid4(), asks)
    assert seats(house) == {"rain": None, "well": 5, "lamp": None}
    assert BulkRun.objects.count() == 0


def test_submitting_after_a_preview_stops_the_institutions_change(house: House) -> None:
    asks = reader(house, "water")
    plan = plan_bulk(SESSIONS, SEATS, [house.sessions["rain"].pk], {"seats": 9}, asks)
    Forum.objects.filter(slug="water").update(abstract={"en": "About water"})
    Session.objects.filter(forum=house.forums["water"]).update(spoken=["en"])
    Appearance.objects.create(session=house.sessions["well"], person=house.people["leila"])
    submit_forum(Forum.objects.get(slug="water"), by=asks.actor)
    with pytest.raises(SummitryError):
        run_bulk(SESSIONS, SEATS, plan, uuid.uuid4(), asks)
    assert set(seats(house).values()) == {None}


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
class TestAtOnce:
    """Real threads, each with a connection of its own."""

    def test_one_key_confirmed_twice_at_once_runs_once(self) -> None:
        house = make_house()
        asks, key = reader(house), uuid.uuid4()
        ids = [row.pk for row in house.sessions.values()]
        plans = [plan_bulk(SESSIONS, SEATS, ids, {"seats": 9}, asks) for _ in range(2)]
        refused = at_once(*(lambda n=n: run_bulk(SESSIONS, SEATS, plans[n], key, asks) for n in range(2)))
        assert refused == [None, None]
        assert BulkRun.objects.count() == 1

    def test_one_change_taken_back_twice_at_once_is_taken_back_once(self) -> None:
        house = make_house()
        asks = reader(house)
        plan = plan_bulk(SESSIONS, SEATS, [house.sessions["rain"].pk], {"seats": 9}, asks)
        done = run_bulk(SESSIONS, SEATS, plan, uuid.uuid4(), asks)
        refused = at_once(*(lambda: undo_bulk(SESSIONS, done, asks) for _ in range(2)))
        assert sorted(refused, key=str) == sorted([None, StaleState], key=str)
        assert seats(house)["rain"] is None
