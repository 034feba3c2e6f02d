"""What is done on the board: a session moves from the place where the mover saw it, or not at all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from summitry.editions.models import Edition, Room
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import recording
from summitry.foundation.errors import InvalidInput, StaleState
from summitry.programme.actions.schedule import place_session, unplace_session
from summitry.programme.models import Session, Slot, Version
from summitry.programme.queries.diff import Place

REACH = dt.timedelta(days=14)
LONGEST = dt.timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the mover saw: the revision of the slot and its place; 0 and nothing for a session in the tray."""

    revision: int
    place: Place | None


class OutOfReach(InvalidInput):
    """A place far from the edition, or a session that never ends: a slip of the hand."""

    code = "out-of-reach"
    message = _("Choose a time near the edition’s days, and a length of at most a day.")


def move_session(
    draft: Version, session: Session, to: Place | None, *, by: Actor, seen: Seen | None = None
) -> Slot | None:
    """Move a session to a place of the draft, or to the tray (`to` is None); return its slot.

    `seen` is what the mover saw, None for "whatever is there". A session that was taken out and placed again has its
    old revision back, so the place counts as well. Announces SlotsPlaced. Raises StaleState where somebody moved it
    meanwhile, OutOfReach, SlotOutOfOrder, ForeignObject and VersionIsPublished.
    """
    require(by, "schedule", draft)
    room = _room(draft.edition, to) if to is not None else None
    with recording():
        slot = Slot.objects.select_for_update(of=("self",)).filter(version=draft, session=session).first()
        if seen is not None and seen != _as_seen(slot):
            raise StaleState
        revision = 0 if slot is None else slot.revision
        if to is None:
            unplace_session(draft, session, by=by, expected_revision=revision if slot else None)
            return None
        return place_session(
            draft, session, room, to.starts_at, to.ends_at, by=by, expected_revision=revision
        )


def _as_seen(slot: Slot | None) -> Seen:
    if slot is None or slot.is_cancelled:
        return Seen(0, None)
    return Seen(slot.revision, Place(slot.room_id, slot.starts_at, slot.ends_at))


def _room(edition: Edition, to: Place) -> Room | None:
    """Return the room of a place. Raises OutOfReach, and InvalidInput for a room that the edition does not have."""
    first = dt.datetime.combine(edition.starts_on, dt.time(), edition.zone) - REACH
    last = dt.datetime.combine(edition.ends_on, dt.time(), edition.zone) + REACH
    if not first <= to.starts_at <= last or to.ends_at - to.starts_at > LONGEST:
        raise OutOfReach
    if to.room_id is None:
        return None
    room = Room.objects.filter(edition=edition, pk=to.room_id).first()
    if room is None:
        raise InvalidInput(_("This room does not exist any more."), fields={"room": []})
    return room
