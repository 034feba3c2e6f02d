"""What devices are told: roster and its changes, counters, heartbeat, and what only the desk does."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from summitry.foundation import clock
from summitry.gates.actions.access import grant_access, remove_grant
from summitry.gates.actions.credentials import reprint
from summitry.gates.actions.devices import invite_device
from summitry.gates.actions.presences import close_days, join_online, leave_online
from summitry.gates.actions.retention import tally_scans
from summitry.gates.models import Counter, Credential, Entry, Presence, Scan, Tally
from summitry.gates.queries.badge_choice import ordered_badges
from summitry.gates.queries.figures import figures_of, visits_of
from summitry.gates.queries.lines import search_keys
from summitry.guests.actions.moving import move
from summitry.guests.enums import GuestState
from summitry.guests.models import Guest
from tests.directory.make import make_person, name
from tests.gates.make import SYSTEM, Grounds, admit, make_admitted, make_gate, make_scanner
from tests.guests.make import make_category, make_guest

pytestmark = pytest.mark.django_db
TOLD = {
    *("id", "tokens", "name", "name2", "keys", "org", "category", "category_id", "colour", "flag", "photo"),
    *("note", "vip", "access"),
}


def roster(grounds: Grounds, since: int = 0) -> dict[str, Any]:
    told: dict[str, Any] = grounds.scanner.get(f"roster?since={since}").json()
    return told


def test_roster_tells_what_a_verdict_needs_and_nothing_else(grounds: Grounds) -> None:
    badge = make_admitted(grounds.edition, "Ada")
    make_guest(grounds.edition, person="Not yet")
    told = roster(grounds)
    (guest,) = told["guests"]
    assert set(guest) == TOLD
    assert (guest["name"], guest["tokens"]) == ("Ada", [badge.digest])
    assert [cell[0] for cell in guest["access"]] == [grounds.venue.pk]
    assert badge.token not in str(told)


def test_second_name_is_in_another_script_or_missing(grounds: Grounds) -> None:
    wang = make_person(
        name("display", "en", "WANG Xueying"),
        name("latin", "en", "Wang Xueying"),
        name("native", "zh-hans", "王雪莹"),
    )
    for person in (wang, make_person(name("display", "en", "Ada LOVE"), name("latin", "en", "Ada Love"))):
        admit(make_guest(grounds.edition, person=person))
    told = {guest["name"]: guest["name2"] for guest in roster(grounds)["guests"]}
    assert told == {"WANG Xueying": "王雪莹", "Ada LOVE": ""}


def test_roster_tells_what_has_changed_since(grounds: Grounds) -> None:
    stays, goes, loses = (make_admitted(grounds.edition, name) for name in ("Stays", "Goes", "Loses"))
    before = roster(grounds)["revision"]
    assert (roster(grounds, before)["guests"], roster(grounds, before)["revoked"]) == ([], {})
    move(goes.guest, GuestState.REVOKED, by=SYSTEM)
    newer = reprint(loses.guest, by=SYSTEM, reason="lost")
    told = roster(grounds, before)
    assert told["gone"] == [goes.guest_id]
    assert told["revoked"] == {goes.digest: "revoked", loses.digest: "superseded"}
    assert [(one["id"], one["tokens"]) for one in told["guests"]] == [(loses.guest_id, [newer.digest])]
    grant = grant_access(stays.guest, grounds.venue, by=SYSTEM, effect="deny", reason="Sent home.")
    after = told["revision"]
    assert [one["access"] for one in roster(grounds, after)["guests"]] == [[]]
    assert grounds.scanner.scan(stays) == ("refuse", "no_zone")
    remove_grant(grant, by=SYSTEM)
    assert grounds.scanner.scan(stays) == ("admit", "ok")


def test_companion_goes_with_her_principal(grounds: Grounds) -> None:
    principal = make_admitted(grounds.edition, "Head")
    companion = make_admitted(grounds.edition, "Aide", principal=principal.guest)
    assert grounds.scanner.scan(companion) == ("admit", "ok")
    move(principal.guest, GuestState.REVOKED, by=SYSTEM)
    assert grounds.scanner.scan(companion)[0] == "refuse"


@pytest.mark.parametrize("since", ["x", "-1", "9" * 40, "0x1", ""])
def test_hostile_revision_gets_the_whole_roster(grounds: Grounds, since: str) -> None:
    make_admitted(grounds.edition)
    answer = grounds.scanner.get(f"roster?since={since}").json()
    assert (answer["since"], len(answer["guests"])) == (0, 1)


def test_guests_are_found_by_pinyin_initials_and_any_part_of_a_han_name() -> None:
    keys = search_keys(["赵厚麟", "Houlin Zhao", "José Ñandú"], "国际电信联盟 ITU")
    for typed in ("zhaoh", "houl", "zhl", "厚", "麟", "赵厚", "zhao", "jose", "nandu", "itu", "国际"):
        assert any(key.startswith(typed) for key in keys), typed


def test_desk_registers_and_prints_and_a_gate_does_not(grounds: Grounds) -> None:
    category = make_category(grounds.edition, "Visitor", steps=["application"], slug="visitor")
    make_category(grounds.edition, "Minister", slug="minister")
    desk = make_scanner(make_gate(grounds.venue, kind="desk"))
    for operation in ("walk_in", "reprint", "printed"):
        assert grounds.scanner.post(operation, {}).status_code == 403
    assert grounds.scanner.get("orders").status_code == 403
    assert desk.get("orders").json() == {"orders": []}
    assert desk.get("desk").json() == {"categories": [{"slug": "visitor", "name": "Visitor"}]}
    wrong = desk.post("walk_in", {"name": " ", "category": "minister", "entity": "XX"})
    assert (wrong.status_code, sorted(wrong.json()["errors"])) == (422, ["category", "entity", "name"])
    made = desk.post(
        "walk_in", {"name": "沈怡", "name2": "Shen Yi", "category": "visitor", "organisation": "Town"}
    )
    assert made.status_code == 201, made.content
    guest = Guest.objects.get(category=category)
    assert (guest.state, guest.pk) == ("confirmed", made.json()["guest"])
    assert desk.scan(made.json()["token"]) == ("admit", "ok")
    assert desk.post("reprint", {"guest": guest.pk}).status_code == 422
    again = desk.post("reprint", {"guest": guest.pk, "reason": "torn"})
    assert desk.scan(made.json()["token"]) == ("refuse", "superseded")
    (order,) = desk.get("orders").json()["orders"]
    assert (order["guest"], order["printed_at"], bool(order["ordered_at"])) == (guest.pk, None, True)
    assert [row.digest for row in ordered_badges(grounds.edition)] == [again.json()["digest"]]
    assert desk.post("printed", {"guest": guest.pk}).status_code == 200
    assert [one["printed_at"] is None for one in desk.get("orders").json()["orders"]] == [False]
    assert list(ordered_badges(grounds.edition)) == []
    assert Credential.objects.get(digest=again.json()["digest"]).printed_at is not None
    assert desk.post("reprint", {"guest": 10**9, "reason": "x"}).status_code == 404


def test_code_of_a_device_works_for_ten_minutes(grounds: Grounds) -> None:
    _device, code = invite_device(grounds.gate, "Late", by=SYSTEM)
    with clock.frozen(clock.now() + dt.timedelta(minutes=11)):
        answer = grounds.scanner.post("enrol", {"code": code})
    assert (answer.status_code, answer.json()["type"]) == (404, "urn:summitry:code-unknown")
    assert grounds.scanner.post("enrol", {"code": ["x"]}).status_code == 404


def test_heartbeat_tells_of_a_new_revision(grounds: Grounds) -> None:
    beat = {"sent_at": clock.now().isoformat(), "queued": 3, "oldest_at": "nonsense", "revision": -5}
    first = grounds.scanner.post("heartbeat", beat).json()
    make_admitted(grounds.edition)
    assert grounds.scanner.post("heartbeat", beat).json()["revision"] > first["revision"]
    grounds.scanner.device.refresh_from_db()
    assert (grounds.scanner.device.queued, grounds.scanner.device.oldest_at) == (3, None)


def test_counters_and_figures_count_persons_and_visits(grounds: Grounds) -> None:
    badges = [make_admitted(grounds.edition) for _ in range(3)]
    make_admitted(grounds.edition, category=make_category(grounds.edition, counts=False))
    make_guest(grounds.edition, state="applying")  # has handed in nothing yet
    for direction in ("in", "out", "in"):
        grounds.scanner.scan(badges[0], direction=direction)
    grounds.scanner.scan(badges[1])
    join_online(badges[0].guest, "channel-1", evidence="link 7")
    join_online(badges[2].guest, "channel-1", evidence="link 8")
    leave_online(badges[2].guest, "channel-1")
    join_online(badges[2].guest, "channel-1", evidence="link 8")
    told = grounds.scanner.get("counters").json()
    assert [(one["inside"], one["people"], one["visits"]) for one in told["zones"]] == [(2, 2, 3)]
    assert (told["entered"], told["gates"]) == (2, {str(grounds.gate.pk): 3})
    numbers = {one.definition.key: one.number for one in figures_of(grounds.edition)}
    assert numbers == {
        **dict.fromkeys(("registered", "accredited", "expected", "badged"), 3),
        "printed": 0,
        "entered": 2,
        "online": 2,
        "took_part": 3,
    }
    assert (visits_of(grounds.edition), visits_of(grounds.edition, "online")) == (3, 2)


def test_day_that_is_over_is_closed_at_night(grounds: Grounds) -> None:
    grounds.scanner.scan(make_admitted(grounds.edition))
    close_days.call()
    assert Counter.objects.get(pk=grounds.venue.pk).inside == 1
    with clock.frozen(clock.now() + dt.timedelta(hours=20)):
        close_days.call()
        close_days.call()
    assert (Counter.objects.get(pk=grounds.venue.pk).inside, Presence.objects.get().until_at is None) == (
        0,
        False,
    )


def test_old_scans_are_counted_for_good_and_deleted(grounds: Grounds) -> None:
    for _ in range(2):
        grounds.scanner.scan(make_admitted(grounds.edition))
    grounds.scanner.scan("F" * 16)
    assert tally_scans(grounds.edition, by=SYSTEM) == 3
    assert sorted(Tally.objects.values_list("decision", "number")) == [("admit", 2), ("refuse", 1)]
    assert (Scan.objects.count(), Entry.objects.count()) == (0, 2)
    assert {one.evidence for one in Presence.objects.all()} == {""}


def test_what_is_not_there_is_not_found(grounds: Grounds) -> None:
    answer = grounds.scanner.get(f"photos/{make_admitted(grounds.edition).guest_id}")
    assert answer.status_code == 404
    assert grounds.scanner.get("photos/../1").status_code == 404
    assert grounds.scanner.get("nothing").status_code == 404
