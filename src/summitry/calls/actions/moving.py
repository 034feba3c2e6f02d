"""Every change of an entry's state goes through here: one step of the table, for one entry or for many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from summitry.calls.enums import ENTRY, EntryState
from summitry.calls.events import EntriesChanged
from summitry.calls.models import Entry
from summitry.foundation import clock
from summitry.foundation.access import Actor
from summitry.foundation.audit import record_many, recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import InvalidInput, StaleState, TransitionRefused
from summitry.foundation.states import transition

REASON = frozenset({"reason"})
LONGEST_REASON = 1000
"""Characters of why an entry was moved, or taken from a juror."""
WORDS = frozenset({"reason", "remarks"})
"""What officers write about an entry stands in its row alone, from which it can be erased."""


def move(entry: Entry, to: EntryState, *, by: Actor, **changes: Any) -> Entry:
    """Bring an entry from the state it shows to the state `to`, with `changes` of other fields.

    The log says what was done, not why. The caller has asked for permission. Announces EntriesChanged. Raises
    TransitionRefused and StaleState.
    """
    with recording():
        values = {"state_since": clock.now(), **changes}
        transition(entry, ENTRY, to, by=by, audit=f"calls.entry.{to}", changes=values, withhold=WORDS)
        announce(
            EntriesChanged(by=by, edition_id=entry.edition_id, call_id=entry.call_id, entry_ids=(entry.pk,))
        )
    return entry


def check_reason(reason: str) -> None:
    """Raise InvalidInput for a reason that is too long to be kept whole."""
    if len(reason) > LONGEST_REASON:
        said = _("At most %(limit)d characters are possible.") % {"limit": LONGEST_REASON}
        raise InvalidInput(fields={"reason": [said]})


def move_many(entries: Sequence[Entry], to: EntryState, *, by: Actor) -> list[Entry]:
    """Bring entries of one call to the state `to`, all or none, with one account in the log.

    Announces EntriesChanged. Raises TransitionRefused where one cannot go there, StaleState where one is elsewhere by now.
    """
    if not entries:
        return []
    if any(not ENTRY.allows(entry.state, to) for entry in entries):
        raise TransitionRefused
    by_state: dict[str, list[int]] = {}
    for entry in entries:
        by_state.setdefault(entry.state, []).append(entry.pk)
    with recording():
        now = clock.now()
        moved = sum(
            Entry.objects.filter(pk__in=ids, state=state).update(state=to, state_since=now)
            for state, ids in sorted(by_state.items())
        )
        if moved != len(entries):
            raise StaleState
        told = [(entry, {"state": entry.state}, {"state": to}) for entry in entries]
        call = entries[0].call
        record_many(f"calls.entries.{to}", by=by, changes=told, edition_id=call.edition_id)
        for entry in entries:
            entry.state, entry.state_since = to, now
        ids = tuple(entry.pk for entry in entries)
        announce(EntriesChanged(by=by, edition_id=call.edition_id, call_id=call.pk, entry_ids=ids))
    return list(entries)
