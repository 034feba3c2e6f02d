"""What is done with the schedule: sessions are placed in the draft, and the draft is published as the next version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from summitry.editions.actions.content import touch_content
from summitry.editions.models import Edition, Room
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import StaleState
from summitry.programme.enums import ChangeKind
from summitry.programme.errors import ForeignObject, NothingScheduled, SlotOutOfOrder, VersionIsPublished
from summitry.programme.events import SchedulePublished, SlotsPlaced
from summitry.programme.models import Session, Slot, Version
from summitry.programme.queries.diff import Change, Place, Placed, changes_between

FIRST_REVISION = 1
_NEW_SEQUENCE = frozenset({ChangeKind.MOVED, ChangeKind.CANCELLED, ChangeKind.ADDED})


@dataclass(frozen=True, slots=True)
class Placement:
    """A session's wished-for place; `room` is empty where it has none."""

    session: Session
    room: Room | None
    starts_at: dt.datetime
    ends_at: dt.datetime

    @property
    def place(self) -> Place:
        """The place without the session."""
        return Place(self.room.pk if self.room else None, self.starts_at, self.ends_at)


def draft_of(edition: Edition) -> Version:
    """Return the edition's draft, which exists from the moment somebody asks for it."""
    return Version.objects.get_or_create(edition=edition, number=None)[0]


def place_session(
    draft: Version,
    session: Session,
    room: Room | None,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    *,
    by: Actor,
    expected_revision: int | None = None,
) -> Slot:
    """Place or move a session in the draft; the same place again changes nothing.

    `expected_revision` is the revision of the slot that the mover saw, 0 for an unplaced session, None for "whatever
    is there". Announces SlotsPlaced. Raises StaleState where somebody moved it meanwhile, SlotOutOfOrder,
    ForeignObject and VersionIsPublished.
    """
    placement = Placement(session, room, starts_at, ends_at)
    _check(draft, [placement], by)
    with recording():
        slot = Slot.objects.filter(version=draft, session=session).first()
        seen = 0 if slot is None else slot.revision
        if expected_revision not in (None, seen):
            raise StaleState
        before = _place_of(slot) if slot is not None else None
        if slot is not None and before == placement.place and not slot.is_cancelled:
            return slot
        slot = _write(draft, placement, seen)
        _placed(draft, session, by, before, placement.place)
    return slot


def place_sessions(draft: Version, placements: Sequence[Placement], *, by: Actor) -> int:
    """Place or move many sessions in the draft in few statements; return how many slots that created or changed.

    One audit entry; announces SlotsPlaced. Raises SlotOutOfOrder, ForeignObject and VersionIsPublished; then nothing
    is written.
    """
    _check(draft, placements, by)
    with recording():
        known = {slot.session_id: slot for slot in draft.slots.all()}
        new, moved = [], []
        for placement in placements:
            slot = known.get(placement.session.pk)
            if slot is None:
                new.append(_slot(draft, placement))
            elif _place_of(slot) != placement.place or slot.is_cancelled:
                slot.room_id, slot.starts_at, slot.ends_at = placement.place
                slot.is_cancelled = False
                slot.revision += 1
                moved.append(slot)
        Slot.objects.bulk_create(new, batch_size=1000)
        Slot.objects.bulk_update(
            moved, ["room", "starts_at", "ends_at", "is_cancelled", "revision"], batch_size=200
        )
        if new or moved:
            record("programme.slots.placed", by=by, obj=draft, new=len(new), moved=len(moved))
            _announce_placed(draft, by, [slot.session_id for slot in (*new, *moved)])
    return len(new) + len(moved)


def unplace_session(
    draft: Version, session: Session, *, by: Actor, expected_revision: int | None = None
) -> None:
    """Take a session out of the draft. If it was published before, the next version shows it as cancelled.

    Announces SlotsPlaced. Raises StaleState where somebody moved it meanwhile, and VersionIsPublished.
    """
    _check(draft, [], by)
    with recording():
        slot = Slot.objects.filter(version=draft, session=session).first()
        if slot is None:
            return
        if expected_revision not in (None, slot.revision):
            raise StaleState
        if not Slot.objects.filter(pk=slot.pk, revision=slot.revision).delete()[0]:
            raise StaleState
        _placed(draft, session, by, _place_of(slot), None)


def publish_schedule(edition: Edition, *, by: Actor, note: str = "", label: str = "") -> Version:
    """Publish the draft as the next version; where nothing changed, return the last version as it is.

    Slots that left the draft stay in the new version as cancelled. `revision` of a published slot rises with each
    move, cancellation and return. Two publishers get one number each, or the second finds nothing left to publish.
    Announces SchedulePublished. Raises NothingScheduled, and StaleState if the database refuses the number.
    """
    require(by, "publish", Version(edition=edition))
    # Whole transactions queue here: the second publisher waits for the first, and then looks again.
    with recording():
        last = Version.objects.filter(edition=edition, number__isnull=False).order_by("-number").first()
        old = _by_session(last)
        new = _by_session(draft_of(edition))
        if last is None and not new:
            raise NothingScheduled
        changes = changes_between(_placed_states(old), _placed_states(new))
        if last is not None and not changes:
            return last
        version = _store(edition, last, [] if last is None else changes, by, note, label)
        Slot.objects.bulk_create(_next_slots(version, old, new, changes), batch_size=1000)
        record("programme.schedule.published", by=by, obj=version, number=version.number, count=len(changes))
        touch_content(edition.pk)
        announce(
            SchedulePublished(
                by=by,
                edition_id=edition.pk,
                version_id=version.pk,
                number=version.number or 0,
                session_ids=tuple(dict.fromkeys(change.session_id for change in changes)),
            )
        )
    return version


def _check(draft: Version, placements: Sequence[Placement], by: Actor) -> None:
    require(by, "schedule", draft)
    if draft.number is not None:
        raise VersionIsPublished
    for placement in placements:
        if placement.starts_at >= placement.ends_at:
            raise SlotOutOfOrder
        room = placement.room
        if placement.session.edition_id != draft.edition_id or (
            room is not None and room.edition_id != draft.edition_id
        ):
            raise ForeignObject


def _slot(draft: Version, placement: Placement) -> Slot:
    room_id, starts_at, ends_at = placement.place
    return Slot(
        version=draft,
        session=placement.session,
        room_id=room_id,
        starts_at=starts_at,
        ends_at=ends_at,
        revision=FIRST_REVISION,
    )


def _write(draft: Version, placement: Placement, seen: int) -> Slot:
    """Create or move the slot, only if it is still in the revision `seen`. Raises StaleState otherwise."""
    room_id, starts_at, ends_at = placement.place
    if not seen:
        try:
            with transaction.atomic():
                slot = _slot(draft, placement)
                slot.save(force_insert=True)
        except IntegrityError as error:
            raise StaleState from error
        return slot
    rows = Slot.objects.filter(version=draft, session=placement.session, revision=seen)
    if not rows.update(
        room_id=room_id, starts_at=starts_at, ends_at=ends_at, is_cancelled=False, revision=F("revision") + 1
    ):
        raise StaleState
    return Slot.objects.get(version=draft, session=placement.session)


def _placed(draft: Version, session: Session, by: Actor, before: Place | None, after: Place | None) -> None:
    action = "programme.slot.placed" if before is None else "programme.slot.moved"
    if after is None:
        action = "programme.slot.removed"
    record(
        action,
        by=by,
        obj=session,
        before=before.to_json() if before else None,
        after=after.to_json() if after else None,
    )
    _announce_placed(draft, by, [session.pk])


def _announce_placed(draft: Version, by: Actor, session_ids: Sequence[int]) -> None:
    announce(SlotsPlaced(by=by, edition_id=draft.edition_id, session_ids=tuple(session_ids)))


def _place_of(slot: Slot) -> Place:
    return Place(slot.room_id, slot.starts_at, slot.ends_at)


def _by_session(version: Version | None) -> dict[int, Slot]:
    if version is None:
        return {}
    slots = version.slots.select_related("session").defer("session__abstract", "session__external")
    return {slot.session_id: slot for slot in slots.order_by("starts_at", "room__position", "pk")}


def _placed_states(slots: Mapping[int, Slot]) -> dict[int, Placed]:
    """Return the slots as the comparison takes them; a draft's slot has the session's present title."""
    return {
        session_id: Placed(_place_of(slot), slot.title or slot.session.title, slot.is_cancelled)
        for session_id, slot in slots.items()
    }


def _store(
    edition: Edition, last: Version | None, changes: Sequence[Change], by: Actor, note: str, label: str
) -> Version:
    values: dict[str, Any] = {
        "number": (last.number or 0) + 1 if last is not None else 1,
        "label": label,
        "note": note,
        "published_at": clock.now(),
        "published_by_id": by.account_id,
        "changes": [change.to_json() for change in changes],
    }
    try:
        with transaction.atomic():
            return Version.objects.create(edition=edition, **values)
    except IntegrityError as error:
        raise StaleState from error


def _next_slots(
    version: Version, old: Mapping[int, Slot], new: Mapping[int, Slot], changes: Sequence[Change]
) -> list[Slot]:
    """Return the new version's slots: those of the draft, and as cancelled those that the draft no longer has."""
    raised = {change.session_id for change in changes if change.kind in _NEW_SEQUENCE}
    slots = []
    for session_id, slot in {**old, **new}.items():
        was = old.get(session_id)
        revision = 0 if was is None else was.revision + (session_id in raised)
        slots.append(
            Slot(
                version=version,
                session_id=session_id,
                room_id=slot.room_id,
                starts_at=slot.starts_at,
                ends_at=slot.ends_at,
                revision=revision,
                is_cancelled=slot.is_cancelled or session_id not in new,
                title=slot.session.title,
            )
        )
    return slots
