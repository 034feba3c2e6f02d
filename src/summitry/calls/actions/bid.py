"""Bids: which entries a juror would like to read. None is taken for an entry from which a conflict bars her."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from summitry.calls.enums import IN_PLAY, BidValue, JurorState
from summitry.calls.errors import InConflict
from summitry.calls.models import Bid, Conflict, Entry, Juror
from summitry.calls.permissions_judging import BARRING
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.errors import InvalidInput, NotFound, TransitionRefused


def place_bids(juror: Juror, wanted: Mapping[int, str], *, by: Actor) -> int:
    """Take a juror's bids by entry ("" takes one back), all or none; return how many differ from before.

    Raises InConflict where a conflict bars her from one of the entries, NotFound for what is not to be judged,
    TransitionRefused before she has accepted, InvalidInput.
    """
    require(by, "own" if juror.account_id == by.account_id else "edit", juror)
    if set(wanted.values()) - {"", *BidValue.values}:
        raise InvalidInput(_("Choose one of these."))
    with recording():
        if not Juror.objects.filter(pk=juror.pk, state=JurorState.ACCEPTED).exists():
            raise TransitionRefused
        if Conflict.objects.filter(juror=juror, entry__in=list(wanted), state__in=BARRING).exists():
            raise InConflict
        known = Entry.objects.filter(pk__in=list(wanted), call=juror.call_id, state__in=IN_PLAY)
        if known.count() != len(wanted):
            raise NotFound
        return _write(juror, wanted, by)


def _write(juror: Juror, wanted: Mapping[int, str], by: Actor) -> int:
    rows = Bid.objects.filter(juror=juror, entry__in=list(wanted))
    present = dict(rows.values_list("entry_id", "value"))
    gone = [pk for pk, value in wanted.items() if not value and pk in present]
    new = {pk: value for pk, value in wanted.items() if value and present.get(pk) != value}
    Bid.objects.filter(juror=juror, entry__in=gone).delete()
    Bid.objects.bulk_create(
        [Bid(juror=juror, entry_id=pk, value=value) for pk, value in sorted(new.items())],
        update_conflicts=True,
        unique_fields=["juror", "entry"],
        update_fields=["value"],
    )
    changed = len(gone) + len(new)
    if changed:
        record("calls.bids.placed", by=by, obj=juror, count=changed)
    return changed
