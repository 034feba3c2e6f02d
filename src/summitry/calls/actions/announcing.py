"""The announcement: one switch, under embargo, in one transaction, after which site, search, feeds and mail agree."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import get_language

from summitry.calls.actions.feedback import write_feedback
from summitry.calls.actions.indexing_laureates import index_laureates
from summitry.calls.actions.moving import move_many
from summitry.calls.actions.recording import record_step
from summitry.calls.actions.seeds import reveal_seed
from summitry.calls.enums import CALL, CallState, EntryState, StepKind
from summitry.calls.errors import NotReady, UnderEmbargo
from summitry.calls.events import CallAnnounced
from summitry.calls.models import Call, Entry, Laureate
from summitry.calls.queries.announcement import gaps_of
from summitry.editions.actions.content import touch_content
from summitry.editions.actions.reminding import moment
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import recording
from summitry.foundation.bus import announce
from summitry.foundation.states import transition


def announce_call(call: Call, *, by: Actor) -> Call:
    """Announce the laureates of a call: from the next request on everybody may see them.

    The seed is revealed, and the letters to all entrants are written into the outbox, where they wait to be released. Of two
    people who announce at once one is told that it is done. Announces CallAnnounced. Raises UnderEmbargo, NotReady with
    what is missing, and TransitionRefused or StaleState where it is not frozen or announced already.
    """
    require(by, "announce", call)
    with recording():
        now = clock.now()
        if call.embargo_until is not None and now < call.embargo_until:
            raise UnderEmbargo(moment=moment(call.edition, call.embargo_until)(get_language() or "en"))
        gaps = gaps_of(call)
        if gaps.blocking:
            raise NotReady(missing=", ".join(gaps.blocking))
        changes: Mapping[str, object] = {"announced_at": now}
        transition(call, CALL, CallState.ANNOUNCED, by=by, audit="calls.call.announced", changes=changes)
        chosen = list(Entry.objects.filter(call=call, state=EntryState.SELECTED).select_related("call"))
        move_many(chosen, EntryState.ANNOUNCED, by=by)
        reveal_seed(call)
        laureates = Laureate.objects.filter(entry__call=call, revoked_at=None).select_related(
            "award", "entry"
        )
        content = [
            {"entry": one.entry.number, "award": one.award.slug, "number": one.number} for one in laureates
        ]
        record_step(call.pk, StepKind.ANNOUNCED, {"laureates": content})
        write_feedback(call, by=by)
        index_laureates(call)
        touch_content(call.edition_id)
        announce(CallAnnounced(by=by, edition_id=call.edition_id, call_id=call.pk))
    return call
