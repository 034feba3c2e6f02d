"""The console's pages of zones, gates, rules, devices and incidents."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from summitry.editions.permissions import DIRECTOR, PARTNER
from summitry.foundation.access import Role, Scope
from summitry.foundation.grants import grant_role
from summitry.gates.actions.access import grant_access
from summitry.gates.models import AccessRule, Device, Gate, Grant, Incident, RosterLine, Zone
from summitry.guests.permissions import GATE, SUPERVISOR
from tests.directory.make import make_account
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
PAGES = (
    "",
    "zones/new/",
    "points/new/",
    "rules/new/",
    "devices/",
    "devices/new/",
    "incidents/",
    "scans/",
    "presences/",
)


def signed_in(grounds: Grounds, *roles: Role) -> Client:
    account = make_account(f"{'-'.join(role.code for role in roles)}@example.org")
    for role in roles:
        grant_role(account, role.code, Scope("edition", grounds.edition.pk), by=SYSTEM)
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def at(grounds: Grounds, page: str) -> str:
    return f"/en/console/{grounds.edition.slug}/gates/{page}"


def test_pages_open_for_the_director_and_the_grounds_alone_for_a_gate_agent(grounds: Grounds) -> None:
    director = signed_in(grounds, DIRECTOR)
    assert {page: director.get(at(grounds, page)).status_code for page in PAGES} == dict.fromkeys(PAGES, 200)
    agent = signed_in(grounds, PARTNER, GATE)
    seen = {page: agent.get(at(grounds, page)).status_code for page in PAGES[:4]}
    assert seen == {"": 200, "zones/new/": 403, "points/new/": 403, "rules/new/": 403}
    page = agent.get(at(grounds, "")).content.decode()
    assert ("Main gate" in page, "Open to" in page, "All categories" in page) == (True, False, False)
    zone = at(grounds, f"zones/{grounds.venue.pk}/")
    assert agent.get(zone).status_code == 200
    assert agent.post(zone, {"name.en": "Mine", "again": "freely"}).status_code == 422
    agent.post(zone, {"remove": "1"})
    assert str(Zone.objects.get(pk=grounds.venue.pk).name) == "Venue"


def test_supervisor_keeps_zones_and_gates_but_no_rules(grounds: Grounds) -> None:
    client = signed_in(grounds, PARTNER, SUPERVISOR)
    zone = {"name.en": "Hall", "again": "freely", "capacity": "20", "parent": grounds.venue.pk}
    assert client.post(at(grounds, "zones/new/"), zone).status_code == 302
    hall = Zone.objects.get(parent=grounds.venue)
    assert (str(hall.name), hall.capacity, hall.slug) == ("Hall", 20, "hall")
    wrong = client.post(at(grounds, f"zones/{grounds.venue.pk}/"), {**zone, "parent": hall.pk})
    assert (wrong.status_code, "cannot lie in itself" in wrong.content.decode()) == (422, True)
    gate = {"name": "Hall door", "zone": hall.pk, "kind": "room", "direction": "both", "is_open": "on"}
    assert client.post(at(grounds, "points/new/"), gate).status_code == 302
    assert Gate.objects.filter(zone=hall).count() == 1
    assert client.get(at(grounds, "rules/new/")).status_code == 403
    assert client.post(at(grounds, f"zones/{hall.pk}/emergency/"), {"places": "5"}).status_code == 422
    assert (
        client.post(at(grounds, f"zones/{hall.pk}/emergency/"), {"places": "5", "reason": "Fire"}).status_code
        == 302
    )
    hall.refresh_from_db()
    assert hall.emergency == 5
    assert client.post(at(grounds, f"zones/{hall.pk}/"), {"remove": "1"}).status_code == 200
    assert Zone.objects.filter(pk=hall.pk).exists()


def test_rule_opens_a_zone_to_everybody_at_once(grounds: Grounds) -> None:
    client = signed_in(grounds, DIRECTOR)
    badge = make_admitted(grounds.edition)
    rule = AccessRule.objects.get()
    assert client.post(at(grounds, f"rules/{rule.pk}/"), {"remove": "1"}).status_code == 302
    assert RosterLine.objects.get(pk=badge.guest_id).access == []
    form = {
        "zone": grounds.venue.pk,
        "attendance": "on_site",
        "first_day": "2026-11-10",
        "last_day": "2026-11-09",
    }
    assert client.post(at(grounds, "rules/new/"), form).status_code == 422
    assert (
        client.post(
            at(grounds, "rules/new/"), {**form, "last_day": "", "opens": "08:00", "closes": "20:00"}
        ).status_code
        == 302
    )
    access = RosterLine.objects.get(pk=badge.guest_id).access
    assert [end - start for _zone, start, end in access] == [12 * 3600] * 2


def test_device_is_enrolled_by_the_code_that_its_page_shows(grounds: Grounds) -> None:
    client = signed_in(grounds, DIRECTOR)
    page = client.post(
        at(grounds, "devices/new/"), {"name": "Tablet 7", "gate": grounds.gate.pk}
    ).content.decode()
    found = re.search(r"<strong>([0-9A-Z ]+)</strong>", page)
    assert found is not None
    assert "<svg" in page
    answer = Client().post(
        "/api/v1/gates/enrol", {"code": found[1].lower(), "name": "x"}, content_type="application/json"
    )
    assert answer.status_code == 201
    device = Device.objects.get(name="Tablet 7")
    key = f"Device {device.pk}.{answer.json()['key']}"
    assert Client().get("/api/v1/gates/counters", headers={"Authorization": key}).status_code == 200
    assert client.post(at(grounds, f"devices/{device.pk}/"), {"revoke": "1"}).status_code == 302
    assert Client().get("/api/v1/gates/counters", headers={"Authorization": key}).status_code == 401


def test_incident_is_settled_once(grounds: Grounds) -> None:
    grounds.scanner.scan("0" * 16)
    incident = Incident.objects.get()
    client = signed_in(grounds, PARTNER, SUPERVISOR)
    page = at(grounds, f"incidents/{incident.pk}/")
    assert client.post(page, {"note": " "}).status_code == 422
    assert client.post(page, {"note": "A shopping receipt."}).status_code == 302
    assert client.post(page, {"note": "Mine."}).status_code == 422
    incident.refresh_from_db()
    assert (incident.state, incident.note) == ("settled", "A shopping receipt.")
    grounds.scanner.scan("0" * 16)
    assert Incident.objects.filter(state="open").count() == 1


def test_delegations_get_passes(grounds: Grounds) -> None:
    delegation = make_delegation(grounds.edition)
    client = signed_in(grounds, DIRECTOR)
    page = at(grounds, f"zones/{grounds.venue.pk}/passes/")
    assert client.post(page, {f"passes-{delegation.pk}": "many"}).status_code == 422
    assert client.post(page, {f"passes-{delegation.pk}": "3"}).status_code == 302
    assert dict(grounds.venue.allotments.values_list("delegation", "places")) == {delegation.pk: 3}


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_a_fixed_number_of_questions(grounds: Grounds, rows: int) -> None:
    for _ in range(rows):
        scanner = make_scanner(make_gate(grounds.venue))
        scanner.scan(make_admitted(grounds.edition))
        scanner.scan("1" * 15 + str(rows))
    client = signed_in(grounds, DIRECTOR)
    counted = {}
    for page in ("", "devices/", "incidents/", "scans/", "presences/"):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(at(grounds, page)).status_code == 200
        counted[page] = len(asked)
    assert counted == {"": 9, "devices/": 8, "incidents/": 9, "scans/": 10, "presences/": 10}


def test_zone_is_opened_to_one_guest_by_name_and_closed_again(grounds: Grounds) -> None:
    badge = make_admitted(grounds.edition, "Ada")
    hall = make_zone(grounds.edition, "Hall")
    door = make_scanner(make_gate(hall))
    client, page = signed_in(grounds, DIRECTOR), at(grounds, f"guests/{badge.guest_id}/access/")
    assert door.scan(badge) == ("refuse", "no_zone")
    window = {"from_at": "2026-11-09T10:00", "until_at": "2026-11-09T08:00"}
    form = {"zone": hall.pk, "effect": "allow", "reason": "Reads the communiqué", **window}
    assert client.post(page, form).status_code == 422
    assert client.post(page, {**form, "reason": "", "until_at": ""}).status_code == 422
    revision = grounds.scanner.get("roster").json()["revision"]
    assert (
        client.post(page, {**form, "from_at": "2026-11-09T08:00", "until_at": "2026-11-09T12:00"}).status_code
        == 302
    )
    told = grounds.scanner.get(f"roster?since={revision}").json()
    assert [one["id"] for one in told["guests"]] == [badge.guest_id]
    assert door.scan(badge) == ("admit", "ok")
    shown = client.get(page).content.decode()
    assert [text in shown for text in ("Reads the communiqué", "Hall", "Opens the zone")] == [True] * 3
    assert "Ada" in client.get(at(grounds, f"zones/{hall.pk}/")).content.decode()
    supervisor = signed_in(grounds, PARTNER, SUPERVISOR)
    grant = Grant.objects.get()
    assert (supervisor.get(page).status_code, supervisor.post(page, form).status_code) == (200, 403)
    assert supervisor.post(page, {"remove": grant.pk}).status_code == 403
    assert client.post(page, {"remove": grant.pk + 1}).status_code == 404
    assert client.post(page, {"remove": grant.pk}).status_code == 302
    assert door.scan(badge) == ("refuse", "no_zone")


@pytest.mark.parametrize("rows", [1, 3])
def test_page_of_one_guests_access_asks_a_fixed_number_of_questions(grounds: Grounds, rows: int) -> None:
    badge = make_admitted(grounds.edition, "Ada")
    for _ in range(rows):
        grant_access(badge.guest, make_zone(grounds.edition), by=SYSTEM, effect="allow", reason="x")
    client = signed_in(grounds, DIRECTOR)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(at(grounds, f"guests/{badge.guest_id}/access/")).status_code == 200
    assert len(asked) == 12
