"""Laureates: which selected entry holds which award, why, and under what number; unseen until they are announced."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from summitry.calls.actions.indexing_laureates import index_laureates
from summitry.calls.enums import CallState, EntryState
from summitry.calls.errors import AwardFull, InConflict
from summitry.calls.models import Award, Call, Entry, Laureate
from summitry.calls.permissions_judging import barred, is_barred
from summitry.editions.actions.content import touch_content
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.changes import change
from summitry.foundation.errors import InvalidInput, StaleState
from summitry.foundation.i18n import Text
from summitry.guests.models.visa import new_code


def name_laureate(entry: Entry, award: Award, *, by: Actor, citation: Text | None = None) -> Laureate:
    """Let a selected entry hold an award of its call; numbers run on within the call.

    Raises AwardFull, InConflict, InvalidInput for an award of another call or area, StaleState for an entry that is not selected, that
    holds the award already, or a call that was announced.
    """
    _require_unbarred(entry, by)
    if award.call_id != entry.call_id or (award.area_id is not None and award.area_id != entry.area_id):
        raise InvalidInput(fields={"award": [_("This award is not for this entry.")]})
    with recording():
        call = Call.objects.select_related("edition").get(pk=entry.call_id)
        state = Entry.objects.filter(pk=entry.pk).values_list("state", flat=True).get()
        if call.state == CallState.ANNOUNCED or state != EntryState.SELECTED:
            raise StaleState
        if Laureate.objects.filter(award=award, revoked_at=None).count() >= award.places:
            raise AwardFull(award=award)
        count = Laureate.objects.filter(entry__call=call).count()
        try:
            with transaction.atomic():
                made = Laureate.objects.create(
                    entry=entry,
                    award=award,
                    citation=citation or Text(),
                    number=f"{call.edition.slug}-{call.slug}-{_next(call)}".upper(),
                    code=new_code(),
                    position=count + 1,
                )
        except IntegrityError as error:  # it holds this award already
            raise StaleState from error
        record("calls.laureate.named", by=by, obj=made)
    return made


def name_laureates(call: Call, *, by: Actor) -> list[Laureate]:
    """Let every selected entry that holds nothing yet hold the first award that is for it and has a place left."""
    require(by, "decide", call)
    made = []
    with recording():
        awards = list(call.awards.order_by("position", "pk"))
        entries = Entry.objects.filter(call=call, state=EntryState.SELECTED, laureates=None)
        hidden = barred(by)
        if hidden is not None:
            entries = entries.exclude(pk__in=hidden)
        for entry in entries.select_related("call").order_by("decision__rank", "number"):
            for award in sorted(awards, key=lambda one: one.area_id != entry.area_id):
                if award.area_id not in (None, entry.area_id):
                    continue
                try:
                    made.append(name_laureate(entry, award, by=by))
                except AwardFull:
                    continue
                break
    return made


def cite(laureate: Laureate, citation: Text, *, by: Actor, expected: Text | None = None) -> Laureate:
    """Word why an entry is honoured. Raises StaleState where somebody else worded it meanwhile."""
    require(by, "edit", laureate)
    seen = {"citation": expected} if expected is not None else None
    change(laureate, {"citation": citation}, by=by, audit="calls.laureate.cited", expected=seen)
    return laureate


def order_laureates(call: Call, ids: Sequence[int], *, by: Actor) -> None:
    """Set the order in which laureates are called to the stage. Raises StaleState where they are others by now."""
    require(by, "decide", call)
    with recording():
        rows = {one.pk: one for one in Laureate.objects.filter(entry__call=call, revoked_at=None)}
        if set(ids) != rows.keys() or len(ids) != len(rows):
            raise StaleState
        for position, pk in enumerate(ids, 1):
            rows[pk].position = position
        Laureate.objects.bulk_update(rows.values(), ["position"], batch_size=200)
        record("calls.laureates.ordered", by=by, obj=call)


def confirm_laureate(laureate: Laureate, *, by: Actor) -> Laureate:
    """Note that the entrant has accepted the award, before anybody else hears of it."""
    require(by, "edit", laureate)
    if laureate.confirmed_at is None:
        change(laureate, {"confirmed_at": clock.now()}, by=by, audit="calls.laureate.confirmed")
    return laureate


def unname_laureate(laureate: Laureate, *, by: Actor) -> None:
    """Take an award back before it is announced; afterwards it is revoked, and its certificate says so. Raises InConflict."""
    _require_unbarred(laureate.entry, by)
    with recording():
        call = Call.objects.select_related("edition").get(pk=laureate.entry.call_id)
        if call.state == CallState.ANNOUNCED:
            change(laureate, {"revoked_at": clock.now()}, by=by, audit="calls.laureate.revoked")
            index_laureates(call)
            touch_content(call.edition_id)
        else:
            record("calls.laureate.unnamed", by=by, obj=laureate)
            laureate.delete()


def revoke_awards(entry: Entry, *, by: Actor) -> None:
    """Revoke what an announced entry holds, in the transaction that excludes it; its caller has asked for permission.

    Its certificates say so, and neither gallery nor search shows it any more.
    """
    for laureate in Laureate.objects.filter(entry=entry, revoked_at=None):
        change(laureate, {"revoked_at": clock.now()}, by=by, audit="calls.laureate.revoked")
    index_laureates(entry.call)
    touch_content(entry.call.edition_id)


def _require_unbarred(entry: Entry, by: Actor) -> None:
    """Ask for who decides, and no conflict: giving an award is a decision."""
    require(by, "decide", entry.call)
    if is_barred(by, entry.pk):
        raise InConflict


def _next(call: Call) -> str:
    numbers = Laureate.objects.filter(entry__call=call).values_list("number", flat=True)
    last = max((int(number.rpartition("-")[2]) for number in numbers), default=0)
    return f"{last + 1:03d}"
