"""Reminding entrants of drafts that are not handed in, before the deadline of their call."""

from __future__ import annotations

from summitry.calls.actions.entry_letters import send_reminder
from summitry.calls.enums import CallState, EntryState
from summitry.calls.models import Call, Entry
from summitry.editions.actions.reminding import claim, reminder_day
from summitry.foundation import clock
from summitry.foundation.access import system
from summitry.foundation.audit import record_many, recording
from summitry.foundation.jobs import job

KIND = "entry-draft"
_BATCH = 25
"""How many letters are written in one transaction, so that nobody waits long for the database."""
OF_ITSELF = system("reminders")


@job()
def remind_drafts() -> None:
    """Remind of every draft a week, two days and, at last, a day before the deadline; of each day once."""
    now = clock.now()
    calls = Call.objects.filter(state=CallState.PUBLISHED, opens_at__lte=now, closes_at__gt=now)
    for call in calls.select_related("edition"):
        day = reminder_day(now, call.closes_at)
        if day is None:
            continue
        drafts = Entry.objects.filter(call=call, state=EntryState.DRAFT).exclude(contact_email="")
        # Who began after the day had come is not reminded at once.
        keys = [
            pk
            for pk, begun in drafts.order_by("pk").values_list("pk", "created_at")
            if reminder_day(begun, call.closes_at) != day
        ]
        for start in range(0, len(keys), _BATCH):
            _remind(call, day, keys[start : start + _BATCH])


def _remind(call: Call, day: int, keys: list[int]) -> None:
    with recording():
        fresh = claim(call.edition, KIND, keys, day, call.closes_at)
        entries = list(
            Entry.objects.filter(pk__in=fresh, state=EntryState.DRAFT)
            .select_related("call__edition")
            .order_by("pk")
        )
        for entry in entries:
            send_reminder(entry, by=OF_ITSELF)
        if entries:
            told: list[tuple[Entry, dict[str, str], dict[str, str]]] = [(entry, {}, {}) for entry in entries]
            record_many("calls.drafts.reminded", by=OF_ITSELF, changes=told, edition_id=call.edition_id)
