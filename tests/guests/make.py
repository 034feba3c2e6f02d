"""Builders for guests: each calls a real action, as the system unless told otherwise."""

from __future__ import annotations

import itertools
from typing import Any

from summitry.directory.models import Person
from summitry.editions.models import Edition
from summitry.foundation.access import Actor, ActorKind, Scope, system
from summitry.foundation.i18n import Text
from summitry.guests.actions.category import create_category
from summitry.guests.actions.field import create_field
from summitry.guests.actions.guest import add_guest
from summitry.guests.actions.purpose import create_purpose
from summitry.guests.enums import Capacity, FieldKind
from summitry.guests.models import Category, Field, Guest, Purpose
from tests.directory.make import make_person, name

SYSTEM = system("tests")
_numbers = itertools.count(1)


def in_scope(role: str, kind: str, pk: int) -> Actor:
    """Return a signed-in person who holds one role in one scope and has no account row."""
    return Actor(ActorKind.PERSON, role, account_id=1, grants=frozenset({(role, Scope(kind, pk))}))


def make_category(edition: Edition, title: str = "", by: Actor = SYSTEM, **facts: Any) -> Category:
    n = next(_numbers)
    facts = {"capacity": Capacity.DELEGATE, **facts}
    return create_category(edition, by=by, name=Text.of(title or f"Category {n}"), **facts)


def make_purpose(edition: Edition, title: str = "", by: Actor = SYSTEM, **facts: Any) -> Purpose:
    return create_purpose(edition, by=by, name=Text.of(title or f"Purpose {next(_numbers)}"), **facts)


def make_field(
    edition: Edition,
    slug: str = "",
    *,
    kind: str = FieldKind.LINE,
    purpose: Purpose | None = None,
    by: Actor = SYSTEM,
    **facts: Any,
) -> Field:
    """Make a question; without `purpose` it is asked for the edition's first one, or a new one."""
    n = next(_numbers)
    why = purpose or Purpose.objects.filter(edition=edition, sealed=False).first() or make_purpose(edition)
    facts = {"label": Text.of(f"Question {n}"), "slug": slug or f"question-{n}", **facts}
    return create_field(edition, by=by, kind=kind, purpose=why, **facts)


def make_guest(
    edition: Edition,
    category: Category | None = None,
    person: Person | str = "",
    by: Actor = SYSTEM,
    **facts: Any,
) -> Guest:
    """Make a guest; a name makes a person of that name, and without a category the edition's first or a new one serves."""
    if not isinstance(person, Person):
        person = make_person(name("display", "en", person or f"Guest {next(_numbers)}"))
    category = category or Category.objects.filter(edition=edition).first() or make_category(edition)
    return add_guest(edition, person, category, by=by, **facts)
