"""What is kept of a guest in all rooms is on her receipt and in her copy; of screening nothing is."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.test import Client

from summitry.calls.models import Member
from summitry.directory.models import Person
from summitry.foundation import clock
from summitry.foundation.i18n import Text
from summitry.gates.actions.credentials import issue_many
from summitry.gates.actions.presences import join_online
from summitry.guests.actions.erasing import erase_guest
from summitry.guests.actions.screening import make_screening_list, send_out
from summitry.guests.enums import GuestState, InvitationState
from summitry.guests.models import Appeal, Guest, Invitation, Meeting, MeetingDesk
from summitry.guests.permissions import DATA_PROTECTION, SCREENING
from summitry.guests.queries.guest_links import page_path
from summitry.guests.queries.holdings import registered_holdings
from summitry.guests.queries.privacy import as_json, copy_of, looks_at, looks_in
from summitry.protocol.actions.courtesy import set_greeting
from summitry.protocol.actions.health import look_at_result, record_result, set_health_step
from summitry.protocol.actions.meal import create_meal, except_guest, look_at_diet, set_diet
from summitry.protocol.actions.seating import seat_guest
from summitry.protocol.actions.stay import create_stay
from summitry.protocol.actions.travel import add_rider
from tests.calls.make import make_call, make_entry, make_juror
from tests.editions.make import make_edition
from tests.gates.make import make_gate, make_rule, make_scanner, make_zone
from tests.guests.accreditation.make import fresh, make_applicant, officer
from tests.guests.make import SYSTEM, make_guest
from tests.protocol.make import (
    House,
    at,
    make_allotment,
    make_house,
    make_leg,
    make_plan,
    make_transfer,
    seat,
)

pytestmark = pytest.mark.django_db
MORNING = dt.datetime(2026, 11, 9, 2, tzinfo=dt.UTC)


def test_screening_reaches_the_house_and_not_the_guest():
    with clock.frozen(dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC)):
        edition = make_edition("rivertown")
        guest = make_applicant(edition, GuestState.SCREENING)
        liaison = officer(edition, "liaison", SCREENING.code)
        send_out(make_screening_list(edition, by=liaison), by=liaison)
        assert [look.sentence for look in looks_in(edition)] == [
            "liaison@example.org looked at the screening list S1 with 1 guests."
        ]
        assert (looks_at(guest), copy_of(fresh(guest))["looks"]) == ([], [])
        page = Client().get(page_path(guest, "en", "guest:privacy"))
        assert b"screening" not in page.content
        assert "screening" not in as_json(copy_of(fresh(guest)))


def everything_kept(house: House) -> Guest:
    """Return a guest of whom every room keeps something."""
    guest, other = house.guests["zhou"], house.guests["martin"]
    zone = make_zone(house.edition, "Venue")
    make_rule(zone)
    issue_many([guest], by=SYSTEM)
    make_scanner(make_gate(zone)).scan(guest.credentials.get())
    join_online(guest, "channel-1", evidence="link 7")
    Invitation.objects.create(guest=guest, state=InvitationState.ACCEPTED, remark="With pleasure.")
    Appeal.objects.create(guest=guest, text="I object.")
    MeetingDesk.objects.create(guest=guest, is_open=True, about="Rivers")
    Meeting.objects.create(
        edition=house.edition,
        asker=other,
        asked=guest,
        starts_at=at(9),
        ends_at=at(10),
        words="On rivers",
        expires_at=at(8),
    )
    Guest.objects.filter(pk=guest.pk).update(deskword="Ring the office.")
    make_leg(house, "zhou")
    add_rider(make_transfer(house), guest, by=SYSTEM)
    set_greeting(guest, by=SYSTEM, greeter="Ms Lin", place="Gate 4", at=at(9))
    create_stay(
        guest,
        make_allotment(house),
        by=SYSTEM,
        arrives_on=at(0).date(),
        leaves_on=at(0, day=1).date(),
    )
    plan = make_plan(house)
    seat_guest(seat(plan, 1), guest, by=SYSTEM, seen=seat(plan, 1).plan.number)
    meal = create_meal(house.edition, by=SYSTEM, name=Text.of("Dinner"), starts_at=at(19))
    except_guest(meal, guest, by=SYSTEM, may=True)
    set_diet(guest, ["vegan"], by=SYSTEM, words="No salt")
    set_health_step(house.edition, by=SYSTEM, is_on=True)
    record_result(guest, "clear", at(1), by=SYSTEM, words="PCR")
    _compete(guest)
    return fresh(guest)


def _compete(guest: Guest) -> None:
    """Let her enter a call, be of another entry's team, and judge a third call."""
    Person.objects.filter(pk=guest.person_id).update(email="zhou@example.org")
    call = make_call(guest.edition)
    make_entry(call, contact_email="zhou@example.org")
    Member.objects.create(entry=make_entry(call), name="Zhou", email="zhou@example.org")
    make_juror(make_call(guest.edition), guest.person)


def test_all_that_rooms_hold_is_in_the_copy_and_on_the_receipt():
    with clock.frozen(MORNING):
        guest = everything_kept(make_house())
        further = json.loads(as_json(copy_of(guest)))["further"]
        assert {name: bool(one["rows"]) for name, one in further.items()} == dict.fromkeys(
            registered_holdings(), True
        )
        assert [
            set(row) <= set(registered_holdings()[name].words)
            for name in further
            for row in further[name]["rows"]
        ]
        assert further["diet"]["rows"][0]["needs"] == ["vegan"]
        assert (further["diet"]["until"], further["journeys"]["until"]) == ("2026-11-18", None)
        assert further["health"]["rows"][0]["outcome"] == "clear"
        assert further["meetings"]["rows"][0]["with"] == "Élise Martin"
        page = Client().get(page_path(guest, "en", "guest:privacy")).content.decode()
        for name in registered_holdings():
            assert f'id="held-{name}"' in page
        for secret in ("Vegan", "No salt", "PCR"):
            assert secret not in page


def test_looks_at_diet_and_health_are_told():
    with clock.frozen(MORNING):
        guest = everything_kept(make_house())
        look_at_diet(guest, by=SYSTEM)
        look_at_result(guest.health_results.get(), by=SYSTEM)
        assert len(looks_at(guest)) == 2
        assert copy_of(make_guest(guest.edition))["further"]["diet"]["rows"] == []


def test_words_go_when_a_guest_is_erased():
    with clock.frozen(MORNING):
        guest = everything_kept(make_house())
        erase_guest(guest, by=officer(guest.edition, "dpo", DATA_PROTECTION.code))
        left = as_json(copy_of(fresh(guest)))
        for words in (
            "With pleasure.",
            "I object.",
            "Ring the office.",
            "No salt",
            "PCR",
            "link 7",
            "Ms Lin",
        ):
            assert words not in left
