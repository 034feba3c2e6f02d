"""Writing what a plan says: all entries or none, each complete one handed in where that was asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from summitry.calls.actions.entry import next_number
from summitry.calls.actions.entry_importing.planning import ImportPlan, draft_of
from summitry.calls.actions.entry_importing.rows import EntryRow
from summitry.calls.actions.freezing import SUBMITTED, step_of
from summitry.calls.actions.recording import record_steps
from summitry.calls.actions.repeats import propose_repeats
from summitry.calls.enums import CallState, EntrySource, EntryState, StepKind
from summitry.calls.errors import CallClosed
from summitry.calls.events import EntriesChanged
from summitry.calls.models import Call, Entry, EntryVersion
from summitry.calls.queries.entry_content import content_of
from summitry.calls.queries.entry_windows import OVER, is_past_deadline
from summitry.calls.queries.known_organisations import known_organisations
from summitry.calls.record.canonical import digest
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record_many, recording
from summitry.foundation.bus import announce
from summitry.foundation.jobs import SILENT, Tracker

CHUNK = 500


@dataclass(frozen=True, slots=True)
class ImportResult:
    """How many entries there are more, how many of them were handed in, and how many likely repeat another one."""

    entries: int
    submitted: int
    similar: int


def apply_import(
    plan: ImportPlan, *, by: Actor, hands_in: bool = False, watch: Tracker = SILENT
) -> ImportResult:
    """Write the new rows of `plan`; with `hands_in` those that are complete are handed in at once, else all are drafts.

    Nobody is written to. What is handed in to a call that is frozen is a late entry, in the call's record. Raises CallClosed
    for one that is announced or cancelled, PermissionRefused. Announces EntriesChanged.
    """
    require(by, "edit", plan.call)
    watch.stage("write")
    if not plan.new:
        return ImportResult(0, 0, 0)
    with recording():
        call = (
            Call.objects.select_for_update(no_key=True, of=("self",))
            .select_related("edition")
            .get(pk=plan.call.pk)
        )
        if call.state in OVER:
            raise CallClosed
        organisations = known_organisations({row.values.get("organisation_name", "") for row in plan.new})
        made: list[Entry] = []
        versions: list[EntryVersion] = []
        for done, part in _portions(plan.new):
            entries = _entries(plan, part, call, next_number(call), hands_in=hands_in)
            for entry in entries:
                entry.organisation_id = organisations.get(entry.organisation_name)
            Entry.objects.bulk_create(entries)
            versions += _frozen(plan, entries)
            made += entries
            watch.step(done, len(plan.new))
        if call.state == CallState.FROZEN:
            steps = [(StepKind.ENTRY_ADDED, step_of(one.entry, one, is_late=True)) for one in versions]
            record_steps(call.pk, steps)
        similar = propose_repeats(call, [entry for entry in made if entry.state == EntryState.SUBMITTED])
        told: list[tuple[Entry, dict[str, str], dict[str, str]]] = [
            (entry, {}, {"state": str(entry.state)}) for entry in made
        ]
        record_many("calls.entries.imported", by=by, changes=told, edition_id=call.edition_id)
        ids = tuple(entry.pk for entry in made)
        announce(EntriesChanged(by=by, edition_id=call.edition_id, call_id=call.pk, entry_ids=ids))
    return ImportResult(len(made), len(versions), similar)


def _entries(
    plan: ImportPlan, rows: Sequence[EntryRow], call: Call, first: int, *, hands_in: bool
) -> list[Entry]:
    now, is_late = clock.now(), is_past_deadline(call)
    found = []
    for number, row in enumerate(rows, first):
        entry = draft_of(row, call)
        entry.number, entry.source, entry.edits = number, EntrySource.IMPORTED, 1
        entry.created_at = entry.changed_at = entry.state_since = now
        if hands_in and row.number in plan.complete:
            entry.state, entry.submitted_at, entry.is_late = EntryState.SUBMITTED, now, is_late
        found.append(entry)
    return found


def _frozen(plan: ImportPlan, entries: Sequence[Entry]) -> list[EntryVersion]:
    """Keep the first version of those that are handed in, with four statements for all."""
    now = clock.now()
    handed_in = [entry for entry in entries if entry.state == EntryState.SUBMITTED]
    prefetch_related_objects(handed_in, "entity", "members", "attachments__file")
    versions = []
    for entry in handed_in:
        content = content_of(entry, plan.form)
        facts = {"content": content, "digest": digest(content), "why": SUBMITTED, "frozen_at": now}
        versions.append(EntryVersion(entry=entry, number=1, **facts))
    return EntryVersion.objects.bulk_create(versions)


def _portions(rows: Sequence[EntryRow]) -> Iterator[tuple[int, Sequence[EntryRow]]]:
    for start in range(0, len(rows), CHUNK):
        part = rows[start : start + CHUNK]
        yield start + len(part), part
