"""Builders for editions: each calls a real action, as the system unless told otherwise."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from summitry.editions.actions.edition import create_edition, create_summit
from summitry.editions.actions.room import NewRoom, create_room
from summitry.editions.actions.venue import create_building, create_venue
from summitry.editions.models import Building, Edition, Room, Summit, Venue
from summitry.foundation.access import Actor, ActorKind, Scope, system
from summitry.foundation.i18n import Text

SYSTEM = system("tests")
_numbers = itertools.count(1)


def in_edition(role: str, edition: Edition) -> Actor:
    """Return a signed-in person who holds one role in an edition and has no account row."""
    return Actor(
        ActorKind.PERSON, role, account_id=1, grants=frozenset({(role, Scope("edition", edition.pk))})
    )


def make_summit(**facts: Any) -> Summit:
    n = next(_numbers)
    return create_summit(facts.pop("slug", f"summit-{n}"), Text.of(f"Summit {n}"), by=SYSTEM)


def make_edition(slug: str = "", summit: Summit | None = None, by: Actor = SYSTEM, **facts: Any) -> Edition:
    n = next(_numbers)
    facts = {
        "name": Text.of(f"Edition {n}"),
        "starts_on": dt.date(2026, 11, 9),
        "ends_on": dt.date(2026, 11, 11),
        "zone_name": "Asia/Shanghai",
        "languages": ["en", "zh-hans", "ar"],
        "fallback": ["en"],
        "is_public": True,
        **facts,
    }
    return create_edition(summit or make_summit(), slug or f"edition-{n}", by=by, **facts)


def make_venue(edition: Edition, title: str = "Congress Centre") -> Venue:
    return create_venue(edition, Text.of(title), by=SYSTEM)


def make_building(venue: Venue, title: str = "") -> Building:
    return create_building(venue, Text.of(title or f"Building {next(_numbers)}"), by=SYSTEM)


def make_room(edition: Edition, title: str = "", building: Building | None = None, **facts: Any) -> Room:
    name = Text.of(title or f"Room {next(_numbers)}")
    return create_room(edition, NewRoom(name=name, building=building, **facts), by=SYSTEM)
