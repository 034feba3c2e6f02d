"""Builders for the directory: each calls a real action, as the system unless told otherwise."""

from __future__ import annotations

import itertools
from typing import Any

from summitry.directory.actions.naming import EntityNameGiven, create_entity, create_profile, set_entity_names
from summitry.directory.actions.organisation import NewOrganisation, create_organisation
from summitry.directory.actions.person import NameGiven, NewPerson, create_person
from summitry.directory.actions.topic import create_topic
from summitry.directory.enums import NameUse
from summitry.directory.models import Entity, NamingProfile, Organisation, Person, Topic
from summitry.foundation.access import PUBLIC, Actor, ActorKind, Scope, system
from summitry.foundation.i18n import Text
from summitry.foundation.models import Account

SYSTEM = system("tests")
STRANGER = PUBLIC
_numbers = itertools.count(1)


def actor_with(role: str, scope: Scope = Scope("site", 0)) -> Actor:  # noqa: B008 - a plain tuple
    """Return a signed-in person who holds one role and has no account row."""
    return Actor(ActorKind.PERSON, role, account_id=1, grants=frozenset({(role, scope)}))


def name(use: str, lang: str, text: str, sort_key: str = "") -> NameGiven:
    return NameGiven(NameUse(use), lang, text, sort_key)


def make_person(*names: NameGiven, by: Actor = SYSTEM, **facts: Any) -> Person:
    given = names or (name("display", "en", f"Person {next(_numbers)}"),)
    return create_person(NewPerson(names=given, **facts), by=by)


def make_organisation(title: str = "", by: Actor = SYSTEM, **facts: Any) -> Organisation:
    text = Text.of(title or f"Organisation {next(_numbers)}")
    return create_organisation(NewOrganisation(name=text, **facts), by=by)


def make_topic(title: str = "", parent: Topic | None = None, by: Actor = SYSTEM, **facts: Any) -> Topic:
    return create_topic(Text.of(title or f"Topic {next(_numbers)}"), parent=parent, by=by, **facts)


def make_entity(code: str = "CN", by: Actor = SYSTEM, **facts: Any) -> Entity:
    return create_entity(code, by=by, **facts)


def make_profile(slug: str = "host", names: tuple[EntityNameGiven, ...] = ()) -> NamingProfile:
    profile = create_profile(slug, slug.title(), by=SYSTEM)
    set_entity_names(profile, names, by=SYSTEM)
    return profile


def make_account(email: str = "") -> Account:
    return Account.objects.create_user(email or f"a{next(_numbers)}@example.org")
