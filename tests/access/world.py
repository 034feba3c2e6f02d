"""A small summit in which every kind of row exists twice: once where a role may see it, and once where it may not.

What must stay inside carries a marker in its title, so that a page, a file or an API answer that tells of it is caught
whatever its form.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from summitry.directory.actions.term import NewTerm, propose_term
from summitry.directory.permissions import DIRECTORY_EDITOR, TERMINOLOGIST
from summitry.editions.enums import OrganiserRole
from summitry.editions.models import Edition
from summitry.editions.permissions import DIRECTOR, EDITOR, TRANSLATOR, VIEWER
from summitry.foundation.access import ADMINISTRATOR, SITE, Actor, Scope
from summitry.foundation.accounts import create_account
from summitry.foundation.grants import put_grant
from summitry.foundation.i18n import Text
from summitry.foundation.models import Account
from summitry.programme.actions.editors import appoint_editor
from summitry.programme.actions.forum import set_forum_organisers
from summitry.programme.actions.session import add_contribution
from summitry.programme.models import Contribution, Forum, Session
from summitry.programme.permissions import INTERPRETER, ROOM_OPERATOR, STREAM_CREW, TRAVEL_DESK
from tests.directory.make import make_organisation, make_person, name
from tests.editions.make import make_edition, make_room
from tests.programme.make import SYSTEM, appear, at, make_forum, make_session, place, publish

HIDDEN = "Hidden-in-B"
"""Stands in every text of the second forum, which is not published, and belongs to another institution."""
FOREIGN = "Foreign-edition"
"""Stands in every text of an edition that is not public, and has a director of its own."""


@dataclass
class World:
    """The rows and who looks at them."""

    edition: Edition
    foreign: Edition
    open: Forum
    hidden: Forum
    sessions: dict[str, Session] = field(default_factory=dict)
    talks: dict[str, Contribution] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    arguments: dict[str, dict[str, Any]] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """Return a browser in which `role` is signed in; `visitor` is nobody."""
        client = Client(raise_request_exception=False)
        if role != "visitor":
            client.force_login(self.accounts[role])
        return client

    def actor(self, role: str) -> Actor:
        return self.accounts[role].actor()


def make_world() -> World:
    """Build it with real actions; two forums, two editions, and one account for each role."""
    edition = make_edition("rivertown", languages=["en", "zh-hans", "ar"])
    foreign = make_edition("elsewhere", name=Text.of(FOREIGN), is_public=False)
    world = World(
        edition,
        foreign,
        make_forum(edition, "Open forum", slug="open", abstract=Text.of("About openness.")),
        make_forum(edition, f"{HIDDEN} forum", slug="hidden", abstract=Text.of(f"{HIDDEN} abstract")),
    )
    room = make_room(edition, "Moon Bridge", code="moon")
    other_room = make_room(edition, "Lotus", code="lotus")
    for key, forum, words in (("open", world.open, "Open"), ("hidden", world.hidden, HIDDEN)):
        session = make_session(
            forum, f"{words} session", code=key, spoken=["en"], interpreted=["ar"], is_broadcast=True
        )
        talk = add_contribution(session, by=SYSTEM, title=Text.of(f"{words} talk"))
        appear(session, make_person(name("display", "en", f"{words} Chair"), email=f"{key}.chair@example.org"))
        world.sessions[key], world.talks[key] = session, talk
        set_forum_organisers(
            forum, [(make_organisation(f"{words} institute"), OrganiserRole.CO_ORGANISER)], by=SYSTEM
        )
    make_forum(foreign, f"{FOREIGN} forum", slug="foreign")
    place(world.sessions["open"], room, at(9))
    publish(edition)
    place(world.sessions["hidden"], other_room, at(11))
    world.accounts = _accounts(world, room.pk)
    return world


def _accounts(world: World, room: int) -> dict[str, Account]:
    here, there = Scope("edition", world.edition.pk), Scope("edition", world.foreign.pk)
    grants: dict[str, tuple[tuple[str, Scope], ...]] = {
        "account": (),
        "administrator": ((ADMINISTRATOR, SITE),),
        "directory_editor": ((DIRECTORY_EDITOR.code, SITE),),
        "terminologist": ((TERMINOLOGIST.code, SITE),),
        "director": ((DIRECTOR.code, here),),
        "editor": ((EDITOR.code, here),),
        "translator": ((TRANSLATOR.code, here),),
        "viewer": ((VIEWER.code, here),),
        "room_operator": ((ROOM_OPERATOR.code, Scope("room", room)),),
        "interpreter": ((INTERPRETER.code, here),),
        "stream_crew": ((STREAM_CREW.code, here),),
        "travel_desk": ((TRAVEL_DESK.code, here),),
        "foreign_director": ((DIRECTOR.code, there),),
    }
    made = {}
    for role, given in grants.items():
        made[role] = create_account(f"{role.replace('_', '-')}@example.org", by=SYSTEM, name=role)
        for code, scope in given:
            put_grant(made[role], code, scope, by=SYSTEM)
    for role, forum in (("open_institution", world.open), ("hidden_institution", world.hidden)):
        made[role] = create_account(f"{role.replace('_', '-')}@example.org", by=SYSTEM, name=role)
        appoint_editor(forum, made[role], by=SYSTEM)
    return made
