"""A small house on its first day: two forums, four sessions, a crew, and interpreters of three languages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from summitry.directory.models import Person
from summitry.editions.models import Edition, Room
from summitry.editions.permissions import CREW, DIRECTOR, EDITOR, PARTNER, VIEWER
from summitry.foundation.access import Actor, Scope
from summitry.foundation.grants import grant_role
from summitry.foundation.i18n import Text
from summitry.foundation.models import Account
from summitry.live.actions.booth_plan import plan_booth, set_team
from summitry.live.actions.cues import draft_cues
from summitry.live.actions.interpreters import engage_interpreters, set_booths
from summitry.live.models import Booth, BoothPlan, Cue, Interpreter
from summitry.programme.actions.appearance import set_appearances
from summitry.programme.actions.session import add_contribution
from summitry.programme.models import Appearance, Contribution, Forum, Session
from summitry.programme.permissions import FORUM_EDITOR, INTERPRETER, ROOM_OPERATOR, STREAM_CREW
from tests.directory.make import make_account, make_person, name
from tests.editions.make import make_edition, make_room
from tests.programme.make import SYSTEM, at, make_forum, make_session, place


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

    def url(self, path: str = "", lang: str = "en") -> str:
        """Return the address of a page of this room."""
        return f"/{lang}/console/{self.edition.slug}/run/{path}"

    def actor(self, who: str) -> Actor:
        """Return somebody as an actor."""
        return self.accounts[who].actor()

    def signed_in(self, who: str) -> Client:
        """Return a browser in which somebody has signed in."""
        client = Client()
        client.force_login(self.accounts[who], backend="django.contrib.auth.backends.ModelBackend")
        return client

    def cues(self, key: str = "rain") -> list[Cue]:
        """Return a session's cues."""
        return list(Cue.objects.filter(session=self.sessions[key]))


def make_house() -> House:
    """In the room Moon "rain" 9–10 and "well" 10:15–11, in Sun "lamp" 9–10 of another forum; "far" has no place."""
    house = House(make_edition("rivertown", is_public=False, languages=["en", "zh-hans"]))
    house.rooms = {
        "moon": make_room(house.edition, "Moon Bridge", code="moon", capacity=80),
        "sun": make_room(house.edition, "Sun Gate", code="sun", capacity=80),
    }
    house.forums = {
        "water": make_forum(house.edition, "Water", slug="water"),
        "light": make_forum(house.edition, "Light", slug="light"),
    }
    facts: dict[str, Any] = {"spoken": ["en"], "interpreted": ["fr", "zh"]}
    house.sessions = {
        "rain": make_session(house.forums["water"], "Rain and data", code="rain", is_broadcast=True, **facts),
        "well": make_session(house.forums["water"], "Of wells", code="well"),
        "lamp": make_session(house.forums["light"], "Lamps", code="lamp", spoken=["en"], interpreted=["fr"]),
        "far": make_session(house.forums["light"], "Far away", code="far"),
    }
    place(house.sessions["rain"], house.rooms["moon"], at(9), 60)
    place(house.sessions["well"], house.rooms["moon"], at(10, 15), 45)
    place(house.sessions["lamp"], house.rooms["sun"], at(9), 60)
    house.people = {
        "chen": make_person(name("display", "en", "Chen Sihan"), name("native", "zh-hans", "陈思涵")),
        "leila": make_person(name("display", "en", "Leïla Benslimane")),
    }
    for key, words, minutes in (("river", "On rivers", 30), ("sea", "On seas", 20)):
        house.contributions[key] = add_contribution(
            house.sessions["rain"], by=SYSTEM, title=Text.of(words), minutes=minutes
        )
    parts = {"river": ("chen", "live_link"), "sea": ("leila", "in_person")}
    for key, (who, delivery) in parts.items():
        set_appearances(
            house.sessions["rain"],
            [Appearance(person=house.people[who], delivery=delivery)],
            by=SYSTEM,
            contribution=house.contributions[key],
        )
    _accounts(house)
    return house


def _accounts(house: House) -> None:
    edition = Scope("edition", house.edition.pk)
    partner, crew = (PARTNER.code, edition), (CREW.code, edition)
    for who, grants in {
        "director": [(DIRECTOR.code, edition)],
        "editor": [(EDITOR.code, edition)],
        "viewer": [(VIEWER.code, edition)],
        "operator": [crew, (ROOM_OPERATOR.code, edition)],
        "moon": [crew, (ROOM_OPERATOR.code, Scope("room", house.rooms["moon"].pk))],
        "stream": [crew, (STREAM_CREW.code, edition)],
        "booth": [crew, (INTERPRETER.code, edition)],
        "water": [partner, (FORUM_EDITOR.code, Scope("forum", house.forums["water"].pk))],
        "guest": [],
    }.items():
        house.accounts[who] = make_account(f"{who}@example.org")
        for role, scope in grants:
            grant_role(house.accounts[who], role, scope, by=SYSTEM)


def make_sheet(house: House, key: str = "rain") -> list[Cue]:
    """Draft a session's cue sheet."""
    return draft_cues(house.sessions[key], by=SYSTEM)


def make_interpreters(house: House, *langs: str) -> list[Interpreter]:
    """Engage one interpreter from and into English for each of `langs`."""
    given = [
        (make_person(name("display", "en", f"Interpreter {n}")), [("en", lang), (lang, "en")])
        for n, lang in enumerate(langs, Interpreter.objects.count() + 1)
    ]
    return engage_interpreters(house.edition, given, by=SYSTEM)


def make_booths(house: House, count: int = 3) -> list[Booth]:
    """Give every room so many booths; return those of the room Moon."""
    set_booths(house.edition, dict.fromkeys(house.rooms.values(), count), by=SYSTEM)
    return list(Booth.objects.filter(room=house.rooms["moon"]))


def make_plan(house: House, lang: str, *team: Interpreter, key: str = "rain") -> BoothPlan:
    """Plan one language of a session with a team."""
    return set_team(plan_booth(house.sessions[key], lang, by=SYSTEM), team, by=SYSTEM)
