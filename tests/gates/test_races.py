"""Many gates at the same moment: one first entry, every scan kept, nobody is answered with trouble."""

from __future__ import annotations

from collections import Counter as Sum
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from summitry.gates.actions.devices import enrol, invite_device
from summitry.gates.actions.zones import change_zone
from summitry.gates.errors import CodeUnknown
from summitry.gates.models import Counter, Credential, Device, Entry, Incident, Presence, Scan
from summitry.guests.actions.moving import move
from summitry.guests.enums import GuestState
from tests.at_once import outcomes
from tests.gates.make import SYSTEM, Grounds, Scanner, make_admitted, make_gate, make_scanner

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
GATES = 16


def scanning(scanner: Scanner, *rows: dict[str, Any]) -> Callable[[], list[dict[str, Any]]]:
    def send() -> list[dict[str, Any]]:
        return Scanner(scanner.device, scanner.key, Client()).send(*rows)

    return send


def test_badge_at_sixteen_gates_enters_first_once(grounds: Grounds) -> None:
    badge = make_admitted(grounds.edition)
    scanners = [make_scanner(make_gate(grounds.venue)) for _ in range(GATES)]
    told = outcomes(*(scanning(scanner, scanner.row(badge)) for scanner in scanners))
    answers = [one[0] for one in told]
    assert Sum((one["reason"], one["first"]) for one in answers) == {
        ("ok", True): 1,
        ("inside", False): GATES - 1,
    }
    assert all(one["at_gate"] for one in answers if not one["first"])
    assert (Entry.objects.count(), Presence.objects.count(), Scan.objects.count()) == (1, 1, GATES)
    counter = Counter.objects.get(pk=grounds.venue.pk)
    assert (counter.inside, counter.people, counter.visits) == (1, 1, 1)
    assert [(one.kind, one.scans.count()) for one in Incident.objects.all()] == [("same_badge", GATES)]


def test_same_row_sent_by_several_threads_is_kept_once(grounds: Grounds) -> None:
    badge = make_admitted(grounds.edition)
    row = grounds.scanner.row(badge)
    told = outcomes(*[scanning(grounds.scanner, row)] * 8)
    assert [one[0]["reason"] for one in told] == ["ok"] * 8
    assert (Scan.objects.count(), Entry.objects.count()) == (1, 1)


def test_last_place_of_a_zone_goes_to_one(grounds: Grounds) -> None:
    change_zone(grounds.venue, by=SYSTEM, capacity=1)
    badges = [make_admitted(grounds.edition) for _ in range(6)]
    told = outcomes(*(scanning(grounds.scanner, grounds.scanner.row(badge)) for badge in badges))
    assert Sum(one[0]["reason"] for one in told) == {"ok": 1, "full": 5}
    assert Counter.objects.get(pk=grounds.venue.pk).inside == 1


def test_late_rows_of_two_devices_do_not_wait_for_each_other_forever(grounds: Grounds) -> None:
    badges = [make_admitted(grounds.edition) for _ in range(12)]
    scanners = [make_scanner(make_gate(grounds.venue)) for _ in range(2)]
    uploads = []
    for scanner, order in zip(scanners, (badges, badges[::-1]), strict=True):
        facts = {"offline": True, "decision": "admit", "at": "2026-11-09T00:30:00+00:00"}
        uploads.append(scanning(scanner, *(scanner.row(badge, **facts) for badge in order)))
    told = outcomes(*uploads)
    assert Sum(row["first"] for rows in told for row in rows) == {True: 12, False: 12}
    assert Counter.objects.get(pk=grounds.venue.pk).inside == 12


def test_code_enrols_one_device(grounds: Grounds) -> None:
    _device, code = invite_device(grounds.gate, "Tablet", by=SYSTEM)
    told = outcomes(*[lambda: enrol(code)] * 6)
    assert Sum(one is CodeUnknown for one in told) == {True: 5, False: 1}
    assert Device.objects.filter(name="Tablet", state="enrolled").count() == 1


def test_badge_revoked_while_it_is_scanned_is_worthless_afterwards(grounds: Grounds) -> None:
    badge = make_admitted(grounds.edition)
    scanner = grounds.scanner
    told = outcomes(
        *(scanning(scanner, scanner.row(badge)) for _ in range(4)),
        lambda: move(badge.guest, GuestState.REVOKED, by=SYSTEM),
    )
    assert None not in told[:4]
    assert Credential.objects.get().state == "revoked"
    assert scanner.scan(badge) == ("refuse", "revoked")
