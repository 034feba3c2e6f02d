"""Looking at what is sealed: only who may, and each look is in the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, record_many, recording
from summitry.guests.models import Answer, Guest
from summitry.guests.queries.answers import value_of


def look_at(guest: Guest, *, by: Actor) -> Mapping[int, Any]:
    """Return what a guest answered under seal, by the field's id, and record that `by` looked."""
    require(by, "unseal", guest)
    answers = list(Answer.objects.filter(guest=guest).exclude(sealed=""))
    if answers:
        record("guests.guest.unsealed", by=by, obj=guest)
    return {answer.field_id: value_of(answer) for answer in answers}


def note_looks(action: str, guests: Sequence[Guest], *, by: Actor, **params: Any) -> None:
    """Record that `by` saw sealed answers of many guests at once."""
    if guests:
        with recording():
            changes: Iterable[tuple[Guest, dict[str, Any], dict[str, Any]]] = (
                (guest, {}, {}) for guest in guests
            )
            record_many(action, by=by, changes=list(changes), edition_id=guests[0].edition_id, **params)
