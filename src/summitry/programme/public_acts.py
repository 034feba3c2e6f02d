"""Who spoke or chaired did so in public: that remains, even of a guest who is erased."""

from __future__ import annotations

from summitry.directory.models import Person
from summitry.guests.queries.public_acts import register_public_act
from summitry.programme.models import Appearance


def appears(person: Person) -> bool:
    """Return whether a person appears in any programme."""
    return Appearance.objects.filter(person=person).exists()


def register() -> None:
    """Let the guests' room know."""
    register_public_act("programme.appearance", appears)
