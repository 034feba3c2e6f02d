"""A small published programme with everything that pages have to cope with; shared by the tests of pages and feeds."""

from __future__ import annotations

from dataclasses import dataclass, field

from summitry.directory.models import Person
from summitry.editions.enums import OrganiserRole
from summitry.editions.models import Edition, Room
from summitry.foundation.i18n import Text
from summitry.programme.actions.forum import set_forum_organisers
from summitry.programme.enums import Delivery, ForumKind
from summitry.programme.models import Forum, Session
from tests.directory.make import make_organisation, make_person, make_topic, name
from tests.editions.make import make_edition, make_room
from tests.programme.make import SYSTEM, appear, at, make_forum, make_session, place, publish


@dataclass
class Summit:
    """The rows, by name."""

    edition: Edition
    rooms: dict[str, Room] = field(default_factory=dict)
    forums: dict[str, Forum] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def url(self, path: str = "programme/", lang: str = "en") -> str:
        """Return the address of one of the edition's pages."""
        return f"/{lang}/{self.edition.slug}/{path}"


def make_summit_programme() -> Summit:
    """Two forums, three public sessions on two days, and a hidden session, a hidden forum and an unplaced session."""
    summit = Summit(make_edition("rivertown", host_city=Text.of("Rivertown")))
    edition = summit.edition
    summit.rooms = {
        "moon": make_room(edition, "Moon Bridge", code="moon"),
        "lotus": make_room(edition, "Lotus", code="lotus"),
    }
    summit.people = {
        "leila": make_person(name("display", "en", "Leïla Benslimane")),
        "chen": make_person(
            name("display", "en", "Chen Sihan"), name("native", "zh-hans", "陈思涵", "chen sihan")
        ),
        "ghost": make_person(name("display", "en", "Hidden Person")),
    }
    topic = make_topic("Governance", tone="topic-3")
    summit.forums = {
        "memory": make_forum(edition, "Digital memory", slug="memory", topic=topic, kind=ForumKind.MAIN),
        "cafe": make_forum(edition, "Café of tongues", slug="cafe", kind=ForumKind.CAFE),
        "hidden": make_forum(edition, "Secret forum", slug="hidden", is_public=False),
    }
    memory, cafe = summit.forums["memory"], summit.forums["cafe"]
    summit.sessions = {
        "opening": make_session(
            memory,
            Text.of({"en": "Opening of the archives", "zh-hans": "档案开放", "ar": "افتتاح الأرشيف"}),
            code="opening", is_broadcast=True, spoken=["en"], interpreted=["zh-hans"],
            abstract=Text.of("Why archives **matter**."),
        ),
        "cafe": make_session(cafe, "Multilingual internet", code="tongues", spoken=["fr"]),
        "night": make_session(memory, "Night of the archives", code="night"),
        "hidden": make_session(memory, "Confidential session", code="confidential", is_public=False),
        "elsewhere": make_session(summit.forums["hidden"], "Session of the secret forum", code="secret"),
        "unplaced": make_session(memory, "Unplaced session", code="unplaced"),
    }  # fmt: skip
    appear(summit.sessions["opening"], summit.people["leila"], delivery=Delivery.LIVE_LINK)
    appear(summit.sessions["cafe"], summit.people["chen"])
    for key in ("hidden", "elsewhere", "unplaced"):
        appear(summit.sessions[key], summit.people["ghost"])
    place(summit.sessions["opening"], summit.rooms["moon"], at(9), 90)
    place(summit.sessions["cafe"], summit.rooms["lotus"], at(9, 30))
    place(summit.sessions["night"], summit.rooms["moon"], at(24, 30, day=1))
    place(summit.sessions["hidden"], summit.rooms["moon"], at(12))
    place(summit.sessions["elsewhere"], summit.rooms["lotus"], at(12))
    publish(edition)
    return summit


def make_organised(summit: Summit, title: str = "Institute of Archives") -> None:
    """Give the forum on memory an organiser."""
    set_forum_organisers(
        summit.forums["memory"], [(make_organisation(title), OrganiserRole.CO_ORGANISER)], by=SYSTEM
    )
