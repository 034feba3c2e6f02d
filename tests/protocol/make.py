"""Builders for protocol: each calls a real action; and a small house of dignitaries and who looks after them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django.test import Client

from summitry.directory.actions.naming import EntityNameGiven, add_flag
from summitry.directory.models import Entity
from summitry.editions.models import Edition
from summitry.editions.permissions import DIRECTOR, PARTNER
from summitry.foundation.access import Actor, Scope, system
from summitry.foundation.grants import grant_role
from summitry.foundation.i18n import Text
from summitry.foundation.models import Account
from summitry.guests.enums import Capacity, GuestState
from summitry.guests.models import Category, Guest
from summitry.guests.permissions import ACCREDITATION, GUEST_OFFICE, PROTOCOL
from summitry.protocol.actions.courtesy import set_courtesy
from summitry.protocol.actions.precedence import create_precedence, propose_order
from summitry.protocol.actions.seating import add_block, create_seating
from summitry.protocol.actions.stay import create_allotment, create_hotel
from summitry.protocol.actions.travel import create_leg, create_station, create_transfer, create_vehicle
from summitry.protocol.enums import BlockKind, Direction, Rank
from summitry.protocol.models import Allotment, Leg, PrecedenceList, Seat, SeatingPlan, Transfer
from tests.directory.make import make_account, make_entity, make_person, make_profile, name
from tests.editions.make import make_edition
from tests.guests.make import make_category, make_guest

SYSTEM = system("tests")
ZONE = ZoneInfo("Asia/Shanghai")
DAY = dt.date(2026, 11, 9)
COUNTRIES: dict[str, dict[str, str]] = {
    "AE": {"en": "United Arab Emirates", "zh-hans": "阿拉伯联合酋长国", "ar": "الإمارات العربية المتحدة"},
    "CN": {"en": "China", "zh-hans": "中国", "ar": "الصين"},
    "FR": {"en": "France", "zh-hans": "法国", "ar": "فرنسا"},
    "KE": {"en": "Kenya", "zh-hans": "肯尼亚", "ar": "كينيا"},
}


def at(hour: int, minute: int = 0, day: int = 0) -> dt.datetime:
    """Return an instant by the venue's clock, `day` days after the first."""
    return dt.datetime.combine(DAY, dt.time(), ZONE) + dt.timedelta(days=day, hours=hour, minutes=minute)


@dataclass
class House:
    """The rows, by name, and who may sign in."""

    edition: Edition
    entities: dict[str, Entity] = field(default_factory=dict)
    categories: dict[str, Category] = field(default_factory=dict)
    guests: dict[str, Guest] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)

    def url(self, path: str = "", lang: str = "en") -> str:
        """Return the address of a page of this room."""
        return f"/{lang}/console/{self.edition.slug}/protocol/{path}"

    def actor(self, who: str) -> Actor:
        """Return somebody as an actor."""
        return self.accounts[who].actor()

    def signed_in(self, who: str) -> Client:
        """Return a browser in which somebody has signed in."""
        client = Client()
        client.force_login(self.accounts[who], backend="django.contrib.auth.backends.ModelBackend")
        return client


def make_house() -> House:
    """Five guests: the president of Kenya, the ministers of France and China (in office longer), "zayed" of AE, and "aide"."""
    entities = {code: make_entity(code) for code in COUNTRIES}
    names = tuple(
        EntityNameGiven(entities[code], lang, words)
        for code, texts in COUNTRIES.items()
        for lang, words in texts.items()
    )
    profile = make_profile("host", names)
    house = House(make_edition("rivertown", is_public=False, naming_profile=profile))
    house.entities = entities
    for code, entity in house.entities.items():
        add_flag(
            entity, f"vendor/flags/{code.lower()}.svg", by=SYSTEM, ratio="1:2" if code == "AE" else "2:3"
        )
    house.categories = {
        "heads": make_category(house.edition, "Heads of state", capacity=Capacity.HEAD_OF_STATE),
        "ministers": make_category(house.edition, "Ministers", capacity=Capacity.MINISTER),
        "guests": make_category(house.edition, "Guests", capacity=Capacity.GUEST),
    }
    for key, category, words, code, langs in (
        ("wanjiru", "heads", "Wanjiru Odhiambo", "KE", ["en", "sw"]),
        ("martin", "ministers", "Élise Martin", "FR", ["fr", "en"]),
        ("zhou", "ministers", "Zhou Yulan", "CN", ["zh"]),
        ("zayed", "ministers", "Zayed Al Falasi", "AE", ["ar", "en"]),
        ("aide", "guests", "Ama Boateng", "", ["en"]),
    ):
        given = [name("display", "en", words)]
        if key == "zhou":
            given.append(name("display", "zh-hans", "周玉兰", "zhou yulan"))
        person = make_person(*given, entity=house.entities.get(code), languages=langs, honorific=Text())
        house.guests[key] = make_guest(
            house.edition, house.categories[category], person, state=GuestState.CONFIRMED
        )
    set_courtesy(house.guests["zhou"], by=SYSTEM, rank=Rank.MINISTER, in_office_since=dt.date(2020, 3, 1))
    edition = Scope("edition", house.edition.pk)
    for who, role in {
        "protocol": PROTOCOL,
        "director": DIRECTOR,
        "office": GUEST_OFFICE,
        "officer": ACCREDITATION,
    }.items():
        house.accounts[who] = make_account(f"{who}@example.org")
        for code in (role.code, PARTNER.code):
            grant_role(house.accounts[who], code, edition, by=SYSTEM)
    return house


def make_list(house: House, *keys: str, by: Actor = SYSTEM, **facts: Any) -> PrecedenceList:
    """Make a list with the proposed order of these guests; of all who have a rank, where none is named."""
    made = create_precedence(house.edition, by=by, name=Text.of("Opening"), **facts)
    chosen = [house.guests[key].pk for key in keys or ("wanjiru", "martin", "zhou", "zayed")]
    propose_order(made, chosen, by=by, seen=0)
    return made


def order_of(precedence: PrecedenceList) -> list[str]:
    """Return the family names of a list in their order."""
    return [str(entry.guest).split()[0] for entry in precedence.entries.select_related("guest__person")]


def make_plan(house: House, seats: int = 4, kind: str = BlockKind.ROW, **facts: Any) -> SeatingPlan:
    """Make a plan with one table, A."""
    plan = create_seating(house.edition, by=SYSTEM, name=Text.of("Dinner"), **facts)
    add_block(plan, "A", kind, seats, by=SYSTEM, seen=0)
    return plan


def seat(plan: SeatingPlan, number: int) -> Seat:
    """Return a seat of a plan's first table, as it is now."""
    return plan.seats.select_related("plan", "block").get(number=number, block__position=1)


def make_leg(house: House, key: str = "martin", **facts: Any) -> Leg:
    """Make an arrival from Paris at 14:30 on the eve of the edition."""
    facts = {
        "direction": Direction.ARRIVAL,
        "code": "RV 128",
        "from_place": "Paris",
        "to_place": "Rivertown",
        "departs_at": at(1, day=-1),
        "arrives_at": at(14, 30, day=-1),
        "away_zone": "Europe/Paris",
        **facts,
    }
    return create_leg(house.guests[key], by=SYSTEM, **facts)


def make_transfer(house: House, seats: int = 2, **facts: Any) -> Transfer:
    """Make a ride from the airport to the venue at 15:00 on the eve."""
    edition = house.edition
    facts = {
        "vehicle": create_vehicle(edition, by=SYSTEM, label="Car 1", seats=seats),
        "from_station": create_station(edition, by=SYSTEM, name=Text.of("Airport")),
        "to_station": create_station(edition, by=SYSTEM, name=Text.of("Venue"), kind="venue"),
        "starts_at": at(15, day=-1),
        "ends_at": at(16, day=-1),
        **facts,
    }
    return create_transfer(edition, by=SYSTEM, **facts)


def make_allotment(house: House, rooms: int = 1) -> Allotment:
    """Make a hotel that holds rooms for the edition's nights and one before."""
    hotel = create_hotel(house.edition, by=SYSTEM, name=Text.of("Water Gate Inn"))
    return create_allotment(
        hotel,
        by=SYSTEM,
        room_class=Text.of("Single"),
        rooms=rooms,
        since=DAY - dt.timedelta(days=1),
        until=DAY + dt.timedelta(days=3),
    )
