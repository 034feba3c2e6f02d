"""Likely repetitions: proposed when an entry is handed in, looked at by the office, never merged."""

from __future__ import annotations

from collections.abc import Iterable

from summitry.calls.models import Call, Entry
from summitry.calls.queries.repeats import repeats_among
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording


def propose_repeats(call: Call, entries: Iterable[Entry]) -> int:
    """Note which of these entries likely repeat another one of the call; return how many do.

    Part of an action that has asked for permission.
    """
    every = list(entries)
    found = repeats_among(call, every)
    changed = []
    for entry in every:
        if entry.similar_to_id != found.get(entry.pk):
            entry.similar_to_id = found.get(entry.pk)
            changed.append(entry)
    Entry.objects.bulk_update(changed, ["similar_to"], batch_size=500)
    return len(found)


def dismiss_repeat(entry: Entry, *, by: Actor) -> Entry:
    """Say that an entry repeats no other one; it is proposed again only once it is handed in anew."""
    require(by, "edit", entry)
    with recording():
        other = entry.similar_to
        Entry.objects.filter(pk=entry.pk).update(similar_to=None)
        entry.similar_to = None
        record("calls.entry.repeats_nothing", by=by, obj=entry, other=str(other.number) if other else "–")
    return entry
