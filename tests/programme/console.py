"""A small edition as its console sees it: two forums of two institutions, and people who sign in."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.test import Client

from summitry.directory.models import Person
from summitry.editions.models import Edition, Room
from summitry.editions.permissions import DIRECTOR, PARTNER, VIEWER
from summitry.foundation.access import Scope
from summitry.foundation.grants import grant_role
from summitry.foundation.i18n import Text
from summitry.foundation.models import Account
from summitry.programme.actions.appearance import set_appearances
from summitry.programme.actions.session import add_contribution
from summitry.programme.models import Appearance, Contribution, Forum, Session
from summitry.programme.permissions import FORUM_EDITOR
from tests.directory.make import make_account, make_person, name
from tests.editions.make import make_edition, make_room
from tests.programme.make import SYSTEM, appear, at, make_forum, make_session, place


@dataclass
class House:
    """The rows, by name, and who may sign in."""

    edition: Edition
    rooms: dict[str, Room] = field(default_factory=dict)
    forums: dict[str, Forum] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    contributions: dict[str, Contribution] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)

    def url(self, path: str, lang: str = "en") -> str:
        """Return the address of a page of the programme's console."""
        return f"/{lang}/console/{self.edition.slug}/programme/{path}"

    def signed_in(self, who: str) -> Client:
        """Return a browser in which somebody has signed in."""
        client = Client()
        client.force_login(self.accounts[who], backend="django.contrib.auth.backends.ModelBackend")
        return client


def make_house() -> House:
    """Forum "water" with two sessions, one placed; forum "light" with one; one contribution in each forum."""
    house = House(make_edition("rivertown", is_public=False))
    house.rooms = {"moon": make_room(house.edition, "Moon Bridge", code="moon", capacity=80)}
    house.forums = {
        "water": make_forum(house.edition, "Water", slug="water"),
        "light": make_forum(house.edition, "Light", slug="light"),
    }
    titles = {
        "rain": Text.of({"en": "Rain and data", "zh-hans": "雨与数据", "ar": "المطر والبيانات"}),
        "well": Text.of("Élan of wells"),
        "lamp": Text.of({"en": "Lamps", "zh-hans": "灯"}),
    }
    house.sessions = {
        "rain": make_session(house.forums["water"], titles["rain"], code="rain", spoken=["en"]),
        "well": make_session(house.forums["water"], titles["well"], code="well"),
        "lamp": make_session(house.forums["light"], titles["lamp"], code="lamp"),
    }
    house.people = {
        "chen": make_person(
            name("display", "en", "Chen Sihan"), name("native", "zh-hans", "陈思涵", "chen sihan")
        ),
        "leila": make_person(name("display", "en", "Leïla Benslimane")),
    }
    place(house.sessions["rain"], house.rooms["moon"], at(9))
    for key, title in (("rain", "On rivers"), ("lamp", "On lanterns")):
        house.contributions[key] = add_contribution(house.sessions[key], by=SYSTEM, title=Text.of(title))
    set_appearances(
        house.sessions["rain"],
        [Appearance(person=house.people["chen"], delivery="live_link")],
        by=SYSTEM,
        contribution=house.contributions["rain"],
    )
    appear(house.sessions["lamp"], house.people["leila"])
    edition = Scope("edition", house.edition.pk)
    for who, grants in {
        "director": [(DIRECTOR.code, edition)],
        "viewer": [(VIEWER.code, edition)],
        "water": [(PARTNER.code, edition), (FORUM_EDITOR.code, Scope("forum", house.forums["water"].pk))],
        "guest": [],
    }.items():
        house.accounts[who] = make_account(f"{who}@example.org")
        for role, scope in grants:
            grant_role(house.accounts[who], role, scope, by=SYSTEM)
    return house
