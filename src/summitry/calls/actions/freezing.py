"""Freezing: an entry as it stands becomes a version with a digest; at the deadline all entries of a call do.

What is judged is a version, never the entry; and what was frozen is in the call's record, so that nobody can change it
afterwards without being told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet

from summitry.calls.actions.entry_letters import send_receipts
from summitry.calls.actions.recording import record_steps
from summitry.calls.enums import CALL, LEFT, WITH_ENTRANT, CallState, StepKind
from summitry.calls.events import CallChanged, EntriesChanged
from summitry.calls.models import Attachment, Call, Entry, EntryVersion
from summitry.calls.queries.calls import freezes_at
from summitry.calls.queries.entry_content import content_of
from summitry.calls.queries.entry_form import EntryForm, form_of
from summitry.calls.record.canonical import digest
from summitry.foundation import clock
from summitry.foundation.access import Actor, require, system
from summitry.foundation.audit import recording
from summitry.foundation.bus import announce
from summitry.foundation.jobs import job
from summitry.foundation.states import transition

SUBMITTED, DEADLINE = "submitted", "deadline"
DEADLINES = system("deadlines")
BATCH = 500


def freeze_entry(entry: Entry, why: str, *, form: EntryForm | None = None) -> EntryVersion:
    """Keep what an entry holds as its next version; the last one stays where it says the same.

    Part of an action that holds the log's chain and the entry's row.
    """
    content = content_of(entry, form)
    found = digest(content)
    last = EntryVersion.objects.filter(entry=entry).order_by("-number").first()
    if last is not None and last.digest == found:
        return last
    return EntryVersion.objects.create(
        entry=entry,
        number=last.number + 1 if last else 1,
        content=content,
        digest=found,
        why=why,
        frozen_at=clock.now(),
    )


def freeze_call(call: Call, *, by: Actor = DEADLINES) -> int:
    """Freeze all entries that were handed in once the deadline and its grace are over; return how many.

    Drafts stay drafts. Does nothing before that moment, and nothing a second time. Raises PermissionRefused. Announces
    CallChanged and EntriesChanged.
    """
    require(by, "edit", call)
    with recording():
        present = (
            Call.objects.select_for_update(no_key=True, of=("self",))
            .select_related("edition")
            .get(pk=call.pk)
        )
        if present.state != CallState.PUBLISHED or clock.now() < freezes_at(present):
            return 0
        count = _freeze_all(present, by)
        transition(present, CALL, CallState.FROZEN, by=by, audit="calls.call.frozen")
        announce(CallChanged(by=by, edition_id=present.edition_id, call_id=present.pk))
    call.state = present.state
    return count


@job()
def freeze_due() -> None:
    """Freeze the calls whose time is over."""
    now = clock.now()
    due = Call.objects.filter(state=CallState.PUBLISHED, closes_at__lte=now).select_related("edition")
    for call in due:
        freeze_call(call)


def step_of(entry: Entry, version: EntryVersion, *, is_late: bool = False) -> dict[str, Any]:
    """Return what the call's record says of a frozen entry."""
    return {"entry": entry.number, "version": version.number, "digest": version.digest, "late": is_late}


def _freeze_all(call: Call, by: Actor) -> int:
    form = form_of(call)
    rows = (
        Entry.objects.filter(call=call)
        .exclude(state__in=WITH_ENTRANT | LEFT)
        .select_related("entity", "rules_text")
        .prefetch_related(
            "members", Prefetch("attachments", Attachment.objects.select_related("file")), "versions"
        )
    )
    steps, ids = [], []
    for batch in _batches(rows.order_by("number")):
        versions, changed = _versions(batch, form, call)
        EntryVersion.objects.bulk_create(changed)
        for entry, version in zip(batch, versions, strict=True):
            steps.append((StepKind.ENTRY_FROZEN, step_of(entry, version)))
            ids.append(entry.pk)
        send_receipts([(version.entry, version) for version in changed], by=by)
    record_steps(call.pk, steps)
    announce(EntriesChanged(by=by, edition_id=call.edition_id, call_id=call.pk, entry_ids=tuple(ids)))
    return len(ids)


def _versions(
    entries: Sequence[Entry], form: EntryForm, call: Call
) -> tuple[list[EntryVersion], list[EntryVersion]]:
    """Return the version of each entry, and those among them that are new."""
    now, versions, new = clock.now(), [], []
    for entry in entries:
        entry.call = call
        content = content_of(entry, form)
        found, known = digest(content), list(entry.versions.all())
        last = known[-1] if known else None
        if last is None or last.digest != found:
            number = last.number + 1 if last else 1
            last = EntryVersion(
                entry=entry, number=number, content=content, digest=found, why=DEADLINE, frozen_at=now
            )
            new.append(last)
        versions.append(last)
    return versions, new


def _batches(rows: QuerySet[Entry]) -> Iterable[list[Entry]]:
    batch: list[Entry] = []
    for row in rows.iterator(chunk_size=BATCH):
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
