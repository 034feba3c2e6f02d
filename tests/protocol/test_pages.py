"""The pages of protocol: in three languages, for who may see them, with a fixed number of statements, and by forms alone."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from summitry.foundation.i18n import Text
from summitry.gates.actions.compiling import compile_roster
from summitry.gates.models import Roster, RosterLine
from summitry.protocol.actions.courtesy import set_courtesy
from summitry.protocol.actions.health import set_health_step
from summitry.protocol.actions.meal import create_meal, set_diet
from summitry.protocol.actions.seating import take_proposal
from summitry.protocol.actions.stay import create_stay
from summitry.protocol.actions.travel import add_rider
from summitry.protocol.enums import Rank
from summitry.protocol.models import (
    Allotment,
    Courtesy,
    Diet,
    Greeting,
    HealthResult,
    Hotel,
    Leg,
    Meal,
    PrecedenceList,
    Proof,
    SeatingPlan,
    Station,
    Stay,
    Transfer,
    Vehicle,
)
from summitry.protocol.queries.flags import check_flags
from summitry.protocol.queries.seating import proposal_for
from tests.protocol.make import (
    DAY,
    SYSTEM,
    House,
    at,
    make_allotment,
    make_leg,
    make_list,
    make_plan,
    make_transfer,
    order_of,
    seat,
)

EVE = DAY - dt.timedelta(days=1)


def fill(house: House) -> dict[str, str]:
    """Make one of everything and return the addresses of all pages."""
    precedence = make_list(house)
    plan = make_plan(house, precedence=precedence)
    leg, ride, held = make_leg(house), make_transfer(house), make_allotment(house, 5)
    add_rider(ride, house.guests["martin"], by=SYSTEM)
    stay = create_stay(house.guests["martin"], held, by=SYSTEM, arrives_on=EVE, leaves_on=DAY)
    meal = create_meal(house.edition, by=SYSTEM, name=Text.of("Dinner"), starts_at=at(18))
    set_health_step(house.edition, by=SYSTEM, is_on=True)
    guest = house.guests["martin"].pk
    paths = [
        "precedence/", f"precedence/{precedence.slug}/", f"precedence/{precedence.slug}/edit/",
        f"precedence/{precedence.slug}/propose/", f"precedence/{precedence.slug}/versions/?number=1",
        "seating/", f"seating/{plan.slug}/", f"seating/{plan.slug}/tables/", f"seating/{plan.slug}/rules/",
        f"seating/{plan.slug}/propose/", f"seating/{plan.slug}/plates/", "flags/", "flags/sheet/", "people/",
        f"people/{guest}/", f"people/{guest}/journey/", f"people/{guest}/stay/", "arrivals/?day=2026-11-08", "journeys/",
        f"journeys/{leg.pk}/", "transfers/", "transfers/new/", f"transfers/{ride.pk}/", "fleet/", "stays/",
        f"stays/{stay.pk}/", "hotels/", f"hotels/{held.pk}/", "meals/", f"meals/{meal.pk}/", "health/",
    ]  # fmt: skip
    return {re.sub(r"\d+|\?.*", "", path): path for path in paths}


def statements(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("lang", ["en", "zh-hans", "ar"])
def test_every_page_is_shown_in_the_readers_language(house: House, lang: str) -> None:
    client = house.signed_in("protocol")
    for path in fill(house).values():
        answer = client.get(house.url(path, lang))
        assert (path, answer.status_code) == (path, 200)
        assert b"style=" not in answer.content
        assert b" onclick" not in answer.content


EDITING = {
    "precedence/opening/edit/", "precedence/opening/propose/", "seating/dinner/tables/", "seating/dinner/rules/",
    "seating/dinner/propose/", "people//journey/", "people//stay/", "transfers/new/", "meals//",
}  # fmt: skip


def test_office_sees_and_changes_nothing_and_others_see_nothing(house: House) -> None:
    pages = fill(house)
    office, officer = house.signed_in("office"), house.signed_in("officer")
    closed = {key for key, path in pages.items() if office.get(house.url(path)).status_code == 403}
    assert closed == EDITING
    seen = {key for key, path in pages.items() if officer.get(house.url(path)).status_code == 200}
    assert seen == {"people/", "journeys/", "transfers/", "stays/"}
    for key in seen - {"people/"}:
        assert "Martin" not in officer.get(house.url(pages[key])).content.decode()
    assert "Who is kept apart" not in office.get(house.url(pages["seating/dinner/"])).content.decode()
    for key, data in {
        "precedence/opening/": {"do": "move", "entry": "1", "to": "1", "reason": "x", "seen": "1"},
        "seating/dinner/": {"seat": "1", "guest": "1", "seen": "1"},
        "transfers//": {"do": "remove"},
        "stays//": {"remove": "1"},
        "fleet/": {"label": "Car 9", "seats": "3"},
    }.items():
        assert (key, office.post(house.url(pages[key]), data).status_code) in {
            (key, 403),
            (key, 404),
            (key, 422),
            (key, 302),
        }
    assert (Transfer.objects.count(), Stay.objects.count(), Vehicle.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize(
    ("path", "expected"),
    [("people/", 19), ("journeys/", 13), ("stays/", 14), ("transfers/", 8), ("arrivals/?day=2026-11-08", 14)],
)
def test_lists_cost_the_same_at_one_row_and_at_three(house: House, path: str, expected: int) -> None:
    client = house.signed_in("protocol")
    held = make_allotment(house, 5)
    ride = make_transfer(house)
    counts = []
    for keys in (["martin"], ["zhou", "zayed"]):
        for key in keys:
            make_leg(house, key)
            create_stay(house.guests[key], held, by=SYSTEM, arrives_on=EVE, leaves_on=DAY)
        statements(client, house.url(path))
        counts.append(statements(client, house.url(path)))
    assert ride.pk
    assert counts == [expected, expected]


def test_plans_cost_the_same_at_one_row_and_at_three(house: House) -> None:
    client = house.signed_in("protocol")
    counts = []
    for keys in (["martin"], ["martin", "zhou", "zayed"]):
        precedence = make_list(house, *keys)
        plan = make_plan(house, len(keys), precedence=precedence)
        take_proposal(plan, proposal_for(plan), by=SYSTEM, seen=1)
        pages = [
            f"precedence/{precedence.slug}/",
            f"seating/{plan.slug}/",
            f"seating/{plan.slug}/plates/",
        ]
        for page in pages:
            statements(client, house.url(page))
        counts.append([statements(client, house.url(page)) for page in pages])
    assert counts[0] == counts[1] == [24, 16, 16]


def test_precedence_is_moved_by_a_form_and_a_refusal_keeps_what_was_typed(house: House) -> None:
    client = house.signed_in("protocol")
    answer = client.post(
        house.url("precedence/"), {"name.en": "State dinner", "language": "en", "start_letter": "K"}
    )
    made = PrecedenceList.objects.get()
    assert answer["Location"] == house.url(f"precedence/{made.slug}/propose/")
    page = house.url(f"precedence/{made.slug}/")
    client.post(house.url(f"precedence/{made.slug}/propose/"), {"seen": "0"})
    assert order_of(made) == ["Wanjiru", "Zhou", "Zayed", "Élise"]
    entry = made.entries.get(guest=house.guests["martin"])
    move = {"do": "move", "entry": entry.pk, "to": "1", "seen": "1"}
    refused = client.post(page, {**move, "reason": ""})
    assert (refused.status_code, b"Say why" in refused.content) == (422, True)
    refused = client.post(page, {**move, "seen": "0", "reason": "The hosts of the next summit"})
    assert (refused.status_code, b"The hosts of the next summit" in refused.content) == (409, True)
    assert client.post(page, {**move, "reason": "The hosts"}).status_code == 302
    assert order_of(made) == ["Élise", "Wanjiru", "Zhou", "Zayed"]
    client.post(
        page, {"do": "add", "entry": house.guests["aide"].pk, "to": "", "seen": "2", "reason": "Speaks"}
    )
    client.post(page, {"do": "remove", "entry": entry.pk, "to": "", "seen": "3", "reason": "Left"})
    assert order_of(made) == ["Wanjiru", "Zhou", "Zayed", "Ama"]
    client.post(
        house.url(f"precedence/{made.slug}/versions/"), {"number": "1", "seen": "4", "reason": "Back"}
    )
    assert order_of(made) == ["Wanjiru", "Zhou", "Zayed", "Élise"]


def test_seating_is_built_proposed_and_changed_by_forms(house: House) -> None:
    client = house.signed_in("protocol")
    precedence = make_list(house)
    client.post(
        house.url("seating/"),
        {"name.en": "Gala", "starts_at": "2026-11-09T19:00", "precedence": precedence.pk},
    )
    plan = SeatingPlan.objects.get()
    assert plan.starts_at == at(19)
    tables, page = house.url(f"seating/{plan.slug}/tables/"), house.url(f"seating/{plan.slug}/")
    assert (
        client.post(tables, {"label": "A", "kind": "round", "seats": "900", "seen": "0"}).status_code == 422
    )
    client.post(tables, {"label": "A", "kind": "round", "seats": "5", "seen": "0"})
    rules = house.url(f"seating/{plan.slug}/rules/")
    pair = [house.guests["wanjiru"].pk, house.guests["zhou"].pk]
    assert client.post(rules, {"kind": "apart", "span": "seat", "guests": pair[:1]}).status_code == 422
    client.post(rules, {"kind": "apart", "span": "seat", "guests": pair, "reason": "A border"})
    propose = house.url(f"seating/{plan.slug}/propose/")
    shown = client.get(propose).content.decode()
    proposal = re.search(r'name="proposal" value="([^"]+)"', shown)
    assert proposal is not None
    assert client.post(propose, {"proposal": "forged"}).status_code == 409
    assert client.post(propose, {"proposal": proposal[1]}).status_code == 302
    assert plan.seats.filter(guest__isnull=False).count() == 4
    assert client.post(propose, {"proposal": proposal[1]}).status_code == 409
    assert "Every rule is kept." in client.get(page).content.decode()
    target = seat(plan, 1)
    client.post(page, {"seat": target.pk, "guest": house.guests["aide"].pk, "seen": "2"})
    client.post(page, {"lock": target.pk, "seen": "3"})
    refused = client.post(page, {"seat": target.pk, "guest": house.guests["zhou"].pk, "seen": "4"})
    assert (refused.status_code, b"This seat is locked" in refused.content) == (409, True)
    plan.refresh_from_db()
    assert (seat(plan, 1).guest, plan.number) == (house.guests["aide"], 4)


def test_guest_is_looked_after_by_forms(house: House) -> None:
    client = house.signed_in("protocol")
    guest = house.guests["martin"]
    page = house.url(f"people/{guest.pk}/")
    saved = client.post(
        page,
        {
            "courtesy-rank": "foreign_minister",
            "courtesy-style.en": "H.E.",
            "courtesy-in_office_since": "2024-05-01",
        },
    )
    assert saved.status_code == 302
    row = Courtesy.objects.get(guest=guest)
    assert (row.rank, row.style, row.in_office_since) == (
        "foreign_minister",
        Text.of("H.E."),
        dt.date(2024, 5, 1),
    )
    assert client.post(page, {"courtesy-rank": "emperor"}).status_code == 422
    compile_roster(house.edition)
    before = Roster.objects.get(edition=house.edition).revision
    assert "The gates show it beside her photo" in client.get(page).content.decode()
    assert client.post(f"{page}desk/", {"deskword": "Escort waits inside"}).status_code == 302
    assert client.post(f"{page}desk/", {"deskword": "x" * 301}).status_code == 422
    line = RosterLine.objects.get(guest=guest)
    assert (line.facts["note"], line.revision > before) == ("Escort waits inside", True)
    officer = house.signed_in("officer")
    assert officer.post(f"{page}desk/", {"deskword": "Mine"}).status_code in {403, 404}
    client.post(f"{page}greeting/", {"greeter": "Li Na", "place": "Gate 3", "at": "2026-11-08T14:30"})
    assert Greeting.objects.get().at == at(14, 30, day=-1)
    assert client.post(f"{page}greeting/", {"greeter": "Li Na"}).status_code == 422
    client.post(f"{page}diet/", {"save": "1", "needs": ["halal"]})
    opened = client.post(f"{page}diet/", {"look": "1"}).content.decode()
    assert (Diet.objects.count(), "Halal" in opened) == (1, True)
    set_health_step(house.edition, by=SYSTEM, is_on=True)
    client.post(f"{page}health/", {"taken_at": "2026-10-10T08:00", "outcome": "clear", "words": ""})
    assert HealthResult.objects.count() == 1
    assert (
        client.post(f"{page}health/", {"taken_at": "2027-10-10T08:00", "outcome": "clear"}).status_code == 422
    )


def test_journey_is_entered_by_the_clocks_of_both_ends(house: House) -> None:
    client = house.signed_in("protocol")
    page = house.url(f"people/{house.guests['martin'].pk}/journey/")
    journey = {
        "direction": "arrival", "means": "flight", "code": "RV 1", "from_place": "Paris", "to_place": "Rivertown",
        "away_zone": "Europe/Paris", "departs_at": "2026-11-07T18:00", "arrives_at": "2026-11-08T14:30",
    }  # fmt: skip
    wrong = client.post(page, {**journey, "away_zone": "Paris", "arrives_at": "2026-11-07T10:00"})
    assert wrong.status_code == 422
    assert b"No time zone has this name" in wrong.content
    assert client.post(page, journey).status_code == 302
    leg = Leg.objects.get()
    assert (leg.departs_at, leg.arrives_at) == (at(1, day=-1), at(14, 30, day=-1))
    edit = house.url(f"journeys/{leg.pk}/")
    form = client.get(edit).context["form"]
    client.post(edit, {**journey, "expected_at": "2026-11-08T16:00", "seen": form.initial["seen"]})
    leg.refresh_from_db()
    assert (leg.expected_at, leg.departs_at) == (at(16, day=-1), at(1, day=-1))
    board = house.url("arrivals/?day=2026-11-08")
    assert client.post(board, {"leg": leg.pk, "to": "arrived"}).status_code == 302
    assert client.post(board, {"leg": leg.pk, "to": "cancelled"}).status_code == 409


def test_fleet_rides_hotels_and_meals_are_entered_by_forms(house: House) -> None:
    client = house.signed_in("protocol")
    for name in ("Airport", "Venue"):
        client.post(house.url("fleet/"), {"name.en": name, "kind": "airport"})
    client.post(house.url("fleet/"), {"label": "Car 1", "seats": "1", "driver": "Wang"})
    assert client.post(house.url("fleet/"), {"label": "Car 1", "seats": "1"}).status_code == 422
    one, other = Station.objects.all()
    ride = {"vehicle": Vehicle.objects.get().pk, "from_station": one.pk, "to_station": other.pk,
            "starts_at": "2026-11-08T15:00", "ends_at": "2026-11-08T16:00"}  # fmt: skip
    assert client.post(house.url("transfers/new/"), {**ride, "to_station": one.pk}).status_code == 422
    made = client.post(house.url("transfers/new/"), ride)["Location"]
    client.post(made, {"do": "add", "guest": house.guests["martin"].pk})
    full = client.post(made, {"do": "add", "guest": house.guests["zhou"].pk})
    assert (full.status_code, b"No place is left" in full.content) == (422, True)
    client.post(house.url("hotels/"), {"name.en": "Water Gate Inn"})
    held = {
        "hotel": Hotel.objects.get().pk,
        "room_class.en": "Suite",
        "rooms": "1",
        "since": "2026-11-08",
        "until": "2026-11-12",
    }
    client.post(house.url("hotels/"), held)
    stay = {"allotment": Allotment.objects.get().pk, "arrives_on": "2026-11-08", "leaves_on": "2026-11-10"}
    client.post(house.url(f"people/{house.guests['martin'].pk}/stay/"), stay)
    taken = client.post(house.url(f"people/{house.guests['zhou'].pk}/stay/"), stay)
    assert (taken.status_code, b"No room of this class" in taken.content, Stay.objects.count()) == (
        422,
        True,
        1,
    )
    client.post(house.url(f"stays/{Stay.objects.get().pk}/"), {"remove": "1"})
    client.post(
        house.url("meals/"),
        {"name.en": "Lunch", "starts_at": "2026-11-09T12:00", "categories": [house.categories["guests"].pk]},
    )
    set_diet(house.guests["aide"], ["vegan"], by=SYSTEM)
    sheet = client.get(house.url("meals/")).content.decode()
    assert ("Vegan: 1" in sheet, "Boateng" in sheet) == (True, False)
    assert (Stay.objects.count(), Meal.objects.count()) == (0, 1)


def test_flag_is_proved_by_a_form_as_it_was_seen(house: House) -> None:
    client = house.signed_in("protocol")
    line = next(line for line in check_flags(house.edition) if line.code == "KE")
    assert client.post(house.url("flags/"), {"entity": line.entity_id, "mark": "other"}).status_code == 409
    assert client.post(house.url("flags/"), {"entity": line.entity_id, "mark": line.mark}).status_code == 302
    assert Proof.objects.get().entity == house.entities["KE"]


def test_readiness_leads_to_exactly_the_rows_it_speaks_of(house: House) -> None:
    client = house.signed_in("protocol")
    for key in ("zayed", "martin"):
        set_courtesy(house.guests[key], by=SYSTEM, rank=Rank.MINISTER, salutation=Text.of("Excellency"))
    make_leg(house, "martin")
    content = client.get(f"/en/console/{house.edition.slug}/").content.decode()
    for text, address, names in (
        (
            "The arrivals of 2 guests of rank are not known.",
            "people/?dignitary=yes&arrival=no",
            {"Zhou", "Zayed"},
        ),
        (
            "The salutations of 3 guests of rank are missing in a language.",
            "people/?dignitary=yes&unaddressed=yes",
            {"Zhou", "Zayed", "Martin"},
        ),
    ):
        assert text in content
        listed = client.get(house.url(address)).content.decode()
        assert {name for name in ("Zhou", "Zayed", "Martin", "Odhiambo") if name in listed} == names
