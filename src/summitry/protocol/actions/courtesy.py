"""How guests are addressed, and who receives them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.changes import change, checked
from summitry.guests.models import Guest
from summitry.protocol.actions.coming import require_coming
from summitry.protocol.models import Courtesy, Greeting


def courtesy_of(guest: Guest) -> Courtesy:
    """Return how a guest is addressed; a row that is not there yet where nobody has said anything."""
    found = Courtesy.objects.filter(guest=guest).first()
    return found or Courtesy(guest=guest)


def set_courtesy(guest: Guest, *, by: Actor, **values: Any) -> Courtesy:
    """Say how a guest is addressed; what is left out stays. Raises like `foundation.changes.change`."""
    require(by, "edit", Courtesy(guest=guest))
    with recording():
        row, _made = Courtesy.objects.get_or_create(guest=guest)
        change(row, values, by=by, audit="protocol.courtesy.updated")
    return row


def set_courtesies(given: Sequence[tuple[Guest, Mapping[str, Any]]], *, by: Actor) -> list[Courtesy]:
    """Say how many guests are addressed who have nothing of it yet, with one statement."""
    for guest, _values in given[:1]:
        require(by, "edit", Courtesy(guest=guest))
    return Courtesy.objects.bulk_create(Courtesy(guest=guest, **values) for guest, values in given)


def set_greeting(guest: Guest, *, by: Actor, greeting: Greeting | None = None, **facts: Any) -> Greeting:
    """Say who receives a guest where and when, or change a greeting. Raises NotComing and InvalidInput."""
    require(by, "edit", Greeting(guest=guest))
    row = greeting or Greeting(guest=guest)
    for name, value in facts.items():
        setattr(row, name, value)
    with recording():
        require_coming([guest])
        checked(row)
        row.save()
        record("protocol.greeting.set", by=by, obj=guest)
    return row


def remove_greeting(greeting: Greeting, *, by: Actor) -> None:
    """Take back who receives a guest."""
    require(by, "edit", greeting)
    with recording():
        record("protocol.greeting.removed", by=by, obj=greeting.guest)
        greeting.delete()
