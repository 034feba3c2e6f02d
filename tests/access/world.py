"""A small summit in which every kind of row exists twice: once where a role may see it, and once where it may not.

What must stay inside carries a marker in its title, so that a page, a file or an API answer that tells of it is caught
whatever its form.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.test import Client

from summitry.calls.actions.call import NewCall, create_call, publish_call
from summitry.calls.actions.juror import accept_appointment, appoint_juror, invite_juror
from summitry.calls.enums import Preset
from summitry.calls.models import Call
from summitry.calls.permissions import CHAIR, ELIGIBILITY, MANAGER
from summitry.directory.actions.term import NewTerm, propose_term
from summitry.directory.permissions import DIRECTORY_EDITOR, TERMINOLOGIST
from summitry.editions.actions.team import appoint
from summitry.editions.enums import OrganiserRole
from summitry.editions.models import Edition, Room
from summitry.editions.permissions import DIRECTOR, EDITOR, PARTNER, TRANSLATOR, VIEWER
from summitry.foundation import clock
from summitry.foundation.access import ADMINISTRATOR, SITE, Actor, Scope
from summitry.foundation.accounts import create_account
from summitry.foundation.files import Purpose, store_file
from summitry.foundation.grants import put_grant
from summitry.foundation.i18n import Text
from summitry.foundation.models import Account, Progress
from summitry.foundation.webhooks.endpoints import create_endpoint
from summitry.guests.actions.category import create_category
from summitry.guests.actions.delegation import NewDelegation, create_delegation
from summitry.guests.actions.field import create_field
from summitry.guests.actions.focal_points import appoint_focal_point
from summitry.guests.actions.guest import add_guest
from summitry.guests.actions.purpose import create_purpose
from summitry.guests.enums import Capacity, FieldKind
from summitry.guests.models import Delegation, Guest
from summitry.guests.permissions import FOCAL_POINT
from summitry.guests.permissions import ROLES as GUEST_ROLES
from summitry.mailing.actions.mailing import create_mailing
from summitry.mailing.models import Letter
from summitry.programme.actions.editors import appoint_editor
from summitry.programme.actions.forum import set_forum_organisers
from summitry.programme.actions.session import add_contribution
from summitry.programme.models import Contribution, Forum, Session, Speaker
from summitry.programme.permissions import INTERPRETER, ROOM_OPERATOR, STREAM_CREW, TRAVEL_DESK
from summitry.translation.actions.assignment import assign
from tests.directory.make import make_organisation, make_person, name
from tests.editions.make import make_edition, make_room
from tests.programme.make import SYSTEM, appear, at, make_forum, make_session, place, publish

HIDDEN = "Hidden-in-B"
"""Stands in every text of the second forum, which is not published, and belongs to another institution."""
OF_AN_EDITION = (
    DIRECTOR.code,
    EDITOR.code,
    TRANSLATOR.code,
    VIEWER.code,
    INTERPRETER.code,
    STREAM_CREW.code,
    TRAVEL_DESK.code,
    *(role.code for role in GUEST_ROLES if role is not FOCAL_POINT),
    MANAGER.code,
    ELIGIBILITY.code,
)
NOTES = Purpose("notes", ("text/plain",), 1000)
DELEGATION = "Hidden-delegation"
"""Stands in the name of the second delegation, which has a focal point of its own, and of its guest."""
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
    delegations: dict[str, Delegation] = field(default_factory=dict)
    guests: dict[str, Guest] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    arguments: dict[str, Any] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """Return a browser in which `role` is signed in; `visitor` is nobody."""
        client = Client(raise_request_exception=False)
        if role != "visitor":
            client.force_login(self.accounts[role])
        return client

    def actor(self, role: str) -> Actor:
        return self.accounts[role].actor()

    @property
    def roles(self) -> list[str]:
        """Everybody who knocks."""
        return ["visitor", *self.accounts]

    def filled(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Return an address's arguments with the rows' own ids and secrets in place of their names here."""
        return {name: self.arguments.get(value, value) for name, value in arguments.items()}


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
        appear(
            session, make_person(name("display", "en", f"{words} Chair"), email=f"{key}.chair@example.org")
        )
        world.sessions[key], world.talks[key] = session, talk
        set_forum_organisers(
            forum, [(make_organisation(f"{words} institute"), OrganiserRole.CO_ORGANISER)], by=SYSTEM
        )
    make_forum(foreign, f"{FOREIGN} forum", slug="foreign")
    place(world.sessions["open"], room, at(9))
    publish(edition)
    place(world.sessions["hidden"], other_room, at(11))
    _invite(world)
    calls = _calls(world)
    world.accounts = _accounts(world, room) | _jury(calls["open"])
    world.arguments = _arguments(world) | {f"call:{key}": call.slug for key, call in calls.items()}
    return world


def _invite(world: World) -> None:
    """Two delegations of one guest each, the second of which is to be known to its own focal point and the offices only."""
    category = create_category(
        world.edition, by=SYSTEM, name=Text.of("Delegates"), slug="delegates", capacity=Capacity.DELEGATE
    )
    purpose = create_purpose(world.edition, by=SYSTEM, name=Text.of("Badge"), slug="badge")
    create_field(
        world.edition, by=SYSTEM, slug="diet", label=Text.of("Diet"), kind=FieldKind.LINE, purpose=purpose
    )
    for key, words in (("open", "Open"), ("hidden", DELEGATION)):
        world.delegations[key] = create_delegation(
            world.edition, NewDelegation(organisation=make_organisation(f"{words} academy")), by=SYSTEM
        )
        person = make_person(name("display", "en", f"{words} Delegate"), email=f"{key}.delegate@example.org")
        world.guests[key] = add_guest(
            world.edition, person, category, by=SYSTEM, delegation=world.delegations[key]
        )


def _arguments(world: World) -> dict[str, Any]:
    """Make one row of every other kind; return what stands for it in an address, by the name of the argument."""
    director = world.actor("director")
    mailing = create_mailing(
        world.edition, by=director, name=f"{HIDDEN} letter", audience="speakers", filters={"everyone": True},
        subject=Text.of(f"{HIDDEN} subject"), body=Text.of(f"{HIDDEN} body"),
    )  # fmt: skip
    letter = Letter.objects.create(
        mailing=mailing, address="hidden@example.org", lang="en", subject=f"{HIDDEN} letter", text=HIDDEN
    )
    term = propose_term(NewTerm(words=Text.of({"en": "A proposed term"})), by=SYSTEM)
    endpoint, _secret = create_endpoint(
        world.edition.pk, by=director, name=f"{HIDDEN} door", url="https://example.org/hook",
        events=["programme.schedule.published"],
    )  # fmt: skip
    progress = Progress.objects.create(
        owner=world.accounts["director"],
        kind="translation.machine",
        language="en",
        edition_id=world.edition.pk,
    )
    kept = store_file(
        ContentFile(HIDDEN.encode(), "notes.txt"), NOTES, by=director, edition_id=world.edition.pk
    )
    share = assign(world.edition, world.accounts["translator"], "ar", by=director, due_at=clock.now())
    speakers = {
        key: Speaker.objects.get(person__email=f"{key}.chair@example.org") for key in ("open", "hidden")
    }
    rows = {
        f"{kind}:{key}": value
        for key in ("open", "hidden")
        for kind, value in {
            "session": world.sessions[key].pk,
            "talk": world.talks[key].pk,
            "speaker": speakers[key].pk,
            "person": speakers[key].person.slug,
            "part": world.sessions[key].appearances.get().pk,
            "unit": f"programme.session:{world.sessions[key].pk}:title",
        }.items()
    }
    return {
        **rows,
        "nobody's": "nobodys",
        "none": 999_999,
        "mailing": mailing.pk,
        "letter": letter.pk,
        "term": term.slug,
        "endpoint": endpoint.public_id,
        "progress": progress.public_id,
        "file": kept.public_id,
        "assignment": share.pk,
        "guest:open": world.guests["open"].pk,
        "guest:hidden": world.guests["hidden"].pk,
        "delegation:open": world.delegations["open"].slug,
        "delegation:hidden": world.delegations["hidden"].slug,
    }


def _calls(world: World) -> dict[str, Call]:
    """Two calls with all that their preset brings: one that is published, and a draft."""
    now = clock.now()
    made = {}
    for key, words in (("open", "Open"), ("hidden", HIDDEN)):
        new = NewCall(
            preset=Preset.CASES,
            slug=f"{key}-call",
            name=Text.of(f"{words} call"),
            opens_at=now - dt.timedelta(days=1),
            closes_at=now + dt.timedelta(days=30),
        )
        made[key] = create_call(world.edition, new, by=SYSTEM)
    publish_call(made["open"], by=SYSTEM)
    return made


def _jury(call: Call) -> dict[str, Account]:
    """A juror and a chair of the open call; the other call has none."""
    person = make_person(name("display", "en", "Open Juror"), email=_address("juror"))
    juror = accept_appointment(invite_juror(appoint_juror(call, person, by=SYSTEM), by=SYSTEM), by=SYSTEM)
    assert juror.account is not None
    chair = create_account(_address("jury_chair"), by=SYSTEM, name="jury_chair")
    put_grant(chair, CHAIR.code, Scope("call", call.pk), by=SYSTEM)
    put_grant(chair, PARTNER.code, Scope("edition", call.edition_id), by=SYSTEM)
    return {"juror": juror.account, "jury_chair": chair}


def _accounts(world: World, room: Room) -> dict[str, Account]:
    made = {}
    for role in ("account", "administrator", "directory_editor", "terminologist", "foreign_director"):
        made[role] = create_account(_address(role), by=SYSTEM, name=role)
    put_grant(made["administrator"], ADMINISTRATOR, SITE, by=SYSTEM)
    put_grant(made["directory_editor"], DIRECTORY_EDITOR.code, SITE, by=SYSTEM)
    put_grant(made["terminologist"], TERMINOLOGIST.code, SITE, by=SYSTEM)
    appoint(world.foreign, _address("foreign_director"), DIRECTOR.code, by=SYSTEM)
    for code in OF_AN_EDITION:
        made[code] = appoint(world.edition, _address(code), code, by=SYSTEM, name=code)
    made["room_operator"] = appoint(
        world.edition,
        _address("room_operator"),
        ROOM_OPERATOR.code,
        by=SYSTEM,
        room=room,
        name="room_operator",
    )
    for role, forum in (("open_institution", world.open), ("hidden_institution", world.hidden)):
        made[role] = create_account(_address(role), by=SYSTEM, name=role)
        appoint_editor(forum, made[role], by=SYSTEM)
    for key in ("open", "hidden"):
        role = f"{key}_focal_point"
        made[role] = appoint_focal_point(world.delegations[key], _address(role), by=SYSTEM, name=role)
    return made


def _address(role: str) -> str:
    return f"{role.replace('_', '-')}@example.org"
