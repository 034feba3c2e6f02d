"""The pages of this room: what they show and to whom, in how many statements, and what they say to bad input."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from summitry.foundation import clock
from summitry.foundation.i18n import Text
from summitry.foundation.models import AuditEntry
from summitry.live.actions.cues import draft_cues
from summitry.live.actions.interpreters import accept_undertaking, write_undertaking
from summitry.live.actions.run import next_cue
from summitry.live.models import Cue, Interpreter, Run, Shift, Undertaking
from tests.live.make import House, make_booths, make_house, make_interpreters, make_plan, make_sheet
from tests.programme.make import SYSTEM, at, make_session, place

pytestmark = pytest.mark.django_db
SEEN_BY = {
    "director": {"rain", "well", "lamp"},
    "viewer": {"rain", "well", "lamp"},
    "operator": {"rain", "well", "lamp"},
    "stream": {"rain", "well", "lamp"},
    "booth": {"rain", "well", "lamp"},
    "moon": {"rain", "well"},
    "water": {"rain", "well"},
}


@pytest.fixture
def house() -> House:
    return make_house()


def statements(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def count_of(house: House, who: str, path: str) -> int:
    return statements(house.signed_in(who), house.url(path))


@pytest.mark.parametrize(("who", "codes"), SEEN_BY.items())
def test_day_shows_everybody_what_she_works_on(house, who, codes):
    page = house.signed_in(who).get(house.url()).content.decode()
    assert {code for code in ("rain", "well", "lamp", "far") if f"/run/sessions/{code}/" in page} == codes
    for code in ("rain", "well", "lamp"):
        for path in (f"sessions/{code}/", f"sessions/{code}/live/", f"sessions/{code}/print/"):
            assert house.signed_in(who).get(house.url(path)).status_code == (200 if code in codes else 404)


def test_guest_and_public_get_in_nowhere(house):
    for path in ("", "sessions/rain/", "sessions/rain/live/", "interpretation/", "mine/"):
        assert house.signed_in("guest").get(house.url(path)).status_code in (403, 404)


def test_day_narrows_to_exactly_the_sessions_without_a_sheet(house):
    make_sheet(house)
    page = house.signed_in("editor").get(house.url("?state=no_sheet")).content.decode()
    assert {code for code in ("rain", "well", "lamp") if f"/run/sessions/{code}/" in page} == {"well", "lamp"}


@pytest.mark.parametrize("path", ["", "interpretation/"])
def test_list_costs_the_same_for_one_session_and_for_three(house, path):
    make_interpreters(house, "fr", "fr")
    for key in ("well", "lamp"):
        house.sessions[key].slots.all().delete()
    make_sheet(house)
    one = count_of(house, "editor", path)
    for hour in (13, 15):
        session = make_session(house.forums["water"], spoken=["en"], interpreted=["fr"])
        place(session, house.rooms["moon"], at(hour), 60)
        draft_cues(session, by=SYSTEM)
    assert (one, count_of(house, "editor", path)) == {"": (9, 9), "interpretation/": (15, 15)}[path]


def test_sheet_and_live_view_cost_the_same_for_any_number_of_cues(house):
    make_sheet(house)
    costs = [count_of(house, "operator", path) for path in ("sessions/rain/", "sessions/rain/live/")]
    Cue.objects.filter(session=house.sessions["rain"], position__gt=0).delete()
    assert [count_of(house, "operator", path) for path in ("sessions/rain/", "sessions/rain/live/")] == costs


def test_step_by_hand_moves_on_and_says_where_it_stands(house):
    make_sheet(house)
    client = house.signed_in("operator")
    answer = client.post(house.url("sessions/rain/step/"), {"step": "next", "revision": "0"}, follow=True)
    assert "Doors open" in answer.content.decode()
    answer = client.post(
        house.url("sessions/rain/step/"), {"step": "next", "revision": "0"}, headers={"X-Part": "1"}
    )
    assert answer.status_code == 409
    assert "was faster" in answer.content.decode()
    assert Run.objects.get().revision == 1


@pytest.mark.parametrize(
    "data", [{}, {"step": "jump"}, {"step": "skip", "cue": "999999999999"}, {"step": "skip", "cue": "x"}]
)
def test_step_that_does_not_exist_changes_nothing(house, data):
    make_sheet(house)
    client = house.signed_in("operator")
    assert client.post(house.url("sessions/rain/step/"), data, headers={"X-Part": "1"}).status_code == 404
    assert Run.objects.get().revision == 0


def test_watcher_sees_no_buttons_and_is_refused(house):
    make_sheet(house)
    client = house.signed_in("booth")
    assert 'data-key="next"' not in client.get(house.url("sessions/rain/live/booth/")).content.decode()
    answer = client.post(house.url("sessions/rain/step/"), {"step": "next"}, headers={"X-Part": "1"})
    assert answer.status_code == 403


def test_live_view_of_an_unknown_focus_is_not_found(house):
    assert house.signed_in("editor").get(house.url("sessions/rain/live/moon/")).status_code == 404


def test_cue_with_faults_keeps_what_was_typed(house):
    make_sheet(house)
    cue = house.cues()[0]
    client = house.signed_in("editor")
    url = house.url(f"cues/{cue.pk}/edit/")
    answer = client.post(url, {"what.en": "", "what.zh-hans": "", "minutes": "700", "who": "Ann"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="700"' in page
    assert 'value="Ann"' in page
    answer = client.post(url, {"what.en": "Overture", "minutes": "12", "who": "Ann", "seen": "{}"})
    assert answer.status_code == 302
    cue.refresh_from_db()
    assert (str(cue.what), cue.minutes, cue.who) == ("Overture", 12, "Ann")


def test_cue_of_another_forum_is_not_found(house):
    draft_cues(house.sessions["lamp"], by=SYSTEM)
    lamp = house.cues("lamp")[0]
    for path in (f"cues/{lamp.pk}/edit/", f"cues/{lamp.pk}/move/", f"cues/{lamp.pk}/remove/"):
        assert house.signed_in("moon").post(house.url(path)).status_code == 404


def test_sheet_prints_with_every_line(house):
    make_sheet(house)
    page = house.signed_in("water").get(house.url("sessions/rain/print/")).content.decode()
    assert [words in page for words in ("Doors open", "On rivers", "Chen Sihan", "Lectern", "10:00")] == [
        True
    ] * 5
    assert "run-paper is-airy" in page


def test_matrix_names_team_turns_and_faults(house):
    make_booths(house)
    one, two = make_interpreters(house, "fr", "fr")
    make_plan(house, "fr", one, two)
    page = house.signed_in("editor").get(house.url("interpretation/")).content.decode()
    assert [
        words in page for words in ("Interpreter 1", "2 turns", "Not planned", "No booth is planned.")
    ] == [True] * 4
    only = house.signed_in("editor").get(house.url("interpretation/?day=all&show=faults")).content.decode()
    assert [f'id="session-{house.sessions[key].pk}"' in only for key in ("rain", "lamp", "well")] == [
        True, True, False,
    ]  # fmt: skip


def test_proposal_is_previewed_and_then_taken_over(house):
    make_booths(house)
    make_interpreters(house, "fr", "fr", "zh", "zh")
    client = house.signed_in("editor")
    page = client.get(house.url("interpretation/propose/")).content.decode()
    assert Shift.objects.count() == 0
    signed = page.split('name="proposals" value="')[1].split('"')[0]
    assert client.post(house.url("interpretation/propose/"), {"proposals": signed}).status_code == 302
    assert Shift.objects.count() == 4
    assert client.post(house.url("interpretation/propose/"), {"proposals": "forged"}).status_code == 422


def test_booth_page_saves_team_and_refuses_an_outdated_one(house):
    make_booths(house)
    one, two = make_interpreters(house, "fr", "fr")
    client = house.signed_in("editor")
    url = house.url("interpretation/sessions/rain/fr/")
    assert client.get(url).status_code == 200
    assert client.post(url, {"team": [one.pk, two.pk], "seen": ""}).status_code == 302
    assert Shift.objects.count() == 2
    answer = client.post(url, {"team": [one.pk], "seen": ""})
    assert (answer.status_code, "look again" in answer.content.decode()) == (422, True)
    answer = client.post(url, {"team": [one.pk, one.pk], "seen": f"{one.pk},{two.pk}"})
    assert (answer.status_code, "named twice" in answer.content.decode()) == (422, True)
    shifts = Shift.objects.order_by("starts_at").values_list("pk", flat=True)
    assert client.post(url + "swap/", {"first": shifts[0], "second": shifts[1]}).status_code == 302
    assert client.get(house.url("interpretation/sessions/rain/ar/")).status_code == 404


def test_booths_page_keeps_a_wrong_number_beside_its_field(house):
    client = house.signed_in("editor")
    moon, sun = house.rooms["moon"].pk, house.rooms["sun"].pk
    answer = client.post(house.url("interpretation/booths/"), {f"room-{moon}": "99", f"room-{sun}": "two"})
    assert answer.status_code == 422
    assert answer.content.decode().count("A number from 0 to 20.") == 2
    assert (
        client.post(
            house.url("interpretation/booths/"), {f"room-{moon}": "2", f"room-{sun}": "0"}
        ).status_code
        == 302
    )


def test_lists_of_interpreters_and_turns_go_out_as_files(house):
    one, two = make_interpreters(house, "fr", "fr")
    make_plan(house, "fr", one, two)
    client = house.signed_in("viewer")
    for path in ("interpretation/interpreters/", "interpretation/turns/"):
        assert "Interpreter 1" in client.get(house.url(path)).content.decode()
    answer = client.get(house.url("interpretation/turns/?as=csv"))
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert body.decode("utf-8-sig").count("Interpreter ") == 2


@pytest.fixture
def interpreter(house) -> Interpreter:
    one, two = make_interpreters(house, "fr", "fr")
    type(one.person).objects.filter(pk=one.person_id).update(account=house.accounts["booth"])
    make_plan(house, "fr", one, two)
    return Interpreter.objects.get(pk=one.pk)


def test_pack_opens_after_the_undertaking_and_leaves_a_trace(house, interpreter):
    client = house.signed_in("booth")
    mine, pack = house.url("mine/"), house.url("mine/sessions/rain/")
    assert client.get(pack).headers["Location"] == mine
    text = write_undertaking(house.edition, Text.of("Keep it to yourself."), by=SYSTEM)
    assert "Keep it to yourself." in client.get(mine).content.decode()
    assert client.get(pack).status_code == 302
    client.post(house.url("mine/undertaking/"), {"number": text.number})
    page = client.get(pack).content.decode()
    assert [words in page for words in ("On rivers", "陈思涵", "Leïla Benslimane")] == [True] * 3
    assert [entry.object_label for entry in AuditEntry.objects.filter(action="live.pack.opened")] == [
        "Rain and data"
    ]
    assert client.get(house.url("mine/sessions/lamp/")).status_code == 404


def test_new_version_of_the_undertaking_closes_the_packs_again(house, interpreter):
    first = write_undertaking(house.edition, Text.of("One"), by=SYSTEM)
    accept_undertaking(interpreter, first, by=house.actor("booth"))
    assert house.signed_in("booth").get(house.url("mine/sessions/rain/")).status_code == 200
    write_undertaking(house.edition, Text.of("Two"), by=SYSTEM)
    assert house.signed_in("booth").get(house.url("mine/sessions/rain/")).status_code == 302
    assert Undertaking.objects.count() == 1


def test_account_is_opened_for_an_interpreter_and_for_nobody_twice(house):
    one, two = make_interpreters(house, "fr", "fr")
    client = house.signed_in("editor")
    for row, email, status in (
        (one, "one", 422), (one, "one@example.org", 302), (two, "one@example.org", 422), (one, "other@example.org", 422),
    ):  # fmt: skip
        url = house.url(f"interpretation/interpreters/{row.pk}/")
        assert client.post(url, {"email": email}).status_code == status, email
    one.person.refresh_from_db()
    account = one.person.account
    assert account is not None
    assert {grant.role for grant in account.grants.all()} == {"crew", "interpreter"}


def test_nobody_else_accepts_or_prepares(house, interpreter):
    text = write_undertaking(house.edition, Text.of("One"), by=SYSTEM)
    for who in ("director", "stream", "water"):
        assert house.signed_in(who).get(house.url("mine/")).status_code == 404
        client = house.signed_in(who)
        assert client.post(house.url("mine/undertaking/"), {"number": text.number}).status_code == 404
    assert Undertaking.objects.count() == 0


def test_interpreter_sees_her_own_sheet_and_not_her_partners(house, interpreter):
    other = Interpreter.objects.exclude(pk=interpreter.pk).get()
    client = house.signed_in("booth")
    assert client.get(house.url(f"interpretation/interpreters/{interpreter.pk}/days/")).status_code == 200
    assert client.get(house.url(f"interpretation/interpreters/{other.pk}/days/")).status_code == 404


def test_chinese_and_arabic_pages_are_whole(house):
    make_sheet(house)
    with clock.frozen(at(9)):
        next_cue(house.sessions["rain"], by=SYSTEM)
    client = house.signed_in("editor")
    for lang in ("zh-hans", "ar"):
        for path in ("", "sessions/rain/", "sessions/rain/live/", "interpretation/"):
            assert client.get(house.url(path, lang)).status_code == 200
