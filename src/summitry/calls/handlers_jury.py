"""What eligibility and juries do when something happens in the room."""

from __future__ import annotations

from summitry.calls.actions.checking import check_soon
from summitry.calls.actions.deriving import derive_soon
from summitry.calls.enums import EntryState
from summitry.calls.events import CallChanged, EntriesChanged, JuryChanged
from summitry.calls.models import Entry
from summitry.foundation.bus import subscribe


def on_entries(event: EntriesChanged) -> None:
    """Ask the rules of what was handed in, and look for conflicts again, unless only drafts were saved."""
    states = set(Entry.objects.filter(pk__in=event.entry_ids).values_list("state", flat=True))
    if EntryState.SUBMITTED in states:
        check_soon(event.call_id)
    if states - {EntryState.DRAFT}:
        derive_soon(event.call_id)


def on_call(event: CallChanged) -> None:
    """Ask the rules again: the deadline may be over, or the form another."""
    if Entry.objects.filter(call=event.call_id, state=EntryState.SUBMITTED).exists():
        check_soon(event.call_id)


def on_jury(event: JuryChanged) -> None:
    """Look for conflicts again."""
    derive_soon(event.call_id)


def connect() -> None:
    """Subscribe to the room's events; called once, when the room starts."""
    subscribe(EntriesChanged, on_entries, inside=True)
    subscribe(CallChanged, on_call, inside=True)
    subscribe(JuryChanged, on_jury, inside=True)
