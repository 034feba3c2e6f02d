"""Scans over HTTP: verdicts, idempotency, hostile rows, late rows, undoing."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from summitry.editions.models import Walk
from summitry.foundation import clock
from summitry.gates.actions.access import set_allotments
from summitry.gates.actions.credentials import reprint
from summitry.gates.actions.zones import change_zone, exceed_capacity
from summitry.gates.models import Counter, Entry, Incident, Presence, Scan
from summitry.guests.actions.moving import move
from summitry.guests.enums import GuestState
from tests.editions.make import make_building, make_room, make_venue
from tests.gates.make import (
    SYSTEM,
    Grounds,
    make_admitted,
    make_delegation,
    make_gate,
    make_rule,
    make_scanner,
    make_zone,
)

pytestmark = pytest.mark.django_db


def counts(grounds: Grounds) -> tuple[int, int, int]:
    counter = Counter.objects.get(pk=grounds.venue.pk)
    return counter.inside, counter.people, counter.visits


def kinds() -> list[tuple[str, int]]:
    return [(row.kind, row.scans.count()) for row in Incident.objects.order_by("pk")]


def test_scan_lets_in_once_until_she_leaves(grounds: Grounds) -> None:
    badge = make_admitted(grounds.edition, "Ada")
    told = grounds.scanner.send(grounds.scanner.row(badge))[0]
    assert (told["verdict"], told["reason"], told["first"], told["guest"]["name"]) == (
        "admit",
        "ok",
        True,
        "Ada",
    )
    assert grounds.scanner.scan(badge) == ("refuse", "inside")
    assert grounds.scanner.scan(badge, direction="out") == ("admit", "left")
    assert grounds.scanner.scan(badge) == ("admit", "again")
    assert counts(grounds) == (1, 1, 2)
    assert Scan.objects.count() == 4
    assert Scan.objects.filter(is_first=True).count() == Entry.objects.count() == 1
    assert kinds() == []


def test_scan_is_refused_with_a_reason(grounds: Grounds) -> None:
    scan = grounds.scanner.scan
    assert scan("0123456789ABCDEF") == ("refuse", "unknown")
    badge = make_admitted(grounds.edition)
    newer = reprint(badge.guest, by=SYSTEM, reason="lost")
    assert scan(badge) == ("refuse", "superseded")
    move(newer.guest, GuestState.REVOKED, by=SYSTEM)
    assert scan(newer) == ("refuse", "revoked")
    assert scan(guest=newer.guest_id, kind="manual") == ("refuse", "gone")
    late = make_admitted(grounds.edition)
    with clock.frozen(clock.now() + dt.timedelta(days=7)):
        assert scan(late) == ("refuse", "not_now")
    hall = make_scanner(make_gate(make_zone(grounds.edition, "Hall")))
    assert hall.scan(late) == ("refuse", "no_zone")
    assert hall.scan(late, gate=10**9) == ("refuse", "gate")
    assert kinds() == [("unknown", 1)]


def test_same_row_again_is_answered_as_before_and_kept_once(grounds: Grounds) -> None:
    badge = make_admitted(grounds.edition)
    row = grounds.scanner.row(badge)
    first = grounds.scanner.send(row)
    assert grounds.scanner.send(row, row) == [first[0], first[0]]
    late = grounds.scanner.row(
        badge, offline=True, decision="admit", at=clock.now().isoformat(), direction="out"
    )
    assert [one["reason"] for one in grounds.scanner.send(late, late)] == ["left", "left"]
    assert (Scan.objects.count(), counts(grounds)) == (2, (0, 1, 1))


def test_hostile_rows_stop_no_others_and_what_has_an_id_is_kept(grounds: Grounds) -> None:
    badge = make_admitted(grounds.edition)
    row = grounds.scanner.row
    rows = [
        None,
        {"id": "nonsense"},
        {},
        row(badge, id="0" * 32),
        row(badge, seq=-1),
        row(badge, seq=2**70),
        row(badge, at="yesterday", offline=True),
        row(badge, at="9999-12-31T23:59:59-12:00", offline=True),
        row(token={"$ne": 1}),
        row("\ud800\x00" * 9),
        row("A" * 5000),
        row(badge, gate="' OR 1=1"),
        row(badge, direction="sideways"),
        row(badge, kind="undo"),
        row(badge, note=["x"]),
        row(guest=2**80),
        row(badge),
    ]
    told = grounds.scanner.send(*rows)
    assert [one["reason"] for one in told] == [
        *["bad_row"] * 9, "unknown", *["bad_row"] * 6, "ok",
    ]  # fmt: skip
    assert [one["errors"] for one in told[:5]] == [["id"], ["id", "token"], ["id", "token"], ["id"], ["seq"]]
    assert Scan.objects.count() == len(rows) - 4
    assert Scan.objects.filter(note__contains="sideways").count() == 1


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"scans": 7}', b"\xff", b"[" * 100_000])
def test_hostile_body_is_refused(grounds: Grounds, body: bytes) -> None:
    assert grounds.scanner.post("scans", body).status_code == 422


@pytest.mark.parametrize(
    "header", ["", "Device", "Device 1", "Device x.y", f"Device {'9' * 30}.k", "Bearer 1.2", "Device 1.wrong"]
)
def test_stranger_is_refused(grounds: Grounds, header: str) -> None:
    for operation in ("scans", "heartbeat", "reprint"):
        answer = grounds.scanner.client.post(f"/api/v1/gates/{operation}", headers={"Authorization": header})
        assert (answer.status_code, answer.json()["type"]) == (401, "urn:summitry:device-unknown")


def late(grounds: Grounds, badge: object, minute: int, **facts: object) -> dict[str, object]:
    at = clock.now() - dt.timedelta(minutes=60 - minute)
    facts = {"offline": True, "decision": "admit", "reason": "ok", "at": at.isoformat(), **facts}
    return grounds.scanner.row(badge, **facts)  # type: ignore[arg-type] # a badge or a code


def stays(grounds: Grounds) -> list[tuple[int, int | None]]:
    begin = clock.now() - dt.timedelta(minutes=60)

    def minute(at: dt.datetime | None) -> int | None:
        return None if at is None else round((at - begin).total_seconds() / 60)

    return [(minute(one.from_at) or 0, minute(one.until_at)) for one in Presence.objects.order_by("from_at")]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_late_rows_make_the_same_log_in_any_order(grounds: Grounds, order: tuple[int, ...]) -> None:
    badge = make_admitted(grounds.edition)
    rows = [late(grounds, badge, 5), late(grounds, badge, 20, direction="out"), late(grounds, badge, 40)]
    for n in order:
        grounds.scanner.send(rows[n])
    assert stays(grounds) == [(5, 20), (40, None)]
    assert counts(grounds) == (1, 1, 2)
    assert Entry.objects.get().at == Presence.objects.earliest("from_at").from_at


def test_late_row_is_corrected_by_the_clock_of_its_device(grounds: Grounds) -> None:
    badge = make_admitted(grounds.edition)
    ahead = dt.timedelta(minutes=30)
    row = late(grounds, badge, 40)
    grounds.scanner.send(row, sent_at=clock.now() + ahead)
    assert stays(grounds) == [(10, None)]
    assert kinds() == [("clock", 1)]
    grounds.scanner.device.refresh_from_db()
    assert grounds.scanner.device.skew_ms == 30 * 60_000


def test_two_gates_without_a_line_let_one_badge_in_and_a_person_settles_it(grounds: Grounds) -> None:
    badge = make_admitted(grounds.edition)
    other = make_scanner(make_gate(grounds.venue, "Side gate"))
    grounds.scanner.send(late(grounds, badge, 10))
    told = other.send(late(grounds, badge, 12, gate=other.device.gate_id))[0]
    assert (told["verdict"], told["reason"], told["at_gate"]) == ("refuse", "inside", "Main gate")
    incident = Incident.objects.get()
    assert (told["incident"], incident.kind, incident.scans.count()) == (incident.pk, "same_badge", 2)
    assert Scan.objects.filter(decision="admit").count() == 2
    assert counts(grounds) == (1, 1, 1)


def test_badge_revoked_after_the_roster_was_loaded_is_an_incident(grounds: Grounds) -> None:
    badge = make_admitted(grounds.edition)
    move(badge.guest, GuestState.REVOKED, by=SYSTEM)
    assert grounds.scanner.send(late(grounds, badge, 59))[0]["reason"] == "revoked"
    assert kinds() == [("revoked", 1)]
    assert counts(grounds) == (1, 1, 1)


def test_zone_takes_as_many_as_it_holds(grounds: Grounds) -> None:
    badges = [make_admitted(grounds.edition) for _ in range(3)]
    change_zone(grounds.venue, by=SYSTEM, capacity=1)
    assert grounds.scanner.scan(badges[0]) == ("admit", "ok")
    assert grounds.scanner.scan(badges[1]) == ("refuse", "full")
    assert grounds.scanner.send(late(grounds, badges[1], 59))[0]["reason"] == "full"
    assert kinds() == [("capacity", 1)]
    exceed_capacity(grounds.venue, 2, "The minister brought her family.", by=SYSTEM)
    assert grounds.scanner.scan(badges[2]) == ("admit", "ok")
    assert counts(grounds) == (3, 3, 3)


def test_delegation_hands_its_passes_on(grounds: Grounds) -> None:
    delegation = make_delegation(grounds.edition)
    badges = [make_admitted(grounds.edition, delegation=delegation) for _ in range(2)]
    change_zone(grounds.venue, by=SYSTEM, by_delegation=True)
    set_allotments(grounds.venue, {delegation: 1}, by=SYSTEM)
    assert grounds.scanner.scan(badges[0]) == ("admit", "ok")
    assert grounds.scanner.scan(badges[1]) == ("refuse", "quota")
    assert grounds.scanner.scan(badges[0], direction="out") == ("admit", "left")
    assert grounds.scanner.scan(badges[1]) == ("admit", "ok")
    assert grounds.scanner.scan(make_admitted(grounds.edition)) == ("admit", "ok")


def test_undo_takes_back_what_a_scan_did(grounds: Grounds) -> None:
    badge = make_admitted(grounds.edition)
    row = grounds.scanner.row(badge)
    grounds.scanner.send(row)
    undo = grounds.scanner.row(kind="undo", undoes=row["id"])
    assert [one["reason"] for one in grounds.scanner.send(undo, undo)] == ["undone", "undone"]
    assert (counts(grounds), Entry.objects.count(), Presence.objects.count()) == ((0, 0, 0), 0, 0)
    stranger = make_scanner(make_gate(grounds.venue))
    assert stranger.scan(kind="undo", undoes=row["id"]) == ("refuse", "nothing")
    assert grounds.scanner.scan(kind="undo", undoes=str(uuid.uuid4())) == ("refuse", "nothing")
    assert grounds.scanner.send(grounds.scanner.row(badge))[0]["first"]


def test_exception_lets_in_whom_the_rules_do_not_and_tells_the_supervisor(grounds: Grounds) -> None:
    hall = make_scanner(make_gate(make_zone(grounds.edition, "Hall")))
    badge = make_admitted(grounds.edition)
    told = hall.send(hall.row(badge, kind="exception", decision="admit", note="The chair asked for her."))[0]
    assert (told["verdict"], told["reason"]) == ("refuse", "no_zone")
    scan = Scan.objects.get()
    assert (scan.decision, scan.note, kinds()) == ("admit", "The chair asked for her.", [("exception", 1)])
    assert Presence.objects.get().zone_id == scan.zone_id


def test_badge_in_two_buildings_faster_than_anybody_walks_is_an_incident(grounds: Grounds) -> None:
    venue = make_venue(grounds.edition)
    near, far = make_building(venue), make_building(venue)
    Walk.objects.create(first=near, second=far, minutes=20)
    gates = []
    for building in (near, far):
        zone = make_zone(grounds.edition, room=make_room(grounds.edition, building=building))
        make_rule(zone)
        gates.append(make_scanner(make_gate(zone)))
    badge = make_admitted(grounds.edition)
    assert [gate.scan(badge) for gate in gates] == [("admit", "ok"), ("admit", "ok")]
    assert kinds() == [("travel", 1)]


def test_whoever_stayed_overnight_without_leaving_is_let_in_next_morning(grounds: Grounds) -> None:
    badge = make_admitted(grounds.edition)
    grounds.scanner.scan(badge)
    with clock.frozen(clock.now() + dt.timedelta(days=1)):
        assert grounds.scanner.scan(badge) == ("admit", "again")
    assert counts(grounds) == (1, 1, 2)
    night = Presence.objects.earliest("from_at").until_at
    assert night is not None
    assert night.astimezone(grounds.edition.zone).hour == 4


def test_decision_taken_without_an_answer_is_kept_beside_the_servers(grounds: Grounds) -> None:
    change_zone(grounds.venue, by=SYSTEM, again="after_exit")
    badge = make_admitted(grounds.edition)
    other = make_scanner(make_gate(grounds.venue))
    other.scan(badge)
    unheard = grounds.scanner.row(badge)
    assert grounds.scanner.send(unheard)[0]["reason"] == "inside"
    again = {**unheard, "offline": True, "decision": "admit", "reason": "ok", "at": clock.now().isoformat()}
    assert [one["reason"] for one in grounds.scanner.send(again, again)] == ["inside", "inside"]
    assert sorted(Scan.objects.values_list("decision", flat=True)) == ["admit", "admit", "refuse"]
    assert kinds() == [("same_badge", 3)]
