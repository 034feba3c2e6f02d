"""Working out what an import would do: which rows are new entries, which are there already, which are complete."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from summitry.calls.actions.entry_importing.columns import EMAIL, checked_targets
from summitry.calls.actions.entry_importing.findings import CellCode
from summitry.calls.actions.entry_importing.rows import EntryRow, RowReader, once
from summitry.calls.enums import LEFT
from summitry.calls.models import Call, Entry
from summitry.calls.queries.entry_form import EntryForm, form_of, missing_of
from summitry.calls.queries.repeats import plain_key
from summitry.foundation.access import Actor, require
from summitry.foundation.jobs import SILENT, Tracker
from summitry.foundation.tables import Problem, Severity, TableReading

TELL = 200


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do: `new` rows are written, `complete` among them can be handed in, `known` are there already."""

    call: Call
    form: EntryForm
    new: tuple[EntryRow, ...]
    complete: frozenset[int]
    known: int
    problems: tuple[Problem, ...]
    bad: int
    row_count: int
    fingerprint: str

    @property
    def counts(self) -> dict[str, int]:
        """How many rows there are of each sort."""
        return {"new": len(self.new), "complete": len(self.complete), "known": self.known, "bad": self.bad}


def plan_import(
    call: Call, table: TableReading, targets: Sequence[str], *, by: Actor, watch: Tracker = SILENT
) -> ImportPlan:
    """Return what importing a table would do; nothing is written, and nothing that is in the file is raised.

    Raises PermissionRefused.
    """
    require(by, "edit", call)
    form = form_of(call)
    chosen = checked_targets(form, table.columns, targets)
    problems = list(table.problems)
    if EMAIL not in chosen or not any(target.startswith("title.") for target in chosen):
        if table.columns:
            problems.append(Problem(Severity.ERROR, "", CellCode.NO_COLUMN))
        return ImportPlan(call, form, (), frozenset(), 0, tuple(problems), 0, len(table.rows), "")
    reader = RowReader(form, chosen)
    rows = []
    for number, row in enumerate(table.rows, 1):
        found = reader.read(row)
        if found is not None:
            rows.append(found)
        if number % TELL == 0:
            watch.step(number, len(table.rows))
    watch.stage("compare")
    kept, repeated = once(rows)
    there = _there(call)
    new = tuple(row for row in kept if not row.marks & there)
    problems += [*reader.problems, *repeated]
    return ImportPlan(
        call=call,
        form=form,
        new=new,
        complete=frozenset(row.number for row in new if _is_complete(row, form)),
        known=len(kept) - len(new),
        problems=tuple(problems),
        bad=len(table.rows) - len(rows) + len(repeated),
        row_count=len(table.rows),
        fingerprint=_fingerprint(call, new),
    )


def draft_of(row: EntryRow, call: Call) -> Entry:
    """Return the entry that a row is, not saved."""
    values = dict(row.values)
    return Entry(call=call, contact_email=row.email, title=row.title, answers=dict(row.answers), **values)


def _is_complete(row: EntryRow, form: EntryForm) -> bool:
    return not missing_of(draft_of(row, form.call), form, ()).keys() - {"contact_name"}


def _there(call: Call) -> set[str]:
    """Return by what the entries of the call are known again."""
    rows = Entry.objects.filter(call=call).exclude(state__in=LEFT).values_list("contact_email", "title")
    return {f"{email} {plain_key(words)}" for email, title in rows for words in title.texts.values()}


def _fingerprint(call: Call, new: Sequence[EntryRow]) -> str:
    said = [f"{call.pk}", *(f"{row.number} {sorted(row.marks)} {sorted(row.answers)}" for row in new)]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:32]
