"""Publishing with open eyes, and bringing an earlier version back into the draft."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from summitry.editions.models import Edition
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import InvalidInput, StaleState
from summitry.programme.actions.schedule import Placement, draft_of, place_sessions, publish_schedule
from summitry.programme.events import SlotsPlaced
from summitry.programme.models import Session, Slot, Version
from summitry.programme.queries.board import state_of
from summitry.programme.queries.clash_lines import blocking, clashes_of

SHORTEST_REASON = 3


class BlockingClashes(InvalidInput):
    """The draft has blocking clashes, and nobody has said why it shall be published all the same."""

    code = "blocking-clashes"
    status = 409
    message = _(
        "The draft has %(count)s blocking clashes. Resolve them, or confirm that you publish all the same, with a reason."
    )


@dataclass(frozen=True, slots=True)
class Despite:
    """The explicit will to publish with blocking clashes, and why."""

    reason: str


def publish_draft(
    edition: Edition,
    *,
    by: Actor,
    note: str = "",
    label: str = "",
    seen: str = "",
    despite: Despite | None = None,
) -> Version:
    """Publish the draft as `publish_schedule` does, unless blocking clashes stand against it and nobody gave a reason.

    `seen` is the state of the draft that the publisher read (`state_of`). Raises BlockingClashes, InvalidInput for a
    reason that says nothing, StaleState where the draft was changed meanwhile, and what `publish_schedule` raises.
    """
    draft = draft_of(edition)
    require(by, "publish", draft)
    with recording():
        read = _state(draft)
        if seen not in ("", read):
            raise StaleState
        clashes = blocking(clashes_of(draft, edition.fallback[0] if edition.fallback else "en"))
        if clashes and despite is None:
            raise BlockingClashes(count=len(clashes))
        if clashes and despite is not None and len(despite.reason.strip()) < SHORTEST_REASON:
            raise InvalidInput(fields={"reason": [str(_("Say in a few words why it cannot wait."))]})
        version = publish_schedule(edition, by=by, note=note, label=label)
        if state_of(draft) != read:
            raise StaleState  # a move slipped in between: what was read and what is published must be the same
        if clashes and despite is not None:
            record(
                "programme.schedule.published_despite",
                by=by,
                obj=version,
                number=version.number,
                count=len(clashes),
                reason=despite.reason.strip(),
                after={"clashes": [line.sentence for line in clashes]},
            )
    return version


def roll_forward(version: Version, *, by: Actor, seen: str = "") -> int:
    """Make the places of a published version those of the draft again, as a new change; return how many slots differ.

    Nothing is published by this. `seen` is the state of the draft that was previewed. Announces SlotsPlaced. Raises
    StaleState where the draft was changed meanwhile.
    """
    edition = version.edition
    draft = draft_of(edition)
    require(by, "schedule", draft)
    with recording():
        list(Slot.objects.select_for_update().filter(version=draft).order_by("pk").values_list("pk"))
        if seen not in ("", _state(draft)):
            raise StaleState
        wanted = version.slots.filter(is_cancelled=False).select_related("session", "room")
        placements = [Placement(slot.session, slot.room, slot.starts_at, slot.ends_at) for slot in wanted]
        removed = _take_out(draft, {placement.session.pk for placement in placements}, by)
        try:
            with recording():
                changed = place_sessions(draft, placements, by=by) + removed
        except IntegrityError as error:  # one of them was placed from the tray in this moment
            raise StaleState from error
        if changed:
            record("programme.draft.rolled_forward", by=by, obj=draft, number=version.number, count=changed)
    return changed


def _state(draft: Version) -> str:
    """Return the state of a draft, with the edition's content as it is now."""
    draft.edition = Edition.objects.get(pk=draft.edition_id)
    return state_of(draft)


def _take_out(draft: Version, kept: set[int], by: Actor) -> int:
    """Take the sessions out of the draft that are not to be in it; return how many."""
    rows = Slot.objects.filter(version=draft).exclude(session_id__in=kept)
    gone = list(rows.values_list("session_id", flat=True))
    if gone:
        rows.delete()
        titles = [str(session) for session in Session.objects.filter(pk__in=gone).order_by("pk")]
        record("programme.slots.removed", by=by, obj=draft, count=len(gone), before={"sessions": titles})
        announce(SlotsPlaced(by=by, edition_id=draft.edition_id, session_ids=tuple(gone)))
    return len(gone)
