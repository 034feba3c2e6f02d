"""Grounds, rules, devices, incidents and counters over the API: what supervisors and officers do on the pages, and no more."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from summitry.editions.permissions import PARTNER
from summitry.foundation.access import Scope
from summitry.foundation.api.auth import issue_token
from summitry.foundation.grants import grant_role
from summitry.foundation.models import Account
from summitry.gates.models import Device, Gate, Incident, Scan, Zone
from tests.editions.make import make_edition
from tests.gates.make import (
    SYSTEM,
    Grounds,
    make_admitted,
    make_delegation,
    make_gate,
    make_scanner,
    make_zone,
)

pytestmark = pytest.mark.django_db


class Caller:
    """Somebody who asks the API of an edition."""

    def __init__(self, grounds: Grounds, role: str) -> None:
        account = Account.objects.create_user(f"{role}@example.org", name=role)
        for one in (PARTNER.code, role):
            grant_role(account, one, Scope("edition", grounds.edition.pk), by=SYSTEM)
        self.token = issue_token(account, "test", ["read", "write"])[1]
        self.root = f"/api/v1/editions/{grounds.edition.slug}/"

    def ask(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        given = {} if body is None else {"data": body, "content_type": "application/json"}
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = getattr(Client(headers=headers), method)(self.root + path, **given)
        return answer.status_code, answer.json() if answer.content else None


@pytest.fixture
def supervisor(grounds: Grounds) -> Caller:
    return Caller(grounds, "gate_supervisor")


@pytest.fixture
def officer(grounds: Grounds) -> Caller:
    return Caller(grounds, "accreditation")


def test_zones_are_added_changed_filled_over_their_number_and_removed(
    grounds: Grounds, supervisor: Caller
) -> None:
    assert supervisor.ask("post", "zones", {"name": {"en": "Hall"}, "parent": 0})[0] == 422
    status, made = supervisor.ask(
        "post", "zones", {"name": {"en": "Hall"}, "parent": grounds.venue.pk, "capacity": 300}
    )
    assert (status, made["slug"], made["parent"], made["capacity"], made["again"]) == (
        201, "hall", grounds.venue.pk, 300, "after_exit",
    )  # fmt: skip
    path = f"zones/{made['id']}"
    change = {"name": {"fr": "Salle"}, "capacity": None, "mark": made["mark"]}
    status, changed = supervisor.ask("patch", path, change)
    assert (status, changed["name"]["texts"], changed["capacity"]) == (
        200,
        {"en": "Hall", "fr": "Salle"},
        None,
    )
    assert supervisor.ask("patch", path, {"again": "once", "mark": made["mark"]})[0] == 409
    assert supervisor.ask("put", f"{path}/emergency", {"places": 20})[0] == 422
    told = supervisor.ask("put", f"{path}/emergency", {"places": 20, "reason": "Rain"})
    assert (told[0], told[1]["emergency"]) == (200, 20)
    assert supervisor.ask("delete", f"zones/{grounds.venue.pk}")[0] == 409
    assert supervisor.ask("delete", path) == (204, None)
    assert list(Zone.objects.values_list("pk", flat=True)) == [grounds.venue.pk]


def test_gates_are_added_moved_closed_and_removed(grounds: Grounds, supervisor: Caller) -> None:
    hall = make_zone(grounds.edition, "Hall")
    status, made = supervisor.ask("post", "gates", {"name": "South", "zone": hall.pk, "direction": "in"})
    assert (status, made["zone"], made["kind"], made["direction"], made["is_open"]) == (
        201, hall.pk, "gate", "in", True,
    )  # fmt: skip
    change = {"zone": grounds.venue.pk, "is_open": False, "mark": made["mark"]}
    status, changed = supervisor.ask("patch", f"gates/{made['id']}", change)
    assert (status, changed["zone"], changed["is_open"], changed["direction"]) == (
        200, grounds.venue.pk, False, "in",
    )  # fmt: skip
    other = make_gate(make_zone(grounds.edition), "Elsewhere")
    assert supervisor.ask("patch", f"gates/{made['id']}", {"zone": 0})[1]["errors"] == {
        "zone": ["This zone is not one of this edition."]
    }
    assert supervisor.ask("delete", f"gates/{grounds.gate.pk}")[0] == 409
    assert supervisor.ask("delete", f"gates/{made['id']}")[0] == 204
    names = [one["name"] for one in supervisor.ask("get", "gates")[1]]
    assert names == [grounds.gate.name, other.name]


def test_rules_are_for_those_who_accredit(grounds: Grounds, supervisor: Caller, officer: Caller) -> None:
    badge = make_admitted(grounds.edition, "Guest")
    category = badge.guest.category.slug
    hall = make_zone(grounds.edition, "Hall")
    given = {"zone": hall.pk, "category": category, "opens": "09:00", "closes": "18:00"}
    assert supervisor.ask("post", "access-rules", given)[0] == 403
    status, made = officer.ask("post", "access-rules", given)
    assert (status, made["category"], made["attendance"], made["opens"]) == (
        201, category, "on_site", "09:00:00",
    )  # fmt: skip
    path = f"access-rules/{made['id']}"
    assert officer.ask("patch", path, {"category": "nobody"})[0] == 422
    assert officer.ask("patch", path, {"category": None, "attendance": None})[1]["category"] is None
    assert [one["zone"] for one in supervisor.ask("get", "access-rules")[1]] == [grounds.venue.pk, hall.pk]
    assert officer.ask("delete", path)[0] == 204


def test_passes_of_delegations_are_set_at_once(grounds: Grounds, officer: Caller) -> None:
    delegation = make_delegation(grounds.edition)
    path = f"zones/{grounds.venue.pk}/passes"
    assert officer.ask("put", path, {"passes": {delegation.slug: 2}}) == (
        200, {"passes": {delegation.slug: 2}},
    )  # fmt: skip
    assert officer.ask("put", path, {"passes": {"nobody": 2, delegation.slug: -1}})[1]["errors"] == {
        "passes": [
            "Not a delegation and a number: nobody.",
            f"Not a delegation and a number: {delegation.slug}.",
        ]
    }
    assert officer.ask("get", path)[1] == {"passes": {delegation.slug: 2}}


def test_devices_are_invited_by_a_code_and_shut_out(grounds: Grounds, supervisor: Caller) -> None:
    status, made = supervisor.ask("post", "devices", {"name": "Tablet", "gate": grounds.gate.pk})
    assert (status, made["device"]["state"], len(made["code"])) == (201, "invited", 8)
    assert supervisor.ask("post", "devices", {"name": "Tablet", "gate": 0})[0] == 422
    path = f"devices/{made['device']['id']}"
    again = supervisor.ask("post", f"{path}/code")[1]["code"]
    assert again != made["code"]
    assert Client().post(
        "/api/v1/gates/enrol", {"code": again, "name": "Tablet"}, content_type="application/json"
    ).status_code == 201  # fmt: skip
    assert supervisor.ask("patch", path, {"name": "Tablet 7"})[1]["name"] == "Tablet 7"
    assert supervisor.ask("post", f"{path}/shut-out")[1]["state"] == "revoked"
    told = supervisor.ask("get", "devices?state=enrolled")[1]["items"]
    assert [(one["name"], one["queued"], one["skew_ms"]) for one in told] == [
        (grounds.scanner.device.name, 0, 0)
    ]
    assert not {"secret", "code"} & set(told[0])
    assert Device.objects.get(name="Tablet 7").secret == ""


def test_incidents_are_listed_with_their_scans_and_settled_once(
    grounds: Grounds, supervisor: Caller, officer: Caller
) -> None:
    grounds.scanner.scan("0000000000000000")
    pk = Incident.objects.get().pk
    assert officer.ask("get", "incidents")[0] == 403
    listed = supervisor.ask("get", "incidents?state=open&kind=unknown")[1]["items"]
    assert [(one["id"], one["guest"], one["zone"]) for one in listed] == [(pk, None, grounds.venue.pk)]
    told = supervisor.ask("get", f"incidents/{pk}")[1]["scans"]
    assert [(one["id"], one["decision"], one["verdict_reason"]) for one in told] == [
        (str(Scan.objects.get().pk), "refuse", "unknown")
    ]
    assert supervisor.ask("post", f"incidents/{pk}/settle", {"note": " "})[0] == 422
    settled = supervisor.ask("post", f"incidents/{pk}/settle", {"note": "A visitor's card."})[1]
    assert (settled["state"], settled["settled_by"], settled["note"]) == (
        "settled", "gate_supervisor (test)", "A visitor's card.",
    )  # fmt: skip
    assert supervisor.ask("post", f"incidents/{pk}/settle", {"note": "Again."})[0] == 409
    assert supervisor.ask("get", "incidents?state=open")[1]["items"] == []


def test_counters_say_how_many_are_inside(grounds: Grounds, officer: Caller) -> None:
    grounds.scanner.scan(make_admitted(grounds.edition, "Guest"))
    told = officer.ask("get", "counters")[1]
    assert (told["zones"][0]["inside"], told["gates"], told["entered"]) == (1, {str(grounds.gate.pk): 1}, 1)


def test_rows_of_another_edition_are_not_there(grounds: Grounds, supervisor: Caller) -> None:

    other = make_gate(make_zone(make_edition("elsewhere-2026", grounds.edition.summit)))
    answers = [
        supervisor.ask("patch", f"gates/{other.pk}", {"is_open": False}),
        supervisor.ask("patch", f"zones/{other.zone_id}", {"capacity": 1}),
        supervisor.ask("delete", f"gates/{other.pk}"),
    ]
    assert [status for status, _told in answers] == [404, 404, 404]
    assert supervisor.ask("post", "gates", {"name": "South", "zone": other.zone_id})[0] == 422
    assert Gate.objects.count() == 2


@pytest.mark.parametrize(
    ("path", "statements"), [("zones", 7), ("gates", 4), ("devices", 4), ("incidents", 4), ("counters", 7)]
)
def test_lists_take_as_many_statements_for_three_rows_as_for_one(
    grounds: Grounds, supervisor: Caller, path: str, statements: int, django_assert_num_queries: Any
) -> None:
    grounds.scanner.scan("0000000000000000")
    supervisor.ask("get", path)  # the first request of a token notes that it is used
    with django_assert_num_queries(statements):
        assert supervisor.ask("get", path)[0] == 200
    for number in range(1, 3):
        gate = make_gate(make_zone(grounds.edition, f"Zone {number}"), f"Gate {number}")
        make_scanner(gate).scan(f"000000000000000{number}")
    with django_assert_num_queries(statements):
        assert supervisor.ask("get", path)[0] == 200


def test_officer_admits_one_guest_by_name_and_takes_it_back(
    grounds: Grounds, officer: Caller, supervisor: Caller
) -> None:
    badge, hall = make_admitted(grounds.edition, "Ada"), make_zone(grounds.edition, "Hall")
    door = make_scanner(make_gate(hall))
    path = f"guests/{badge.guest_id}/access"
    body = {"zone": hall.pk, "reason": "Reads the communiqué", "until_at": "2026-11-09T12:00:00+08:00"}
    assert supervisor.ask("post", path, body)[0] == 403
    late = {**body, "from_at": "2026-11-09T12:00:00+08:00"}
    naive = {**body, "until_at": "2026-11-09T12:00:00"}
    wrong = ({**body, "zone": 0}, late, naive, {**body, "reason": " "})
    assert [sorted(officer.ask("post", path, one)[1]["errors"]) for one in wrong] == [
        ["zone"],
        ["until_at"],
        ["until_at"],
        ["reason"],
    ]
    status, made = officer.ask("post", path, body)
    assert (status, made["zone"], made["effect"], made["by"]) == (
        201,
        hall.pk,
        "allow",
        "accreditation (test)",
    )
    assert door.scan(badge) == ("admit", "ok")
    assert [one["id"] for one in supervisor.ask("get", path)[1]] == [made["id"]]
    assert officer.ask("delete", f"{path}/{made['id'] + 1}")[0] == 404
    assert officer.ask("delete", f"{path}/{made['id']}")[0] == 204
    assert door.scan(badge) == ("refuse", "no_zone")
    assert officer.ask("get", "guests/0/access")[0] == 404
